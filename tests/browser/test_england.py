"""The first page: what is in hand, segments, regions and movements as released, and finding a trust."""

import re

import pytest
from playwright.sync_api import Browser, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_nation import by_row, differences, figures_of, scrolls_sideways, shorten
from harness_some import some

PATH = "index.html"
MOVED = [
    "fct_segment_movement.adjusted_segment_before_as_released",
    "fct_segment_movement.adjusted_segment_now",
]


def types_with_averages(site: Shown) -> list[tuple[str, str]]:
    """Trust types with averages, each with its newest quarter of them."""
    return [
        (kind, quarter)
        for kind, quarter in site.rows(
            "select trust_type_id, max(quarter_id) from fct_segment where average_metric_score is not null"
            " group by trust_type_id order by trust_type_id"
        )
    ]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PATH), width=width) as seen:
        assert not scrolls_sideways(seen.page)
        seen.page.get_by_label("Find a trust").fill("trust")
        shorten(seen.page)
        seen.page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
        assert seen.violations() == []


def test_segments_are_counted_as_in_the_release(browser: Browser, site: Shown) -> None:
    kinds = types_with_averages(site)
    assert kinds
    with visit(browser, site.address(PATH), javascript=False) as seen:
        for kind, quarter in kinds:
            table = seen.page.locator(f"#segments-{kind.replace('_', '-')} tbody")
            shown = {
                row.get_attribute("data-segment"): row.locator(".england-count").all_inner_texts()
                for row in table.locator("tr").all()
            }
            adjusted, final = (
                dict(
                    site.rows(
                        f"select {column}, count(*) from fct_segment"
                        " where trust_type_id = ? and quarter_id = ? group by all",
                        kind,
                        quarter,
                    )
                )
                for column in ("adjusted_segment", "final_segment")
            )
            for segment in (1, 2, 3, 4):
                counts = [adjusted.get(segment, 0)]
                if set(final) != {None}:
                    counts.append(final.get(segment, 0))
                assert shown[str(segment)] == [str(count) for count in counts]
            if 5 in final:
                assert shown["5"] == [str(final[5])]
            elif set(final) == {None}:
                assert "No final segment is known" in seen.page.locator("main").inner_text()


def test_regions_add_up(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PATH), javascript=False) as seen:
        for kind, quarter in some(types_with_averages(site)):
            rows = seen.page.locator(f"#regions-{kind.replace('_', '-')} tbody tr").all()
            shown = {row.get_attribute("data-region"): row.locator("td.n").all_inner_texts() for row in rows}
            is_final = not site.rows(
                "select 1 from fct_segment where trust_type_id = ? and quarter_id = ?"
                " and final_segment is null",
                kind,
                quarter,
            )
            column = "final_segment" if is_final else "adjusted_segment"
            for region, counts in some(shown.items()):
                found = dict(
                    site.rows(
                        f"select {column}, count(*) from fct_segment inner join dim_trust using (trust_code)"
                        " where fct_segment.trust_type_id = ? and quarter_id = ? and region_label = ?"
                        " group by all",
                        kind,
                        quarter,
                        region,
                    )
                )
                assert [int(each) for each in counts[:4]] == [
                    found.get(segment, 0) for segment in (1, 2, 3, 4)
                ]
                assert int(counts[-1]) == sum(found.values())
            total = sum(int(counts[-1]) for counts in shown.values())
            assert [(total,)] == site.rows(
                "select count(*) from fct_segment where trust_type_id = ? and quarter_id = ?", kind, quarter
            )


