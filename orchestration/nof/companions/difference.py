"""The companion that says what changed since the release before: four CSVs and a page in `difference/`."""

from nof.difference.files import FOLDER, NAMES
from nof.release.candidate import Candidate

FILES = tuple(f"{FOLDER}/{name}" for name in NAMES)


def write(candidate: Candidate) -> None:
    """Compare a candidate with the release before it; for a first release, say that there is none.

    Raises:
        ReleaseRefused: the difference cannot be made, so the release is not published.
    """
    from nof.difference import (  # noqa: PLC0415 - DuckDB and Jinja2
        candidate_side,
        compare,
        sealed_side,
        write_difference,
    )

    before = sealed_side(candidate.previous) if candidate.previous else None
    with compare(before, candidate_side(candidate)) as difference:
        write_difference(difference, candidate.folder / FOLDER)
