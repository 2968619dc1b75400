"""The whole walk on a small release made by hand; every figure expected here is worked out by hand."""

import io
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from rich.console import Console

from nof.errors import NofError, UsageRefused
from nof.explain import Explanation, explain, render
from nof.explain.layout import BROKEN
from nof.project import project_root, read_seed

FRAMEWORK, QUARTER = "nof-2025-26", "2025-26-Q1"
FILE_NAME = "nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-2025-26.csv"
MHC = "mental_health_and_community"
POOL = "Every trust that reports it"
Rows = dict[str, list[dict[str, Any]]]
Changed = Callable[..., Explanation]


def scored(metric_id: str, domain_id: str, score: str, family: str = "rank", **more: Any) -> dict[str, Any]:
    """A row of fct_metric with a score."""
    unrounded = Decimal(score)
    return {
        "trust_code": "AAA", "metric_id": metric_id, "score_id": metric_id[:2] + "1" + metric_id[3:],
        "trust_type_id": MHC, "domain_id": domain_id, "cell_status": "scored",
        "metric_score_unrounded": unrounded, "metric_score": round(unrounded + Decimal("1e-9"), 2),
        "score_basis": "computed", "is_grid_restored": False, "scoring_family": family,
        "is_fixed_part": family in {"band", "matrix"}, "pool_partition_id": "all", "enters_average": True,
        "weight_group_id": metric_id, "is_rounded_before_averaging": False, "file_id": "f-one",
        "unit_label": "%", "reporting_period_label": "Q1 2025/26",
    } | more  # fmt: skip


