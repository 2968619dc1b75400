"""Domain scores and the average metric score: means over weight units, the sum written out (rules 2)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from nof.explain.figures import TOLERANCE, counted, half_up, plain, rounded
from nof.explain.model import Claim, Mean, Part, WeightUnit


def mean_of_metrics(
    metrics: Iterable[Mapping[str, Any]], *, unrounded: Decimal, score: Decimal, basis: str
) -> Mean:
    """The mean as the release has it, and the working that leads to it.

    Args:
        metrics: rows of the trust's metrics that may enter; those without a score or outside averages do not.
        unrounded: the mean of the release before rounding.
        score: the mean of the release.
        basis: the basis that the release gives it.
    """
    entering = [row for row in metrics if row["enters_average"] and row["metric_score_unrounded"] is not None]
    units = weight_units(entering)
    return Mean(
        score=score,
        basis=basis,
        basis_words=_basis_words(entering, basis),
        units=units,
        working=_working(units, unrounded, score),
    )


def weight_units(metrics: Iterable[Mapping[str, Any]]) -> tuple[WeightUnit, ...]:
    """Metrics gathered into what weighs as one, in the order given."""
    groups: dict[str, list[Part]] = {}
    for row in metrics:
        groups.setdefault(row["weight_group_id"], []).append(_part(row))
    return tuple(
        WeightUnit(label, sum((part.score for part in parts), Decimal(0)) / len(parts), tuple(parts))
        for label, parts in groups.items()
    )


def entering_score(row: Mapping[str, Any]) -> Decimal:
    """The score as it is averaged: unrounded but where the quarter rounded that metric first."""
    unrounded: Decimal = row["metric_score_unrounded"]
    return half_up(unrounded) if row["is_rounded_before_averaging"] else unrounded


def _part(row: Mapping[str, Any]) -> Part:
    return Part(
        row["metric_id"], row["score_id"], row["metric_label"], entering_score(row), row["score_basis"]
    )


def _working(units: tuple[WeightUnit, ...], unrounded: Decimal, score: Decimal) -> Claim:
    if not units:
        return Claim("No metric score of the release enters this mean.", holds=False)
    total = sum((unit.score for unit in units), Decimal(0))
    mean = total / len(units)
    terms = " + ".join(plain(unit.score) for unit in units)
    summed = f"{terms} = {plain(total)}; " if len(units) > 1 else ""
    text = f"{summed}{plain(total)} / {len(units)} = {rounded(unrounded)} (half-up)"
    return Claim(text, holds=abs(mean - unrounded) <= TOLERANCE and half_up(mean) == score)


def _basis_words(metrics: list[Mapping[str, Any]], basis: str) -> str:
    counts = Counter(row["score_basis"] for row in metrics)
    shown = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    return f"{basis}: the weakest among {counted(len(metrics), 'score')} ({shown})"
