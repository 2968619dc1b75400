"""Why a trust moved, once more in plain Python and exact fractions, by another way than the SQL goes.

The SQL adds up what each metric does by its weight; here whole averages are made over and over, with
something left out or put back. Where the two agree, the weights are right.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from plain_rules import Method, Nation
from plain_rules.arithmetic import half_up, mean
from plain_rules.averages import averaged_score
from plain_rules.scores import COMPUTED, PARTIAL, PUBLISHED, grid_point, is_fixed
from plain_rules.segments import setting
from plain_rules.values import Cell

Parts = dict[tuple[str, str], Fraction]


@dataclass
class PlainMovement:
    """The movement of one trust.

    Attributes:
        total: change of the average.
        parts: by part and metric; of `entered` and `left` their sum, under an empty metric.
        doubtful: metrics of which the plain statement cannot say whether the pool was in hand.
        at_old_cut_points: segment of the new average by the old cut points, where there are some.
    """

    total: Fraction
    parts: Parts = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    at_old_cut_points: int | None = None


def counted(method: Method, said: Nation, quarter_id: str, trust: str) -> dict[str, Cell]:
    """The cells that enter the average of a trust, by metric."""
    return {
        metric_id: cell
        for (quarter, code, metric_id), cell in said.cells.items()
        if (quarter, code) == (quarter_id, trust)
        and cell.status == "scored"
        and cell.score is not None
        and method.metrics[metric_id].enters_average
    }


def average_of(method: Method, scores: Mapping[str, Fraction]) -> Fraction:
    """The mean over weight units of these scores, by metric."""
    units: dict[str, list[Fraction]] = defaultdict(list)
    for metric_id, score in scores.items():
        units[method.metrics[metric_id].weight_group_id].append(score)
    return mean(mean(unit) for unit in units.values())


def movement(method: Method, said: Nation, quarters: tuple[str, str], trust: str) -> PlainMovement:
    """The movement of a trust that has an average in both quarters."""
    before, now = (counted(method, said, quarter_id, trust) for quarter_id in quarters)
    old = {metric_id: averaged_score(method, cell) for metric_id, cell in before.items()}
    new = {metric_id: averaged_score(method, cell) for metric_id, cell in now.items()}
    common = sorted(old.keys() & new.keys())
    start, end = average_of(method, old), average_of(method, new)
    stayed = {metric_id: old[metric_id] for metric_id in common}
    found = PlainMovement(end - start)
    if common:
        there, here = average_of(method, stayed), average_of(method, {each: new[each] for each in common})
        found.parts["left", ""] = there - start
        found.parts["entered", ""] = end - here
    else:
        there = start
        found.parts["left", ""], found.parts["entered", ""] = Fraction(0), end - start
    for metric_id in common:
        for part, shift in shifts(method, said, before[metric_id], now[metric_id], found).items():
            moved = average_of(method, stayed | {metric_id: old[metric_id] + shift})
            found.parts[part, metric_id] = moved - there
    found.at_old_cut_points = at_old_cut_points(method, said, quarters, trust, half_up(end))
    return found


def shifts(
    method: Method, said: Nation, before: Cell, now: Cell, found: PlainMovement
) -> dict[str, Fraction]:
    """By how much the score of a metric that stayed is moved by each part."""
    metric = method.metrics[now.metric_id]
    family = method.families[metric.family]
    was_rounded = method.is_rounded_before_averaging(metric.metric_id, before.quarter_id)
    is_rounded = method.is_rounded_before_averaging(metric.metric_id, now.quarter_id)
    old, new = averaged_score(method, before), averaged_score(method, now)
    by_old_method = new
    if was_rounded != is_rounded:
        score = now.score or Fraction(0)
        by_old_method = half_up(score) if was_rounded else score
    made: dict[str, Fraction] = {}
    if was_rounded != is_rounded:
        made["method"] = new - by_old_method
    change = by_old_method - old
    if not family.has_ranked_part or (now.value is not None and is_fixed(method, metric, family, now.value)):
        return made | {"own": change}
    if before.value is None or now.value is None or before.partition != now.partition:
        return made | {"own_or_pool": change}
    if before.value == now.value:
        return made | {"own": Fraction(0), "pool": change}
    others = [
        cell
        for (quarter, code, metric_id), cell in said.cells.items()
        if quarter == before.quarter_id
        and metric_id == metric.metric_id
        and code != before.trust_code
        and cell.partition == before.partition
        and cell.rank is not None
    ]
    was_fixed = is_fixed(method, metric, family, before.value)
    bases = {cell.basis for cell in others} if was_fixed else {before.basis}
    if was_fixed and not bases:
        # Nobody was ranked, so no score tells whether the pool was complete.
        found.doubtful.add(metric.metric_id)
        return made
    if PUBLISHED in bases or (was_fixed and PARTIAL in bases):
        return made | {"own_or_pool": change}
    assert bases <= {COMPUTED, PARTIAL}, bases
    sign = 1 if metric.is_lower_better else -1

    def by_value(value: Fraction) -> Fraction:
        if is_fixed(method, metric, family, value):
            return family.fixed_score or Fraction(0)
        better = sum(1 for cell in others if cell.value is not None and sign * cell.value < sign * value)
        point = grid_point(family, better, len(others) + 1)
        return half_up(point) if was_rounded else point

    own = by_value(now.value) - by_value(before.value)
    return made | {"own": own, "pool": change - own}


def at_old_cut_points(
    method: Method, said: Nation, quarters: tuple[str, str], trust: str, score: Fraction
) -> int | None:
    """The segment of a score by the cut points of the quarter before."""
    score_id = method.measure_ids["average_metric_score"]
    row = setting(method, score_id)
    part = method.pool_parts[row["cut_pool_id"]][said.trusts[quarters[0], trust].trust_type_id]
    points = [
        point.value
        for (quarter, score_of, partition, _), point in said.cut_points.items()
        if (quarter, score_of, partition) == (quarters[0], score_id, part)
    ]
    is_inside = row["is_cut_point_inside"] == "true"
    beyond = [score > point or (score == point and not is_inside) for point in points]
    return 1 + sum(beyond) if points else None
