"""The manifest of a record room: what each partition was made from, and what it has to hold."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

from nof.durable import write_durably
from nof.errors import NofError
from nof.records.room import Room, partition_path


class RecordsDamaged(NofError):
    """The record room does not hold what its manifest says (exit status 1)."""

    consequence = "Nothing was made of the damaged records; releases stand on landed files and are untouched."


@dataclass(frozen=True)
class Partition:
    """One extract in the room.

    Attributes:
        landed_order: 1 for the first; of two extracts of a month the higher one is current.
        period: the month, as 2026-04.
        file_id: the first twelve hexadecimal digits of `sha256`, which is the hash of the published file.
        row_count: rows in the partition; each published row once.
        repeated_row_count: rows of the file that repeat another one exactly.
        total_row_count: those of them that are totals over treatment functions.
        pathway_count: what the total rows add up to, over all parts.
        record_sha256: the hash of the Parquet file.
    """

    landed_order: int
    period: str
    file_id: str
    file_name: str
    sha256: str
    row_count: int
    repeated_row_count: int
    total_row_count: int
    pathway_count: int
    record_sha256: str
    record_byte_count: int
    landed_date: str

    def path(self, room: Room) -> Path:
        """Where its rows lie."""
        return partition_path(room.rows, self.period, self.file_id)


COLUMNS = tuple(each.name for each in fields(Partition))
_WHOLE = frozenset(each.name for each in fields(Partition) if each.type is int)


def read_manifest(room: Room) -> tuple[Partition, ...]:
    """Every extract of the room in the order in which they came; none where the room does not exist.

    Raises:
        RecordsDamaged: the manifest is not one that was written here.
    """
    if not room.manifest.exists():
        return ()
    with room.manifest.open(encoding="utf-8", newline="") as file:
        try:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
            partitions = tuple(_partition(row) for row in rows)
        except (csv.Error, UnicodeDecodeError, ValueError, TypeError, KeyError) as error:
            raise _damaged(room) from error
    orders = [each.landed_order for each in partitions]
    if tuple(reader.fieldnames or ()) != COLUMNS or orders != list(range(1, len(orders) + 1)):
        raise _damaged(room)
    return partitions


def write_manifest(room: Room, partitions: Iterable[Partition]) -> None:
    """Put the whole manifest into its place in one step; the caller holds the home's lock."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(each) for each in partitions)
    write_durably(room.manifest, text.getvalue().encode())


def current(partitions: Iterable[Partition]) -> dict[str, Partition]:
    """The extract that supplies each month, months in order: the one that came last supplies all of it."""
    newest = {each.period: each for each in sorted(partitions, key=lambda each: each.landed_order)}
    return dict(sorted(newest.items()))


def check(room: Room, partitions: Sequence[Partition]) -> None:
    """Hold partitions to their hashes.

    Raises:
        RecordsDamaged: a file is missing or is no longer what was written; all of them are named.
    """
    faults = [fault for each in partitions if (fault := _fault(room, each))]
    if faults:
        raise RecordsDamaged("\n".join(faults))


def _fault(room: Room, partition: Partition) -> str | None:
    path = partition.path(room)
    remedy = (
        f"Delete {path.parent} and land {partition.file_name} again (nof records land): its SHA-256 is "
        f"{partition.sha256}."
    )
    try:
        digest = hash_of(path)
    except OSError as error:
        return f"{path} is in the manifest and cannot be read ({error.strerror}). {remedy}"
    if digest != partition.record_sha256:
        return f"{path} is damaged: it is no longer the file that was written. {remedy}"
    return None


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _partition(row: dict[str, str]) -> Partition:
    if None in row or None in row.values():
        raise ValueError
    return Partition(**{name: int(row[name]) if name in _WHOLE else row[name] for name in COLUMNS})  # type: ignore[arg-type]


def _damaged(room: Room) -> RecordsDamaged:
    return RecordsDamaged(
        f"{room.manifest} is damaged: it is not the list of partitions that was written there. "
        f"Delete {room.root} and land the extracts again (nof records land)."
    )
