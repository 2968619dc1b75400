"""From published rows to cells: what is in hand for each trust, metric and quarter, and the cell's status."""

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from plain_rules.method import Method, Metric
from plain_rules.registers import Registers


@dataclass(frozen=True)
class Row:
    """One published row: a value, a label or a shorthand symbol, as text, with the published rank if any."""

    quarter_id: str
    trust_type_id: str
    trust_code: str
    measure_id: str
    unit_label: str
    value: str
    published_rank: int | None = None


@dataclass(frozen=True)
class Cell:
    """One trust x metric x quarter: what is in hand, and once scored what was made of it."""

    quarter_id: str
    trust_type_id: str
    trust_code: str
    metric_id: str
    status: str
    missing_reason: str | None = None
    shorthand_status: str | None = None
    value: Fraction | None = None
    label: str | None = None
    published_rank: int | None = None
    published_score: Fraction | None = None
    partition: str | None = None
    rank: int | None = None
    ranked_count: int | None = None
    score: Fraction | None = None
    basis: str | None = None
    is_restored: bool = False


@dataclass(frozen=True)
class QuarterRows:
    """The rows of one quarter by organisation and measure, without companion rows (a count beside a rate).

    `organisations` holds everyone that the framework speaks of, `trust_types` those it puts into segments: an
    organisation with contextual metrics only reaches no pool, no mean and no cut point (rules 7).
    """

    method: Method
    quarter_id: str
    organisations: dict[str, str]
    trust_types: dict[str, str]
    by_key: dict[tuple[str, str], Row]

    @classmethod
    def of(cls, method: Method, quarter_id: str, rows: list[Row]) -> "QuarterRows":
        """Take one quarter out of all rows."""
        mine = [row for row in rows if row.quarter_id == quarter_id and row.trust_type_id in method.scope]
        by_key: dict[tuple[str, str], Row] = {}
        for row in mine:
            metric = method.metrics.get(row.measure_id)
            if row.measure_id not in method.measures_scored_from:
                continue
            if metric and metric.companion_unit_label and row.unit_label == metric.companion_unit_label:
                continue
            if (row.trust_code, row.measure_id) in by_key:
                raise ValueError(f"two rows for {row.trust_code}, {row.measure_id} in {quarter_id}")
            by_key[row.trust_code, row.measure_id] = row
        organisations = {row.trust_code: row.trust_type_id for row in mine}
        segmented = {code: kind for code, kind in organisations.items() if method.scope[kind]}
        return cls(method, quarter_id, organisations, segmented, by_key)

    def number(self, trust_code: str, measure_id: str) -> Fraction | None:
        """A published number; None where there is no row or a shorthand symbol stands in its place."""
        row = self.by_key.get((trust_code, measure_id))
        if row is None or row.value in self.method.shorthand:
            return None
        return Fraction(row.value)

    def cells(self) -> list[Cell]:
        """What the rows alone say of each metric of each organisation that can be scored on it."""
        return [
            self.cell(trust_code, metric)
            for trust_code, kind in self.trust_types.items()
            for metric in self.method.metrics.values()
            if (metric.metric_id, kind) in self.method.applicability
        ]

    def cell(self, trust_code: str, metric: Metric) -> Cell:
        """What the rows alone say of one cell; its status is settled once completeness is known."""
        row = self.by_key.get((trust_code, metric.metric_id))
        is_adopting = self.method.framework["adopts_published_scores"] == "true"
        shorthand = self.method.shorthand.get(row.value) if row is not None else None
        value, label = None, None
        if row is not None and shorthand is None:
            value = Fraction(row.value) if metric.value_kind == "number" else None
            label = row.value if metric.value_kind == "label" else None
        return Cell(
            quarter_id=self.quarter_id,
            trust_type_id=self.trust_types[trust_code],
            trust_code=trust_code,
            metric_id=metric.metric_id,
            status="absent",
            shorthand_status=shorthand,
            value=value,
            label=label,
            published_rank=row.published_rank if row is not None else None,
            published_score=self.number(trust_code, metric.score_id) if is_adopting else None,
        )


def has_metric(cell: Cell) -> bool:
    """Whether the value itself is in hand (rules 0: OF0xxx), not only a published score.

    A register that takes the metric out of the score does not take the value out of the file.
    """
    return cell.value is not None or cell.label is not None


def complete_types(method: Method, cells: list[Cell]) -> dict[str, bool]:
    """Rules 1: complete when enough of the expected trusts have each of the type's core metrics."""
    share = Fraction(method.framework["core_metric_share"])
    counts: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        counts[cell.trust_type_id, cell.metric_id] += has_metric(cell)
    return {
        kind: all(counts[kind, metric_id] >= share * expected for metric_id in method.core_metrics[kind])
        for kind, expected in method.expected_counts.items()
    }


def settle(method: Method, cell: Cell, registers: Registers, *, is_complete: bool) -> Cell:
    """Rules 1 and 7: the status of a cell and why it has no score; the first line that fits decides.

    In a type that is not complete a missing row says nothing about the organisation.
    """
    applicability = method.applicability[cell.metric_id, cell.trust_type_id]
    runs_service = registers.runs_service(cell.trust_code, cell.metric_id)
    is_never = applicability == "never"
    is_in_hand = has_metric(cell) or cell.published_score is not None
    is_expected = applicability == "every_trust"
    causes: list[tuple[bool | None, str, str | None]] = [
        (registers.is_excluded(cell.trust_code, cell.metric_id), "excluded", "excluded_by_register"),
        (is_in_hand and is_never, "excluded", "excluded_by_framework"),
        (is_in_hand, "scored", None),
        (cell.shorthand_status is not None, cell.shorthand_status or "", "shorthand"),
        (is_never, "not_applicable", "not_for_this_trust_type"),
        (runs_service is False, "not_applicable", "service_not_run"),
        (runs_service and is_complete, "not_reported", "service_run_no_row"),
        (is_expected and is_complete, "not_reported", "every_trust_reports"),
        (True, "absent", "no_row"),
    ]
    status, reason = next((status, reason) for fits, status, reason in causes if fits)
    return replace(cell, status=status, missing_reason=reason)
