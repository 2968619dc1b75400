"""The frame of the site: figures as they are written, charts that measure no font, a policy, a whole site."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from markupsafe import Markup

from nof.release import ReleaseRefused
from nof.site.charts.draw import draw
from nof.site.complete import check_site
from nof.site.look import NONE, environment, figure, shown, signed
from nof.site.policy import CONTENT_SECURITY_POLICY
from nof.site.released import Released
from nof.site.text import cell
from nof.site.write import write_site

POINTS = {
    "width": 200,
    "height": 60,
    "data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": -1.5}]},
    "mark": {"type": "point", "opacity": 0.5},
    "encoding": {
        "x": {
            "field": "a",
            "type": "quantitative",
            "title": "A long title for an axis",
            "axis": {"titleY": 30},
        },
        "y": {"field": "b", "type": "quantitative", "title": None},
    },
}
PADDING = {"left": 40, "top": 5, "right": 5, "bottom": 40}


@pytest.mark.parametrize(
    ("figure_in_hand", "text"),
    [
        (Decimal("2.3500"), "2.35"),
        (Decimal("2.00"), "2"),
        (Decimal("-0.0000000000"), "0"),
        (0.1, "0.1"),
        (7, "7"),
        (True, "yes"),
        (date(2026, 7, 1), "1 July 2026"),
        ("<b>", "<b>"),
    ],
)
def test_a_figure_is_written_as_people_write_it(figure_in_hand: object, text: str) -> None:
    assert shown(figure_in_hand) == text


def test_a_figure_that_is_not_there_is_a_dash_with_a_word_for_who_cannot_see_it() -> None:
    assert shown(None) is NONE
    assert "none" in NONE


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Decimal("0.254"), "+0.25"),
        (Decimal("-0.25"), "−0.25"),
        (Decimal("0.001"), "0"),
        (Decimal("-0.001"), "0"),
    ],
)
def test_a_change_has_its_sign_and_nought_has_none(change: str, text: str) -> None:
    assert signed(Decimal(change)) == text


def test_a_figure_of_the_release_says_which_it_is_and_shows_what_it_is_given() -> None:
    assert figure(Decimal("2.5"), "fct_domain.domain_score") == (
        '<span data-figure="fct_domain.domain_score">2.50</span>'
    )
    assert figure('"<i>', "dim_trust.trust_name") == (
        '<span data-figure="dim_trust.trust_name">&#34;&lt;i&gt;</span>'
    )


def test_a_cell_of_a_data_file_is_as_in_the_other_files_of_the_release() -> None:
    row = (True, Decimal("1E+2"), date(2026, 7, 1), None, "a,b")
    assert [cell(each) for each in row] == ["true", "100", "2026-07-01", None, "a,b"]


def test_a_chart_is_the_same_whatever_fonts_a_machine_has() -> None:
    usual = draw(POINTS, words="Two points", padding=PADDING)
    other = draw({**POINTS, "config": {"font": "Liberation Mono"}}, words="Two points", padding=PADDING)
    assert usual == other
    # The check sees a chart that does measure: without fixed padding the plot makes room for its labels.
    measured = [
        draw({**POINTS, "config": {"font": font, "autosize": {"type": "pad"}}}, words="x", padding={})
        for font in ("Arial", "Liberation Mono")
    ]
    assert measured[0] != measured[1]


def test_a_chart_is_one_picture_with_words_and_no_style_of_its_own() -> None:
    made = draw(POINTS, words='Two "points" & <more>', padding=PADDING)
    assert isinstance(made, Markup)
    assert made.startswith(
        '<svg class="chart" role="img" aria-label="Two &#34;points&#34; &amp; &lt;more&gt;" viewBox="0 0 '
    )
    assert "style=" not in made
    assert "<style" not in made
    assert "font-family" not in made
    assert 'opacity="0.5"' in made


def test_a_name_that_nobody_fills_is_an_error_and_what_is_filled_in_is_escaped() -> None:
    made = environment().from_string("{{ name }}")
    assert made.render(name="<script>") == "&lt;script&gt;"
    with pytest.raises(Exception, match="'name' is undefined"):
        made.render()


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.fixture(scope="module")
def bundled_site(bundled_release: Path) -> Path:
    """The site that the release carries."""
    return bundled_release / "site"


def test_a_page_that_is_missing_or_cut_short_is_told(
    bundled_release: Path, bundled_site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(bundled_site, folder, copy_function=shutil.copyfile)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    folder.chmod(0o755)
    check_site(bundled_release, folder)
    code = sorted((folder / "trust").glob("*.html"))[0]
    text = code.read_text(encoding="utf-8")
    code.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(
        ReleaseRefused, match=rf"1 of \d+ pages are missing or cut short \(trust/{code.name}\)"
    ):
        check_site(bundled_release, folder)
    code.unlink()
    (folder / "about.html").unlink()
    with pytest.raises(ReleaseRefused, match=r"2 of \d+ pages"):
        check_site(bundled_release, folder)


def test_a_folder_that_holds_something_is_left_alone(bundled_release: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="is not empty: name a folder that is"):
        write_site(bundled_release, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_pages_share_is_read_once(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        released = Released(bundled_release, connection)
        counted = connection.execute("select count(distinct trust_code) from fct_segment").fetchall()
    assert [each.slug for each in released.types] == ["acute", "mental-health-and-community", "ambulance"]
    assert [(len(released.trusts),)] == counted
    acute = released.types[0]
    assert acute.league_path("2025-26-Q4") == "league/acute.html"
    assert acute.league_path("2025-26-Q1") == "league/acute-2025-26-Q1.html"
    assert acute.plural == "acute trusts"
