"""The page that says what changed: since the quarter before and the release before, and what was revised."""

from collections.abc import Iterator

from nof.site.changes.movers import MOVED
from nof.site.changes.revised import revised
from nof.site.changes.since_quarter import since_quarter
from nof.site.changes.since_release import since_release
from nof.site.model import Output, Page
from nof.site.released import Released


def make(released: Released) -> Iterator[Output]:
    """The page, and what of it can be downloaded."""
    quarter, release, revisions = since_quarter(released), since_release(released), revised(released)
    for data in (quarter.data, release.data, revisions.data):
        if data is not None:
            yield data
    yield Page(
        path="changes.html",
        template="pages/changes.html.j2",
        title="What changed",
        section="changes.html",
        filled={"quarter": quarter, "since": release, "revisions": revisions, "moved_id": MOVED},
    )
