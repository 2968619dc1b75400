"""Data quality: the counts are the release's, and a warning that does not hold is shown."""

import pytest
from playwright.sync_api import Browser

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_figures import figures

PAGE, CLAIMS = "quality.html", "quality/claims.html"


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", [PAGE, CLAIMS])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int, path: str) -> None:
    with visit(browser, site.address(path), width=width) as seen:
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_claim_is_there_with_its_denominator_without_javascript(browser: Browser, site: Shown) -> None:
    rows = site.rows(
        "select expectation_id, checked_count, coalesce(unexpected_count::varchar, '–none') from dq_result "
        "where release_id = (select release_id from dim_release)"
    )
    with visit(browser, site.address(CLAIMS), javascript=False) as seen:
        checked = {each.names["claim"]: each.text for each in figures(seen.page, "dq_result.checked_count")}
        broken = {each.names["claim"]: each.text for each in figures(seen.page, "dq_result.unexpected_count")}
    assert checked == {claim: str(count) for claim, count, _ in rows}
    assert broken == {claim: text for claim, _, text in rows}


def test_the_gates_are_counted(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        found = {
            (gate, severity): [int(text) for text in cells]
            for gate, severity, cells in seen.page.locator("tr[data-gate]").evaluate_all(
                "all => all.map(r => [r.dataset.gate, r.dataset.severity, "
                "[...r.querySelectorAll('td')].map(c => c.innerText)])"
            )
        }
    for (gate, severity), (total, held, empty, broken) in found.items():
        ((wanted, passed, nothing),) = site.rows(
            "select count(*), count(*) filter (is_passed), count(*) filter (starts_with(outcome, 'nothing')) "
            "from dq_result where release_id = (select release_id from dim_release) "
            "and gate = ? and severity = ?",
            gate,
            severity,
        )
        assert (total, held + empty, empty, broken) == (wanted, passed, nothing, wanted - passed)
    assert len(found) == 4


def test_a_warning_that_does_not_hold_is_shown_with_its_rows_and_remedy(
    browser: Browser, real_site: Shown, bundled_site: Shown
) -> None:
    ((claim, meaning, remedy),) = real_site.rows(
        "select expectation_id, meaning, remedy from dq_result where not is_passed"
    )
    with visit(browser, real_site.address(PAGE)) as seen:
        text = seen.page.locator(f"tr[data-claim='{claim}']").inner_text()
        assert meaning in text and remedy in text
        assert "1 of its" in seen.page.locator(".nhsuk-lede-text").inner_text()
    with visit(browser, bundled_site.address(PAGE)) as seen:
        assert "claims about this release hold" in seen.page.locator(".nhsuk-lede-text").inner_text()


def test_completeness_is_that_of_the_release(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        found = {
            (each.names["type"], each.names["quarter"], each.name.split(".")[1]): each.text
            for each in figures(seen.page)
            if each.name.startswith("fct_completeness.")
        }
        words = dict(
            seen.page.locator("tr[data-type] td[data-quarter]").evaluate_all(
                "all => all.map(c => [`${c.parentElement.dataset.type} ${c.dataset.quarter}`, "
                "c.querySelector('.quiet').innerText])"
            )
        )
    rows = site.rows(
        "select trust_type_id, quarter_id, weakest_core_metric_count, expected_trust_count, is_complete "
        "from fct_completeness"
    )
    assert len(found) == 2 * len(rows)
    for kind, quarter, weakest, expected, is_complete in rows:
        assert found[kind, quarter, "weakest_core_metric_count"] == str(weakest)
        assert found[kind, quarter, "expected_trust_count"] == str(expected)
        assert words[f"{kind} {quarter}"] == ("complete" if is_complete else "not complete")


def test_cells_by_status_are_all_cells(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        by_reason = seen.page.locator("tr[data-status] td").all_inner_texts()
        by_metric = seen.page.locator("td[data-status]").evaluate_all(
            "all => all.map(c => [c.parentElement.dataset.metric, c.dataset.status, c.innerText])"
        )
    ((total,),) = site.rows("select count(*) from fct_metric")
    assert sum(int(text) for text in by_reason if text.isdigit()) == total
    wanted = {
        (metric, status): count
        for metric, status, count in site.rows(
            "select metric_id, cell_status, count(*) from fct_metric where (trust_type_id, quarter_id) in "
            "(select trust_type_id, max(quarter_id) from fct_segment group by trust_type_id) "
            "group by metric_id, cell_status"
        )
    }
    assert {(metric, status): int(text) for metric, status, text in by_metric if text.isdigit()} == wanted


def test_the_agreement_is_that_of_the_release(browser: Browser, site: Shown) -> None:
    wanted = dict(site.rows("select explanation, sum(figure_count) from fct_agreement group by explanation"))
    with visit(browser, site.address(PAGE)) as seen:
        found = dict(
            seen.page.locator("tr[data-explanation]").evaluate_all(
                "all => all.map(r => [r.dataset.explanation, Number(r.querySelector('td').innerText)])"
            )
        )
    assert {name: count for name, count in found.items() if count} == {k: int(v) for k, v in wanted.items()}


def test_ages_are_those_of_the_release(browser: Browser, site: Shown) -> None:
    rows = site.rows(
        "select metric_id, trust_type_id, latest_status from fct_latest_period where cell_count > 0 and "
        "(trust_type_id, quarter_id) in "
        "(select trust_type_id, max(quarter_id) from fct_segment group by trust_type_id)"
    )
    with visit(browser, site.address(PAGE)) as seen:
        shown = seen.page.locator("tr[data-metric][data-type]").evaluate_all(
            "all => all.map(r => [r.dataset.metric, r.dataset.type])"
        )
    assert {tuple(each) for each in shown} == {(metric, kind) for metric, kind, _ in rows}
    assert len(shown) == len(rows)


def test_what_is_withheld_is_counted(browser: Browser, bundled_site: Shown, real_site: Shown) -> None:
    ((entries,),) = bundled_site.rows("select sum(entry_count) from fct_withheld")
    with visit(browser, bundled_site.address(PAGE)) as seen:
        table = seen.page.locator("table", has_text="Register entries that are not in the release")
        counts = table.locator("td.nhsuk-table__cell--numeric").all_inner_texts()
    assert sum(int(each) for each in counts) == entries
    with visit(browser, real_site.address(PAGE)) as seen:
        assert "Nothing is withheld" in seen.page.locator("main").inner_text()


def test_claims_are_filtered_by_keyboard(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(CLAIMS)) as seen:
        seen.page.locator("#quality-claims-severity").focus()
        seen.page.keyboard.type("warning")
        shown = seen.page.locator("#quality-claims tr:visible").count()
    ((wanted,),) = site.rows(
        "select count(*) from dq_result where severity = 'warning' "
        "and release_id = (select release_id from dim_release)"
    )
    assert shown == wanted
