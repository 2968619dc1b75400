"""Rules 2: domain scores and the average metric score: means over weight units of the unrounded scores."""

from dataclasses import dataclass
from fractions import Fraction

from plain_rules.arithmetic import half_up, mean
from plain_rules.method import Method
from plain_rules.values import Cell, has_metric


@dataclass(frozen=True)
class Average:
    """A mean of metric scores, exact and half-up to 2 dp, with the weakest basis of its inputs."""

    exact: Fraction
    rounded: Fraction
    basis: str
    metrics_counted: int
    units_counted: int


def averaged_score(method: Method, cell: Cell) -> Fraction:
    """The score as it enters a mean: unrounded, but for the exception of that metric in that quarter."""
    score = cell.score if cell.score is not None else Fraction(0)
    return half_up(score) if method.is_rounded_before_averaging(cell.metric_id, cell.quarter_id) else score


def average(method: Method, cells: list[Cell]) -> Average | None:
    """The mean over weight units: the mean of the scores present in a unit counts as one."""
    units: dict[str, list[Fraction]] = {}
    counted = [
        cell
        for cell in cells
        if cell.status == "scored"
        and cell.score is not None
        and method.metrics[cell.metric_id].enters_average
    ]
    for cell in counted:
        unit = method.metrics[cell.metric_id].weight_group_id
        units.setdefault(unit, []).append(averaged_score(method, cell))
    if not units:
        return None
    exact = mean(mean(scores) for scores in units.values())
    basis = method.weakest([cell.basis for cell in counted if cell.basis])
    return Average(exact, half_up(exact), basis, len(counted), len(units))


def domain_average(method: Method, domain_id: str, cells: list[Cell], is_complete: bool) -> Average | None:
    """One trust's domain score; in an incomplete trust type only where it has the domain's core metrics."""
    mine = [cell for cell in cells if method.metrics[cell.metric_id].domain_id == domain_id]
    if not mine:
        return None
    if not is_complete:
        core = {
            metric_id
            for metric_id in method.core_metrics[mine[0].trust_type_id]
            if method.metrics[metric_id].domain_id == domain_id
        }
        if not core or not core <= {cell.metric_id for cell in mine if has_metric(cell)}:
            return None
    return average(method, mine)
