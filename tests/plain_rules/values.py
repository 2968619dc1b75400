"""From published rows to cells: what is in hand for each trust, metric and quarter, and the cell's status."""

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from plain_rules.method import Method, Metric


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
    """The rows of one quarter by trust and measure; a companion row (a count beside a rate) is left out."""

    method: Method
    quarter_id: str
    trust_types: dict[str, str]
    by_key: dict[tuple[str, str], Row]

    @classmethod
    def of(cls, method: Method, quarter_id: str, rows: list[Row]) -> "QuarterRows":
        """Take one quarter out of all rows."""
        mine = [row for row in rows if row.quarter_id == quarter_id]
        by_key: dict[tuple[str, str], Row] = {}
        for row in mine:
            metric = method.metrics.get(row.measure_id)
            if metric and metric.companion_unit_label and row.unit_label == metric.companion_unit_label:
                continue
            if (row.trust_code, row.measure_id) in by_key:
                raise ValueError(f"two rows for {row.trust_code}, {row.measure_id} in {quarter_id}")
            by_key[row.trust_code, row.measure_id] = row
        return cls(method, quarter_id, {row.trust_code: row.trust_type_id for row in mine}, by_key)

    def number(self, trust_code: str, measure_id: str) -> Fraction | None:
        """A published number; None where there is no row or a shorthand symbol stands in its place."""
        row = self.by_key.get((trust_code, measure_id))
        if row is None or row.value in self.method.shorthand:
            return None
        return Fraction(row.value)

    def cell(self, trust_code: str, metric: Metric) -> Cell:
        """What the rows alone say of one cell; absence is settled once completeness is known."""
        trust_type_id = self.trust_types[trust_code]
        row = self.by_key.get((trust_code, metric.metric_id))
        published_score = self.number(trust_code, metric.score_id)
        status, value, label = "absent", None, None
        if row is not None and row.value in self.method.shorthand:
            status = self.method.shorthand[row.value]
        elif row is not None:
            status = "scored"
            value = Fraction(row.value) if metric.value_kind == "number" else None
            label = row.value if metric.value_kind == "label" else None
        if published_score is not None:
            status = "scored"
        if status == "scored" and self.never(metric, trust_type_id):
            status = "excluded"
        return Cell(
            quarter_id=self.quarter_id,
            trust_type_id=trust_type_id,
            trust_code=trust_code,
            metric_id=metric.metric_id,
            status=status,
            value=value,
            label=label,
            published_rank=row.published_rank if row is not None else None,
            published_score=published_score,
        )

    def never(self, metric: Metric, trust_type_id: str) -> bool:
        """Whether the metric is never scored for this type of trust."""
        return self.method.applicability.get((metric.metric_id, trust_type_id)) == "never"


def has_metric(cell: Cell) -> bool:
    """Whether the trust has the metric itself (rules 0: OF0xxx is the value), not only a published score."""
    return cell.status == "scored" and (cell.value is not None or cell.label is not None)


def complete_types(method: Method, cells: list[Cell]) -> dict[str, bool]:
    """Rules 1: complete when enough of the expected trusts have each of the type's core metrics."""
    share = Fraction(method.framework["core_metric_share"])
    counts: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        counts[cell.trust_type_id, cell.metric_id] += has_metric(cell)
    return {
        kind: all(counts[kind, metric_id] >= share * expected for metric_id in method.core_metrics[kind])
        for kind, expected in method.expected_trusts.items()
    }


def settle_absence(method: Method, cell: Cell, is_complete: bool) -> Cell:
    """Rules 1: no row is not_applicable, not_reported or absent, by applicability and completeness."""
    if cell.status != "absent":
        return cell
    applicability = method.applicability.get((cell.metric_id, cell.trust_type_id))
    if applicability == "never":
        return replace(cell, status="not_applicable")
    if applicability == "every_trust" and is_complete:
        return replace(cell, status="not_reported")
    return cell
