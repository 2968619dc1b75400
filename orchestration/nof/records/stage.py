"""The sums of each extract in the room, made once: only what is new, restated or damaged is read."""

import csv
import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nof.durable import write_durably
from nof.errors import NofError
from nof.landing.lookups import Lookups, read_lookups
from nof.landing.publications.rtt_groups import ENGLISH_GROUP
from nof.landing.publications.rtt_layout import ALL_FUNCTIONS
from nof.records.manifest import Partition, RecordsDamaged, check, hash_of
from nof.records.partition import put_in_place
from nof.records.room import COUNT_COLUMNS, TEXT_COLUMNS, Room, partition_path
from nof.records.sql import Macros, record_macros
from nof.sql import literal

COUNTS = tuple(COUNT_COLUMNS.values())
# So many rows are summed at a time, whatever the room holds: the sums of a year take 0.2 GB a thread.
MOST_ROWS_AT_ONCE = 2_500_000
_LIST = "staged.csv"


@dataclass(frozen=True)
class Staging:
    """What staging came to.

    Attributes:
        folder: the sums of the rule in force, partitioned as the rows are.
        staged: extracts that were read and summed now.
        kept: extracts whose sums were there.
        rows_read: published rows that were read for it.
    """

    folder: Path
    staged: tuple[Partition, ...]
    kept: tuple[Partition, ...]
    rows_read: int


def stage(
    room: Room, partitions: Sequence[Partition], settings: Mapping[str, str | int] | None = None
) -> Staging:
    """Have the sums of these extracts in the room.

    Args:
        room: the caller holds the lock of its home.
        partitions: of the room's manifest.
        settings: of DuckDB, for example {"memory_limit": "2GiB"}; its own by default.

    Raises:
        RecordsDamaged: rows are missing, damaged, or do not add up to their total rows.
    """
    rule, exclusions = _rule(record_macros("duckdb"), read_lookups())
    folder = room.staged / f"rule={rule}"
    known = _read_list(folder)
    kept = tuple(each for each in partitions if _is_staged(folder, each, known))
    missing = [each for each in partitions if each not in kept]
    rows = 0
    for batch in _batches(missing):
        check(room, batch)
        rows += _stage(room, folder, batch, exclusions, settings or {})
        known.update({each.file_id: hash_of(staged_path(folder, each)) for each in batch})
        _write_list(folder, known)
    # Sums by another rule are of no use to anybody.
    for other in room.staged.glob("rule=*") if missing else ():
        if other != folder:
            shutil.rmtree(other)
    return Staging(folder, tuple(missing), kept, rows)


def staged_path(folder: Path, partition: Partition) -> Path:
    """Where the sums of one extract lie."""
    return partition_path(folder, partition.period, partition.file_id)


def sums_sql(
    macros: Macros, folder: Path, partitions: Sequence[Partition], exclusions: Sequence[Mapping[str, str]]
) -> str:
    """The query that sums the rows of extracts."""
    return macros["record_sums"](
        folder.as_posix(), partitions, COUNTS, exclusions, ALL_FUNCTIONS, ENGLISH_GROUP
    )


def exclusions_of(lookups: Lookups) -> list[dict[str, str]]:
    """Which rows are of a group of their own, by the columns of the room.

    Raises:
        NofError: the seed names a column that the room does not have.
    """
    found = []
    for each in lookups.source_exclusions.get("rtt_waits", ()):
        if each.column_name not in TEXT_COLUMNS:
            raise NofError(
                f"seeds/reference/source_exclusions.csv: column_name {each.column_name!r} of rtt_waits is "
                f"not in the record room. Write one of {', '.join(TEXT_COLUMNS)}."
            )
        found.append(
            {
                "column": TEXT_COLUMNS[each.column_name],
                "code": each.code.replace("'", "''"),
                "group_id": each.group_id.replace("'", "''"),
            }
        )
    return found


def find_faults(
    partitions: Sequence[Partition], in_hand: Mapping[str, tuple[int, int, int, int]]
) -> list[str]:
    """Extracts whose rows are not those that the manifest tells of, or do not add up.

    Args:
        partitions: that were summed.
        in_hand: by file_id: rows, total rows, pathways, sums that differ.
    """
    faults = []
    for each in partitions:
        rows, totals, pathways, differing = in_hand.get(each.file_id, (0, 0, 0, 0))
        told = (each.row_count, each.total_row_count, each.pathway_count)
        if (rows, totals, pathways) != told:
            faults.append(
                f"{each.file_name} ({each.period}, {each.file_id}) has {rows:,} rows, {totals:,} total rows "
                f"and {pathways:,} pathways in the room, and the manifest says {told[0]:,}, {told[1]:,} and "
                f"{told[2]:,}. Land it again (nof records land)."
            )
        elif differing:
            faults.append(
                f"{each.file_name} ({each.period}, {each.file_id}): in {differing:,} sums of provider, part "
                "and group the treatment functions do not add up to the total rows. Land it again (nof "
                "records land), which says which rows."
            )
    return faults


def _stage(
    room: Room,
    folder: Path,
    batch: Sequence[Partition],
    exclusions: Sequence[Mapping[str, str]],
    settings: Mapping[str, str | int],
) -> int:
    """Sum a batch and put the sums of each extract into their place; the rows that were read."""
    import duckdb  # noqa: PLC0415 - heavy

    macros, beside = record_macros("duckdb"), folder / ".part"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with duckdb.connect(config={"temp_directory": str(beside / "spill"), **settings}) as con:
        con.execute(f"create temp table sums as {sums_sql(macros, room.rows, batch, exclusions)}")
        found = con.execute(macros["sums_in_hand"]("sums", COUNTS)).fetchall()
        faults = find_faults(batch, {row[0]: row[1:] for row in found})
        if faults:
            raise RecordsDamaged("\n".join(faults))
        con.execute(
            f"copy ({macros['staged_sums']('sums', COUNTS)}) to {literal((beside / 'sums').as_posix())} "
            "(format parquet, compression zstd, partition_by (period, file_id))"
        )
    for each in batch:
        (written,) = staged_path(beside / "sums", each).parent.glob("*.parquet")
        put_in_place(written, staged_path(folder, each))
    shutil.rmtree(beside)
    return sum(each.row_count for each in batch)


def _rule(macros: Macros, lookups: Lookups) -> tuple[str, list[dict[str, str]]]:
    """What the sums depend on beside the rows: the SQL and the exclusions, as a short hash."""
    exclusions = exclusions_of(lookups)
    text = sums_sql(macros, Path(), [], exclusions) + macros["staged_sums"]("sums", COUNTS)
    return sha256(text.encode()).hexdigest()[:8], exclusions


def _batches(partitions: Sequence[Partition]) -> Iterator[list[Partition]]:
    batch: list[Partition] = []
    for each in partitions:
        if batch and sum(other.row_count for other in batch) + each.row_count > MOST_ROWS_AT_ONCE:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _is_staged(folder: Path, partition: Partition, known: Mapping[str, str]) -> bool:
    """Sums that are damaged or missing are simply made again."""
    path = staged_path(folder, partition)
    return partition.file_id in known and path.is_file() and hash_of(path) == known[partition.file_id]


def _read_list(folder: Path) -> dict[str, str]:
    path = folder / _LIST
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row[0]: row[1] for row in csv.reader(file) if len(row) == 2}


def _write_list(folder: Path, known: Mapping[str, str]) -> None:
    """The hash of the sums of each extract: what is not in it is not there yet."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(sorted(known.items()))
    write_durably(folder / _LIST, text.getvalue().encode())
