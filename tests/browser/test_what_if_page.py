"""The page for what-if as people use it: choose, change, see, reset; by keyboard, on a phone."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.harness_browser import DESKTOP, PHONE, Shown, visit

PAGE = "what-if.html"
# A community trust of the bundled nation, as in docs/methodology/what-if.md, and a trust of the real files.
ZU8, RAT = "ZU8", "RAT"
STANDING = "#what-if-results table >> nth=0"


def opened(page: Page, shown: Shown, code: str) -> None:
    """The page with a trust, as a link from elsewhere opens it."""
    page.goto("about:blank")
    page.goto(f"{shown.address(PAGE)}#{code}")
    expect(page.locator("#what-if-asked")).to_be_visible()


def change(page: Page, metric: str, value: str) -> None:
    page.locator(f"[name={metric}]").fill(value)


def strip(page: Page, figure: str) -> str:
    """A figure of the strip, as it reads."""
    text: str = page.locator(f"[data-strip={figure}] dd").inner_text()
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_nothing(browser: Browser, site: Shown, width: int) -> None:
    with visit(browser, site.address(PAGE), width=width) as seen:
        assert seen.violations() == []
        (code,) = site.rows(
            "select trust_code from fct_segment where league_rank is not null"
            " order by quarter_id desc, 1 limit 1"
        )[0]
        opened(seen.page, site, code)
        change(seen.page, "OF0082", "101")
        change(seen.page, "OF0084", "6")
        expect(seen.page.locator(STANDING)).to_be_visible()
        assert seen.violations() == []
        wide = seen.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0


def test_the_worked_example_moves_as_the_command_says(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE)) as seen:
        page = seen.page
        opened(page, bundled_site, ZU8)
        assert (strip(page, "adjusted_segment"), strip(page, "average_metric_score")) == ("1", "1.62")
        change(page, "OF0079", "-4")
        expect(page.locator("[data-strip=adjusted_segment] dd")).to_have_text(re.compile("1.*→.*3"))
        assert strip(page, "average_metric_score").endswith("1.76")
        assert strip(page, "league_rank").endswith("23")
        expect(page.locator("#what-if-others")).to_have_text(
            "18 other trusts would move: 18 change league rank."
        )
        expect(page.locator("#what-if-notes")).to_contain_text(
            "61 published ranks and 1 published override flag no longer hold"
        )
        expect(page.locator("#what-if-said")).to_have_text(
            "Segment 3, was 1. Average metric score 1.76, was 1.62. League rank 23, was 5. "
            "18 other trusts would move: 18 change league rank."
        )
        expect(page.locator("[data-field=OF0079] .what-if-field__result")).to_have_text("Score 1.00 → 4.00")


def test_every_trust_is_shown_as_the_release_has_it(browser: Browser, site: Shown) -> None:
    """Before anything is changed: all that the strip and the fields say is the release's."""
    standings = {
        row[0]: row[1:]
        for row in site.rows(
            "select trust_code, adjusted_segment, average_metric_score, league_rank from fct_segment as s"
            " where average_metric_score is not null and quarter_id = ("
            "select max(quarter_id) from fct_segment where trust_type_id = s.trust_type_id"
            " and average_metric_score is not null)"
        )
    }
    with visit(browser, site.address(PAGE)) as seen:
        page = seen.page
        codes = page.locator("#what-if-trust option").evaluate_all(
            "all => all.map(e => e.value).filter(Boolean)"
        )
        assert sorted(codes) == sorted(standings)
        for code in codes:
            page.evaluate(
                "code => { const s = document.getElementById('what-if-trust'); s.value = code;"
                " s.dispatchEvent(new Event('change')) }",
                code,
            )
            shown = [
                strip(page, each) for each in ("adjusted_segment", "average_metric_score", "league_rank")
            ]
            assert shown == [str(each) for each in standings[code]], code


def test_reset_brings_everything_back(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE)) as seen:
        page = seen.page
        opened(page, bundled_site, ZU8)
        reset = page.get_by_role("button", name="Reset all values")
        expect(reset).to_be_hidden()
        before = page.locator("#what-if-strip").inner_text()
        change(page, "OF0079", "-4")
        expect(page.locator(STANDING)).to_be_visible()
        reset.click()
        expect(reset).to_be_hidden()
        assert page.locator("#what-if-strip").inner_text() == before
        assert page.locator("[name=OF0079]").input_value() == "0.2"
        expect(page.locator("#what-if-results table")).to_have_count(0)
        expect(page.locator("#what-if-heading")).to_be_focused()


