"""The index of metrics and a page for each: what it is, every trust's figures, sorting, filtering."""

import re
from dataclasses import dataclass
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
from harness_some import some

# One of each family, a component, a rating, one of context, one of which nothing is known.
SAMPLE = ("OF0011", "OF0023", "OF0057", "OF0067", "OF0080", "OF0081", "UN0003", "UN0007")
MOST_BYTES = 200_000
CELLS = {
    "fct_metric": ("value", "value_label", "metric_score", "value_rank"),
    "fct_context": ("value", "value_label", "value_rank"),
}
QUARTILES = ("lower_quartile_value", "median_value", "upper_quartile_value")


def released_cells(site: Shown, metric_id: str) -> tuple[dict[str, dict[str, object]], list[str]]:
    """The rows that a page should list: of types with any figure, in their newest quarter with one."""
    for table, columns in CELLS.items():
        status = "cell_status" if table == "fct_metric" else "context_status"
        figure = " or ".join(f"{name} is not null" for name in columns if name != "value_rank")
        rows = site.rows(
            f"""
            with newest as (
                select trust_type_id, max(quarter_id) as quarter_id
                from {table} where metric_id = ? and ({figure}) group by trust_type_id
            )
            select cells.trust_code, cells.quarter_id, {", ".join(f"cells.{name}" for name in columns)}
            from {table} as cells
            inner join newest using (trust_type_id, quarter_id)
            inner join dim_trust as trusts on cells.trust_code = trusts.trust_code
            where cells.metric_id = ? and cells.{status} <> 'not_applicable'
            """,
            metric_id,
            metric_id,
        )
        if rows:
            names = [f"{table}.{name}" for name in columns]
            found = by_row(rows, names)
            for row in found.values():
                if row[names[0]] is not None:
                    row[names[1]] = None  # a number is shown before a label
            return found, names
    return {}, []


def all_metrics(site: Shown) -> list[str]:
    """Every metric of the catalogue."""
    return [metric_id for (metric_id,) in site.rows("select metric_id from dim_metric order by metric_id")]


def test_every_metric_has_a_page_and_is_in_the_index(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("metrics.html"), javascript=False) as seen:
        links = seen.page.locator("tr[data-metric] a").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
    assert sorted(links) == site.paths("metric/*.html")
    assert links and len(links) == len(all_metrics(site))


@dataclass(frozen=True)
class Read:
    """What a metric's page showed on a phone: trusts, quartiles, whether it scrolls sideways."""

    trusts: Figures
    quartiles: Figures
    scrolls: bool


@pytest.fixture(scope="module")
def pages(browser: Browser, site: Shown) -> dict[str, Read]:
    """Every metric's page of a site, opened once."""
    found = {}
    for metric_id in all_metrics(site):
        with visit(browser, site.address(f"metric/{metric_id}.html"), width=PHONE) as seen:
            found[metric_id] = Read(
                figures_of(seen.page, "tr[data-trust]"),
                figures_of(seen.page, "#benchmarks tr[data-type]"),
                scrolls_sideways(seen.page),
            )
    return found


def test_every_row_is_that_of_the_release(pages: dict[str, Read], site: Shown) -> None:
    for metric_id, page in pages.items():
        released, names = released_cells(site, metric_id)
        assert differences(page.trusts, released, names) == [], metric_id
    assert sum(len(page.trusts) for page in pages.values()) > 1000


def test_quartiles_are_those_of_the_release(pages: dict[str, Read], site: Shown) -> None:
    judged = []  # a metric with ratings in place of values has none
    for metric_id, page in some(pages.items()):
        released: dict[str, dict[str, object]] = {}
        for table in CELLS:
            rows = site.rows(
                f"select distinct trust_type_id, quarter_id, {', '.join(QUARTILES)} from {table}"
                " where metric_id = ? and median_value is not null",
                metric_id,
            )
            released |= by_row(rows, [f"{table}.{name}" for name in QUARTILES])
        assert set(page.quartiles) == set(released)
        for key, row in page.quartiles.items():
            assert differences({key: row}, {key: released[key]}, list(released[key])) == [], metric_id
            judged.append(key)
    assert judged


def test_a_phone_does_not_scroll_sideways(browser: Browser, pages: dict[str, Read], site: Shown) -> None:
    assert [metric_id for metric_id, page in pages.items() if page.scrolls] == []
    with visit(browser, site.address("metrics.html"), width=PHONE) as seen:
        assert not scrolls_sideways(seen.page)