def test_movements_are_those_of_the_release(browser: Browser, site: Shown) -> None:
    query = (
        "select trust_code, quarter_id, adjusted_segment_before_as_released, adjusted_segment_now"
        " from fct_segment_movement where segment_change <> 0 and (trust_type_id, quarter_id) in (select"
        " (trust_type_id, max(quarter_id)) from fct_segment where average_metric_score is not null"
        " group by trust_type_id)"
    )
    rows = site.rows(query)
    assert rows
    with visit(browser, site.address(PATH), javascript=False) as seen:
        assert differences(figures_of(seen.page, "li[data-trust]"), by_row(rows, MOVED), MOVED) == []
        better = sum(int(text) for text in seen.page.locator("[data-moved=better]").all_inner_texts())
        worse = sum(int(text) for text in seen.page.locator("[data-moved=worse]").all_inner_texts())
    assert (better, worse) == (
        sum(now < old for *_, old, now in rows),
        sum(now > old for *_, old, now in rows),
    )


def test_what_is_not_in_hand_is_said_near_the_top(
    browser: Browser, real_site: Shown, bundled_site: Shown
) -> None:
    with visit(browser, real_site.address(PATH), javascript=False) as seen:
        warning = seen.page.locator(".nhsuk-card--warning")
        text = warning.inner_text()
        before = seen.page.locator("main h2").first.inner_text()
        cells = seen.page.locator("td[data-type]").evaluate_all(
            "all => Object.fromEntries(all.map("
            "c => [`${c.dataset.type} ${c.dataset.quarter}`, c.textContent]))"
        )
    assert "What is not in hand" in before
    assert "Acute trusts: nothing is in hand for Q1 2025/26, Q2 2025/26 and Q4 2025/26." in text
    assert re.search(r"Acute trusts in Q3 2025/26: 134 of 134 trusts are in hand, but", text)
    assert "Ambulance trusts: nothing is in hand." in text
    assert "only mental health and community trusts have averages" in text
    assert cells["mental_health_and_community 2025-26-Q4"] == "Complete: all 61"
    assert cells["acute 2025-26-Q3"].startswith("Incomplete: 134 of 134")
    assert cells["acute 2025-26-Q4"] == cells["ambulance 2025-26-Q1"] == "Not in hand"
    with visit(browser, bundled_site.address(PATH), javascript=False) as seen:
        assert seen.page.locator(".nhsuk-card--warning").count() == 0


def test_a_trust_is_found(browser: Browser, site: Shown) -> None:
    [(code, name), *_] = site.rows("select trust_code, trust_name from dim_trust order by trust_name desc")
    with visit(browser, site.address(PATH)) as seen:
        page, found = seen.page, seen.page.locator("#england-found li:visible")
        expect(found).to_have_count(0)
        page.get_by_label("Find a trust").fill(code)
        expect(found).to_have_count(1)
        expect(found).to_have_text(f"{name} ({code})")
        expect(page.locator("[data-filter-count]")).to_contain_text("1 of ")
        page.keyboard.press("Tab")
        # Chromium stops at a list that can scroll, too.
        expect(page.locator("#england-found, #england-found a").and_(page.locator(":focus"))).to_have_count(1)
        page.get_by_label("Find a trust").fill("no such trust")
        expect(found).to_have_count(0)
        expect(page.locator("[data-filter-count]")).to_contain_text("None of ")


def test_without_javascript_the_list_of_trusts_is_a_link_away(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PATH), javascript=False) as seen:
        assert not seen.page.get_by_label("Find a trust").is_visible()
        assert not seen.page.locator("#england-found").is_visible()
        seen.page.get_by_role("link", name=re.compile(r"All \d+ trusts by name")).click()
        expect(seen.page.get_by_role("heading", level=1)).to_have_text("Trusts")


def test_the_skip_link_comes_first(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PATH)) as seen:
        seen.page.keyboard.press("Tab")
        expect(seen.page.locator(":focus")).to_have_text("Skip to main content")
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator(":focus")).to_have_attribute("id", "maincontent")


def test_links_go_somewhere(browser: Browser, site: Shown) -> None:
    """The pages of other builders are checked by their own tests; those of the nation are here."""
    with visit(browser, site.address(PATH), javascript=False) as seen:
        links = seen.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    own = [link for link in links if link.startswith(("league", "trusts", "metrics", "data/"))]
    assert own
    assert [link for link in own if not (site.folder / link).is_file()] == []
