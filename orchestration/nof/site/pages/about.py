"""The page that says what the site is, on what terms it is given, and what to mind when reading it."""

from collections.abc import Iterator

from nof.site.model import Output, Page
from nof.site.released import Released


def make(released: Released) -> Iterator[Output]:
    """One page."""
    yield Page(
        path="about.html",
        template="pages/about.html.j2",
        title="About these pages",
        section="about.html",
        filled={
            "files": tuple(released.files.values()),
            "withheld": released.rows("select * from fct_withheld order by register_id, withheld_part"),
        },
    )