def test_it_works_by_keyboard_alone(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE)) as seen:
        page = seen.page
        page.locator("#what-if-find").focus()
        page.keyboard.type("zu8")
        expect(page.locator("#what-if-count")).to_have_text("1 of 205 trusts in the list")
        page.keyboard.press("Enter")
        expect(page.locator("#what-if-heading")).to_contain_text(ZU8)
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "OF0079":
                break
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("-4")
        expect(page.locator("[data-strip=adjusted_segment] dd")).to_have_text(re.compile("1.*→.*3"))
        page.keyboard.press("Enter")
        assert page.url.endswith(f"#{ZU8}")


def test_another_address_chooses_another_trust(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE)) as seen:
        page = seen.page
        opened(page, bundled_site, ZU8)
        page.evaluate("location.hash = 'zb1'")
        expect(page.locator("#what-if-heading")).to_contain_text("(ZB1)")
        assert page.locator("#what-if-trust").input_value() == "ZB1"
        page.evaluate("location.hash = 'no-such-trust'")
        expect(page.locator("#what-if-heading")).to_contain_text("(ZB1)")


@pytest.mark.parametrize(
    ("metric", "value", "said"),
    [
        ("OF0082", "100.5", "A percentage of patients, cases or staff lies between 0 and 100."),
        ("OF0079", "-101", "A surplus, deficit or variance lies within 100 % of turnover either way"),
        ("OF0082", "five", "Write a plain number"),
        ("OF0082", "1,5", "Write a plain number"),
        ("OF0082", "1.12345678901", "Write at most 10 decimals."),
    ],
)
def test_a_value_that_no_file_may_bring_is_not_asked(
    browser: Browser, site: Shown, metric: str, value: str, said: str
) -> None:
    code = RAT if site.rows("select 1 from dim_trust where trust_code = ?", RAT) else ZU8
    with visit(browser, site.address(PAGE)) as seen:
        opened(seen.page, site, code)
        before = seen.page.locator("#what-if-strip").inner_text()
        change(seen.page, metric, value)
        error = seen.page.locator(f"#what-if-{metric}-error")
        expect(error).to_contain_text(f"Not asked: {said}")
        assert seen.page.locator(f"[name={metric}]").get_attribute("aria-invalid") == "true"
        assert seen.page.locator("#what-if-strip").inner_text() == before
        change(seen.page, metric, "3.1")
        expect(error).to_be_hidden()


def test_a_label_is_chosen_from_those_that_score(browser: Browser, bundled_site: Shown) -> None:
    code, label = bundled_site.rows(
        "select trust_code, value_label from fct_metric where metric_id = 'UN0001'"
        " and value_label is not null order by quarter_id desc, trust_code limit 1"
    )[0]
    labels = [
        row[0]
        for row in bundled_site.rows("select band_label from method_label_bands where metric_id = 'UN0001'")
    ]
    with visit(browser, bundled_site.address(PAGE)) as seen:
        opened(seen.page, bundled_site, code)
        field = seen.page.locator("[name=UN0001]")
        assert field.input_value() == label
        assert sorted(field.locator("option").all_inner_texts()) == sorted([*labels, "No value"])
        field.select_option(next(each for each in labels if each != label))
        expect(seen.page.locator("[data-field=UN0001] .what-if-field__result")).to_contain_text("→")


def test_what_the_files_in_hand_cannot_tell_is_said(browser: Browser, real_site: Shown) -> None:
    with visit(browser, real_site.address(PAGE)) as seen:
        page = seen.page
        expect(page.locator("main")).to_contain_text("Acute trusts cannot be asked about")
        opened(page, real_site, RAT)
        change(page, "OF0005", "2.5")
        expect(page.locator("[data-strip=adjusted_segment] dd")).to_contain_text("cannot be told")
        expect(page.locator("#what-if-notes")).to_contain_text(
            "Why: pool reporting of metric OF0005 has 42 of 120."
        )
        expect(page.locator("#what-if-notes")).to_contain_text("cut points are those observed")
        page.get_by_role("button", name="Reset all values").click()
        change(page, "OF0061", "7.2")
        expect(page.locator("[data-strip=adjusted_segment] dd")).to_have_text(re.compile("2.*→.*1"))


