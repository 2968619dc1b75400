"""What changed: every trust that moved, why, and what was revised, as the release has it."""

import csv
import re

import pytest
from playwright.sync_api import Browser, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_figures import figures

PAGE = "changes.html"
MOVED = "#changes-moved tr"
NEWEST = (
    "(trust_type_id, quarter_id) in "
    "(select trust_type_id, max(quarter_id) from fct_segment group by trust_type_id)"
)


def moved(site: Shown) -> dict[str, tuple[int, int, str, str, str]]:
    """Trusts whose segment moved: before, now, average, change, cause."""
    rows = site.rows(
        "select trust_code, adjusted_segment_before_as_released, adjusted_segment_now, "
        "average_metric_score_now, score_change, main_cause_id from fct_segment_movement "
        f"where segment_change <> 0 and {NEWEST}"
    )
    assert rows
    return {code: rest for code, *rest in rows}  # type: ignore[misc]


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PAGE), width=width) as seen:
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_every_trust_that_moved_is_there_with_the_figures_of_the_release(
    browser: Browser, site: Shown
) -> None:
    wanted = moved(site)
    with visit(browser, site.address(PAGE), javascript=False) as seen:
        assert seen.page.locator("form.filters").count() == 1
        assert not seen.page.locator("form.filters").is_visible()
        found: dict[str, dict[str, str]] = {}
        for each in figures(seen.page, within=f"main {MOVED}"):
            found.setdefault(each.names["trust"], {})[each.name.split(".")[1]] = each.text
        causes = dict(
            seen.page.locator(MOVED).evaluate_all("all => all.map(r => [r.dataset.trust, r.dataset.cause])")
        )
    assert set(found) == set(wanted)
    for code, (before, now, average, change, cause) in wanted.items():
        assert found[code]["adjusted_segment_before_as_released"] == str(before)
        assert found[code]["adjusted_segment_now"] == str(now)
        assert found[code]["average_metric_score_now"] == str(average)
        assert number(found[code]["score_change"]) == float(change)
        assert causes[code] == cause


def test_the_first_sentence_counts_what_moved(browser: Browser, site: Shown) -> None:
    wanted = moved(site)
    better = sum(now < before for before, now, *_ in wanted.values())
    with visit(browser, site.address(PAGE)) as seen:
        counts = re.findall(r"\d+", seen.page.locator(".nhsuk-lede-text").inner_text())
    assert [int(each) for each in counts] == [len(wanted), better, len(wanted) - better]


def test_the_counts_of_changes_are_those_of_the_release(browser: Browser, site: Shown) -> None:
    wanted = {
        (group, kind): str(count)
        for group, kind, count in site.rows(
            f"select change_group, trust_type_id, trust_count from fct_score_change_count where {NEWEST}"
        )
    }
    with visit(browser, site.address(PAGE)) as seen:
        found = {
            (each.names["group"], each.names["type"]): each.text
            for each in figures(seen.page, "fct_score_change_count.trust_count")
        }
    compared = {kind for _, kind in found}
    assert compared and {key: text for key, text in wanted.items() if key[1] in compared} == found


def test_a_type_that_is_not_compared_says_why(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address(PAGE)) as seen:
        text = seen.page.locator("main").inner_text()
    assert (
        "Acute trusts, Q3 2025/26: not compared with the quarter before: its trust type is not complete"
        in text
    )


def test_filters_and_sorting_by_keyboard(browser: Browser, site: Shown) -> None:
    wanted = moved(site)
    worse = {code for code, (before, now, *_) in wanted.items() if now > before}
    with visit(browser, site.address(PAGE)) as seen:
        page = seen.page
        page.locator("#changes-moved-direction").focus()
        page.keyboard.type("To a worse")
        shown = page.locator(f"{MOVED}:visible").evaluate_all("all => all.map(r => r.dataset.trust)")
        assert set(shown) == worse
        expect(page.locator("[data-filter-count]")).to_contain_text(f"{len(worse)} of {len(wanted)}")
        page.locator("#changes-moved-direction").select_option("")
        page.locator("#changes-moved-text").fill(shown[0])
        assert page.locator(f"{MOVED}:visible").count() == 1
        page.locator("#changes-moved-text").fill("")
        table = page.locator("table", has=page.locator("#changes-moved"))
        table.locator("th button", has_text="Change").focus()
        page.keyboard.press("Enter")
        changes = [
            number(each.text)
            for each in figures(page, "fct_segment_movement.score_change", within=f"main {MOVED}")
        ]
        assert changes in (sorted(changes), sorted(changes, reverse=True))


def test_what_can_be_downloaded_is_every_trust_of_the_release(site: Shown) -> None:
    with (site.folder / "data" / "moved-since-quarter-before.csv").open(encoding="utf-8", newline="") as file:
        found = {
            (row["trust_code"], row["segment_change"], row["score_change"]) for row in csv.DictReader(file)
        }
    rows = site.rows(
        f"select trust_code, segment_change, score_change from fct_segment_movement where {NEWEST}"
    )
    assert found == {(code, *("" if each is None else str(each) for each in rest)) for code, *rest in rows}


def test_revisions_are_counted_and_shown(browser: Browser, site: Shown) -> None:
    ((total,),) = site.rows("select count(*) from fct_revision")
    with visit(browser, site.address(PAGE)) as seen:
        old = list(figures(seen.page, "fct_revision.old_figure_text"))
        text = seen.page.locator("main").inner_text()
    if not total:
        assert "No figure in hand was revised" in text and not old
        return
    assert f"What was revised: {total} figures" in text
    rows = {
        (code, quarter, measure, kind): was
        for code, quarter, measure, kind, was in site.rows(
            "select trust_code, quarter_id, measure_id, figure_kind, old_figure_text from fct_revision"
        )
    }
    assert old
    for each in old:
        names = each.names
        assert rows[names["trust"], names["quarter"], names["measure"], names["kind"]] == each.text


def test_a_first_release_says_that_there_is_none_before_it(browser: Browser, site: Shown) -> None:
    assert site.rows("select previous_release_id from dim_release") == [(None,)]
    with visit(browser, site.address(PAGE)) as seen:
        text = seen.page.locator("main").inner_text()
    assert "This is the first release of its kind" in text
