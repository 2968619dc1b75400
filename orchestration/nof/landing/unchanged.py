"""What is landed, told from the register and no row read: for a run to which nothing new has come."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast, get_args

from nof.home import Home
from nof.landing.inbox import look_into
from nof.landing.model import FileKind, Landed, LandedFile, Readable, Table
from nof.landing.register import damaged_register, landed_file, read_register, verified_content
from nof.landing.steps import content_of
from nof.landing.vintages import current_vintages, units_of

_UNREAD = Table((), (), ())


def land_unread(home: Home, directories: Sequence[Path], *, today: date) -> Landed | None:
    """Everything that is landed, without its rows; None where a folder holds a file that is not landed.

    A release follows from the bytes of its files, the seeds and the code. Where it is there already, the same
    bytes have been read by the same code, and reading them again could say nothing else. Each file of the
    register is held to its hash all the same.

    Args:
        home: the warehouse, locked by the caller.
        directories: folders to land from; none at all stands on what is landed.
        today: the day of the run.

    Raises:
        UsageRefused: if a folder is missing or holds no data.
        NofError: if what is landed is damaged.
    """
    register = read_register(home)
    inbox = look_into(directories)
    landed = {entry["sha256"] for entry in register}
    for path, _ in inbox.found:
        content = content_of(path, path.name)
        if not isinstance(content, bytes) or sha256(content).hexdigest() not in landed:
            return None
    files = tuple(_unread(home, entry) for entry in register)
    newest = max((file.landed_date for file in files), default=today)
    return Landed(
        files=files,
        vintages=current_vintages(files),
        ignored=tuple(inbox.ignored),
        already_landed=tuple(path for path, _ in inbox.found),
        clock_behind=newest if today < newest else None,
        is_read=False,
    )


def _unread(home: Home, entry: Mapping[str, str]) -> LandedFile:
    if entry["file_kind"] not in get_args(FileKind):
        raise damaged_register(home)
    kind = cast("FileKind", entry["file_kind"])
    try:
        units = units_of(kind, entry["vintages"])
        read = Readable(kind, _UNREAD, int(entry["row_count"]), int(entry["repeated_row_count"]))
    except ValueError as error:
        raise damaged_register(home) from error
    return landed_file(home, entry, verified_content(home, entry), read, units)
