"""Trusts side by side: chosen by name, by the address and among peers; every figure the release's."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit
from browser.harness_figures import figures, written
from harness_some import some

PAGE = "compare.html"
MOST = 4
# Rows of each trust in the newest quarter in which the release has it.
NEWEST = (
    "(trust_code, quarter_id) in (select trust_code, max(quarter_id) from fct_segment group by trust_code)"
)


def chosen(site: Shown, count: int, trust_type_id: str | None = None) -> list[str]:
    """Codes of trusts in their newest quarter, those with the most to show first."""
    rows = site.rows(
        "select trust_code, any_value(trust_type_id), count(average_metric_score) as n from fct_segment "
        "group by trust_code order by n desc, trust_code"
    )
    return [code for code, kind, _ in rows if kind == trust_type_id or trust_type_id is None][:count]


def mixed(site: Shown) -> list[str]:
    """Two of one type, one of another."""
    kinds = [kind for (kind,) in site.rows("select distinct trust_type_id from fct_segment order by 1")]
    return [*chosen(site, 2, kinds[-1]), *chosen(site, 1, kinds[0])]


def address(site: Shown, *codes: str) -> str:
    return f"{site.address(PAGE)}#{','.join(codes)}"


def compared(page: Page) -> list[str]:
    return [
        each or ""
        for each in page.locator(".compare-remove").evaluate_all("all => all.map(b => b.dataset.code)")
    ]


def data(site: Shown) -> dict[str, Any]:
    text = (site.folder / "data" / "compare.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.removeprefix("window.nofCompare=").rstrip().removesuffix(";"))
    return found


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing_before_and_after_choosing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PAGE), width=width) as seen:
        assert seen.violations(within="#compare") == []
    with visit(browser, address(site, *mixed(site)), width=width) as seen:
        assert seen.violations() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_every_trust_is_there_with_the_figures_of_the_release(
    browser: Browser, site: Shown
) -> None:
    wanted: dict[tuple[str, str], str] = {}
    for code, segment, average, rank in site.rows(
        "select trust_code, adjusted_segment, average_metric_score, league_rank from fct_segment "
        f"where {NEWEST}"
    ):
        wanted[code, "fct_segment.adjusted_segment"] = written(segment)
        wanted[code, "fct_segment.average_metric_score"] = written(average)
        wanted[code, "fct_segment.league_rank"] = written(rank)
    for code, domain, score in site.rows(
        f"select trust_code, domain_id, domain_score from fct_domain where {NEWEST}"
    ):
        wanted[code, domain] = written(score)
    with visit(browser, site.address(PAGE), javascript=False) as seen:
        assert not seen.page.locator("#compare").is_visible()
        shown = list(figures(seen.page))
        captions = seen.page.locator("caption").all_inner_texts()
    found = {
        (each.names["trust"], each.names.get("domain", each.name)): each.text.split("\n")[0] for each in shown
    }
    assert {key: text for key, text in wanted.items() if text != written(None)} == {
        key: text for key, text in found.items() if text != written(None)
    }
    assert {code for code, _ in wanted} == {code for code, _ in found}
    # Where a type has no average at all, its table says why and does without those columns.
    left_out = {code for code, _ in wanted} - {
        code for code, key in found if key == "fct_segment.league_rank"
    }
    assert bool(left_out) is any("the type is not complete" in text for text in captions)


def test_a_domain_score_of_a_partial_pool_says_so(browser: Browser, real_site: Shown) -> None:
    partial = real_site.rows(
        f"select count(*) from fct_domain where domain_score_basis = 'computed_partial_pool' and {NEWEST}"
    )[0][0]
    with visit(browser, real_site.address(PAGE), javascript=False) as seen:
        assert seen.page.locator("td[data-domain] .quiet", has_text="partial pool").count() == partial > 0


def test_the_address_chooses_and_the_comparison_is_in_view(browser: Browser, site: Shown) -> None:
    codes = mixed(site)
    with visit(browser, address(site, *codes)) as seen:
        assert compared(seen.page) == codes
        assert seen.page.locator("#compare-heading").evaluate("e => e.getBoundingClientRect().top") < 200
        assert "more than one type" in seen.page.locator("#compare-table").inner_text()
        assert seen.page.locator("tr[data-trust][id]").count() == 0


def test_the_code_of_a_trust_page_preselects_and_offers_its_nearest_peers(
    browser: Browser, bundled_site: Shown
) -> None:
    (code,) = bundled_site.rows(
        "select group_id from fct_peer_member where grouping_id = 'context_neighbours' and "
        "quarter_id = (select max(quarter_id) from fct_segment) and neighbour_order = 5 order by 1 limit 1"
    )[0]
    peers = bundled_site.rows(
        "select trust_code from fct_peer_member where grouping_id = 'context_neighbours' "
        "and group_id = ? and "
        "quarter_id = (select max(quarter_id) from fct_segment) and neighbour_order between 1 and 5 "
        "order by neighbour_order",
        code,
    )
    with visit(browser, address(bundled_site, code)) as seen:
        offered = seen.page.locator(".compare-peer")
        assert offered.evaluate_all("all => all.map(b => b.dataset.code)") == [peer for (peer,) in peers]
        offered.first.click()
        assert compared(seen.page) == [code, peers[0][0]]
        assert seen.page.url.endswith(f"#{code},{peers[0][0]}")


def test_who_has_no_peers_is_told_why(browser: Browser, real_site: Shown) -> None:
    with visit(browser, address(real_site, *chosen(real_site, 1))) as seen:
        assert "shares enough contextual metrics" in seen.page.locator("#compare-peers").inner_text()


def test_choosing_and_removing_by_keyboard_is_announced_and_kept_in_the_address(
    browser: Browser, site: Shown
) -> None:
    first, second = chosen(site, 2)
    with visit(browser, site.address(PAGE)) as seen:
        page, said = seen.page, seen.page.locator("#compare-said")
        assert said.get_attribute("role") == "status"
        page.locator("#compare-search").focus()
        page.keyboard.type(first.lower())
        page.keyboard.press("Enter")
        page.keyboard.type(second)
        page.keyboard.press("Enter")
        assert compared(page) == [first, second]
        assert page.url.endswith(f"#{first},{second}")
        assert "added" in said.inner_text() and "2 of at most 4" in said.inner_text()
        page.locator(f".compare-remove[data-code='{first}']").focus()
        page.keyboard.press("Enter")
        assert compared(page) == [second]
        assert page.url.endswith(f"#{second}")
        assert "removed" in said.inner_text()
        assert page.evaluate("document.activeElement.id") == "compare-search"
        page.locator(f".compare-remove[data-code='{second}']").click()
        assert page.locator("#compare-table").inner_text() == ""
        assert "#" not in page.url


def test_a_name_that_many_have_is_not_guessed(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE)) as seen:
        for text, answer in (
            ("NHS", "trusts match"),
            ("zzzz", "No trust of this release"),
            ("", "Type the name"),
        ):
            seen.page.locator("#compare-search").fill(text)
            seen.page.locator("#compare-search").press("Enter")
            assert answer in seen.page.locator("#compare-said").inner_text()
        assert compared(seen.page) == []


def test_a_name_from_the_list_is_taken_at_once(browser: Browser, site: Shown) -> None:
    code = chosen(site, 1)[0]
    with visit(browser, site.address(PAGE)) as seen:
        name = seen.page.locator("#compare-names option").evaluate_all("all => all.map(o => o.value)")
        picked = next(each for each in name if each.endswith(f"({code})"))
        seen.page.locator("#compare-search").fill(picked)
        assert compared(seen.page) == [code]


def test_what_the_address_cannot_mean_is_said(browser: Browser, site: Shown) -> None:
    codes = chosen(site, MOST + 1)
    with visit(browser, address(site, *codes, "NOPE", codes[0], "<b>x")) as seen:
        said = seen.page.locator("#compare-said").inner_text()
        assert compared(seen.page) == codes[:MOST]
        assert "Not in this release: NOPE, <b>x." in said and codes[MOST] in said
        seen.page.locator("#compare-search").fill(codes[MOST])
        seen.page.locator("#compare-search").press("Enter")
        assert "Remove one first" in seen.page.locator("#compare-said").inner_text()
        seen.page.evaluate(f"window.location.hash = '{codes[1]}'")
        expect(seen.page.locator(".compare-remove")).to_have_count(1)
        assert compared(seen.page) == [codes[1]]


def test_what_the_script_reads_is_the_release(site: Shown) -> None:
    """For every trust: averages, segments, ranks, and every metric's value and score."""
    found = data(site)
    rows = site.rows(
        "select trust_code, quarter_id, average_metric_score, unadjusted_segment, adjusted_segment, "
        f"final_segment from fct_segment where {NEWEST}"
    )
    assert {row[0] for row in rows} == set(found["trusts"])
    places = [
        [label for label, _ in found["summary"]].index(name)
        for name in ("Average metric score", "Unadjusted segment", "Adjusted segment", "Final segment")
    ]
    for code, quarter, *values in rows:
        trust = found["trusts"][code]
        assert trust["q"] == quarter
        assert [trust["s"][place][0] for place in places] == [None if v is None else str(v) for v in values]
        assert all(main is not None or found["texts"][note] for main, note in trust["s"]), code
    count = 0
    for code, metric, value, label, score, reason in site.rows(
        "select trust_code, metric_id, value, value_label, metric_score, missing_reason_id from fct_metric "
        f"where {NEWEST}"
    ):
        cell = found["trusts"][code]["m"].get(metric)
        if reason == "not_for_this_trust_type":
            assert cell is None
            continue
        assert cell[1] == (None if score is None else str(score))
        if value is not None:
            assert float(cell[0].split(" ")[0]) == float(value)
        else:
            assert cell[0] == label
        assert score is not None or found["texts"][cell[2]], (code, metric)
        count += 1
    assert count > 1000
    parts = site.rows(
        "select trust_code, metric_id, part_of_average from fct_contribution "
        "where part_of_average is not null "
        f"and {NEWEST}"
    )
    for code, metric, part in some(parts):
        assert abs(float(found["trusts"][code]["m"][metric][3]) - float(part)) <= 0.0005000001


