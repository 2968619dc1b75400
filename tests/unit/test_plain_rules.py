"""The plain statement of the rules on NHS England's own files, figure by figure.

The statement is worth comparing with only if it reproduces what was published; small cases that a person can
work by hand are in test_plain_rules_by_hand.py.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from harness_published import (
    ACUTE_Q3,
    LEAGUE_Q4,
    MENTAL_HEALTH,
    MENTAL_HEALTH_Q4,
    method_of_the_seeds,
    published_folder,
    read_csv,
    reference,
    statement_rows,
)

from plain_rules import Method, Nation, Row, work_out
from plain_rules.arithmetic import half_up

Q1, Q2, Q3, Q4 = (f"2025-26-Q{number}" for number in (1, 2, 3, 4))
ACUTE, MENTAL = "acute", "mental_health_and_community"
BENCHMARK_COLUMNS = {
    "Median_value": "median",
    "Lower_quartile": "lower_quartile",
    "Upper_quartile": "upper_quartile",
}


@pytest.fixture(scope="module")
def method() -> Method:
    return method_of_the_seeds()


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    folder = published_folder()
    return [
        row
        for name in (MENTAL_HEALTH, MENTAL_HEALTH_Q4, ACUTE_Q3)
        for row in statement_rows(read_csv(folder / name))
    ]


@pytest.fixture(scope="module")
def nation(method: Method, rows: list[Row]) -> Nation:
    return work_out(method, rows)


def figures(method: Method, nation: Nation, rows: list[Row]) -> Iterator[tuple[str, str, object, object]]:
    """(kind, quarter, computed, published) for each published mental health and community result."""
    metric_of = {metric.score_id: metric.metric_id for metric in method.metrics.values()}
    for row in rows:
        quarter, trust, measure = row.quarter_id, row.trust_code, row.measure_id
        if row.trust_type_id != MENTAL:
            continue
        result = nation.trusts[quarter, trust]
        domain = (quarter, trust, measure.replace("OF41", "OF40"))
        if measure in metric_of:
            cell = nation.cells[quarter, trust, metric_of[measure]]
            yield f"{measure} {cell.basis}", quarter, half_up(cell.score or Fraction(0)), Fraction(row.value)
        elif measure.startswith("OF40"):
            yield "domain score", quarter, nation.domains[domain].rounded, Fraction(row.value)
            yield "domain score rank", quarter, nation.domain_ranks[domain], row.published_rank
        elif measure.startswith("OF41"):
            yield "domain segment", quarter, nation.domain_segments[domain], int(float(row.value))
        elif measure == "OF5002":
            yield measure, quarter, result.average and result.average.rounded, Fraction(row.value)
            yield "OF5002 rank", quarter, result.average_rank, row.published_rank
        elif measure in ("OF5003", "OF5000", "OF5005"):
            found = {"OF5003": result.unadjusted, "OF5000": result.adjusted, "OF5005": result.final}[measure]
            yield measure, quarter, found, int(float(row.value))
            if measure == "OF5000":
                yield "league rank", quarter, result.league_rank, row.published_rank


def test_every_published_result_is_reproduced(method: Method, nation: Nation, rows: list[Row]) -> None:
    compared: Counter[tuple[str, str]] = Counter()
    differing = []
    for kind, quarter, computed, published in figures(method, nation, rows):
        compared[kind, quarter] += 1
        if computed != published:
            differing.append((kind, quarter, computed, published))
    assert differing == []
    for quarter, domains in ((Q1, 300), (Q2, 301), (Q3, 302)):
        for kind in ("domain score", "domain score rank", "domain segment"):
            assert compared[kind, quarter] == domains
        for kind in ("OF1061", "OF1084", "OF1079", "OF1080", "OF1081"):
            assert compared[f"{kind} computed", quarter] == 61
        for kind in ("OF5002", "OF5002 rank", "OF5003", "OF5000", "league rank"):
            assert compared[kind, quarter] == 61
    assert [compared["OF5005", quarter] for quarter in (Q1, Q2, Q3)] == [61, 61, 0]


def test_every_adopted_score_of_a_recorded_pool_lies_on_its_grid(method: Method, nation: Nation) -> None:
    adopted = Counter(
        (method.families[method.metrics[cell.metric_id].family].has_ranked_part, cell.is_restored)
        for cell in nation.cells.values()
        if cell.basis == "published"
    )
    # Not one ranked score stays off its grid; only OF1035 and OF1067, which have no pool, are not restored.
    assert adopted == {(True, True): 1356, (False, False): 201}


def test_benchmarks_are_equal_or_one_hundredth_off(nation: Nation) -> None:
    folder = published_folder()
    quarters = reference("quarters", "quarter_label", "quarter_id")
    published = {
        (quarters[row["Quarter"]], MENTAL, row["Metric_ID"], kind): Fraction(row[column])
        for name in (MENTAL_HEALTH, MENTAL_HEALTH_Q4)
        for row in read_csv(folder / name)
        if row["Metric_ID"].startswith("OF0")
        for column, kind in BENCHMARK_COLUMNS.items()
    }
    distances = Counter(abs(nation.benchmarks[key] - figure) for key, figure in published.items())
    assert distances == {Fraction(0): 124, Fraction(1, 100): 8}


def test_the_override_without_its_flag_follows_plan_and_variance(method: Method, rows: list[Row]) -> None:
    flags = {(row.quarter_id, row.trust_code): row for row in rows if row.measure_id == "OF5004"}
    derived = work_out(method, [row for row in rows if row.measure_id != "OF5004"])
    agreed = Counter(
        row.trust_type_id
        for key, row in flags.items()
        if derived.trusts[key].override.is_set is (Fraction(row.value) == 1)
    )
    assert agreed == {MENTAL: 235, ACUTE: 129}


def test_the_acute_file_gives_finance_domain_scores_and_nothing_overall(nation: Nation) -> None:
    acute = {trust for (_, trust), result in nation.trusts.items() if result.trust_type_id == ACUTE}
    assert len(acute) == 134
    assert not nation.complete[Q3, ACUTE]
    stands = Counter(
        (domain, made.basis) for (_, trust, domain), made in nation.domains.items() if trust in acute
    )
    assert stands == {("OF4003", "computed"): 129, ("OF4002", "computed_partial_pool"): 129}
    productivity = [nation.cells[Q3, trust, "OF0085"] for trust in acute]
    assert {(cell.ranked_count, cell.basis) for cell in productivity} == {(134, "computed")}
    results = [nation.trusts[Q3, trust] for trust in acute]
    assert {(r.average, r.unadjusted, r.adjusted, r.final, r.league_rank) for r in results} == {(None,) * 5}


def test_the_league_table_of_the_fourth_quarter_is_reproduced(nation: Nation) -> None:
    table = read_csv(published_folder() / LEAGUE_Q4)
    for line in table:
        result = nation.trusts[Q4, line["Trust_code"]]
        assert result.average is not None
        assert result.average.rounded == Fraction(line["Average_score"])
        assert result.adjusted == int(float(line["Segment"]))
        assert result.league_rank == int(float(line["Rank"]))
        assert result.override.is_set is (line["Trust_in_financial_deficit"] == "Yes")
        assert (result.final, result.final_basis) == (None, "unknown")
    assert len(table) == 21
