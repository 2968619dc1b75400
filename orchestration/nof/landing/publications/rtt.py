"""Referral to treatment waiting times, full extract: held to its own totals, summed up by provider."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.errors import Problem
from nof.landing.lookups import Lookups
from nof.landing.model import Readable
from nof.landing.opened import Opened
from nof.landing.publications.model import Publication
from nof.landing.publications.rtt_layout import PROVIDER_NAME, find_header, read_header
from nof.landing.publications.rtt_rows import find_faulty_rows
from nof.landing.publications.rtt_source import (
    MOST_ROWS,
    UNREADABLE,
    OutOfBounds,
    Source,
    damaged,
    is_full_extract,
    source_of,
)
from nof.landing.records import FETCH_AGAIN

if TYPE_CHECKING:
    from nof.landing.publications.rtt_extract import Extract


@dataclass(frozen=True)
class Judged:
    """A full extract in which every row can stand and every total row is the sum of its treatment functions.

    Attributes:
        extract: each row once.
        row_count: rows of data in the file, repeated ones included.
        repeated_row_count: rows that repeat another row exactly.
    """

    extract: "Extract"
    row_count: int
    repeated_row_count: int


def read(file: str, opened: Opened, lookups: Lookups) -> Readable | list[Problem]:
    """Read one full extract, zipped or not."""
    judged = judge(file, opened)
    return judged if isinstance(judged, list) else summed(judged, lookups)


def summed(judged: Judged, lookups: Lookups) -> Readable:
    """What lands of an extract: its total rows, summed by provider, part and group of commissioners."""
    from nof.landing.publications.rtt_groups import landing_table  # noqa: PLC0415 - numpy is heavy

    exclusions = lookups.source_exclusions.get("rtt_waits", ())
    table = landing_table(judged.extract, exclusions)
    return Readable("rtt_waits", table, judged.row_count, judged.repeated_row_count)


def judge(file: str, opened: Opened) -> Judged | list[Problem]:
    """Every row of one full extract, zipped or not, or all that is wrong with it."""
    source = source_of(file, opened)
    if isinstance(source, Problem):
        return [source]
    try:
        found = _judge(file, source)
        if isinstance(found, list):
            # Cells of a damaged archive say nothing of what was published.
            source.read_through()
        return found
    except OutOfBounds:
        return [
            Problem(
                file,
                f"the file has more than {MOST_ROWS:,} rows.",
                "See what it is before it is landed: a full extract has about 180,000.",
            )
        ]
    except UNREADABLE as error:
        return [damaged(file, error)]


def _judge(file: str, source: Source) -> Judged | list[Problem]:
    from nof.landing.publications.rtt_extract import read_extract  # noqa: PLC0415 - numpy and pyarrow are heavy
    from nof.landing.publications.rtt_totals import find_disagreements  # noqa: PLC0415

    found = find_header(source.top())
    if found is None:
        return [
            Problem(
                file,
                "no row near the top is the header of a referral to treatment full extract.",
                FETCH_AGAIN,
            )
        ]
    header = read_header(file, *found)
    if isinstance(header, list):
        return header
    extract = read_extract(source, header)
    if extract is None:
        unread = Problem(file, "the file cannot be read as a table of texts and whole numbers.", FETCH_AGAIN)
        return find_faulty_rows(file, source, header) or [unread]
    if not len(extract):
        return [Problem(file, "the file has a header and no rows.", FETCH_AGAIN)]
    kept, problems = find_disagreements(file, extract)
    if problems:
        return problems
    repeated = int((~kept).sum())
    return Judged(extract.only(kept) if repeated else extract, len(extract), repeated)


RTT = Publication("rtt_waits", is_full_extract, read, {"provider_name": PROVIDER_NAME})
