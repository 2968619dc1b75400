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
from plain_rules.method import Family
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
    score, is_told = score_at_old_standard(method, said, before, now, found)
    if metric.metric_id in found.doubtful:
        return {}
    by_old_method = new
    made: dict[str, Fraction] = {}
    if was_rounded != is_rounded or (is_told and is_standard_changed(method, family, before, now)):
        by_old_method = half_up(score) if was_rounded else score
        made["method"] = new - by_old_method
    change = by_old_method - old
    if not is_told:
        return made | {"own_or_pool": change}
    if not family.has_ranked_part or is_fixed(method, family, now, before.quarter_id):
        return made | {"own": change}
    if before.value is None or now.value is None or before.partition != now.partition:
        return made | {"own_or_pool": change}
    if before.value == now.value:
        return made | {"own": Fraction(0), "pool": change}
    parts = own_and_pool(method, said, before, now, change, found)
    return made | parts if parts else {}


def own_and_pool(
    method: Method, said: Nation, before: Cell, now: Cell, change: Fraction, found: PlainMovement
) -> dict[str, Fraction]:
    """The change of a ranked score whose value changed, by the standard of the quarter before."""
    metric = method.metrics[now.metric_id]
    family = method.families[metric.family]
    was_rounded = method.is_rounded_before_averaging(metric.metric_id, before.quarter_id)
    others = [
        cell
        for (quarter, code, metric_id), cell in said.cells.items()
        if quarter == before.quarter_id
        and metric_id == metric.metric_id
        and code != before.trust_code
        and cell.partition == before.partition
        and cell.rank is not None
    ]
    was_fixed = is_fixed(method, family, before)
    bases = {cell.basis for cell in others} if was_fixed else {before.basis}
    if was_fixed and not bases:
        # Nobody was ranked, so no score tells whether the pool was complete.
        found.doubtful.add(metric.metric_id)
        return {}
    if PUBLISHED in bases or (was_fixed and PARTIAL in bases):
        return {"own_or_pool": change}
    assert bases <= {COMPUTED, PARTIAL}, bases
    sign = 1 if metric.is_lower_better else -1

    def by_value(cell: Cell) -> Fraction:
        if is_fixed(method, family, cell, before.quarter_id):
            return family.fixed_score or Fraction(0)
        value = cell.value or Fraction(0)
        better = sum(1 for cell in others if cell.value is not None and sign * cell.value < sign * value)
        point = grid_point(family, better, len(others) + 1)
        return half_up(point) if was_rounded else point

    own = by_value(now) - by_value(before)
    return {"own": own, "pool": change - own}


def is_standard_changed(method: Method, family: Family, before: Cell, now: Cell) -> bool:
    """Whether the metric has another standard or floor than in the quarter before."""
    if not family.threshold_kind:
        return False
    asked = (method.threshold(cell.metric_id, cell.quarter_id)["threshold"] for cell in (before, now))
    return len({Fraction(each) for each in asked}) > 1


def score_at_old_standard(
    method: Method, said: Nation, before: Cell, now: Cell, found: PlainMovement
) -> tuple[Fraction, bool]:
    """What the trust would score now by the standard of the quarter before, and whether that can be told."""
    family = method.families[method.metrics[now.metric_id].family]
    score = now.score or Fraction(0)
    if not is_standard_changed(method, family, before, now):
        return score, True
    if now.value is None:
        return score, False
    if is_fixed(method, family, now, before.quarter_id):
        return family.fixed_score or Fraction(0), True
    pool = [
        cell
        for (quarter, _, metric_id), cell in said.cells.items()
        if (quarter, metric_id, cell.partition) == (now.quarter_id, now.metric_id, now.partition)
        and cell.status == "scored"
        and cell.value is not None
    ]
    is_now_fixed = is_fixed(method, family, now)
    bases = {cell.basis for cell in pool if cell.rank is not None} if is_now_fixed else {now.basis}
    if not bases:
        # Nobody is ranked, so no score tells whether the pool is complete.
        found.doubtful.add(now.metric_id)
    if bases != {COMPUTED} and (is_now_fixed or bases != {PARTIAL}):
        return score, False

    def by_value(quarter_id: str) -> Fraction:
        values = [cell.value for cell in pool if not is_fixed(method, family, cell, quarter_id)]
        sign = 1 if method.metrics[now.metric_id].is_lower_better else -1
        better = sum(1 for value in values if sign * (value or 0) < sign * (now.value or 0))
        return grid_point(family, better, len(values))

    at_old = by_value(before.quarter_id)
    return (at_old if is_now_fixed else score - by_value(now.quarter_id) + at_old), True


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
