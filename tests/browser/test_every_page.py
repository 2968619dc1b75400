"""What holds for every page: those of each kind are read, seen on a phone, on paper and without colours."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from browser.harness_browser import PHONE, Shown, visit
from browser.harness_pages import faults
from harness_some import some


def kinds(folder: Path) -> Iterator[str]:
    """Every page at the top, and of each folder the first, the last and the largest."""
    yield from sorted(path.name for path in folder.glob("*.html"))
    for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
        pages = sorted(inside.glob("*.html"))
        if pages:
            largest = max(pages, key=lambda path: path.stat().st_size)
            for path in dict.fromkeys((pages[0], largest, pages[-1])):
                yield path.relative_to(folder).as_posix()


def test_every_kind_of_page_is_sound(site: Shown) -> None:
    found = {
        path: wrong
        for path in kinds(site.folder)
        if (wrong := faults((site.folder / path).read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, site: Shown) -> None:
    wide = []
    for path in kinds(site.folder):
        with visit(browser, site.address(path), width=PHONE) as seen:
            width = seen.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE:
            wide.append((path, width))
    assert wide == []


def test_print_and_forced_colours_keep_what_is_on_the_page(browser: Browser, bundled_site: Shown) -> None:
    for path in some(kinds(bundled_site.folder)):
        with visit(browser, bundled_site.address(path), forced_colors="active") as seen:
            assert seen.page.locator("main").inner_text().strip(), path
            seen.page.emulate_media(media="print")
            assert seen.page.locator("h1").is_visible(), path
            assert not seen.page.locator(".nhsuk-header__navigation").is_visible(), path
            tables = seen.page.locator("main .scroll > table")
            assert not tables.count() or seen.page.locator("main table:visible").count(), path
