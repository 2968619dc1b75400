"""The method: its numbers are the rows of the release, and every document is there to read."""

import pytest
from playwright.sync_api import Browser

from browser.harness_browser import DESKTOP, PHONE, ROOT, Shown, visit
from browser.harness_figures import figures
from harness_some import some

PAGE = "method.html"
DOCUMENTS = ("method/metric-scores.html", "method/peers.html", "method/bundled-nation.html")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("path", [PAGE, *DOCUMENTS])
def test_axe_finds_nothing(browser: Browser, bundled_site: Shown, width: int, path: str) -> None:
    with visit(browser, bundled_site.address(path), width=width) as seen:
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_the_real_one(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address(PAGE)) as seen:
        assert seen.violations() == []


def test_the_numbers_are_the_rows_of_the_release_without_javascript(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE), javascript=False) as seen:
        found = list(figures(seen.page))

    def shown(name: str, *keys: str) -> dict[tuple[str, ...], str]:
        return {tuple(each.names[key] for key in keys): each.text for each in found if each.name == name}

    thresholds = site.rows("select metric_id, threshold from dim_metric where threshold is not null")
    assert {key: float(text) for key, text in shown("dim_metric.threshold", "metric").items()} == {
        (metric,): float(value) for metric, value in thresholds
    }
    bands = site.rows("select metric_id, band_order, band_score from method_value_bands")
    assert {
        key: float(text) for key, text in shown("method_value_bands.band_score", "metric", "band").items()
    } == {(metric, str(order)): float(score) for metric, order, score in bands}
    labels = site.rows("select metric_id, band_label, band_score from method_label_bands")
    assert {
        k: float(text) for k, text in shown("method_label_bands.band_score", "metric", "label").items()
    } == {(metric, label): float(score) for metric, label, score in labels}
    cells = site.rows("select metric_id, row_score, column_score, cell_score from method_matrix_cells")
    matrix = shown("method_matrix_cells.cell_score", "metric", "row", "column")
    assert {key: float(text) for key, text in matrix.items()} == {
        (metric, str(down), str(across)): float(score) for metric, down, across, score in cells
    }
    cuts = site.rows(
        "select score_id, boundary, cut_point from fct_cut_point where cut_partition_id = 'all' and "
        "quarter_id = (select max(quarter_id) from fct_cut_point) and cut_point is not null"
    )
    assert {
        key: float(text) for key, text in shown("fct_cut_point.cut_point", "score", "boundary").items()
    } == {(score, boundary): float(value) for score, boundary, value in cuts}
    ((floor, programme),) = site.rows(
        "select override_segment_floor, programme_segment from method_frameworks"
    )
    assert list(shown("method_frameworks.override_segment_floor").values()) == [str(floor)]
    assert list(shown("method_frameworks.programme_segment").values()) == [str(programme)]


def test_every_metric_and_consequence_is_there(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        text = seen.page.locator("main").inner_text()
    for (label,) in some(site.rows("select metric_label from dim_metric")):
        assert label in text
    for (label,) in some(site.rows("select consequence_label from method_consequences")):
        assert label in text


def test_every_document_of_the_methodology_can_be_opened(browser: Browser, bundled_site: Shown) -> None:
    names = {path.stem for path in (ROOT / "docs" / "methodology").glob("*.md")} - {"README"}
    with visit(browser, bundled_site.address(PAGE), javascript=False) as seen:
        links = seen.page.locator(".method-index a").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        assert sorted(links) == sorted(f"method/{name}.html" for name in names)
        seen.page.locator(".method-index a").first.click()
        assert seen.page.locator("h1").inner_text()
        seen.page.locator("text=All of the methodology").click()
        assert seen.page.url.endswith("method.html#all")


def test_a_wide_table_of_a_document_is_scrolled_by_keyboard(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE), width=PHONE) as seen:
        box = seen.page.locator(".scroll", has_text="Every metric, and how it is scored")
        box.focus()
        seen.page.keyboard.press("ArrowRight")
        # The policy forbids what a wait for a function would run, so it is asked again and again.
        moved = (seen.page.wait_for_timeout(50) or box.evaluate("box => box.scrollLeft") for _ in range(60))
        assert any(moved)
