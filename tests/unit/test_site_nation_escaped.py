"""A name with quotes, ampersands and tags is shown on the pages of the nation and never run."""

from types import SimpleNamespace

import pytest

from nof.site.look import environment
from nof.site.menu import MENU, SITE_NAME
from nof.site.model import Page
from nof.site.pages.trusts import Letter
from nof.site.released import Trust

WICKED = """O'Neill & "Sons" <script>alert(1)</script>"""
TEXTS = (
    "notice",
    "source_line",
    "licence",
    "licence_url",
    "framework_label",
    "release_id",
    "quarter_label",
)
RELEASE = {**dict.fromkeys(TEXTS, WICKED), "is_bundled": False, "is_forecast": False, "released_date": None}


@pytest.fixture
def page() -> str:
    """The list of trusts with one wicked trust."""
    trust = Trust("X'1", WICKED, "acute", WICKED, WICKED, WICKED, ("2025-26-Q1",))
    row = {"quarter_id": "2025-26-Q1", "final_segment": None, "adjusted_segment": None}
    shown = Page("trusts.html", "pages/trusts.html.j2", WICKED, "trusts.html", {})
    released = SimpleNamespace(trusts={"X'1": trust}, quarter_labels={"2025-26-Q1": WICKED})
    filled = {
        "page": shown,
        "root": "",
        "released": released,
        "release": RELEASE,
        "menu": MENU,
        "site_name": SITE_NAME,
        "letters": [Letter("O", ((trust, row, "no segment: its trust type is not complete in hand"),))],
        "kinds": [WICKED],
        "regions": [WICKED],
        "data_path": "data/trusts.csv",
    }
    return environment().get_template(shown.template).render(filled)


def test_nothing_is_run(page: str) -> None:
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_no_attribute_is_left_by_a_quote(page: str) -> None:
    assert '"Sons"' not in page
    assert "&#34;Sons&#34;" in page


def test_why_there_is_no_segment_is_said(page: str) -> None:
    assert "No segment: its trust type is not complete in hand" in page
