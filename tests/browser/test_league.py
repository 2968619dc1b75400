"""League tables: every row says what the release says, sorts, filters, and reads without scripts."""

from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_nation import (
    Figures,
    by_row,
    column,
    differences,
    figures_of,
    scrolls_sideways,
    shorten,
)

TABLE = "league_table"
NAMES = [
    f"{TABLE}.{name}"
    for name in (
        "rank",
        "average_score",
        "likely_range_of_average_score",
        "segment",
        "trust_in_financial_deficit",
        "likely_range_of_rank",
    )
]
OPEN_NAMES = ["fct_segment.average_metric_score", "fct_likely_range.score_range_label"]
MHC = "league/mental-health-and-community.html"


def shown_rows(browser: Browser, site: Shown) -> Figures:
    """The rows of all league tables of a site."""
    found: Figures = {}
    for path in site.paths("league/*.html"):
        with visit(browser, site.address(path), javascript=False) as seen:
            rows = figures_of(seen.page, "tr[data-trust]")
        assert rows
        assert not set(rows) & set(found)
        found |= rows
    return found


def test_every_row_is_that_of_the_release(browser: Browser, site: Shown) -> None:
    shown = shown_rows(browser, site)
    columns = ", ".join(name.partition(".")[2] for name in NAMES)
    in_table = by_row(
        site.rows(f"select trust_code, quarter_id, {columns} from league_table where rank is not null"), NAMES
    )
    without_place = by_row(
        site.rows(
            "select segments.trust_code, segments.quarter_id, average_metric_score, score_range_label"
            " from fct_segment as segments"
            " inner join fct_likely_range as ranges using (trust_code, quarter_id)"
            " where ranges.score_id = 'OF5002' and average_metric_score is not null and league_rank is null"
        ),
        OPEN_NAMES,
    )
    assert in_table
    assert differences({key: row for key, row in shown.items() if key in in_table}, in_table, NAMES) == []
    rest = {key: row for key, row in shown.items() if key not in in_table}
    assert differences(rest, without_place, OPEN_NAMES) == []


def test_a_wrong_figure_is_found() -> None:
    released = {"R1A Q1": {"t.rank": 2, "t.a_score": Decimal("1.50")}}
    names = ["t.rank", "t.a_score"]
    assert differences({"R1A Q1": {"t.rank": "2", "t.a_score": "1.50"}}, released, names) == []
    for wrong in (
        {"t.rank": "3", "t.a_score": "1.50"},
        {"t.rank": "2", "t.a_score": "1.5"},
        {"t.rank": "2", "t.a_score": "1.51"},
        {"t.rank": "2"},
        {"t.rank": "2", "t.a_score": "1.50", "t.other": "1"},
    ):
        assert differences({"R1A Q1": wrong}, released, names)
    assert differences({}, released, names) == ["no row for R1A Q1"]
    assert differences({"R1B Q1": {}}, {}, names)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["league.html", MHC])
def test_axe_finds_nothing(browser: Browser, site: Shown, path: str, width: int) -> None:
    with visit(browser, site.address(path), width=width) as seen:
        shorten(seen.page)
        assert seen.violations() == []


def test_a_phone_does_not_scroll_sideways(browser: Browser, site: Shown) -> None:
    for path in ["league.html", *site.paths("league/*.html")]:
        with visit(browser, site.address(path), width=PHONE) as seen:
            assert not scrolls_sideways(seen.page), path


def test_the_overview_leads_to_every_table(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("league.html"), javascript=False) as seen:
        links = seen.page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert set(site.paths("league/*.html")) == {link for link in links if link.startswith("league/")}


def test_a_quarter_and_a_type_can_be_chosen(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address("league/acute.html"), javascript=False) as seen:
        page = seen.page
        page.get_by_role("link", name="Q2 2025/26").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("League table of acute trusts, Q2 2025/26")
        page.get_by_role("link", name="Ambulance trusts").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "League table of ambulance trusts, Q2 2025/26"
        )


def test_ties_keep_their_rank_and_a_partial_pool_is_said(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address("league/acute-2025-26-Q3.html")) as seen:
        ranks = column(seen.page, "#league", 0)
        assert "partial pool" in seen.page.locator(".nhsuk-card--warning").inner_text()
        last = seen.page.locator("#league tbody tr").last.inner_text()
    numbers = [int(rank) for rank in ranks[:-1]]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) < len(numbers)
    assert "not known whether the financial override is set" in last
    with visit(browser, bundled_site.address("league/acute.html")) as seen:
        assert seen.page.locator(".nhsuk-card--warning").count() == 0


def test_the_override_is_said_in_words(browser: Browser, site: Shown) -> None:
    moved = {
        code: f"override: {after} instead of {before}"
        for code, before, after in site.rows(
            "select trust_code, unadjusted_segment, adjusted_segment from fct_segment where quarter_id ="
            " '2025-26-Q4' and trust_type_id = 'mental_health_and_community' and has_financial_override"
            " and unadjusted_segment < adjusted_segment"
        )
    }
    assert moved
    with visit(browser, site.address(MHC), javascript=False) as seen:
        for code, words in moved.items():
            assert words in seen.page.locator(f"tr[data-trust={code}]").inner_text()
        assert seen.page.get_by_text("instead of").count() - 1 == len(moved)  # one explains it


def test_sorting_by_the_keyboard(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(MHC)) as seen:
        button = seen.page.get_by_role("button", name="Average score and likely range")
        for reverse in (False, True):
            button.focus()
            seen.page.keyboard.press("Enter")
            scores = [Decimal(text.split()[0]) for text in column(seen.page, "#league", 4)]
            assert scores == sorted(scores, reverse=reverse)
        assert button.locator("..").get_attribute("aria-sort") == "descending"
        seen.page.get_by_role("button", name="Trust", exact=True).press("Enter")
        names = [text.casefold() for text in column(seen.page, "#league", 1)]
        assert names == sorted(names)


def test_filters_together(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(MHC)) as seen:
        page = seen.page
        region = column(page, "#league", 2)[0]
        page.get_by_label("Region").select_option(region)
        page.get_by_label("Segment").select_option("1")
        rows = site.rows(
            "select trust_code from league_table where quarter_id = '2025-26-Q4' and trust_type_id ="
            " 'mental_health_and_community' and region_label = ? and segment = 1",
            region,
        )
        expect(page.locator("[data-filter-count]")).to_have_text(f"{len(rows)} of 61 shown")
        shown = page.locator("#league tbody tr:visible").evaluate_all("all => all.map(r => r.dataset.trust)")
        assert sorted(shown) == sorted(code for (code,) in rows)
        page.get_by_label("Name or code").fill("no such trust")
        expect(page.locator("[data-filter-count]")).to_contain_text("None of 61 matches")


def test_the_table_is_there_to_download(site: Shown) -> None:
    text = (site.folder / "data/league-mental-health-and-community-2025-26-Q4.csv").read_text(
        encoding="utf-8"
    )
    assert text.count("\n") == 62
    assert text.startswith("quarter_label,region_label,")