def test_the_data_is_small(site: Shown) -> None:
    assert (site.folder / "data" / "compare.js").stat().st_size < 1_000_000


def test_the_table_shows_what_the_script_reads_and_no_cell_is_without_words(
    browser: Browser, site: Shown
) -> None:
    found = data(site)
    codes = [*mixed(site)]
    with visit(browser, address(site, *codes)) as seen:
        cells = seen.page.locator(".compare-table td").all_inner_texts()
        rows = {
            row[0].split("\n")[0]: row[1:]
            for row in seen.page.locator(".compare-table tbody tr:not(.compare-group)").evaluate_all(
                "all => all.map(r => [...r.children].map(c => c.innerText.trim()))"
            )
        }
    assert cells and all(text.strip() for text in cells)
    assert [row.split("\n")[0] for row in rows["Average metric score"]] == [
        found["trusts"][code]["s"][0][0] or found["texts"][found["trusts"][code]["s"][0][1]] for code in codes
    ]
    for metric, name, _, _ in found["metrics"]:
        for code, text in zip(codes, rows.get(name, [""] * len(codes)), strict=True):
            cell = found["trusts"][code]["m"].get(metric)
            if name not in rows:
                assert cell is None
            elif cell is None:
                assert text == "Not about trusts of this type"
            elif cell[1] is not None:
                assert f"Score {cell[1]}" in text


