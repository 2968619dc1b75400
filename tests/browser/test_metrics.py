"""The index of metrics and a page for each: what it is, every trust's figures, sorting, filtering."""

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
        links = seen.page.locator("tr[data-metric] a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert sorted(links) == site.paths("metric/*.html")
    assert links and len(links) == len(all_metrics(site))


def test_every_row_is_that_of_the_release(browser: Browser, site: Shown) -> None:
    read = 0
    for metric_id in all_metrics(site):
        released, names = released_cells(site, metric_id)
        with visit(browser, site.address(f"metric/{metric_id}.html"), javascript=False) as seen:
            shown = figures_of(seen.page, "tr[data-trust]")
            assert differences(shown, released, names) == [], metric_id
            read += len(shown)
    assert read > 1000


def test_every_row_says_why_and_from_where(browser: Browser, site: Shown) -> None:
    for metric_id in SAMPLE:
        with visit(browser, site.address(f"metric/{metric_id}.html"), javascript=False) as seen:
            rows = seen.page.locator("tr[data-trust]").evaluate_all(
                "all => all.map(r => [r.dataset.trust, r.children[r.children.length - 2].textContent,"
                " r.children[r.children.length - 1].textContent])"
            )
        places = dict(
            site.rows(
                "select trust_code, max(row_number) from fct_metric where metric_id = ? and value is not null"
                " and quarter_id = (select max(quarter_id) from fct_metric) group by trust_code",
                metric_id,
            )
        )
        for code, reason, place in rows:
            assert reason.strip(), code
            if reason.startswith(("absent", "not reported", "suppressed", "excluded")):
                assert ": " in reason, reason
            elif code in places and "2025-26" in place:
                assert place.endswith(f"row {places[code]}")


def test_statuses_are_counted(browser: Browser, site: Shown) -> None:
    for metric_id in SAMPLE:
        table, status = ("fct_metric", "cell_status") if not metric_id == "UN0007" else ("fct_context", "context_status")
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
                f" and {status} is not null group by trust_type_id",
                metric_id,
            )
        )
        shared = {kind: count for kind, count in totals.items() if kind != "icb"}
        assert shared == expected


def test_quartiles_are_those_of_the_release(browser: Browser, site: Shown) -> None:
    for metric_id in all_metrics(site):
        with visit(browser, site.address(f"metric/{metric_id}.html"), javascript=False) as seen:
            shown = figures_of(seen.page, "#benchmarks tr[data-type]")
        released: Figures = {}
        for table in CELLS:
            names = [f"{table}.{name}" for name in QUARTILES]
            released |= by_row(
                site.rows(
                    f"select distinct trust_type_id, quarter_id, {', '.join(QUARTILES)} from {table}"
                    " where metric_id = ? and median_value is not null",
                    metric_id,
                ),
                names,
            )
        for key, row in shown.items():
            assert differences({key: row}, {key: released[key]}, list(released[key])) == []
        assert set(shown) == set(released)


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


def test_a_phone_does_not_scroll_sideways(browser: Browser, site: Shown) -> None:
    for path in ["metrics.html", *site.paths("metric/*.html")]:
        with visit(browser, site.address(path), width=PHONE) as seen:
            assert not scrolls_sideways(seen.page), path


def test_no_page_is_heavy(site: Shown) -> None:
    sizes = {path: (site.folder / path).stat().st_size for path in site.paths("metric/*.html")}
    assert {path: size for path, size in sizes.items() if size > MOST_BYTES} == {}


def test_numbers_below_nought_and_decimals_sort_by_the_keyboard(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address("metric/OF0081.html")) as seen:
        button = seen.page.get_by_role("button", name="Value")
        for reverse in (False, True):
            button.focus()
            seen.page.keyboard.press("Enter")
            texts = column(seen.page, "#values", 2)
            numbers = [Decimal(text) for text in texts if text != "none"]
            assert min(numbers) < 0 < max(numbers)
            assert any(number % 1 for number in numbers)
            assert numbers == sorted(numbers, reverse=reverse)


def test_ratings_sort_by_their_score(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address("metric/UN0001.html")) as seen:
        seen.page.get_by_role("button", name="Value").press("Enter")
        words = [text for text in column(seen.page, "#values", 2) if text != "none"]
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
    with visit(browser, real_site.address("metric/OF0005.html"), javascript=False) as seen:
        text = seen.page.locator("main").inner_text()
    [(equal,)] = real_site.rows(
        "select count(*) from fct_source_value where metric_id = 'OF0005' and quarter_id = '2025-26-Q1'"
        " and agreement = 'equal'"
    )
    assert f"{equal} equal to the published value" in text
    assert "The pool is not whole in hand" in text


def test_what_is_not_in_hand_is_said(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address("metric/UN0005.html"), javascript=False) as seen:
        text = seen.page.locator("main").inner_text()
    assert "No trust has a figure" in text
    assert "there is no row and nothing in hand says why" in text
    assert "NHS England's own identifier is not known" in text