def small_release() -> Rows:
    """One trust with every family and four beside it, and one acute trust of a type that is not complete."""
    standing = {"threshold_kind": "standard", "threshold": 1, "is_threshold_met": False, "ranked_count": 106}
    infections = {"weight_group_id": "infections", "is_pool_complete": True}
    metrics = [
        scored("OF0005", "OF4000", "3.4", value="12.5", row_number=2, pool_rank=30, ranked_count=41,
               expected_pool_size=121, is_pool_complete=False, score_basis="published",
               is_grid_restored=True, published_score="3.40", score_file_id="f-one", score_row_number=12,
               is_rounded_before_averaging=True, lower_quartile_value="1.2", median_value=5,
               upper_quartile_value="9.75", benchmark_trust_count=41,
               benchmark_basis="computed", value_rank=30, value_rank_count=41,
               value_rank_origin="published_rank"),
        # 1 + 3 x 32/60
        scored("OF0061", "OF4002", "2.6", value="6.5", row_number=3, pool_rank=33, ranked_count=61,
               expected_pool_size=61, is_pool_complete=True, rank_origin="published_rank",
               unit_label="out of 10", published_score="2.61", score_file_id="f-one", score_row_number=13),
        # 2 + 2 x 109/114 and 2 + 2 x 4/105
        scored("OF0020", "OF4002", "3.912280701754386", "rank_with_standard", value=11, row_number=4,
               pool_rank=110, **standing | {"ranked_count": 115, "threshold": 0}, **infections),
        scored("OF0048", "OF4002", "2.076190476190476", "rank_with_standard", value="1.04", row_number=5,
               pool_rank=5, **standing, **infections),
        scored("OF0088", "OF4002", "1", "rank_with_standard", value="0.84", row_number=6, **infections,
               **standing | {"is_threshold_met": True}, is_fixed_part=True),
        scored("OF0057", "OF4005", "4", "rank_with_floor", value="64.2", row_number=7, threshold_kind="floor",
               threshold=70, is_threshold_met=False, is_fixed_part=True),
        scored("OF0079", "OF4003", "2", "band", value="-0.6", row_number=8, enters_average=False),
        scored("OF0081", "OF4003", "3", "band", value="-0.7", row_number=9, enters_average=False),
        scored("OF0080", "OF4003", "3", "matrix", file_id=None),
        scored("OF0082", "OF4004", "0") | {"cell_status": "suppressed", "metric_score_unrounded": None,
               "metric_score": None, "score_basis": None, "row_number": 10},
        scored("OF0061", "OF4002", "1", trust_code="CCC", trust_type_id="acute", row_number=2, value="6.9",
               pool_partition_id="acute",
               pool_rank=1, ranked_count=1, score_basis="computed_partial_pool", file_id="f-two"),
        scored("OF0082", "OF4004", "0", trust_code="CCC", trust_type_id="acute") | {"cell_status": "absent",
               "metric_score_unrounded": None, "metric_score": None, "score_basis": None, "file_id": None},
    ]  # fmt: skip
    described = [
        ("OF0005", "Waits over 52 weeks", "lower", None),
        ("OF0061", "Raising concerns", "higher", None),
        ("OF0020", "MRSA", "lower", "at_most"),
        ("OF0048", "E. coli", "lower", "at_most"),
        ("OF0088", "C. difficile", "lower", "at_most"),
        ("OF0057", "Urgent response", "higher", "at_least"),
        ("OF0079", "Plan", "higher", None),
        ("OF0081", "Variance", "higher", None),
        ("OF0080", "Combined finance", "lower", None),
        ("OF0082", "Sickness", "lower", None),
    ]
    cuts = [("1/2", 1, "2.04", "2.06"), ("2/3", 2, "2.99", "3.01"), ("3/4", 3, "3.19", "3.21")]
    segment = {
        "trust_type_id": MHC,
        "delivery_status": "scored",
        "override_segment_floor": 3,
        "league_trust_count": 5,
    }
    return {
        "dim_quarter": [{"quarter_id": QUARTER, "quarter_label": "Q1 2025/26"}],
        "dim_trust": [
            {"trust_code": "AAA", "trust_name": "Alder Trust", "trust_type_id": MHC,
             "trust_type_label": "Mental health and community trust", "region_label": "East"},
            {"trust_code": "CCC", "trust_name": "Cedar Trust", "trust_type_id": "acute",
             "trust_type_label": "Acute trust"},
            {"trust_code": "GGG", "trust_name": "Gorse Trust", "trust_type_id": MHC,
             "trust_type_label": "Mental health and community trust"},
        ],
        "dim_metric": [
            {"metric_id": key, "metric_label": label, "polarity": polarity,
             "threshold_comparator": comparator, "pool_label": POOL}
            for key, label, polarity, comparator in described
        ],
        "dim_domain": [{"domain_id": "OF4002", "domain_label": "Patient safety"},
                       {"domain_id": "OF4004", "domain_label": "People and workforce"}],
        "dim_file": [{"file_id": "f-one", "file_name": FILE_NAME, "sha256": "0123456789abcdef"},
                     {"file_id": "f-two", "file_name": "acute.csv", "sha256": "fedcba9876543210"}],
        "fct_completeness": [
            {"trust_type_id": MHC, "expected_trust_count": 61, "core_metric_count": 5,
             "weakest_core_metric_count": 60, "is_complete": True},
            {"trust_type_id": "acute", "expected_trust_count": 134, "core_metric_count": 6,
             "weakest_core_metric_count": 0, "is_complete": False},
        ],
        "fct_metric": metrics + [
            {"trust_code": f"Z{number}", "metric_id": "OF0061", "trust_type_id": MHC, "domain_id": "OF4002",
             "pool_partition_id": "all", "pool_rank": rank}
            for number, rank in enumerate([*range(1, 33), 33, 35])
        ] + [
            # Two more among whom the infection scores are ranked, so that the ranks have someone before them.
            {"trust_code": f"Y{number}", "metric_id": metric_id, "trust_type_id": MHC, "domain_id": "OF4002",
             "pool_partition_id": "all", "pool_rank": number}
            for metric_id, last in (("OF0020", 109), ("OF0048", 4)) for number in range(1, last + 1)
        ],
        # infections (3.912280701754386 + 2.076190476190476 + 1) / 3 = 2.329490392648287;
        # (3.4 + 2.6 + 2.329490392648287 + 4 + 3) / 5 = 15.329490392648287 / 5 = 3.065898078529657
        "fct_segment": [
            segment | {
                "trust_code": "AAA", "average_metric_score_unrounded": "3.065898078529657",
                "average_metric_score": "3.07", "average_basis": "published", "unadjusted_segment": 3,
                "segment_basis": "published", "has_financial_override": True, "override_basis": "published",
                "override_reason": "OF5004 as published", "override_file_id": "f-one",
                "override_row_number": 14,
                "adjusted_segment": 3, "final_segment": 3, "final_segment_basis": "published",
                "is_in_improvement_programme": False, "programme_measure_id": "OF5007",
                "programme_file_id": "f-one", "programme_row_number": 15,
                "league_rank": 4, "league_rank_basis": "computed", "average_score_rank": 4,
            },
            *(segment | {"trust_code": code, "adjusted_segment": adjusted, "average_metric_score": average}
              for code, adjusted, average in (("DDD", 1, "1.5"), ("EEE", 2, "3.00"), ("FFF", 3, "2.10"),
                                              ("HHH", 3, "3.07"))),
            {"trust_code": "CCC", "trust_type_id": "acute", "delivery_status": "incomplete",
             "override_basis": "unknown",
             "override_reason": "no published flag, and plan or variance is missing",
             "final_segment_basis": "unknown"},
        ],
        # (2.6 + 2.329490392648287) / 2 = 2.464745196324144
        "fct_domain": [
            {"trust_code": "AAA", "domain_id": "OF4002", "domain_status": "scored",
             "domain_score_unrounded": "2.464745196324144", "domain_score": "2.46",
             "domain_score_basis": "computed", "domain_segment": 2, "domain_segment_basis": "published",
             "domain_score_rank": 9},
            {"trust_code": "AAA", "domain_id": "OF4004", "domain_status": "no_metrics"},
            {"trust_code": "CCC", "domain_id": "OF4004", "domain_status": "incomplete"},
        ],
        "fct_cut_point": [
            {"score_id": score_id, "cut_partition_id": "all", "boundary": boundary, "segment": number,
             "quantile": "0.25", "cut_point": (Decimal(inside) + Decimal(outside)) / 2,
             "cut_point_basis": "observed", "highest_score_inside": inside, "lowest_score_outside": outside,
             "trusts_counted": 61}
            for score_id in ("OF5002", "OF4002") for boundary, number, inside, outside in cuts
        ],
        "fct_reconciliation": [
            {"figure_kind": kind, "measure_id": measure, "trust_code": code, "recomputed_figure": made,
             "published_figure": said, "outcome": outcome, "file_id": "f-one", "row_number": row}
            for kind, measure, code, made, said, outcome, row in (
                ("adjusted_segment", "OF5000", "AAA", 3, 3, "agrees", 20),
                ("metric_score", "OF1005", "AAA", "3.4", "3.4", "restored", 12),
                ("metric_score", "OF1061", "AAA", "2.6", "2.61", "differs", 13),
                ("benchmark_median", "OF0005", MHC, "5", "5", "agrees", 2),
            )
        ],
    }  # fmt: skip


