"""Rules 3 and 7: cut points, segments, the financial override, the programme and the final segment."""

from dataclasses import dataclass
from fractions import Fraction

from plain_rules.arithmetic import quantile
from plain_rules.method import Method
from plain_rules.registers import Registers
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
    """The cut points of one score, by the part of the pool they hold for (rules 3; fixed ones, rules 7)."""
    if setting(method, score_id)["cut_method"] == "fixed_threshold":
        return fixed_points(method, score_id)
    pool_id = setting(method, score_id)["cut_pool_id"]
    found = {}
    for partition in sorted(set(method.pool_parts[pool_id].values())):
        members = method.partition_types(pool_id, partition)
        pooled = [score for trust, score in scores.items() if types[trust] in members]
        cut = Cut(quarter_id, score_id, partition, is_whole=all(complete[kind] for kind in members))
        points = [cut_point(method, cut, row, pooled) for row in method.rows("segment_quantiles")]
        found[partition] = [point for point in points if point is not None]
    return found


def fixed_points(method: Method, score_id: str) -> dict[str, list[CutPoint]]:
    """Fixed thresholds: rows of the framework, whoever is in hand."""
    found: dict[str, list[CutPoint]] = {}
    for row in method.rows("segment_thresholds"):
        if row["score_id"] == score_id:
            point = CutPoint(row["boundary"], int(row["segment"]), Fraction(row["threshold"]), "fixed")
            found.setdefault(row["cut_partition_id"], []).append(point)
    return found


@dataclass(frozen=True)
class Cut:
    """One set of cut points to be made: of which score, for whom, and whether all of them are in hand."""

    quarter_id: str
    score_id: str
    partition: str
    is_whole: bool


def cut_point(method: Method, cut: Cut, row: dict[str, str], pooled: list[Fraction]) -> CutPoint | None:
    """Computed over a whole pool, else observed (the midpoint), else computed over what is in hand.

    What was observed are the cut points of the national pool, not those of one part of it.
    """
    boundary, segment = row["boundary"], int(row["segment"])
    if not cut.is_whole and cut.partition == "all":
        for seen in method.rows("observed_cut_points"):
            named = (seen["quarter_id"], seen["score_id"], seen["boundary"])
            if named == (cut.quarter_id, cut.score_id, boundary):
                middle = (Fraction(seen["highest_score_inside"]) + Fraction(seen["lowest_score_outside"])) / 2
                return CutPoint(boundary, segment, middle, "observed")
    if not pooled:
        return None
    basis = "computed" if cut.is_whole else "computed_partial_pool"
    return CutPoint(boundary, segment, quantile(pooled, Fraction(row["quantile"])), basis)


def segment_of(score: Fraction, points: list[CutPoint], *, is_cut_point_inside: bool) -> int:
    """The first segment whose upper cut point the score does not pass; beyond the last, one more."""
    ordered = sorted(points, key=lambda point: point.segment)
    inside = (p.segment for p in ordered if score < p.value or (is_cut_point_inside and score == p.value))
    return next(inside, ordered[-1].segment + 1)


@dataclass(frozen=True)
class Override:
    """The financial override: set, not set, or unknown; where that comes from, and which limb shows it."""

    is_set: bool | None
    basis: str
    is_in_deficit: bool | None = None
    has_support: bool | None = None

    @property
    def limb(self) -> str | None:
        """What bears a set override out, a published one too; None where it is not set."""
        if not self.is_set:
            return None
        shown = [self.is_in_deficit and "deficit", self.has_support and "deficit_support"]
        return "_and_".join(limb for limb in shown if limb) or "not_shown"


def override(method: Method, rows: QuarterRows, trust_code: str, registers: Registers) -> Override:
    """The published flag where there is one; otherwise a deficit or deficit support received; else unknown.

    A deficit is plan + variance below the limit. Support is enough by itself; that none is received says
    nothing about the sum.
    """
    inputs = [rows.number(trust_code, row["metric_id"]) for row in method.rows("override_inputs")]
    known = [number for number in inputs if number is not None]
    limit = Fraction(method.framework["override_sum_below"])
    is_in_deficit = sum(known) < limit if len(known) == len(inputs) else None
    has_support = registers.has_support(trust_code)
    flag = rows.number(trust_code, method.measure_ids["financial_override"])
    if flag is not None:
        return Override(flag == 1, "published", is_in_deficit, has_support)
    if is_in_deficit or has_support:
        return Override(True, "derived", is_in_deficit, has_support)
    basis = "unknown" if is_in_deficit is None else "derived"
    return Override(is_in_deficit, basis, is_in_deficit, has_support)


def adjust(unadjusted: int | None, flag: bool | None, floor: int) -> int | None:
    """`greatest(unadjusted, floor)` where the flag is set; an unknown flag matters only below the floor."""
    if unadjusted is None or (flag is None and unadjusted < floor):
        return None
    return max(unadjusted, floor) if flag else unadjusted


@dataclass(frozen=True)
class Programme:
    """Whether the organisation is in the improvement programme, and what says so."""

    is_in: bool | None
    basis: str


def programme(method: Method, rows: QuarterRows, trust_code: str, registers: Registers) -> Programme:
    """The published flag, else the published final segment, else a decision in force, else unknown."""
    flag = rows.number(trust_code, method.measure_ids["improvement_programme"])
    if flag is not None:
        return Programme(flag == 1, "published")
    final = rows.number(trust_code, method.measure_ids["final_segment"])
    if final is not None:
        return Programme(final == int(method.framework["programme_segment"]), "published")
    decided = registers.is_in_programme(trust_code)
    return Programme(decided, "unknown" if decided is None else "decision")
