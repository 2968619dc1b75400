"""Full extracts into the record room: read and judged as landing does, one at a time, each written once."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from nof.errors import InputRefused, NofError, Problem, UsageRefused
from nof.home import Home
from nof.landing.inbox import look_into
from nof.landing.lookups import Lookups, read_lookups
from nof.landing.model import FILE_ID_LENGTH, Period
from nof.landing.opened import open_file
from nof.landing.persons import find_person_in_name
from nof.landing.publications import publication_of
from nof.landing.publications.persons import without_persons
from nof.landing.publications.rtt import RTT, judge, summed
from nof.landing.publications.rtt_layout import PERIOD, find_header, month_of, read_header
from nof.landing.publications.rtt_source import UNREADABLE, source_of
from nof.landing.reader import version_of
from nof.landing.register import landed_path, read_register
from nof.landing.steps import content_of
from nof.landing.vintages import Newcomer, find_rivals
from nof.records.manifest import Partition, hash_of, read_manifest, write_manifest
from nof.records.partition import table_of, totals_of, write_table
from nof.records.room import Room, room_of

What = Literal["new", "restated", "unchanged", "written again"]


@dataclass(frozen=True)
class Arrival:
    """One extract that is in the room now; `what` says whether it was there before."""

    partition: Partition
    what: What


@dataclass(frozen=True)
class _Found:
    path: Path
    sha256: str
    period: str


def land_records(home: Home, directories: Sequence[Path], *, today: date) -> Iterator[Arrival]:
    """Put full extracts into the room, one after another: no more than one is in memory.

    Args:
        home: the warehouse, locked by the caller.
        directories: folders with extracts, other files in them are passed over; none at all stands for the
            extracts that are landed in the home.
        today: the day on which new extracts count as landed.

    Yields:
        Each extract once it is whole in the room and in the manifest.

    Raises:
        UsageRefused: there is no full extract.
        InputRefused: extracts that cannot be read, after all others are in the room; or two of one month of
            which nobody can say which is later, before anything is written.
    """
    room = room_of(home)
    if directories:
        found = _in_order(_in_folders(directories))
        known = {each.sha256 for each in read_manifest(room)}
        _refuse_rivals([each for each in found if each.sha256 not in known])
    else:
        found = _landed(home)
    lookups, problems = read_lookups(), list[Problem]()
    for each in found:
        outcome = _land_one(room, each, lookups, today)
        if isinstance(outcome, Arrival):
            yield outcome
        else:
            problems += outcome
    if problems:
        raise InputRefused(problems)


def _land_one(room: Room, found: _Found, lookups: Lookups, today: date) -> Arrival | list[Problem]:
    partitions = read_manifest(room)
    known = next((each for each in partitions if each.sha256 == found.sha256), None)
    if known and _is_there(room, known):
        return Arrival(known, "unchanged")
    name = found.path.name
    judged = judge(name, open_file(found.path.read_bytes()))
    if isinstance(judged, list):
        problems = without_persons(name, judged, RTT.texts)
        return problems if isinstance(problems, list) else judged
    read = find_person_in_name(name) or without_persons(name, summed(judged, lookups), RTT.texts)
    if isinstance(read, list):
        return read
    (period,) = (each.period for each in read.vintages if isinstance(each, Period))
    total_rows, pathways = totals_of(judged.extract)
    written = Partition(
        landed_order=known.landed_order if known else len(partitions) + 1,
        period=period,
        file_id=found.sha256[:FILE_ID_LENGTH],
        file_name=name,
        sha256=found.sha256,
        row_count=len(judged.extract),
        repeated_row_count=judged.repeated_row_count,
        total_row_count=total_rows,
        pathway_count=pathways,
        record_sha256="",
        record_byte_count=0,
        landed_date=known.landed_date if known else today.isoformat(),
    )
    path = written.path(room)
    write_table(path, table_of(judged.extract))
    written = replace(written, record_sha256=hash_of(path), record_byte_count=path.stat().st_size)
    # The file first: one that no manifest names is nothing yet, and is written over by the next attempt.
    others = [each for each in partitions if each != known]
    write_manifest(room, sorted([*others, written], key=lambda each: each.landed_order))
    if known:
        return Arrival(written, "written again")
    return Arrival(written, "restated" if any(each.period == period for each in partitions) else "new")


def _is_there(room: Room, known: Partition) -> bool:
    """By its size alone: `nof records check` and whoever sums it read it whole."""
    path = known.path(room)
    return path.is_file() and path.stat().st_size == known.record_byte_count


def _in_folders(directories: Sequence[Path]) -> list[Path]:
    paths, problems = [], []
    for each in look_into(directories).found:
        content = content_of(each.path, each.path.name)
        if isinstance(content, Problem):
            problems.append(content)
        elif publication_of(open_file(content)) is RTT:
            paths.append(each.path)
    if problems:
        raise InputRefused(problems)
    if not paths:
        raise UsageRefused(
            f"No referral to treatment full extract is in {', '.join(map(str, directories))}. Put the zips "
            "or CSVs there as published, or name another folder."
        )
    return paths


def _landed(home: Home) -> list[_Found]:
    """Those of the home in the order of landing: which of two of a month is later was settled there."""
    found = []
    for entry in read_register(home):
        if entry["file_kind"] != RTT.file_kind:
            continue
        path = landed_path(home, entry["sha256"], entry["file_name"])
        if not path.is_file() or hash_of(path) != entry["sha256"]:
            raise NofError(
                f"{path} is missing or damaged: it is not the file that was landed. Put back the file whose "
                f"SHA-256 is {entry['sha256']}."
            )
        found.append(_Found(path, entry["sha256"], ""))
    if not found:
        raise UsageRefused(
            f"No referral to treatment full extract is landed in {home.root}. Name a folder that has "
            "extracts, or another home (--home)."
        )
    return found


def _in_order(paths: Sequence[Path]) -> list[_Found]:
    """Each different extract once; of one month a higher version in its name is later."""
    found: dict[str, _Found] = {}
    for path in paths:
        content = path.read_bytes()
        digest = sha256(content).hexdigest()
        found.setdefault(digest, _Found(path, digest, _first_month(path.name, content)))
    return sorted(found.values(), key=lambda each: (each.period, version_of(each.path.name)))


def _first_month(name: str, content: bytes) -> str:
    """The month of the first row: rivals are known before anything is read whole. Empty where unclear."""
    source = source_of(name, open_file(content))
    if isinstance(source, Problem):
        return ""
    try:
        top = source.top()
    except UNREADABLE:
        return ""
    header = find_header(top)
    known = read_header(name, *header) if header else []
    if header is None or isinstance(known, list):
        return ""
    lines = csv.reader(io.StringIO(top.decode("utf-8-sig", errors="replace"), newline=""))
    first = next((cells for number, cells in enumerate(lines, start=1) if number > header[0]), [])
    place = known.headings.index(PERIOD)
    return month_of(first[place]) or "" if len(first) > place else ""


def _refuse_rivals(found: Sequence[_Found]) -> None:
    newcomers = [
        Newcomer(each.path.name, version_of(each.path.name), (Period(RTT.file_kind, each.period),), {})
        for each in found
        if each.period
    ]
    problems = [problem for told in find_rivals(newcomers).values() for problem in told]
    if problems:
        raise InputRefused(problems)
