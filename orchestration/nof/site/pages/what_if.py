"""The page on which values of a trust are changed in thought: its frame, and the data that it scores."""

from collections.abc import Iterator

from nof.site.model import Output, Page, ScriptData
from nof.site.released import Released
from nof.site.what_if.asked import asked_quarters, left_out, refusal
from nof.site.what_if.nation import nation

_SCRIPT = "assets/what-if.js"


def make(released: Released) -> Iterator[Output]:
    """The page; and for each quarter that is asked about what the script needs of it."""
    refused = refusal(released)
    quarters = () if refused else asked_quarters(released)
    yield Page(
        path="what-if.html",
        template="pages/what-if.html.j2",
        title="What if",
        section="what-if.html",
        filled={
            "refused": refused,
            "quarters": quarters,
            "left_out": () if refused else left_out(released),
        },
        scripts=(*(each.path for each in quarters), _SCRIPT) if quarters else (),
    )
    for each in quarters:
        yield ScriptData(each.path, each.name, nation(released, each))
