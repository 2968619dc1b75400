"""The part of a metric's page that is about one trust type: its newest quarter, period, age and charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from nof.explain.figures import counted
from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.model import Drawing
from nof.site.nation.metric_charts import distribution, trend
from nof.site.nation.metric_read import MetricRows
from nof.site.nation.metric_rows import NOT_APPLICABLE, has_figure
from nof.site.nation.words import LATEST, day
from nof.site.released import Released
from nof.site.standards import by_quarter, in_quarter


@dataclass(frozen=True)
class TypePart:
    """A trust type, or integrated care boards, on the page of a metric.

    Attributes:
        trust_type_id: the type.
        label: of it.
        slug: in an id.
        quarter_id: the newest with a figure; the newest in hand where there is none.
        figure_count: organisations with a value, a label or a score.
        applicable_count: organisations that the metric is about.
        periods: sentences about the period of the values and their age.
        charts: drawings.
        is_scored_kind: whether the organisations have pages of their own.
    """

    trust_type_id: str
    label: str
    slug: str
    quarter_id: str
    figure_count: int
    applicable_count: int
    periods: tuple[str, ...]
    charts: tuple[Drawing, ...]
    is_scored_kind: bool


def type_parts(
    released: Released, metric: Row, rows: MetricRows, labels: Sequence[str]
) -> tuple[TypePart, ...]:
    """The types that the metric is about, in the order of the framework."""
    made = []
    scored_kinds = {kind.trust_type_id for kind in released.types}
    for seed in read_seed("reference", "trust_types"):
        trust_type_id, label = seed["trust_type_id"], seed["trust_type_label"]
        own = [row for row in rows.cells if row["trust_type_id"] == trust_type_id]
        applicable = [row for row in own if row["status"] != NOT_APPLICABLE]
        if not applicable:
            continue
        quarter_id = own[0]["quarter_id"]
        is_scored_kind = trust_type_id in scored_kinds
        made.append(
            TypePart(
                trust_type_id=trust_type_id,
                label=label,
                slug=trust_type_id.replace("_", "-"),
                quarter_id=quarter_id,
                figure_count=sum(has_figure(row) for row in applicable),
                applicable_count=len(applicable),
                periods=_periods(rows, trust_type_id, quarter_id) if is_scored_kind else (),
                charts=_charts(released, metric, rows, applicable, labels) if is_scored_kind else (),
                is_scored_kind=is_scored_kind,
            )
        )
    return tuple(made)


def _charts(
    released: Released, metric: Row, rows: MetricRows, applicable: Sequence[Row], labels: Sequence[str]
) -> tuple[Drawing, ...]:
    kind, quarter_id = released.type_of(applicable[0]["trust_type_id"]), applicable[0]["quarter_id"]
    now = distribution(
        in_quarter(released, metric, quarter_id),
        applicable,
        plural=kind.plural,
        slug=kind.slug,
        quarter_label=released.quarter_labels[quarter_id],
        labels=labels,
    )
    over_time = trend(
        metric,
        [row for row in rows.benchmarks if row["trust_type_id"] == kind.trust_type_id],
        released.quarter_labels,
        by_quarter(released, metric["metric_id"]),
        plural=kind.plural,
        slug=kind.slug,
    )
    return tuple(each for each in (now, over_time) if each is not None)


def _periods(rows: MetricRows, trust_type_id: str, quarter_id: str) -> tuple[str, ...]:
    """The texts of the period as published, how old the values are, and whether newer ones are possible."""
    mine = [
        row for row in rows.ages if row["trust_type_id"] == trust_type_id and row["quarter_id"] == quarter_id
    ]
    made = [
        f"Period as published: “{row['reporting_period_label']}”{_span(row)}"
        + (f" ({counted(row['trust_count'], 'trust')})." if len(mine) > 1 else ".")
        for row in mine
    ]
    latest = next(
        (
            row
            for row in rows.latest
            if row["trust_type_id"] == trust_type_id and row["quarter_id"] == quarter_id
        ),
        None,
    )
    if latest is not None:
        said = LATEST[latest["latest_status"]]
        behind = latest["months_behind"]
        if latest["latest_status"] == "behind":
            said = f"{said}: {counted(behind, 'month')} later, up to {day(latest['latest_end_date'])}"
        made.append(f"{said[:1].upper()}{said[1:]}.")
    return tuple(made)


def _span(row: Row) -> str:
    start, end, age = row["period_start_date"], row["period_end_date"], row["age_days_at_quarter_end"]
    if start is None or end is None:
        return ""
    if age is None:
        return f", {day(start)} to {day(end)}"
    if age > 0:
        said = f"it ended {counted(age, 'day')} before the quarter did"
    elif age < 0:
        said = f"it ends {counted(-age, 'day')} after the quarter"
    else:
        said = "it ended with the quarter"
    return f", {day(start)} to {day(end)}: {said}"
