"""Pages about one trust: every figure is the release's, and everybody can read them."""

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_trust import Rows, read, released_rows, wrong
from harness_some import some

MOST_BYTES = 200_000
_BROAD = "select trust_code from fct_segment where {} order by quarter_id desc, trust_code limit 1"
# One trust of each kind that a page has to tell apart.
KINDS = {
    "complete": "average_metric_score is not null and not has_financial_override",
    "overridden": "has_financial_override and unadjusted_segment < adjusted_segment",
    "in the programme": "is_in_improvement_programme and final_segment = 5",
    "incomplete": "delivery_status = 'incomplete'",
    "override unknown": "has_financial_override is null",
    "final segment unknown": "final_segment is null",
    "suppressed value": "trust_code in (select trust_code from fct_metric where cell_status = 'suppressed')",
    "not reported": "trust_code in (select trust_code from fct_metric where cell_status = 'not_reported')",
    "excluded": "trust_code in (select trust_code from fct_metric where cell_status = 'excluded')",
}


def page_path(trust_code: str) -> str:
    return f"trust/{trust_code}.html"


def examples(site: Shown) -> dict[str, str]:
    """A page of each kind that the site has."""
    found = {kind: site.rows(_BROAD.format(condition)) for kind, condition in KINDS.items()}
    return {page_path(rows[0][0]): kind for kind, rows in found.items() if rows}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": DESKTOP, "height": 900})
    # How 400 pages look is no matter here, what they say is.
    context.route("**/*.css", lambda route: route.abort())
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def newest(bundled_site: Shown, real_site: Shown) -> dict[str, dict[str, str]]:
    """The quarter that each page is about, by site."""
    asked = "select trust_code, max(quarter_id) from fct_segment group by trust_code"
    return {name: dict(site.rows(asked)) for name, site in (("bundled", bundled_site), ("real", real_site))}


@pytest.mark.parametrize("name", ["bundled", "real"])
def test_every_figure_of_every_trust_is_the_releases(
    name: str, page: Page, newest: dict[str, dict[str, str]], request: pytest.FixtureRequest
) -> None:
    site: Shown = request.getfixturevalue(f"{name}_site")
    released, complaints, count = released_rows(site), [], 0
    assert [page_path(code) for code in sorted(newest[name])] == site.paths("trust/*.html")
    for code, quarter_id in newest[name].items():
        figures = read(page, site.address(page_path(code)))
        count += len(figures)
        complaints += wrong(figures, released, code, quarter_id)
    assert count > 150 * len(newest[name])
    assert complaints == []


@pytest.fixture(scope="module")
def released(bundled_site: Shown) -> Rows:
    return released_rows(bundled_site)


@pytest.mark.parametrize(
    "name",
    ["fct_segment.average_metric_score", "fct_segment.league_rank", "fct_domain.domain_score",
     "fct_metric.value", "fct_metric.median_value", "fct_metric.metric_score", "fct_likely_range.rank_low",
     "fct_contribution.part_of_average", "fct_segment_probability.segment_probability"],
)  # fmt: skip
def test_a_changed_or_missing_figure_is_seen(
    name: str, page: Page, bundled_site: Shown, released: Rows, tmp_path: Path
) -> None:
    code, quarter_id = bundled_site.rows(
        "select trust_code, quarter_id from fct_segment where adjusted_segment = 2"
        " order by quarter_id desc, trust_code limit 1"
    )[0]
    whole = (bundled_site.folder / page_path(code)).read_text(encoding="utf-8")
    copy = tmp_path / "trust" / f"{code}.html"
    copy.parent.mkdir()
    mark = f'<span data-figure="{name}">'
    before, _, after = whole.partition(mark)
    figure, _, rest = after.partition("</span>")
    for changed, told in (
        (f"{before}{mark}{figure}7</span>{rest}", "in the release"),
        (f"{before}{figure}{rest}".replace(mark, "<span>"), "not on the page"),
    ):
        copy.write_text(changed, encoding="utf-8")
        complaints = wrong(read(page, copy.as_uri()), released, code, quarter_id)
        assert any(name in each and told in each for each in complaints), (name, complaints)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_on_any_kind_of_page(browser: Browser, site: Shown, width: int) -> None:
    kinds = examples(site)
    assert len(kinds) >= 3
    for path, kind in kinds.items():
        with visit(browser, site.address(path), width=width) as seen:
            assert seen.violations() == [], kind
            seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            assert seen.violations(within="main") == [], f"{kind}, opened"


