"""The list of trusts: every trust is on it and can be found by name, code, type and region."""

import pytest
from playwright.sync_api import Browser, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_nation import by_row, differences, figures_of, scrolls_sideways, shorten

PATH = "trusts.html"
NEWEST = """
    select
        trust_code, quarter_id, final_segment,
        case when final_segment is null then adjusted_segment end
    from fct_segment
    where (trust_code, quarter_id) in (
        select (trust_code, max(quarter_id)) from fct_segment group by trust_code
    )
"""
NAMES = ["fct_segment.final_segment", "fct_segment.adjusted_segment"]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PATH), width=width) as seen:
        assert not scrolls_sideways(seen.page)
        shorten(seen.page)
        assert seen.violations() == []


def test_every_trust_is_a_link_without_javascript(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PATH), javascript=False) as seen:
        assert (
            differences(figures_of(seen.page, "li[data-trust]"), by_row(site.rows(NEWEST), NAMES), NAMES)
            == []
        )
        links = seen.page.locator("li[data-trust] a").evaluate_all(
            "all => all.map(a => [a.getAttribute('href'), a.textContent])"
        )
        assert not seen.page.locator("form").is_visible()
    expected = {
        f"trust/{code}.html": name
        for code, name in site.rows(
            "select trust_code, trust_name from dim_trust"
            " where trust_code in (select trust_code from fct_segment)"
        )
    }
    assert dict(links) == expected
    names = [text.casefold() for _, text in links]
    assert names == sorted(names)


def test_a_trust_is_found_by_words_in_any_order(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address(PATH)) as seen:
        field, page = seen.page.get_by_label("Name or code"), seen.page
        count, items = page.locator("[data-filter-count]"), page.locator("li[data-item]:visible")
        # An apostrophe may be typed or not; the code does as well as the name.
        for typed in ("georges london", "london, st GEORGE'S", "rqy"):
            field.fill(typed)
            expect(items).to_have_count(1)
            expect(items).to_contain_text("(RQY)")
        expect(count).to_have_text("1 of 195 shown")
        expect(field).to_be_focused()
        field.fill("zzz")
        expect(items).to_have_count(0)
        expect(count).to_contain_text("None of 195 matches")
        assert page.locator(".trusts-letter h2:visible").count() == 0
        field.fill("")
        expect(items).to_have_count(195)


def test_type_and_region_together(browser: Browser, site: Shown) -> None:
    kind, region = "Mental health and community trust", "London"
    with visit(browser, site.address(PATH)) as seen:
        seen.page.get_by_label("Trust type").select_option(kind)
        seen.page.get_by_label("Region").select_option(region)
        shown = seen.page.locator("li[data-item]:visible").evaluate_all(
            "all => all.map(r => r.dataset.trust)"
        )
    rows = site.rows(
        "select trust_code from dim_trust where trust_type_label = ? and region_label = ?", kind, region
    )
    assert sorted(shown) == sorted(code for (code,) in rows)


def test_the_count_waits_until_nobody_types(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PATH)) as seen:
        page, count = seen.page, seen.page.locator("[data-filter-count]")
        assert count.get_attribute("role") == "status"
        expect(count).to_have_text("205 of 205 shown")
        page.evaluate(
            "window.told = []; new MutationObserver(() => told.push(document.querySelector("
            "'[data-filter-count]').textContent)).observe(document.querySelector('[data-filter-count]'),"
            " {childList: true})"
        )
        page.get_by_label("Name or code").press_sequentially("badger", delay=20)
        expect(count).not_to_have_text("205 of 205 shown")
        assert len(page.evaluate("told")) == 1
