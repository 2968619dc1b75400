"""The companion that shows what the gates found over time: a page in `quality/`, beside the gates' own."""

from nof.files import write_text
from nof.release.candidate import Candidate
from nof.release.errors import ReleaseRefused

PAGE = "quality/over-time.html"
FILES = (PAGE,)


def write(candidate: Candidate) -> None:
    """Write the page from the results that the candidate carries.

    Raises:
        ReleaseRefused: it carries none of its own: nothing is released without what its gates found.
    """
    from nof.quality.page import over_time_page  # noqa: PLC0415 - Jinja2
    from nof.quality.released import read_released  # noqa: PLC0415 - DuckDB
    from nof.release.terms import read_terms  # noqa: PLC0415

    results = read_released(candidate.database)
    if candidate.release_id not in {each.run.release_id for each in results}:
        raise ReleaseRefused(
            f"dq_result of {candidate.release_id} has no row of this release: no gate has spoken of it. "
            "Run again."
        )
    write_text(candidate.folder / PAGE, over_time_page(results, read_terms(is_bundled=candidate.is_bundled)))
