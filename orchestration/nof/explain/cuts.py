"""Segments: cut points, how each came about, and the comparison that gives the segment (rules 3)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from nof.explain.figures import counted, cut, plain, score
from nof.explain.model import Claim, CutPoint, Segmented

_OBSERVED = ("observed", "carried_forward")
_PARTIAL = ", which are not the whole pool"


def segmented(
    cut_points: Iterable[Mapping[str, Any]],
    *,
    value: Decimal,
    segment: int,
    basis: str,
    score_basis: str,
    noun: str = "trust",
) -> Segmented:
    """A segment of the release with its cut points.

    Args:
        cut_points: rows of the score's cut points.
        value: the score to 2 dp.
        segment: the segment of the release.
        basis: the basis of the segment.
        score_basis: the basis of the score, which the segment's cannot be stronger than.
        noun: what to call the organisations whose scores the cut points are made from.
    """
    rows = sorted(cut_points, key=lambda row: row["segment"])
    points = tuple(
        CutPoint(row["boundary"], row["cut_point"], row["cut_point_basis"], _came_about(row, noun))
        for row in rows
    )
    cut_bases = " and ".join(dict.fromkeys(point.basis for point in points))
    return Segmented(
        segment=segment,
        basis=basis,
        basis_words=f"{basis}: the weaker of the score ({score_basis}) and the cut points ({cut_bases})",
        cut_points=points,
        comparison=_comparison(points, value, segment, all(_is_midpoint(row) for row in rows)),
    )


def _came_about(row: Mapping[str, Any], noun: str) -> str:
    if row["cut_point_basis"] == "fixed":
        return "a fixed threshold of the framework, whoever is in hand"
    if row["cut_point_basis"] in _OBSERVED:
        carried = "that of the quarter before, " if row["cut_point_basis"] == "carried_forward" else ""
        return (
            f"{carried}midpoint of {score(row['highest_score_inside'])} (highest inside) "
            f"and {score(row['lowest_score_outside'])} (lowest outside)"
        )
    partial = _PARTIAL if row["cut_point_basis"] == "computed_partial_pool" else ""
    return (
        f"quantile {cut(row['quantile'])} (type 7) of the scores of "
        f"{counted(row['trusts_counted'], noun)}{partial}"
    )


def _is_midpoint(row: Mapping[str, Any]) -> bool:
    if row["cut_point_basis"] not in _OBSERVED:
        return True
    middle = (row["highest_score_inside"] + row["lowest_score_outside"]) / 2
    return bool(middle == row["cut_point"])


def _comparison(points: tuple[CutPoint, ...], value: Decimal, segment: int, are_midpoints: bool) -> Claim:
    said = []
    if segment >= 2 and len(points) >= segment - 1:
        low = points[segment - 2].cut_point
        said.append(f"above {cut(low)}" if value > low else f"at {cut(low)}, which counts as beyond it")
    if segment <= len(points):
        said.append(f"not above {cut(points[segment - 1].cut_point)}")
    # Which side a score exactly on a cut point falls is a row of the method: both sides are allowed here.
    fewest = 1 + sum(value > point.cut_point for point in points)
    most = 1 + sum(value >= point.cut_point for point in points)
    text = f"{plain(value, 2) if not said else score(value)} is {' and '.join(said)}, so segment {segment}"
    return Claim(text, holds=bool(said) and fewest <= segment <= most and are_midpoints)