def test_every_row_says_why_and_from_where(browser: Browser, site: Shown) -> None:
    checked = 0
    for metric_id in SAMPLE:
        with visit(browser, site.address(f"metric/{metric_id}.html"), javascript=False) as seen:
            rows = seen.page.locator("tr[data-trust]").evaluate_all(
                "all => all.map(r => [r.dataset.trust, r.closest('[data-quarter]').dataset.quarter,"
                " r.children[r.children.length - 2].textContent,"
                " r.children[r.children.length - 1].textContent])"
            )
            names = seen.page.locator("main a.place").all_inner_texts()
        places = {
            (code, quarter): (row_number, file_name)
            for code, quarter, row_number, file_name in site.rows(
                "select trust_code, quarter_id, row_number, file_name from fct_metric inner join dim_file"
                " using (file_id) where metric_id = ? and (value is not null or value_label is not null)",
                metric_id,
            )
        }
        for code, quarter, reason, place in rows:
            assert reason.strip(), code
            if reason.startswith(("absent", "not reported", "suppressed", "excluded")):
                assert ": " in reason, reason
            if (code, quarter) in places:
                row_number, file_name = places[code, quarter]
                found = re.fullmatch(r"File (\d+), row (\d+)", place)
                assert found, place
                assert int(found[2]) == row_number
                assert names[int(found[1]) - 1] == file_name
                checked += 1
    assert checked > 100


def test_statuses_are_counted(browser: Browser, site: Shown) -> None:
    for metric_id in SAMPLE:
        table = "fct_context" if metric_id == "UN0007" else "fct_metric"
        with visit(browser, site.address(f"metric/{metric_id}.html"), javascript=False) as seen:
            cells = seen.page.locator("#statuses td[data-type]").evaluate_all(
                "all => all.map(c => [c.parentElement.dataset.status, c.dataset.type, Number(c.textContent)])"
            )
        totals: dict[str, int] = {}
        for _, kind, count in cells:
            totals[kind] = totals.get(kind, 0) + count
        expected = dict(
            site.rows(
                f"select trust_type_id, count(distinct trust_code) from {table} where metric_id = ?"
                " group by trust_type_id",
                metric_id,
            )
        )
        shared = {kind: count for kind, count in totals.items() if kind != "icb"}
        assert shared == expected


@pytest.mark.parametrize("metric_id", SAMPLE)
def test_axe_finds_nothing(browser: Browser, site: Shown, metric_id: str) -> None:
    with visit(browser, site.address(f"metric/{metric_id}.html")) as seen:
        shorten(seen.page)
        assert seen.violations() == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", ["metrics.html", "metric/OF0061.html"])
def test_axe_finds_nothing_at_any_width(browser: Browser, site: Shown, path: str, width: int) -> None:
    with visit(browser, site.address(path), width=width) as seen:
        shorten(seen.page)
        assert seen.violations() == []


def test_no_page_is_heavy(site: Shown) -> None:
    sizes = {path: (site.folder / path).stat().st_size for path in site.paths("metric/*.html")}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def test_numbers_below_nought_and_decimals_sort_by_the_keyboard(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("metric/OF0081.html")) as seen:
        button = seen.page.get_by_role("button", name="Value")
        for reverse in (False, True):
            button.focus()
            seen.page.keyboard.press("Enter")
            texts = column(seen.page, "#values", 1)
            numbers = [Decimal(text) for text in texts if text != "none"]
            assert min(numbers) < 0 < max(numbers)
            assert any(number % 1 for number in numbers)
            assert numbers == sorted(numbers, reverse=reverse)


def test_ratings_sort_by_their_score(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address("metric/UN0001.html")) as seen:
        seen.page.get_by_role("button", name="Value").press("Enter")
        words = [text for text in column(seen.page, "#values", 1) if text != "none"]
    order = ["Lower than expected", "As expected", "Higher than expected"]
    assert words == sorted(words, key=order.index)


def test_filters(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("metric/OF0061.html")) as seen:
        page, count = seen.page, seen.page.locator("[data-filter-count]")
        page.get_by_label("Trust type").select_option("Mental health and community trust")
        expect(count).to_contain_text("61 of ")
        code = str(page.locator("#values tr[data-trust]:visible").first.get_attribute("data-trust"))
        page.get_by_label("Name or code").fill(code)
        expect(page.locator("#values tr[data-trust]:visible")).to_have_count(1)
        # What other columns say is not searched.
        page.get_by_label("Name or code").fill("scored")
        expect(count).to_contain_text("None of ")


def test_the_index_is_filtered_by_role(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address("metrics.html")) as seen:
        page = seen.page
        page.get_by_label("What it is for").select_option("component")
        expect(page.locator("[data-filter-count]")).to_have_text("2 of 37 shown")
        assert page.locator("h2:visible").all_inner_texts() == ["Finance and productivity"]


def test_a_source_publication_that_agrees_is_said(browser: Browser, real_site: Shown) -> None:
    # The release has to be made with the source publications; the oversight files alone make no such figure.
    with visit(browser, real_site.address("metric/OF0005.html"), javascript=False) as seen:
        text = seen.page.locator("main").inner_text()
    [(equal,)] = real_site.rows(
        "select count(*) from fct_source_value where metric_id = 'OF0005' and quarter_id = '2025-26-Q1'"
        " and agreement = 'equal'"
    )
    assert equal > 0
    assert f"{equal} equal to the published value" in text
    assert "The pool is not whole in hand" in text


def test_what_is_not_in_hand_is_said(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address("metric/UN0005.html"), javascript=False) as seen:
        text = seen.page.locator("main").inner_text()
    assert "No trust has a figure" in text
    assert "there is no row and nothing in hand says why" in text
    assert "NHS England's own identifier is not known" in text
