"""What each metric is in the average: the parts add up, and what one score alone could do."""

from collections.abc import Iterator
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledProject]:
    project = compiled_project(tmp_path_factory)
    project.land_bundled()
    project.build("contributions")
    yield project


def one(project: CompiledProject, what: str, metric_id: str) -> tuple[Any, ...]:
    return project.rows(
        f"(select {what} from insight.contributions where quarter_id = '2025-26-Q4'"
        f" and trust_code = 'ZY8' and metric_id = '{metric_id}')"
    )[0]


def test_the_parts_add_up_to_every_average(bundled: CompiledProject) -> None:
    averages = bundled.value(
        "select count(*) from scoring.delivery_scores where average_metric_score is not null"
    )
    whole = bundled.value(
        "select count(*) from (select framework_id, quarter_id, trust_code, sum(part_of_average) as parts"
        " from insight.contributions group by all) join scoring.delivery_scores"
        " using (framework_id, quarter_id, trust_code)"
        " where abs(parts - average_metric_score_unrounded) < 1e-12"
    )
    assert averages == whole == 820


def test_the_parts_add_up_to_every_domain_score(bundled: CompiledProject) -> None:
    domains = bundled.value("select count(*) from scoring.domain_scores where domain_score is not null")
    whole = bundled.value(
        "select count(*) from (select framework_id, quarter_id, trust_code, domain_id,"
        " sum(part_of_domain) as parts from insight.contributions group by all) join scoring.domain_scores"
        " using (framework_id, quarter_id, trust_code, domain_id)"
        " where abs(parts - domain_score_unrounded) < 1e-12"
    )
    assert domains == whole > 3000


def test_one_of_eight_metrics_moves_the_average_by_an_eighth(bundled: CompiledProject) -> None:
    # 1.9840 - (1.3333 - 1) / 8 = 1.9423, 1.9840 + (4 - 1.3333) / 8 = 2.3173; cut points 1.94 and 2.24.
    found = one(
        bundled, "metric_weight, average_if_best, average_if_worst, is_holding, is_carrying", "OF0061"
    )
    assert [str(figure) for figure in found] == ["0.125000000000000", "1.94", "2.32", "True", "True"]


def test_the_distance_from_the_peer_median_is_weighed(bundled: CompiledProject) -> None:
    # Ten ambulance trusts score 1, 1.33 ... 4: the median is 2.5, and (1.3333 - 2.5) / 8 = -0.1458.
    median, peers, distance = one(
        bundled, "peer_median_score, peers_counted, distance_from_peer_median", "OF0061"
    )
    assert (float(median), peers, round(float(distance), 4)) == (2.5, 10, -0.1458)


def test_what_holds_a_trust_is_not_at_its_best(bundled: CompiledProject) -> None:
    wrong = bundled.rows(
        "insight.contributions",
        "(is_holding and averaged_score = best_score) or (is_carrying and averaged_score = worst_score)"
        " or (is_holding and unadjusted_segment = 1) or (is_carrying and unadjusted_segment = 4)",
    )
    assert wrong == []
