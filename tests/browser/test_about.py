"""The page about the pages: readable for everybody, and every file of the release is on it."""

import pytest
from playwright.sync_api import Browser

from browser.harness_browser import DESKTOP, PHONE, Shown, visit


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address("about.html"), width=width) as seen:
        assert seen.violations() == []


def test_every_file_is_named_without_javascript(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("about.html"), javascript=False) as seen:
        shown = seen.page.locator("[id^=file-] th").all_inner_texts()
    assert sorted(shown) == sorted(name for (name,) in site.rows("select file_name from dim_file"))
