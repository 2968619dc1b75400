"""One line for each way in which a metric score comes about; every figure in them is worked out by hand."""

from decimal import Decimal
from typing import Any

import duckdb
import pytest
from harness_explain import write

from nof.explain.method import Method, read_method
from nof.explain.scores import score_line

POOL = 'pool "Every trust that reports it"'


@pytest.fixture(scope="module")
def method(tmp_path_factory: pytest.TempPathFactory) -> Method:
    with duckdb.connect(write(tmp_path_factory.mktemp("release"), {}), read_only=True) as connection:
        return read_method(connection, "nof-2025-26")


def row(**given: Any) -> dict[str, Any]:
    """A ranked metric with a complete pool, but for what is given."""
    metric: dict[str, Any] = {
        "metric_id": "OF0005", "score_id": "OF1005", "metric_label": "Waits", "scoring_family": "rank",
        "score_basis": "computed", "is_fixed_part": False, "is_grid_restored": False,
        "is_pool_complete": True,
        "pool_label": "Every trust that reports it", "pool_partition_id": "all", "expected_pool_size": 121,
        "value": Decimal("12.5"), "value_label": None, "threshold_kind": None, "threshold": None,
        "threshold_comparator": None, "is_threshold_met": None, "pool_rank": 33, "ranked_count": 121,
        "published_score": None, "grid_pool_size": 121,
    } | given  # fmt: skip
    unrounded = metric["metric_score_unrounded"]
    metric["metric_score"] = metric.get("metric_score", Decimal(str(round(unrounded, 2))))
    return metric


def told(method: Method, metric: dict[str, Any], scores: dict[str, Any] | None = None) -> str:
    """The line, having checked that it says of itself that it works out."""
    claim = score_line(metric, scores or {}, method, "Acute trust")
    assert claim.holds, claim.text
    return claim.text


def test_a_rank_is_written_out(method: Method) -> None:
    # 1 + 3 x 32/120 = 1 + 0.8
    line = told(method, row(metric_score_unrounded=Decimal("1.8")))
    assert line == f"rank 33 of 121 in {POOL} (121 expected): 1 + 3 x (33-1)/(121-1) = 1.80"


def test_a_score_that_is_not_whole_cents_shows_its_unrounded_form(method: Method) -> None:
    # 1 + 3 x 60/133 = 2.353383458646617, in the pool of the trust type
    line = told(
        method,
        row(
            metric_score_unrounded=Decimal("2.353383458646617"), pool_rank=61, ranked_count=134,
            expected_pool_size=134, pool_partition_id="acute", pool_label="Within the trust type",
        ),
    )  # fmt: skip
    assert line == (
        'rank 61 of 134 in pool "Within the trust type", Acute trust (134 expected): '
        "1 + 3 x (61-1)/(134-1) = 2.3533834586 -> 2.35"
    )


def test_the_only_one_ranked_takes_the_best_end(method: Method) -> None:
    line = told(method, row(metric_score_unrounded=Decimal(1), pool_rank=1, ranked_count=1))
    assert line.endswith("the only one ranked takes the best end, 1.00")


STANDARD = {
    "scoring_family": "rank_with_standard",
    "threshold_kind": "standard",
    "threshold_comparator": "at_least",
    "threshold": Decimal(80),
}
FLOOR = {
    "scoring_family": "rank_with_floor",
    "threshold_kind": "floor",
    "threshold_comparator": "at_least",
    "threshold": Decimal(70),
}


def test_a_standard_met_and_missed(method: Method) -> None:
    met = row(
        **STANDARD, value=Decimal("82.1"), is_threshold_met=True, is_fixed_part=True,
        metric_score_unrounded=Decimal(1), pool_rank=None,
    )  # fmt: skip
    assert told(method, met) == "meets the standard (82.1 >= 80): 1.00"
    # 2 + 2 x 1/50 = 2.04
    missed = row(
        **STANDARD, value=Decimal("79.7"), is_threshold_met=False, pool_rank=2, ranked_count=51,
        expected_pool_size=None, metric_score_unrounded=Decimal("2.04"),
    )  # fmt: skip
    assert told(method, missed) == (
        "misses the standard (79.7 < 80), so ranked with those that miss it: "
        f"rank 2 of 51 in {POOL} (complete, as its trust types are): 2 + 2 x (2-1)/(51-1) = 2.04"
    )


def test_a_standard_of_at_most_reads_the_other_way(method: Method) -> None:
    most = STANDARD | {"threshold_comparator": "at_most", "threshold": Decimal(1)}
    met = row(
        **most,
        value=Decimal("0.84"),
        is_threshold_met=True,
        is_fixed_part=True,
        metric_score_unrounded=Decimal(1),
    )
    assert told(method, met) == "meets the standard (0.84 <= 1): 1.00"


