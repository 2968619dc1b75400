"""How a metric score came about, in one line with the numbers in it, worked out again (rules 1)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nof.explain.figures import TOLERANCE, half_up, plain, rounded, score
from nof.explain.method import ADOPTED, Band, Matrix, Method
from nof.explain.model import Claim

Row = Mapping[str, Any]
_SIGNS = {
    ("at_least", True): ">=",
    ("at_least", False): "<",
    ("at_most", True): "<=",
    ("at_most", False): ">",
}


def score_line(row: Row, scores: Mapping[str, Row], method: Method, partition_label: str) -> Claim:
    """The line of one scored metric.

    Args:
        row: the metric of the trust.
        scores: all metrics of the trust by metric_id, for the parts of a matrix.
        method: rows of the method.
        partition_label: the trust type in words, for a pool within it.
    """
    if row["score_basis"] in ADOPTED:
        return _adopted(row, method, partition_label)
    if row["scoring_family"] == "matrix":
        return _from_matrix(row, scores, method.matrices.get(row["metric_id"]))
    if row["scoring_family"] == "band":
        return _from_band(row, method.bands.get(row["metric_id"], ()))
    if row["is_fixed_part"]:
        return _fixed(row)
    return _ranked(row, method, partition_label)


def pool_name(row: Row, partition_label: str) -> str:
    """The pool in words, with the trust type where it is made within it."""
    within = "" if row["pool_partition_id"] in {None, "all"} else f", {partition_label}"
    return f'pool "{row["pool_label"]}"{within}'


def _ranked(row: Row, method: Method, partition_label: str) -> Claim:
    low, high = method.ranked_ends[row["scoring_family"]]
    rank, count, unrounded = row["pool_rank"], row["ranked_count"], row["metric_score_unrounded"]
    pool = f"{pool_name(row, partition_label)} ({_standing(row)})"
    place = f"{_before_ranking(row)}rank {rank} of {count} in {pool}"
    if count == 1:
        return Claim(f"{place}: the only one ranked takes the best end, {score(low)}", holds=unrounded == low)
    worked = low + (high - low) * (rank - 1) / (count - 1)
    return Claim(
        f"{place}: {plain(low)} + {plain(high - low)} x ({rank}-1)/({count}-1) = {rounded(unrounded)}",
        holds=_is_same(worked, row),
    )


def _standing(row: Row) -> str:
    expected = row["expected_pool_size"]
    if row["is_pool_complete"]:
        return f"{expected} expected" if expected is not None else "complete, as its trust types are"
    if expected is not None:
        return f"{expected} expected: the pool is not complete in hand"
    return "the pool is not complete in hand, as its trust types are not"


def _before_ranking(row: Row) -> str:
    if row["threshold_kind"] == "standard":
        return f"misses the standard ({_comparison(row)}), so ranked with those that miss it: "
    if row["threshold_kind"] == "floor":
        return f"does not fail the floor ({_comparison(row)}), so ranked with those that do not: "
    return ""


def _fixed(row: Row) -> Claim:
    said = "meets the standard" if row["threshold_kind"] == "standard" else "fails the floor"
    is_met = row["threshold_kind"] == "standard"
    holds = row["value"] is not None and row["is_threshold_met"] is is_met and _does_compare(row)
    return Claim(f"{said} ({_comparison(row)}): {score(row['metric_score_unrounded'])}", holds=holds)


def _comparison(row: Row) -> str:
    sign = _SIGNS.get((row["threshold_comparator"], row["is_threshold_met"]), "against")
    value = "no value" if row["value"] is None else plain(row["value"])
    return f"{value} {sign} {plain(row['threshold'])}"


def _does_compare(row: Row) -> bool:
    value, threshold = row["value"], row["threshold"]
    is_met = value >= threshold if row["threshold_comparator"] == "at_least" else value <= threshold
    return bool(is_met is row["is_threshold_met"])


def _from_band(row: Row, bands: tuple[Band, ...]) -> Claim:
    unrounded = row["metric_score_unrounded"]
    if row["value"] is None:
        return Claim(f'label "{row["value_label"]}" gives {plain(unrounded)}')
    band = next((band for band in bands if band.holds(row["value"])), None)
    if band is None:
        return Claim(f"band: {plain(row['value'])} gives {plain(unrounded)}", holds=False)
    lower = "" if band.lower is None else f"{plain(band.lower)} {'<=' if band.is_lower_inclusive else '<'} "
    upper = "" if band.upper is None else f" {'<=' if band.is_upper_inclusive else '<'} {plain(band.upper)}"
    return Claim(
        f"band: {lower}{plain(row['value'])}{upper} gives {plain(unrounded)}", holds=band.score == unrounded
    )


def _from_matrix(row: Row, scores: Mapping[str, Row], matrix: Matrix | None) -> Claim:
    unrounded = row["metric_score_unrounded"]
    parts = [scores.get(key) for key in (matrix.row_metric_id, matrix.column_metric_id)] if matrix else []
    if matrix is None or any(part is None or part["metric_score_unrounded"] is None for part in parts):
        return Claim(
            f"matrix: gives {plain(unrounded)}, from parts that the release does not show", holds=False
        )
    first, second = (part for part in parts if part is not None)
    cell = matrix.cells.get((first["metric_score_unrounded"], second["metric_score_unrounded"]))
    return Claim(
        f"matrix: {_matrix_part(first)} (row) and {_matrix_part(second)} (column) give {plain(unrounded)}",
        holds=cell == unrounded,
    )


def _matrix_part(row: Row) -> str:
    return f"{row['score_id']} {row['metric_label']} {plain(row['metric_score_unrounded'])}"


def _adopted(row: Row, method: Method, partition_label: str) -> Claim:
    adopted = f"published score {score(row['published_score'])} adopted"
    ends = method.ranked_ends.get(row["scoring_family"])
    if ends is None:
        why = _without_ranking(row)
        return Claim(f"{adopted}: {why}", holds=row["metric_score_unrounded"] == row["published_score"])
    expected = row["expected_pool_size"]
    of = "" if expected is None else f" of {expected}"
    in_hand = f" ({row['ranked_count'] or 0}{of} ranked)" if row["value"] is not None else ""
    text = f"{_passed(row)}{adopted}; {pool_name(row, partition_label)} is not complete in hand{in_hand}"
    if row["value"] is None:
        text = f"{adopted}; no value is in hand"
    if not row["is_grid_restored"]:
        taken = "taken as it stands, as it is no known point of the grid"
        return Claim(f"{text}; {taken}", holds=row["metric_score_unrounded"] == row["published_score"])
    return _restored(row, ends, text)


def _without_ranking(row: Row) -> str:
    if row["scoring_family"] == "matrix":
        return "its parts are not both in hand"
    return (
        "no value is in hand"
        if row["value"] is None and not row["value_label"]
        else "no band covers its value"
    )


def _passed(row: Row) -> str:
    if row["value"] is None or row["threshold_kind"] is None:
        return ""
    said = "misses the standard" if row["threshold_kind"] == "standard" else "does not fail the floor"
    return f"{said} ({_comparison(row)}); "


def _restored(row: Row, ends: tuple[Decimal, Decimal], text: str) -> Claim:
    low, high = ends
    steps, unrounded = row["grid_pool_size"] - 1, row["metric_score_unrounded"]
    step = ((unrounded - low) * steps / (high - low)).to_integral_value()
    worked = low + (high - low) * step / steps
    point = f"{plain(low)} + {plain(high - low)} x {step:f}/{steps}"
    return Claim(
        f"{text}; exact grid point {point} = {rounded(unrounded)}",
        holds=_is_same(worked, row) and half_up(worked) == row["published_score"],
    )


def _is_same(worked: Decimal, row: Row) -> bool:
    is_exact = abs(worked - row["metric_score_unrounded"]) <= TOLERANCE
    return bool(is_exact and half_up(worked) == row["metric_score"])
