"""Rules 3: cut points, segments, the financial override, the programme and the final segment."""

from dataclasses import dataclass
from fractions import Fraction

from plain_rules.arithmetic import quantile
from plain_rules.method import Method
from plain_rules.values import QuarterRows


@dataclass(frozen=True)
class CutPoint:
    """One boundary between segments and what it stands on."""

    boundary: str
    segment: int
    value: Fraction
    basis: str


def setting(method: Method, score_id: str) -> dict[str, str]:
    """How one score is turned into a segment."""
    (row,) = [row for row in method.rows("segmentation") if row["score_id"] == score_id]
    return row


def cut_points(
    method: Method,
    quarter_id: str,
    score_id: str,
    *,
    scores: dict[str, Fraction],
    types: dict[str, str],
    complete: dict[str, bool],
) -> dict[str, list[CutPoint]]:
    """The cut points of one score, by the part of the pool they hold for (rules 3)."""
    pool_id = setting(method, score_id)["cut_pool_id"]
    partitions = sorted(method.pool_types[pool_id]) if pool_id in method.pools_within_type else ["all"]
    found = {}
    for partition in partitions:
        members = method.pool_types[pool_id] if partition == "all" else {partition}
        pooled = [score for trust, score in scores.items() if types[trust] in members]
        is_whole = all(complete[kind] for kind in members)
        found[partition] = [
            point
            for row in method.rows("segment_quantiles")
            if (point := cut_point(method, (quarter_id, score_id), row, pooled, is_whole=is_whole))
            is not None
        ]
    return found


def cut_point(
    method: Method, cut: tuple[str, str], row: dict[str, str], pooled: list[Fraction], *, is_whole: bool
) -> CutPoint | None:
    """Computed over a whole nation, else observed (the midpoint), else computed over what is in hand."""
    boundary, segment = row["boundary"], int(row["segment"])
    if not is_whole:
        for seen in method.rows("observed_cut_points"):
            if (seen["quarter_id"], seen["score_id"], seen["boundary"]) == (*cut, boundary):
                middle = (Fraction(seen["highest_score_inside"]) + Fraction(seen["lowest_score_outside"])) / 2
                return CutPoint(boundary, segment, middle, "observed")
    if not pooled:
        return None
    basis = "computed" if is_whole else "computed_partial_pool"
    return CutPoint(boundary, segment, quantile(pooled, Fraction(row["quantile"])), basis)


def segment_of(score: Fraction, points: list[CutPoint], *, is_cut_point_inside: bool) -> int:
    """The first segment whose upper cut point the score does not pass; beyond the last, one more."""
    ordered = sorted(points, key=lambda point: point.segment)
    inside = (p.segment for p in ordered if score < p.value or (is_cut_point_inside and score == p.value))
    return next(inside, ordered[-1].segment + 1)


@dataclass(frozen=True)
class Override:
    """The financial override: set, not set, or unknown, and where that comes from."""

    is_set: bool | None
    basis: str


def override(method: Method, rows: QuarterRows, trust_code: str) -> Override:
    """The published flag where there is one; otherwise plan + variance below 0; unknown without both."""
    flag = rows.number(trust_code, method.measure_ids["financial_override"])
    if flag is not None:
        return Override(flag == 1, "published")
    (plan_id, variance_id) = {
        (row["row_metric_id"], row["column_metric_id"]) for row in method.rows("matrix_cells")
    }.pop()
    plan, variance = rows.number(trust_code, plan_id), rows.number(trust_code, variance_id)
    if plan is None or variance is None:
        return Override(None, "unknown")
    return Override(plan + variance < 0, "derived")


def adjust(unadjusted: int | None, flag: bool | None, floor: int) -> int | None:
    """`greatest(unadjusted, floor)` where the flag is set; an unknown flag matters only below the floor."""
    if unadjusted is None or (flag is None and unadjusted < floor):
        return None
    return max(unadjusted, floor) if flag else unadjusted


@dataclass(frozen=True)
class Programme:
    """Whether the trust is in the improvement programme, and whether the files say so at all."""

    is_in: bool | None
    basis: str


def programme(method: Method, rows: QuarterRows, trust_code: str) -> Programme:
    """The programme flag; where there is none the published final segment tells as much."""
    flag = rows.number(trust_code, method.measure_ids["improvement_programme"])
    if flag is not None:
        return Programme(flag == 1, "published")
    final = rows.number(trust_code, method.measure_ids["final_segment"])
    if final is not None:
        return Programme(final == int(method.framework["programme_segment"]), "published")
    return Programme(None, "unknown")