def test_texts_of_the_release_are_shown_and_not_run(
    browser: Browser, bundled_site: Shown, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    for part in ("assets", "data"):
        shutil.copytree(bundled_site.folder / part, folder / part)
    shutil.copy(bundled_site.folder / PAGE, folder / PAGE)
    found = data(bundled_site)
    codes = chosen(bundled_site, 2)
    hostile = "\"><img src=x onerror=alert(1)><script>alert(2)</script> & O'Brien"
    for code in codes:
        found["trusts"][code]["n"] = hostile
    found["texts"] = [text and hostile for text in found["texts"]]
    found["metrics"] = [[metric, hostile, domain, path] for metric, _, domain, path in found["metrics"]]
    (folder / "data" / "compare.js").write_text(f"window.nofCompare={json.dumps(found)};", encoding="utf-8")
    with visit(browser, f"{(folder / PAGE).as_uri()}#{codes[0]}") as seen:
        assert hostile in seen.page.locator(".compare-table thead").inner_text()
        assert seen.page.locator("#compare img, #compare script").count() == 0
        seen.page.locator("#compare-search").fill(codes[1])
        seen.page.locator("#compare-search").press("Enter")
        assert hostile in seen.page.locator("#compare-said").inner_text()
        assert seen.page.locator("#compare img, #compare script").count() == 0