def test_a_floor_failed_and_not_failed(method: Method) -> None:
    failed = row(
        **FLOOR, value=Decimal("64.2"), is_threshold_met=False, is_fixed_part=True,
        metric_score_unrounded=Decimal(4), pool_rank=None,
    )  # fmt: skip
    assert told(method, failed) == "fails the floor (64.2 < 70): 4.00"
    # 1 + 2 x 16/79 = 1.405063291139241
    passed = row(
        **FLOOR, value=Decimal("90.5"), is_threshold_met=True, pool_rank=17, ranked_count=80,
        expected_pool_size=80, metric_score_unrounded=Decimal("1.405063291139241"),
    )  # fmt: skip
    assert told(method, passed) == (
        "does not fail the floor (90.5 >= 70), so ranked with those that do not: "
        f"rank 17 of 80 in {POOL} (80 expected): 1 + 2 x (17-1)/(80-1) = 1.4050632911 -> 1.41"
    )


@pytest.mark.parametrize(
    ("metric_id", "value", "score", "line"),
    [
        ("OF0079", "-0.6", 2, "band: -1 < -0.6 < 0 gives 2"),
        ("OF0079", "0", 1, "band: 0 <= 0 gives 1"),
        ("OF0079", "-2", 3, "band: -2 <= -2 <= -1 gives 3"),
        ("OF0079", "-2.5", 4, "band: -2.5 < -2 gives 4"),
        ("OF0081", "-0.7", 3, "band: -1 < -0.7 <= -0.5 gives 3"),
    ],
)
def test_a_band_shows_its_edges(method: Method, metric_id: str, value: str, score: int, line: str) -> None:
    band = row(
        metric_id=metric_id,
        scoring_family="band",
        value=Decimal(value),
        metric_score_unrounded=Decimal(score),
    )
    assert told(method, band) == line


def test_a_label_is_quoted(method: Method) -> None:
    label = row(
        metric_id="OF0067",
        scoring_family="band",
        value=None,
        value_label="Good",
        metric_score_unrounded=Decimal(2),
    )
    assert score_line(label, {}, method, "").text == 'label "Good" gives 2'


def test_a_matrix_names_both_parts(method: Method) -> None:
    plan = row(metric_id="OF0079", score_id="OF1079", metric_label="plan", metric_score_unrounded=Decimal(1))
    variance = row(
        metric_id="OF0081", score_id="OF1081", metric_label="variance", metric_score_unrounded=Decimal(3)
    )
    combined = row(metric_id="OF0080", scoring_family="matrix", value=None, metric_score_unrounded=Decimal(2))
    line = told(method, combined, {"OF0079": plan, "OF0081": variance})
    assert line == "matrix: OF1079 plan 1 (row) and OF1081 variance 3 (column) give 2"


def test_an_adopted_score_shows_its_exact_point_of_the_grid(method: Method) -> None:
    # k = (3.4 - 1) / 3 x 120 = 96
    adopted = row(
        score_basis="published", is_grid_restored=True, is_pool_complete=False, ranked_count=41, pool_rank=30,
        published_score=Decimal("3.40"), metric_score_unrounded=Decimal("3.4"),
    )  # fmt: skip
    assert told(method, adopted) == (
        f"published score 3.40 adopted; {POOL} is not complete in hand (41 of 121 ranked); "
        "exact grid point 1 + 3 x 96/120 = 3.40"
    )


def test_a_score_carried_forward_is_on_the_grid_of_its_own_quarter(method: Method) -> None:
    # No size is recorded for a quarter to come. k = (3.4 - 1) / 3 x 120 = 96
    carried = row(
        score_basis="carried_forward", is_grid_restored=True, is_pool_complete=False, expected_pool_size=None,
        ranked_count=41, published_score=Decimal("3.40"), metric_score_unrounded=Decimal("3.4"),
    )  # fmt: skip
    assert told(method, carried) == (
        f"published score 3.40 adopted; {POOL} is not complete in hand (41 ranked); "
        "exact grid point 1 + 3 x 96/120 = 3.40"
    )


def test_an_adopted_score_may_have_no_grid_or_no_value(method: Method) -> None:
    off_grid = row(
        score_basis="published",
        ranked_count=41,
        published_score=Decimal("3.41"),
        metric_score_unrounded=Decimal("3.41"),
    )
    assert told(method, off_grid).endswith("taken as it stands, as it is no known point of the grid")
    survey = row(
        metric_id="OF0035", scoring_family="band", score_basis="published", value=None,
        published_score=Decimal(2), metric_score_unrounded=Decimal(2),
    )  # fmt: skip
    assert told(method, survey) == "published score 2.00 adopted: no value is in hand"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pool_rank": 34},
        {"metric_score": Decimal("1.81")},
        {"scoring_family": "rank_with_standard"},
        {"score_basis": "published", "is_grid_restored": True, "published_score": Decimal("1.83")},
    ],
)
def test_a_line_that_does_not_work_out_says_so(method: Method, wrong: dict[str, Any]) -> None:
    claim = score_line(row(metric_score_unrounded=Decimal("1.8")) | wrong, {}, method, "")
    assert claim.holds is False


def test_a_band_or_cell_of_another_method_says_so(method: Method) -> None:
    band = row(
        metric_id="OF0079", scoring_family="band", value=Decimal("-0.6"), metric_score_unrounded=Decimal(3)
    )
    assert score_line(band, {}, method, "").holds is False
    combined = row(metric_id="OF0080", scoring_family="matrix", value=None, metric_score_unrounded=Decimal(2))
    assert score_line(combined, {}, method, "").holds is False
