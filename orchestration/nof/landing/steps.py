"""The first step of a run: what is landed, what is new, and what is refused."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from nof.errors import InputRefused, Problem
from nof.home import Home
from nof.landing.bounds import LONGEST_NAME_BYTES, find_too_large
from nof.landing.cell_checks import plain_text
from nof.landing.inbox import Found, look_into
from nof.landing.lookups import Lookups, read_lookups
from nof.landing.model import FILE_ID_LENGTH, Landed, LandedFile, Readable, SetAside
from nof.landing.opened import open_file
from nof.landing.persons import find_person_in_name
from nof.landing.publications import publication_of
from nof.landing.reader import read_file, version_of
from nof.landing.refused import record_refusal, shown, was_refused
from nof.landing.register import read_landed_files
from nof.landing.vintages import Newcomer, current_vintages, find_rivals


@dataclass(eq=False)
class _Arrival:
    """A file found in a folder whose bytes are not landed yet, under the name that problems use."""

    path: Path
    name: str
    content: bytes
    sha256: str
    read: Readable | None
    problems: list[Problem] = field(default_factory=list)


def land(home: Home, directories: Sequence[Path], *, today: date) -> Landed:
    """Everything that is landed in the home, and the new files of the folders. Writes nothing but refusals.

    A file that an earlier run has refused, and that would be refused again, does not stand in the way of the
    files beside it: it is set aside and listed. Where nothing beside it can be used, it is refused again.

    Args:
        home: the warehouse, locked by the caller.
        directories: folders to land from; none at all stands on what is landed.
        today: the day on which new files count as landed; where a file was landed on a later one, that one
            is taken for it, as a clock that was set back must not turn the order of what was known.

    Raises:
        UsageRefused: if a folder is missing or holds no data.
        InputRefused: if a file cannot be read, with all problems of all files.
        NofError: if what is landed is damaged.
    """
    lookups = read_lookups()
    old_files = read_landed_files(home, lookups)
    inbox = look_into(directories)
    landed_hashes = {file.sha256 for file in old_files}
    arrivals, again = _sort_out(inbox.found, landed_hashes, lookups)

    unreadable = [each for each in arrivals if each.problems]
    good = [each for each in arrivals if not each.problems]
    is_use_left = bool(good) or any(digest in landed_hashes for digest in again.values())
    is_known = all(was_refused(home, each.sha256) for each in unreadable)
    set_aside = unreadable if is_known and is_use_left else []
    _mark_rivals(good)
    refused = [each for each in arrivals if each.problems and each not in set_aside]
    if refused:
        raise InputRefused(_refuse(home, refused, today))

    newest = max((file.landed_date for file in old_files), default=today)
    new_files = _in_landing_order(good, after=len(old_files), today=max(today, newest))
    files = (*old_files, *new_files)
    return Landed(
        files=files,
        vintages=current_vintages(files),
        ignored=tuple(inbox.ignored),
        already_landed=tuple(again),
        clock_behind=newest if today < newest else None,
        set_aside=tuple(SetAside(each.path, each.sha256, tuple(each.problems)) for each in set_aside),
    )


def _sort_out(
    found: Sequence[Found], landed_hashes: set[str], lookups: Lookups
) -> tuple[list[_Arrival], dict[Path, str]]:
    """Tell files that are new from those whose bytes are landed or came twice (with their hashes)."""
    arrivals: list[_Arrival] = []
    again: dict[Path, str] = {}
    seen = set(landed_hashes)
    names = [each.path.name for each in found]
    for path, problem in found:
        # Two folders may hold different files of one name: then only the path tells them apart.
        name = path.name if names.count(path.name) == 1 else str(path)
        content = content_of(path, name)
        if isinstance(content, Problem):
            arrivals.append(_Arrival(path, name, b"", "", None, [content]))
            continue
        digest = sha256(content).hexdigest()
        if digest in seen:
            again[path] = digest
            continue
        # What is no CSV and no source publication is not read, but its name is told all the same.
        if problem and publication_of(open_file(content)) is None:
            read: Readable | list[Problem] = find_person_in_name(name) or [problem]
        else:
            read = read_file(name, content, lookups)
        if isinstance(read, Readable):
            # Bytes that cannot be read are told under each name: empty templates are all alike.
            seen.add(digest)
            arrivals.append(_Arrival(path, name, content, digest, read))
        else:
            arrivals.append(_Arrival(path, name, content, digest, None, read))
    return arrivals, again


def content_of(path: Path, name: str) -> bytes | Problem:
    """The bytes of a file, or why they are not read."""
    unfit = _unfit_name(path.name)
    if unfit:
        return Problem(repr(name), f"its name: {unfit}", "Give the file another name and land it again.")
    # A link or a device may lead anywhere, and what is refused is shown and kept.
    if path.is_symlink():
        return Problem(
            name,
            "this is a link, and what it leads to may lie outside the folder.",
            "Put the file itself there.",
        )
    try:
        if not path.is_file():
            return Problem(name, "this is no file that has an end.", "Take it out of the folder.")
        return find_too_large(name, path) or path.read_bytes()
    except OSError as error:
        return Problem(name, f"the file cannot be opened ({error.strerror}).", "Check who may read it.")


def _unfit_name(name: str) -> str | None:
    """Why a file cannot be called so in a release, or None."""
    fault = plain_text(name)
    if fault:
        return fault.message
    if "\n" in name:
        return "it holds the end of a line."
    if len(os.fsencode(name)) > LONGEST_NAME_BYTES:
        return f"it is longer than {LONGEST_NAME_BYTES} bytes."
    return None


def _mark_rivals(arrivals: Sequence[_Arrival]) -> None:
    described = [
        Newcomer(
            each.name,
            version_of(each.path.name),
            each.read.vintages if each.read else (),
            each.read.entries if each.read else {},
        )
        for each in arrivals
    ]
    for place, problems in find_rivals(described).items():
        arrivals[place].problems += problems


def _refuse(home: Home, refused: Sequence[_Arrival], today: date) -> list[Problem]:
    """Keep the refused files with all their reasons; hand back what is to be printed."""
    printed: list[Problem] = []
    for each in refused:
        folder = None
        # A file that cannot be opened has no hash and nothing to keep.
        if each.sha256:
            folder = record_refusal(home, each.path.name, each.content, each.problems, today=today)
        printed += shown(each.problems, folder)
    return printed


def _in_landing_order(arrivals: Sequence[_Arrival], *, after: int, today: date) -> list[LandedFile]:
    """The new files: a higher version is later; the name only settles an order that changes nothing."""
    ordered = sorted(arrivals, key=lambda each: (version_of(each.path.name), each.path.name, each.sha256))
    return [
        LandedFile(
            file_id=each.sha256[:FILE_ID_LENGTH],
            file_name=each.path.name,
            file_kind=each.read.file_kind,
            sha256=each.sha256,
            byte_count=len(each.content),
            row_count=each.read.row_count,
            landed_date=today,
            version=version_of(each.path.name),
            landed_order=after + place,
            vintages=each.read.vintages,
            repeated_row_count=each.read.repeated_row_count,
            is_new=True,
            table=each.read.table,
            content=each.content,
        )
        for place, each in enumerate(ordered, start=1)
        if each.read is not None
    ]
