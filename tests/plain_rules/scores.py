"""Rules 1: metric scores. Fixed parts, ranked parts, bands, the matrix, and published scores taken over."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import floor

from plain_rules.arithmetic import competition_ranks, half_up
from plain_rules.method import Family, Method, Metric
from plain_rules.values import Cell

COMPUTED, PUBLISHED, PARTIAL = "computed", "published", "computed_partial_pool"


def score_quarter(method: Method, cells: list[Cell], complete: dict[str, bool]) -> list[Cell]:
    """Score every cell of one quarter; the matrix last, because it looks two other scores up."""
    by_metric: dict[str, list[Cell]] = {}
    for cell in cells:
        by_metric.setdefault(cell.metric_id, []).append(cell)
    done: list[Cell] = []
    for metric_id, members in by_metric.items():
        metric = method.metrics[metric_id]
        family = method.families[metric.family]
        if metric.family == "matrix":
            continue
        if family.has_ranked_part:
            done += rank_metric(method, metric, family, members, complete)
        else:
            done += [band(method, metric, cell) for cell in members]
    by_key = {(cell.trust_code, cell.metric_id): cell for cell in done}
    for metric_id, members in by_metric.items():
        if method.metrics[metric_id].family == "matrix":
            done += [matrix(method, metric_id, cell, by_key) for cell in members]
    return done


def rank_metric(
    method: Method, metric: Metric, family: Family, members: list[Cell], complete: dict[str, bool]
) -> list[Cell]:
    """A ranked family: each part of the pool on its own; cells without a value may still be published."""
    # A type that the pool does not rank has nothing to score: the metric is never about it.
    done = [cell for cell in members if method.partition(metric, cell.trust_type_id) is None]
    for partition in sorted(set(method.pool_parts[metric.pool_id].values())):
        types = method.partition_types(metric.pool_id, partition)
        mine = [
            replace(cell, partition=partition)
            for cell in members
            if method.partition(metric, cell.trust_type_id) == partition
        ]
        ranked = [
            cell
            for cell in mine
            if cell.status == "scored" and cell.value is not None and not is_fixed(method, family, cell)
        ]
        # Who a register takes out on purpose is not missing from the pool.
        taken_out = [
            cell for cell in mine if cell.missing_reason == "excluded_by_register" and cell.value is not None
        ]
        size = method.pool_sizes.get((metric.metric_id, members[0].quarter_id, partition))
        in_hand = len(ranked) + len(taken_out)
        is_complete = all(complete[kind] for kind in types) if size is None else in_hand >= size
        ranks = pool_ranks(metric, types, ranked)
        for cell in mine:
            if cell.status != "scored":
                done.append(cell)
            elif cell.trust_code in ranks:
                rank = ranks[cell.trust_code]
                point = grid_point(family, rank - 1, len(ranked))
                placed = replace(cell, rank=rank, ranked_count=len(ranked))
                if is_complete:
                    done.append(replace(placed, score=point, basis=COMPUTED))
                elif cell.published_score is not None:
                    done.append(adopt(family, placed, size))
                else:
                    done.append(replace(placed, score=point, basis=PARTIAL))
            elif cell.value is not None:
                done.append(replace(cell, score=family.fixed_score, basis=COMPUTED))
            else:
                done.append(adopt(family, cell, size))
    return done


def is_fixed(method: Method, family: Family, cell: Cell, quarter_id: str | None = None) -> bool:
    """Whether a value falls in the fixed part: the standard is met, or the floor is failed.

    Asked of its own quarter, or of another one whose standard may be another.
    """
    if not family.threshold_kind or cell.value is None:
        return False
    row = method.threshold(cell.metric_id, quarter_id or cell.quarter_id)
    threshold = Fraction(row["threshold"])
    is_met = cell.value >= threshold if row["comparator"] == "at_least" else cell.value <= threshold
    return is_met == family.fixed_when_met


def pool_ranks(metric: Metric, types: set[str], ranked: list[Cell]) -> dict[str, int]:
    """Competition ranks, best first: by published rank where that orders this very pool, else by value."""
    if len(types) == 1 and all(cell.published_rank is not None for cell in ranked):
        return competition_ranks({cell.trust_code: Fraction(cell.published_rank or 0) for cell in ranked})
    sign = 1 if metric.is_lower_better else -1
    return competition_ranks({cell.trust_code: sign * (cell.value or Fraction(0)) for cell in ranked})


def grid_point(family: Family, steps: int, count: int) -> Fraction:
    """`low + (high - low)(r - 1)/(n - 1)`; the best end where only one is ranked."""
    low, high = family.ranked_low or Fraction(0), family.ranked_high or Fraction(0)
    return low if count == 1 else low + (high - low) * Fraction(steps, count - 1)


def adopt(family: Family, cell: Cell, size: int | None) -> Cell:
    """Take the published score over; put it back on its grid where the size of the pool is recorded."""
    published = cell.published_score
    if published is None:
        return cell
    adopted = replace(cell, score=published, basis=PUBLISHED)
    if size is None or size == 1 or family.ranked_low is None or family.ranked_high is None:
        return adopted
    width = family.ranked_high - family.ranked_low
    steps = floor((published - family.ranked_low) / width * (size - 1) + Fraction(1, 2))
    if not 0 <= steps <= size - 1:
        return adopted
    point = grid_point(family, steps, size)
    return replace(adopted, score=point, is_restored=True) if half_up(point) == published else adopted


def band(method: Method, metric: Metric, cell: Cell) -> Cell:
    """A band: a lookup from value or label; the published score where there is neither."""
    if cell.status != "scored":
        return cell
    if cell.value is not None:
        rows = [row for row in method.rows("value_bands") if row["metric_id"] == metric.metric_id]
        scores = [row["band_score"] for row in rows if in_band(row, cell.value)]
    elif cell.label is not None:
        rows = [row for row in method.rows("label_bands") if row["metric_id"] == metric.metric_id]
        scores = [row["band_score"] for row in rows if row["band_label"] == cell.label]
    else:
        return replace(cell, score=cell.published_score, basis=PUBLISHED)
    (score,) = scores
    return replace(cell, score=Fraction(score), basis=COMPUTED)


def in_band(row: dict[str, str], value: Fraction) -> bool:
    """Whether a value lies in one band; an empty bound is open."""
    if row["lower_bound"]:
        lower = Fraction(row["lower_bound"])
        if value < lower or (value == lower and row["is_lower_inclusive"] != "true"):
            return False
    if row["upper_bound"]:
        upper = Fraction(row["upper_bound"])
        if value > upper or (value == upper and row["is_upper_inclusive"] != "true"):
            return False
    return True


def matrix(method: Method, metric_id: str, cell: Cell, by_key: dict[tuple[str, str], Cell]) -> Cell:
    """The matrix of two other scores, on the weaker of their bases; without both, the published score.

    Where a register takes one of the two out the matrix goes with it: its published score is made from both.
    """
    if cell.status == "excluded":
        return cell
    rows = [row for row in method.rows("matrix_cells") if row["metric_id"] == metric_id]
    inputs = [by_key.get((cell.trust_code, rows[0][name])) for name in ("row_metric_id", "column_metric_id")]
    if any(each is not None and each.missing_reason == "excluded_by_register" for each in inputs):
        return replace(cell, status="excluded", missing_reason="excluded_by_register")
    made = look_up(rows, inputs)
    if made is not None:
        basis = method.weakest([each.basis for each in inputs if each and each.basis])
        return replace(cell, status="scored", missing_reason=None, score=made, basis=basis)
    if cell.published_score is not None:
        return replace(cell, score=cell.published_score, basis=PUBLISHED)
    return cell


def look_up(rows: Iterable[dict[str, str]], inputs: list[Cell | None]) -> Fraction | None:
    """The matrix cell of two scores; None where one of them is missing."""
    scores = [cell.score if cell else None for cell in inputs]
    for row in rows:
        if scores == [Fraction(row["row_score"]), Fraction(row["column_score"])]:
            return Fraction(row["cell_score"])
    return None
