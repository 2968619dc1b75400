"""The page about the pages: readable for everybody, and every file of the release is on it."""

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browser.harness_browser import DESKTOP, PHONE, ROOT, Shown, visit
from browser.harness_figures import figures

PAGE = "about.html"


def words() -> Iterator[str]:
    """Every basis and status that a figure may have."""
    for seed, column in (
        ("score_bases", "score_basis"),
        ("cut_point_bases", "cut_point_basis"),
        ("cell_statuses", "cell_status"),
    ):
        with (ROOT / "seeds" / "framework" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
            yield from (row[column].replace("_", " ").capitalize() for row in csv.DictReader(file))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PAGE), width=width) as seen:
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_file_is_named_without_javascript(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE), javascript=False) as seen:
        shown = seen.page.locator("[id^=file-] th").all_inner_texts()
        rows = [each.text for each in figures(seen.page, "dim_file.row_count")]
    assert sorted(shown) == sorted(name for (name,) in site.rows("select file_name from dim_file"))
    assert sorted(rows) == sorted(str(count) for (count,) in site.rows("select row_count from dim_file"))


def test_the_whole_hash_of_a_file_is_there_by_keyboard(browser: Browser, site: Shown) -> None:
    file_id, sha256 = site.rows("select file_id, sha256 from dim_file order by file_id limit 1")[0]
    with visit(browser, site.address(PAGE)) as seen:
        row = seen.page.locator(f"#file-{file_id}")
        assert not row.locator(".hash").is_visible()
        row.locator("summary").focus()
        seen.page.keyboard.press("Enter")
        assert row.locator(".hash").is_visible()
        assert row.locator(".hash").inner_text() == sha256


def test_every_word_for_a_basis_and_a_status_is_explained(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        told = set(seen.page.locator("#words ~ .scroll th[scope=row]").all_inner_texts())
    assert set(words()) <= told


def test_terms_release_and_caveats_are_there(browser: Browser, bundled_site: Shown, real_site: Shown) -> None:
    for site in (bundled_site, real_site):
        release_id, source, notice = site.rows("select release_id, source_line, notice from dim_release")[0]
        with visit(browser, site.address(PAGE)) as seen:
            text = seen.page.locator("main").inner_text()
        for each in (release_id, source, notice, "provisional", "no cookie"):
            assert each in text
        assert ("The nation is invented" in text) is (site is bundled_site)
        assert ("acute trusts in Q3 2025/26" in text) is (site is real_site)


def test_forced_colours_and_print_keep_it(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE), forced_colors="active") as seen:
        assert seen.violations() == []
        seen.page.emulate_media(media="print")
        assert seen.page.locator(".about-files").is_visible()
        assert not seen.page.locator(".nhsuk-header__navigation").is_visible()
