"""The sheets of figures in the newest quarter: domains, metric scores, metric values, targets."""

from dataclasses import dataclass
from typing import Any

from nof.companions.workbook.facts import ORGANISATION_COLUMNS, Facts, in_words, unit_in_words
from nof.companions.workbook.model import Cell, Column, Sheet


@dataclass(frozen=True)
class _Metric:
    """What a heading says of a metric."""

    metric_id: str
    label: str
    unit: str | None

    @property
    def heading(self) -> str:
        unit = unit_in_words(self.unit)
        return f"{self.metric_id} {self.label}" + (f" ({unit})" if unit else "")


def domains(facts: Facts) -> list[Sheet]:
    """Score and segment of every scored domain."""
    named = facts.ask(
        "select domain_id, domain_label from {s}.dim_domain where framework_id = ? and is_scored "
        "order by display_order, domain_id",
        facts.candidate.framework_id,
    )
    cells: dict[tuple[str, str], tuple[Cell, Cell]] = {}
    for code, domain_id, status, score, segment in _newest(
        facts, "trust_code, domain_id, domain_status, domain_score, domain_segment", "fct_domain"
    ):
        if status == "scored":
            cells[(code, domain_id)] = (facts.shorthand.filled(score), facts.shorthand.filled(segment))
        else:
            mark = facts.shorthand.of("domain_status", status)
            cells[(code, domain_id)] = (mark, mark)
    empty = (facts.shorthand.empty, facts.shorthand.empty)
    columns = [
        column
        for _, label in named
        for column in (Column(f"{label}: score", 14, "score"), Column(f"{label}: segment", 14, "segment"))
    ]
    rows = [
        (*names, *(cell for domain_id, _ in named for cell in cells.get((code, domain_id), empty)))
        for code, names in facts.organisations("fct_domain", facts.candidate.quarter_id).items()
    ]
    return _sheet(facts, "Domains", "Domain scores and segments", columns, rows)


def metric_scores(facts: Facts) -> list[Sheet]:
    """Score of every metric, a column for each that anyone has a score of."""
    found = _newest(facts, "trust_code, metric_id, cell_status, metric_score", "fct_metric")
    return _by_metric(facts, "Metric_scores", "Metric scores", found, note_id="score", with_unit=False)


def metric_values(facts: Facts) -> list[Sheet]:
    """What organisations achieved, a column for each metric that anyone has a value of."""
    found = [
        (code, metric_id, status, value if value is not None else label)
        for code, metric_id, status, value, label in _newest(
            facts, "trust_code, metric_id, cell_status, value, value_label", "fct_metric"
        )
    ]
    return _by_metric(facts, "Metric_values", "Metric values", found, note_id="value", with_unit=True)


def targets(facts: Facts) -> list[Sheet]:
    """The target of each organisation and whether it is met, two columns for each target."""
    found = _newest(
        facts, "trust_code, metric_id, target_id, target_label, target_value, is_on_target", "fct_target"
    )
    named = sorted({(metric_id, target_id, label) for _, metric_id, target_id, label, *_ in found})
    cells = {
        (code, metric_id, target_id): (
            facts.shorthand.filled(value),
            facts.shorthand.filled(in_words(is_met)),
        )
        for code, metric_id, target_id, _, value, is_met in found
    }
    none = (facts.shorthand.does_not_apply, facts.shorthand.does_not_apply)
    columns = [
        column
        for metric_id, _, label in named
        for column in (
            Column(f"{metric_id} {label}: target", 18, "target"),
            Column(f"{metric_id} {label}: met", 18, "target"),
        )
    ]
    rows = [
        (
            *names,
            *(
                cell
                for metric_id, target_id, _ in named
                for cell in cells.get((code, metric_id, target_id), none)
            ),
        )
        for code, names in facts.organisations("fct_target", facts.candidate.quarter_id).items()
    ]
    return _sheet(facts, "Targets", "Targets and whether they are met", columns, rows)


def _by_metric(
    facts: Facts, name: str, what: str, found: list[tuple[Any, ...]], *, note_id: str, with_unit: bool
) -> list[Sheet]:
    """One row for each organisation and one column for each metric that has a figure."""
    with_figure = {metric_id for _, metric_id, _, figure in found if figure is not None}
    metrics = [
        _Metric(metric_id, label, unit if with_unit else None)
        for metric_id, label, unit in facts.ask(
            "select metric_id, metric_label, unit_label from {s}.dim_metric where framework_id = ? "
            "order by metric_id",
            facts.candidate.framework_id,
        )
        if metric_id in with_figure
    ]
    cells: dict[tuple[str, str], Cell] = {}
    for code, metric_id, status, figure in found:
        if figure is not None:
            cells[(code, metric_id)] = figure
        elif status == "scored":  # a score without a value in hand, or a value without a score
            cells[(code, metric_id)] = facts.shorthand.empty
        else:
            cells[(code, metric_id)] = facts.shorthand.of("cell_status", status)
    rows = [
        (*names, *(cells.get((code, metric.metric_id), facts.shorthand.does_not_apply) for metric in metrics))
        for code, names in facts.organisations("fct_metric", facts.candidate.quarter_id).items()
    ]
    return _sheet(facts, name, what, [Column(metric.heading, 22, note_id) for metric in metrics], rows)


def _newest(facts: Facts, columns: str, table: str) -> list[tuple[Any, ...]]:
    """Columns of a fact table in the newest quarter."""
    return facts.ask(
        f"select {columns} from {{s}}.{table} where framework_id = ? and quarter_id = ?",
        facts.candidate.framework_id,
        facts.candidate.quarter_id,
    )


def _sheet(
    facts: Facts, name: str, what: str, columns: list[Column], rows: list[tuple[Cell, ...]]
) -> list[Sheet]:
    """The sheet, or none where no organisation has a figure of its kind."""
    if not rows or not columns:
        return []
    return [
        Sheet(
            name=name,
            title=facts.titled(what),
            about=(),
            columns=(*ORGANISATION_COLUMNS, *columns),
            rows=rows,
        )
    ]
