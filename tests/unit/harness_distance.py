"""Distances on small random nations: the scoring with them, and those of averages held to the plain rules."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pytest
from harness_compiled import ancestors
from harness_dbt import Compiled, compiled
from harness_nations import SmallNation, small_nations
from harness_sql import ROOMS, SqlScoring
from hypothesis import HealthCheck, Phase, given, seed, settings

from plain_rules import Nation
from plain_rules.segments import adjust, cut_points, segment_of, setting

ENDS = ("average_distances", "contributions")
COLUMNS = (
    *("quarter_id", "trust_code", "direction", "distance_status", "unadjusted_segment", "next_segment"),
    *("next_adjusted_segment", "average_metric_score", "needed_average", "needed_change"),
)
HUNDREDTH = Decimal("0.01")
BEST, WORST = Decimal(1), Decimal(4)


def distance_scoring(factory: pytest.TempPathFactory) -> SqlScoring:
    """The one database of a worker that makes distances, too."""
    return _over(compiled(factory))


@cache
def _over(project: Compiled) -> SqlScoring:
    scoring = SqlScoring(project)
    parents = {name: set(query.parents) for name, query in project.models.items()}
    wanted = ancestors(parents, list(ENDS)) | set(ENDS)
    scoring.connection.execute("create schema insight")
    made = {relation for relation, _ in scoring.models}
    for name in TopologicalSorter(parents).static_order():
        query = project.models[name]
        if name in wanted and query.room not in ROOMS and query.relation not in made:
            scoring.models.append((query.relation, query.text))
    return scoring


def on_small_nations(compare: Callable[[SmallNation], None], *, runs: int, examples: int = 10) -> None:
    """Call it with as many new nations for each run; the same ones every time."""
    for number in range(runs):
        run = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(given(small_nations())(compare))
        seed(number)(run)()


def segment_with(nation: SmallNation, said: Nation, row: dict[str, Any], average: Decimal) -> int:
    """The unadjusted segment of the row's trust with another average, all others as they are."""
    method, quarter_id, trust = nation.method, row["quarter_id"], row["trust_code"]
    score_id = method.measure_ids["average_metric_score"]
    results = {code: result for (quarter, code), result in said.trusts.items() if quarter == quarter_id}
    types = {code: result.trust_type_id for code, result in results.items()}
    scores = {code: result.average.rounded for code, result in results.items() if result.average}
    found = cut_points(
        method,
        quarter_id,
        score_id,
        scores={**scores, trust: Fraction(average)},
        types=types,
        complete={kind: whole for (quarter, kind), whole in said.complete.items() if quarter == quarter_id},
    )
    rule = setting(method, score_id)
    points = found[method.pool_parts[rule["cut_pool_id"]][types[trust]]]
    return segment_of(Fraction(average), points, is_cut_point_inside=rule["is_cut_point_inside"] == "true")


def average_distances_hold(sql: SqlScoring, nation: SmallNation, said: Nation) -> Counter[str]:
    """Hold each distance of an average to the rules; what statuses there were.

    The needed average in the place of the trust's own moves its segment, a hundredth less does not; cut
    points are taken anew over the averages of all, as rules 3 have it.
    """
    seen: Counter[str] = Counter()
    floor = int(nation.method.framework["override_segment_floor"])
    for row in sql.read("insight.average_distances", COLUMNS):
        status, segment = row["distance_status"], row["unadjusted_segment"]
        seen[status] += 1
        trust = said.trusts[row["quarter_id"], row["trust_code"]]
        assert trust.unadjusted == segment, row
        assert (status == "no_segment") == (segment is None), row
        step = HUNDREDTH if row["direction"] == "worse" else -HUNDREDTH
        tried = {"distance": row["needed_average"], "no_average_suffices": BEST if step < 0 else WORST}
        if status not in tried:
            continue
        moved = (segment_with(nation, said, row, tried[status]) - segment) * step
        if status == "no_average_suffices":
            assert moved <= 0, row
            continue
        assert moved > 0, row
        assert (segment_with(nation, said, row, tried[status] - step) - segment) * step <= 0, row
        assert row["needed_average"] == row["average_metric_score"] + row["needed_change"], row
        assert row["next_segment"] == segment + (1 if step > 0 else -1), row
        # Where a system's areas move the segment too, what follows is not said.
        if trust.system is None:
            assert row["next_adjusted_segment"] == adjust(
                row["next_segment"], trust.override.is_set, floor
            ), row
    return seen