def write(folder: Path, tables: Rows) -> Path:
    """Write the tables with the published columns and types; what a row does not name is null."""
    database = folder / "nof.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("begin")
        connection.execute("create schema publication")
        for path in sorted((project_root() / "models" / "publication").glob("*.yml")):
            for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
                columns = {column["name"]: column["data_type"] for column in model["columns"]}
                listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
                connection.execute(f"create table publication.{model['name']} ({listed})")
                rows = tables.get(model["name"], [])
                if model["name"].startswith("method_"):
                    rows = [
                        {name: cell or None for name, cell in seed_row.items()}
                        for seed_row in read_seed("framework", model["name"].removeprefix("method_"))
                    ]
                for row in rows:
                    whole = {"framework_id": FRAMEWORK, "quarter_id": QUARTER} | row
                    given = {name: value for name, value in whole.items() if name in columns}
                    assert row.keys() <= columns.keys(), row.keys() - columns.keys()
                    marks = ", ".join("?" for _ in given)
                    insert = f"insert into publication.{model['name']} ({', '.join(given)}) values ({marks})"
                    connection.execute(insert, list(given.values()))
        connection.execute("commit")
    return database


def printed(explanation: Explanation, width: int = 100, metric: str | None = None) -> str:
    """What a file would receive."""
    out = io.StringIO()
    render(explanation, Console(file=out, width=width), metric=metric)
    return out.getvalue()


def joined(text: str) -> str:
    """The text with lines put together again, for looking up sentences that wrap."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("release"), small_release())


@pytest.fixture(scope="module")
def alder(database: Path) -> Explanation:
    return explain(database, "aaa", "q1 2025/26")


@pytest.fixture(scope="module")
def cedar(database: Path) -> Explanation:
    return explain(database, "cedar", "2025-26-Q1")


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
        return explain(copy, "AAA", QUARTER)

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
        "adjusted = max(unadjusted 3, floor 3) = 3",
    ]
    assert alder.league.lines[1].text == (
        "2 in a better segment + 1 in segment 3 with an average below 3.07 + 1 = 4; "
        "1 other with 3.07 in segment 3 at the same rank"
    )
    assert texts(alder.final.lines) == [
        "[F1] row 15 (OF5007) says that the trust is not in the Provider Improvement Programme "
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
    assert "Financial override: unknown (unknown: no published flag" in text
    assert "the trust lacks core metric OF0082" in text
    assert [metric.trust_count for metric in cedar.completeness.core_metrics][:1] == [1]


def test_an_unknown_programme_leaves_the_final_segment_empty_and_says_what_would_fill_it(
    changed: Changed,
) -> None:
    final = changed(final_segment=None, is_in_improvement_programme=None, final_segment_basis="unknown").final
    assert final.result == "none"
    assert "the final segment (OF5005) or the programme flag (OF5007) would say it" in final.lines[0].text
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
    line = changed(**columns).adjusted.lines[1]
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
    other = explain(own, "AAA", QUARTER)
    assert [line.text[:6] for line in other.workings if not line.holds] == ["matrix"]


def test_a_page_of_80_columns_cuts_nothing_off(alder: Explanation) -> None:
    page = printed(alder, width=80)
    assert max(len(line) for line in page.splitlines()) <= 80
    assert FILE_NAME in "".join(page.split())
    assert "0123456789ab" in page
    assert "\u2026" not in page
    assert "\x1b" not in page
    assert "suppressed because" not in page
    assert "suppressed (1): the source holds the value back" in page


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