def test_confidential_deficit_support_is_not_guessed_and_not_in_the_data(
    browser: Browser, bundled_site: Shown
) -> None:
    """A trust that would have its deficit no more: whether support keeps the override is not public."""
    code, plan, variance = bundled_site.rows(
        "select s.trust_code, p.value, v.value from fct_segment as s"
        " inner join fct_metric as p on s.quarter_id = p.quarter_id and s.trust_code = p.trust_code"
        " and p.metric_id = 'OF0079'"
        " inner join fct_metric as v on s.quarter_id = v.quarter_id and s.trust_code = v.trust_code"
        " and v.metric_id = 'OF0081'"
        " where s.quarter_id = (select max(quarter_id) from fct_segment) and s.is_in_deficit"
        " and s.is_deficit_support_confidential and s.unadjusted_segment < s.override_segment_floor"
        " order by 1 limit 1"
    )[0]
    with visit(browser, bundled_site.address(PAGE)) as seen:
        opened(seen.page, bundled_site, code)
        change(seen.page, "OF0079", f"{-variance + 1:f}")
        expect(seen.page.locator("[data-strip=adjusted_segment] dd")).to_contain_text("cannot be told")
        expect(seen.page.locator("#what-if-notes")).to_contain_text(
            "Who receives deficit support is confidential"
        )
        trusts = seen.page.evaluate("nofWhatIf.nations[0].data.trusts")
    assert plan + variance < 0
    assert {each["hasSupport"] for each in trusts if each["isSupportConfidential"]} == {None}


def test_a_name_is_shown_and_never_run(browser: Browser, bundled_site: Shown, tmp_path: Path) -> None:
    name = "<img src=x onerror=\"window.ran=1\"> & 'Sons' <script>window.ran=1</script>"
    folder = tmp_path / "site"
    shutil.copytree(bundled_site.folder, folder)
    (path,) = folder.glob("data/what-if-*.js")
    head, _, text = path.read_text(encoding="utf-8").partition("=")
    content = json.loads(text.rstrip().rstrip(";"))
    next(each for each in content["trusts"] if each["code"] == ZU8)["name"] = name
    path.write_text(f"{head}={json.dumps(content)};\n", encoding="utf-8")
    with visit(browser, f"{(folder / PAGE).as_uri()}#{ZU8}") as seen:
        expect(seen.page.locator("#what-if-heading")).to_have_text(f"{name} ({ZU8})")
        change(seen.page, "OF0079", "-4")
        expect(seen.page.locator(STANDING)).to_be_visible()
        assert seen.page.evaluate("window.ran") is None


def test_a_script_that_finds_another_figure_says_nothing(
    browser: Browser, bundled_site: Shown, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(bundled_site.folder, folder)
    (path,) = folder.glob("data/what-if-*.js")
    head, _, text = path.read_text(encoding="utf-8").partition("=")
    content = json.loads(text.rstrip().rstrip(";"))
    content["trusts"][0]["released"][0] = "3.99"
    path.write_text(f"{head}={json.dumps(content)};\n", encoding="utf-8")
    with visit(browser, (folder / PAGE).as_uri()) as seen:
        expect(seen.page.locator("#what-if-untrue")).to_be_visible()
        expect(seen.page.locator("#what-if")).to_be_hidden()


def test_without_javascript_the_page_points_to_the_command(browser: Browser, site: Shown) -> None:
    with visit(browser, site.address(PAGE), javascript=False) as seen:
        main = seen.page.locator("main")
        expect(main).to_contain_text("This page needs JavaScript")
        expect(main).to_contain_text("nof what-if")
        expect(main).to_contain_text("A thought experiment")
        expect(seen.page.locator("#what-if")).to_be_hidden()
        assert "[]" not in main.inner_text()


def test_the_site_has_the_address_of_every_link_of_the_page(browser: Browser, bundled_site: Shown) -> None:
    with visit(browser, bundled_site.address(PAGE)) as seen:
        opened(seen.page, bundled_site, ZU8)
        change(seen.page, "OF0079", "-4")
        expect(seen.page.locator(STANDING)).to_be_visible()
        links = seen.page.locator("main a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert f"trust/{ZU8}.html" in links
    assert all(re.fullmatch(r"trust/[A-Z0-9]{3,5}\.html", each) for each in links)
