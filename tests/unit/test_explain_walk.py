"""The whole walk on a small release made by hand; every figure expected here is worked out by hand."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_explain import FILE_NAME, POOL, QUARTER, joined, printed, small_release, walked, write

from nof.errors import NofError, UsageRefused
from nof.explain import Explanation, explain
from nof.explain.layout import BROKEN

Changed = Callable[..., Explanation]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("release"), small_release())


@pytest.fixture(scope="module")
def alder(database: Path) -> Explanation:
    return walked(database, "aaa", "q1 2025/26")


@pytest.fixture(scope="module")
def cedar(database: Path) -> Explanation:
    return walked(database, "cedar", "2025-26-Q1")


@pytest.fixture
def changed(database: Path, tmp_path: Path) -> Changed:
    """The explanation of the trust with other columns in its row of fct_segment."""

    def explain_changed(**columns: Any) -> Explanation:
        copy = tmp_path / "nof.duckdb"
        shutil.copyfile(database, copy)
        with duckdb.connect(str(copy)) as connection:
            for column, value in columns.items():
                update = f"update publication.fct_segment set {column} = ? where trust_code = 'AAA'"
                connection.execute(update, [value])
        return walked(copy, "AAA", QUARTER)

    return explain_changed


def texts(lines: Any) -> list[str]:
    return [line.text for line in lines]


def test_the_average_is_written_out_with_the_infections_as_one(alder: Explanation) -> None:
    assert alder.average is not None
    assert alder.average.working.text == (
        "3.4 + 2.3294903926 + 2.6 + 3 + 4 = 15.3294903926; 15.3294903926 / 5 = 3.0658980785 -> 3.07 (half-up)"
    )
    assert alder.average.working.holds
    group = next(unit for unit in alder.average.units if unit.is_group)
    assert [part.score_id for part in group.parts] == ["OF1020", "OF1048", "OF1088"]
    assert alder.average.basis_words == "published: the weakest among 7 scores (6 computed, 1 published)"


def test_plan_and_variance_enter_only_through_the_matrix(alder: Explanation) -> None:
    assert alder.average is not None
    entering = {part.metric_id for unit in alder.average.units for part in unit.parts}
    assert "OF0080" in entering
    assert not entering & {"OF0079", "OF0081"}
    plan = next(metric for metric in alder.metrics if metric.metric_id == "OF0079")
    assert dict(plan.lines)["average"].text == "enters no average itself; it counts only through OF1080"


def test_the_segment_is_compared_with_both_cut_points(alder: Explanation) -> None:
    assert alder.unadjusted is not None
    assert alder.unadjusted.comparison.text == "3.07 is above 3.00 and not above 3.20, so segment 3"
    assert (
        alder.unadjusted.cut_points[0].came_about
        == "midpoint of 2.04 (highest inside) and 2.06 (lowest outside)"
    )


def test_the_override_the_league_rank_and_the_final_segment(alder: Explanation) -> None:
    assert texts(alder.adjusted.lines) == [
        "Financial override: set (published: OF5004 as published); [F1] row 14",
        "Plan -0.6 (OF0079) + year-to-date variance to plan -0.7 (OF0081) = -1.3 % of turnover, below 0: "
        "a deficit",
        "Deficit support: not in hand (no register entry)",
        "Limb: the deficit.",
        "adjusted = max(unadjusted 3, floor 3) = 3",
    ]
    assert alder.league.lines[1].text == (
        "2 in a better segment + 1 in segment 3 with an average below 3.07 + 1 = 4; "
        "1 other with 3.07 in segment 3 at the same rank"
    )
    assert texts(alder.final.lines) == [
        "[F1] row 15 (OF5007, Q1 2025/26) says that the trust is not in the Provider Improvement Programme "
        "(formerly Recovery Support Programme).",
        "So the final segment is the adjusted segment, 3.",
    ]


def test_a_domain_has_its_own_sum_and_segment(alder: Explanation) -> None:
    domain = alder.domains[0]
    assert domain.mean is not None
    assert domain.segmented is not None
    assert domain.mean.working.text == (
        "2.3294903926 + 2.6 = 4.9294903926; 4.9294903926 / 2 = 2.4647451963 -> 2.46 (half-up)"
    )
    assert domain.segmented.comparison.text == "2.46 is above 2.05 and not above 3.00, so segment 2"
    assert alder.domains[1].absence == "No domain score: no metric of the domain has a score."


def test_each_metric_leads_to_file_and_row(alder: Explanation) -> None:
    lines = {metric.metric_id: dict(metric.lines) for metric in alder.metrics}
    assert lines["OF0005"]["value"].text == "12.5 %, Q1 2025/26; [F1] row 2"
    assert lines["OF0005"]["benchmark"].text == (
        "lower quartile 1.20, median 5.00, upper quartile 9.75 (41 trusts of the type; computed); "
        "value rank 30 of 41 (published rank)"
    )
    assert lines["OF0005"]["score"].text == (
        f'published score 3.40 adopted; pool "{POOL}" is not complete in hand (41 of 121 ranked); '
        "exact grid point 1 + 3 x 96/120 = 3.40"
    )
    assert lines["OF0005"]["average"].text == "rounded to 3.40 before averaging in this quarter"
    assert lines["OF0005"]["published"].text == "3.40 (adopted); [F1] row 12"
    assert lines["OF0061"]["rank"].text == (
        "ordered by the published rank, higher is better; 32 before it, "
        "1 tied with it (all take the best rank)"
    )
    assert lines["OF0061"]["published"].text == "2.61 (DIFFERS from 2.60); [F1] row 13"
    assert (
        lines["OF0080"]["score"].text == "matrix: OF1079 Plan 2 (row) and OF1081 Variance 3 (column) give 3"
    )
    assert lines["OF0057"]["score"].text == "fails the floor (64.2 < 70): 4.00"


def test_every_line_of_the_small_release_works_out(alder: Explanation, cedar: Explanation) -> None:
    assert len(alder.workings) > 15
    assert [line.text for line in (*alder.workings, *cedar.workings) if not line.holds] == []


def test_published_figures_are_counted_and_the_differing_listed(alder: Explanation) -> None:
    counts = dict(alder.comparison.counts)
    assert counts == {"agrees": 1, "differs": 1, "restored": 1, "adopted": 0, "not_computed": 0}
    assert [(item.measure_id, item.computed, item.published) for item in alder.comparison.differences] == [
        ("OF1061", "2.60", "2.61")
    ]


def test_a_type_that_is_not_complete_says_what_is_missing_and_what_follows(cedar: Explanation) -> None:
    text = joined(printed(cedar))
    assert (
        "Acute trust is NOT complete in Q1 2025/26: each of its 6 core metrics must be in hand for 128 of 134"
        in text
    )
    assert "Too few have OF0061, OF0079, OF0081, OF0082, OF0084, OF0085." in text
    assert "Hence there is no average metric score" in text
    assert "No average metric score: the trust type is not complete in this quarter." in text
    assert "Financial override: unknown (unknown: no flag is published)" in text
    assert (
        "Deficit: not known, as plan (OF0079) and year-to-date variance to plan (OF0081) are missing" in text
    )
    assert "the trust lacks core metric OF0082" in text
    assert [metric.trust_count for metric in cedar.completeness.core_metrics][:1] == [1]


def test_an_unknown_programme_leaves_the_final_segment_empty_and_says_what_would_fill_it(
    changed: Changed,
) -> None:
    final = changed(final_segment=None, is_in_improvement_programme=None, final_segment_basis="unknown").final
    assert final.result == "none"
    assert (
        "It would take a row of the quarter with the final segment (OF5005) or the programme flag (OF5007)."
        in final.lines[0].text
    )
    assert final.lines[0].text.endswith("The adjusted segment, 3, does not stand in for it.")


def test_a_trust_in_the_programme_is_in_its_segment(changed: Changed) -> None:
    final = changed(final_segment=5, is_in_improvement_programme=True).final
    assert final.result == "5"
    assert final.lines[1].text == "A trust in the programme is in segment 5, whatever its scores."
    assert final.lines[1].holds


@pytest.mark.parametrize(
    ("unadjusted", "flag", "adjusted", "text"),
    [
        (2, True, 3, "adjusted = max(unadjusted 2, floor 3) = 3"),
        (2, False, 2, "adjusted = unadjusted = 2"),
        (2, None, None, "Empty: without an override it is 2, with one max(2, 3) = 3."),
        (4, None, 4, "adjusted = 4 either way: an override: max(4, 3) = 4"),
    ],
)
def test_the_override_in_each_case(
    changed: Changed, unadjusted: int, flag: bool | None, adjusted: int | None, text: str
) -> None:
    columns = {"unadjusted_segment": unadjusted, "has_financial_override": flag, "adjusted_segment": adjusted}
    line = changed(**columns).adjusted.lines[-1]
    assert line.text == text
    assert line.holds


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("average_metric_score_unrounded", "3.065898079"),
        ("average_metric_score", "3.06"),
        ("unadjusted_segment", 2),
        ("adjusted_segment", 4),
        ("final_segment", 2),
        ("league_rank", 5),
    ],
)
def test_a_figure_that_does_not_follow_is_pointed_out(changed: Changed, column: str, value: Any) -> None:
    wrong = changed(**{column: value})
    assert [line for line in wrong.workings if not line.holds]
    assert BROKEN.strip() in joined(printed(wrong))


def test_the_method_is_that_of_the_release_and_not_of_the_checkout(database: Path, tmp_path: Path) -> None:
    own = tmp_path / "nof.duckdb"
    shutil.copyfile(database, own)
    with duckdb.connect(str(own)) as connection:
        connection.execute("update publication.method_matrix_cells set cell_score = 1")
    other = walked(own, "AAA", QUARTER)
    assert [line.text[:6] for line in other.workings if not line.holds] == ["matrix"]


def test_a_page_of_80_columns_cuts_nothing_off(alder: Explanation) -> None:
    page = printed(alder, width=80)
    assert max(len(line) for line in page.splitlines()) <= 80
    assert FILE_NAME in "".join(page.split())
    assert "0123456789ab" in page
    assert "\u2026" not in page
    assert "\x1b" not in page
    assert "suppressed because" not in page
    assert "suppressed (1): the source holds the value back (a symbol in the row says so)" in page


def test_one_metric_may_be_asked_for(alder: Explanation) -> None:
    page = printed(alder, metric="of1057")
    assert "fails the floor (64.2 < 70): 4.00" in page
    assert "Raising concerns" not in page
    with pytest.raises(UsageRefused, match="OF0057"):
        printed(alder, metric="OF9999")


def test_what_is_not_in_the_release_is_refused(database: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="GGG Gorse Trust has no rows in 2025-26-Q1"):
        explain(database, "GGG", QUARTER)
    with pytest.raises(UsageRefused, match="It holds nof-2025-26"):
        explain(database, "AAA", QUARTER, framework_id="nof-2026-27")
    with pytest.raises(NofError, match="Make a release"):
        explain(tmp_path / "nof.duckdb", "AAA", QUARTER)
