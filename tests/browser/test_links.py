"""Whatever a page leads to is in the site, every #fragment is an element, and every page can be reached."""

import posixpath

from browser.harness_browser import Shown
from browser.harness_pages import broken_links, parse


def test_whatever_a_page_leads_to_is_there(site: Shown) -> None:
    assert broken_links(site.folder) == []


def test_every_page_can_be_reached(site: Shown) -> None:
    """From the first page by links alone: none is made that nobody finds."""
    pages = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")}
    start = "index.html" if "index.html" in pages else "about.html"
    reached, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        for link in parse((site.folder / page).read_text(encoding="utf-8")).of("a"):
            path = link.attributes.get("href", "").partition("#")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
            if target in pages - reached:
                reached.add(target)
                waiting.append(target)
    assert sorted(pages - reached) == []
