"""Referral to treatment waiting times, full extract: held to its own totals, summed up by provider."""

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


def read(file: str, opened: Opened, lookups: Lookups) -> Readable | list[Problem]:
    """Read one full extract, zipped or not."""
    source = source_of(file, opened)
    if isinstance(source, Problem):
        return [source]
    try:
        found = _read(file, source, lookups)
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


def _read(file: str, source: Source, lookups: Lookups) -> Readable | list[Problem]:
    from nof.landing.publications.rtt_extract import read_extract  # noqa: PLC0415 - numpy and pyarrow are heavy
    from nof.landing.publications.rtt_groups import landing_table  # noqa: PLC0415
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
    exclusions = lookups.source_exclusions.get("rtt_waits", ())
    table = landing_table(extract.only(kept) if repeated else extract, exclusions)
    return Readable("rtt_waits", table, len(extract), repeated)


RTT = Publication("rtt_waits", is_full_extract, read, {"provider_name": PROVIDER_NAME})
