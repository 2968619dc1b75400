"""The register of landed files: verified at the start of a run, added to when its release is promoted."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from nof.durable import write_durably
from nof.errors import InputRefused, NofError, Problem
from nof.home import Home
from nof.landing.lookups import Lookups
from nof.landing.model import Landed, LandedFile, Readable, Unit
from nof.landing.reader import read_file
from nof.landing.refused import shown
from nof.landing.vintages import shorthand_of

REGISTER_COLUMNS = (
    "landed_order",
    "file_id",
    "file_name",
    "file_kind",
    "sha256",
    "byte_count",
    "row_count",
    "repeated_row_count",
    "version",
    "landed_date",
    "vintages",
)


def read_landed_files(home: Home, lookups: Lookups, kinds: Collection[str] | None = None) -> list[LandedFile]:
    """Every file of the register, verified against its hash and read again.

    Args:
        home: the warehouse.
        lookups: the seeds.
        kinds: the file kinds to read; None for all.

    Returns:
        The files in the order of landing; none where nothing is landed yet.

    Raises:
        NofError: if the register or a landed file is damaged.
        InputRefused: if the seeds no longer allow what a landed file says.
    """
    entries = [each for each in read_register(home) if kinds is None or each["file_kind"] in kinds]
    read = [_read_landed_file(home, entry, lookups) for entry in entries]
    problems = [problem for each in read if isinstance(each, list) for problem in each]
    if problems:
        # Their bytes are right, so it is the seeds that have changed since.
        raise InputRefused(problems)
    return [each for each in read if isinstance(each, LandedFile)]


def read_register(home: Home) -> list[dict[str, str]]:
    """The rows of the register as text, in the order of landing."""
    if not home.register.exists():
        return []
    with home.register.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            entries = list(reader)
        except (csv.Error, UnicodeDecodeError) as error:
            raise damaged_register(home) from error
    if tuple(reader.fieldnames or ()) != REGISTER_COLUMNS:
        raise damaged_register(home)
    orders = [entry["landed_order"] for entry in entries]
    is_whole = all(None not in entry and None not in entry.values() for entry in entries)
    if not is_whole or orders != [str(order) for order in range(1, len(entries) + 1)]:
        raise damaged_register(home)
    return entries


def landed_path(home: Home, digest: str, file_name: str) -> Path:
    """Where a landed file lies: by its whole hash, under the name it came with."""
    return home.landed / digest / file_name


def register_new_files(home: Home, landed: Landed) -> None:
    """Put the new files of a run into the home; to be called only in the step that promotes its release.

    Files first, each verified on the disk, then the register in one step: a run killed between the two
    leaves files that no register names, which the next run overwrites with the same bytes. Calling it again
    adds nothing.

    Args:
        home: the warehouse, locked by the caller.
        landed: what the release was made from.

    Raises:
        NofError: if another run has landed files meanwhile, or a copy does not come out as it went in.
    """
    entries = read_register(home)
    known = {entry["sha256"] for entry in entries}
    fresh = [file for file in landed.new_files if file.sha256 not in known]
    if not fresh:
        return
    expected = len(entries) + 1
    if [file.landed_order for file in fresh] != list(range(expected, expected + len(fresh))):
        raise NofError(
            f"{home.register} has changed while the run was working, so the order of landing is no longer "
            "the one that was scored. Run again."
        )
    for file in fresh:
        path = landed_path(home, file.sha256, file.file_name)
        write_durably(path, file.content)
        if sha256(path.read_bytes()).hexdigest() != file.sha256:
            raise NofError(f"{path} does not hold what was written to it. Check the disk and run again.")
    write_register(home, [*entries, *(_entry(file) for file in fresh)])


def write_register(home: Home, entries: Sequence[Mapping[str, str]]) -> None:
    """Put the whole register into its place in one step; the caller holds the home's lock."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, REGISTER_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(entries)
    write_durably(home.register, text.getvalue().encode())


def _entry(file: LandedFile) -> dict[str, str]:
    entry = {name: str(getattr(file, name)) for name in REGISTER_COLUMNS}
    entry["landed_date"] = file.landed_date.isoformat()
    entry["vintages"] = shorthand_of(file.vintages)
    return entry


def verified_content(home: Home, entry: Mapping[str, str]) -> bytes:
    """The bytes of a landed file, as its row of the register says that they are.

    Raises:
        NofError: the file cannot be read, or is no longer what was landed.
    """
    path = landed_path(home, entry["sha256"], entry["file_name"])
    remedy = (
        f"Put back the file whose SHA-256 is {entry['sha256']}, from a copy of the home or from where it "
        "was published."
    )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NofError(
            f"{path} is in the register and cannot be read ({error.strerror}). {remedy}"
        ) from error
    if sha256(content).hexdigest() != entry["sha256"]:
        raise NofError(f"{path} is damaged: it is no longer the file that was landed. {remedy}")
    return content


def landed_file(
    home: Home, entry: Mapping[str, str], content: bytes, read: Readable, vintages: tuple[Unit, ...]
) -> LandedFile:
    """A file of the register.

    Args:
        home: the warehouse, for the message.
        entry: its row of the register.
        content: its bytes, verified.
        read: what was read of it.
        vintages: all that it covers.

    Raises:
        NofError: the row holds what no run writes.
    """
    try:
        landed_date = date.fromisoformat(entry["landed_date"])
        version = int(entry["version"])
    except ValueError as error:
        raise damaged_register(home) from error
    return LandedFile(
        file_id=entry["file_id"],
        file_name=entry["file_name"],
        file_kind=read.file_kind,
        sha256=entry["sha256"],
        byte_count=len(content),
        row_count=read.row_count,
        landed_date=landed_date,
        version=version,
        landed_order=int(entry["landed_order"]),
        vintages=vintages,
        repeated_row_count=read.repeated_row_count,
        is_new=False,
        table=read.table,
        content=content,
    )


def _read_landed_file(home: Home, entry: dict[str, str], lookups: Lookups) -> LandedFile | list[Problem]:
    content = verified_content(home, entry)
    read = read_file(entry["file_name"], content, lookups)
    if isinstance(read, list):
        return shown(read, None)
    return landed_file(home, entry, content, read, read.vintages)


def damaged_register(home: Home) -> NofError:
    """The error of a register that no run has written."""
    return NofError(
        f"{home.register} is damaged: it is not the list of landed files that a run has written. "
        "Put it back from a copy of the home."
    )