def test_a_phone_scrolls_no_page_sideways(browser: Browser, site: Shown) -> None:
    for path, kind in some(examples(site).items()):
        with visit(browser, site.address(path), width=PHONE) as seen:
            for is_open in (False, True):
                seen.page.evaluate(
                    "open => document.querySelectorAll('details').forEach(each => each.open = open)", is_open
                )
                assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE, kind


def test_it_is_all_there_without_javascript(browser: Browser, site: Shown) -> None:
    for path, kind in some(examples(site).items()):
        with visit(browser, site.address(path), javascript=False) as seen:
            opened = seen.page.locator(".trust-walk summary").first
            opened.click()
            lines = seen.page.locator(".trust-walk details[open] .trust-lines")
            assert lines.count() == 1, kind
            assert lines.inner_text().strip()


def test_the_keyboard_opens_a_metric_and_leads_to_its_file(browser: Browser, site: Shown) -> None:
    path = next(iter(examples(site)))
    with visit(browser, site.address(path)) as seen:
        summary = seen.page.locator(".trust-walk summary").first
        summary.focus()
        assert summary.evaluate("each => getComputedStyle(each).outlineStyle") != "none"
        seen.page.keyboard.press("Enter")
        assert seen.page.locator(".trust-walk details[open]").count() == 1
        seen.page.keyboard.press("Tab")
        label = seen.page.evaluate("document.activeElement.getAttribute('href')")
        assert label.startswith("#F")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("'#' + document.querySelector(':target').id") == label
        file = seen.page.locator(f"{label} a").get_attribute("href")
        assert file is not None
        assert file.startswith("../about.html#file-")


def test_the_first_view_is_there_within_a_second(browser: Browser, site: Shown) -> None:
    largest = max(site.paths("trust/*.html"), key=lambda path: (site.folder / path).stat().st_size)
    assert min(first_view(browser, site.address(largest)) for _ in range(5)) < 1000


def first_view(browser: Browser, address: str) -> float:
    """Milliseconds until something is painted; one opening tells more of the machine than of the page."""
    with visit(browser, address) as seen:
        painted = seen.page.evaluate(
            "new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries()[0].startTime))"
            ".observe({type: 'paint', buffered: true}))"
        )
    return float(painted)


def test_no_page_is_too_large(site: Shown) -> None:
    sizes = [(site.folder / path).stat().st_size for path in site.paths("trust/*.html")]
    assert max(sizes) < MOST_BYTES, (min(sizes), statistics.median(sizes), max(sizes))


def test_links_of_the_page_lead_somewhere(browser: Browser, site: Shown) -> None:
    made = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file()}
    for path in some(examples(site)):
        with visit(browser, site.address(path)) as seen:
            targets = seen.page.evaluate(
                "[...document.querySelectorAll('main a')].map(each => each.getAttribute('href'))"
            )
            ids = set(seen.page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)"))
        inside = {each[1:] for each in targets if each.startswith("#")}
        assert inside <= ids, inside - ids
        assert f"../compare.html#{Path(path).stem}" in targets
        assert f"../what-if.html#{Path(path).stem}" in targets
        assert f"../data/trust-{Path(path).stem}.csv" in targets
        files = {each.removeprefix("../").partition("#")[0] for each in targets if each.startswith("../")}
        lost = {each for each in files - made if each.split("/")[0] in {"trust", "data", "about.html"}}
        assert not lost


def test_a_page_is_printed_with_its_figures(browser: Browser, bundled_site: Shown) -> None:
    path = next(iter(examples(bundled_site)))
    with visit(browser, bundled_site.address(path)) as seen:
        seen.page.emulate_media(media="print")
        text = seen.page.locator("main").inner_text()
    for word in ("Adjusted segment", "Average metric score", "Domain scores", "Median"):
        assert word in text
