"""How old the values are: the newest period of each metric, and what the calendar says could be there."""

from collections.abc import Mapping

from nof.explain.rows import Row
from nof.site.look import NONE, figure, shown
from nof.site.marks import explained, link
from nof.site.released import Released, metric_path
from nof.site.table import Column, Line, Table, cell, ranked

STATUSES: Mapping[str, str] = {
    "latest": "no later period is possible",
    "behind": "a later period should already be there",
    "ahead": "later than the calendar says is possible",
    "period_not_said": "the published text names no period",
    "no_text": "no trust has a text of the period",
    "not_by_calendar": "not by the calendar",
}
_NEWEST = (
    "with newest as (select trust_type_id, max(quarter_id) as quarter_id from fct_segment "
    "group by trust_type_id), ages as (select trust_type_id, quarter_id, metric_id, "
    "max(age_days_at_quarter_end) as oldest_days, "
    "count(*) filter (is_unchanged_since_previous_quarter) as unchanged_count from fct_data_age "
    "group by trust_type_id, quarter_id, metric_id) "
)
_ROWS = _NEWEST + (
    "select p.*, a.oldest_days, a.unchanged_count from fct_latest_period as p "
    "join newest using (trust_type_id, quarter_id) "
    "left join ages as a using (trust_type_id, quarter_id, metric_id) where p.cell_count > 0 "
    "order by p.months_behind desc nulls last, a.oldest_days desc nulls last, p.metric_id, p.trust_type_id"
)
_COUNTS = _NEWEST + (
    "select latest_status, count(*) as metric_count from fct_latest_period "
    "join newest using (trust_type_id, quarter_id) where cell_count > 0 group by latest_status"
)


def counts(released: Released) -> tuple[tuple[str, int], ...]:
    """How many metrics of a trust type have each status, in words."""
    found = {row["latest_status"]: row["metric_count"] for row in released.rows(_COUNTS)}
    return tuple((words, found[status]) for status, words in STATUSES.items() if status in found)


def ages(released: Released) -> Table:
    """Each metric of each trust type in its newest quarter, what is furthest behind first."""
    types = {each.trust_type_id: each.label for each in released.types}
    return ranked(
        Table(
            "How old each metric is, each trust type in its newest quarter",
            (
                Column("Metric", is_sorted_by=True),
                Column("Trust type", is_sorted_by=True),
                Column("Newest period ends", is_sorted_by=True),
                Column("Latest possible ends", is_sorted_by=True),
                Column(
                    "Oldest value, days before the end of the quarter", is_numeric=True, is_sorted_by=True
                ),
                Column("As in the quarter before, trusts", is_numeric=True, is_sorted_by=True),
                Column("What that says", is_wide=True, is_sorted_by=True),
            ),
            tuple(_line(row, released, types) for row in released.rows(_ROWS)),
            is_of_names=True,
            note="Below 0: the period ends after the quarter, as a plan for the year does.",
        )
    )


def _line(row: Row, released: Released, types: Mapping[str, str]) -> Line:
    metric = released.metrics[row["metric_id"]]
    status = STATUSES.get(row["latest_status"], row["latest_status"])
    behind = row["months_behind"]
    told = explained(status, f"{behind} months behind") if row["latest_status"] == "behind" else status
    unchanged = row["unchanged_count"]
    days = row["oldest_days"]
    return Line(
        (
            cell(
                explained(
                    link(metric_path(metric["metric_id"]), metric["metric_label"]), metric["metric_id"]
                ),
                metric["metric_label"],
            ),
            cell(types[row["trust_type_id"]], row["trust_type_id"]),
            cell(
                figure(
                    row["published_end_date"],
                    "fct_latest_period.published_end_date",
                    shown(row["published_end_date"]),
                ),
                row["published_end_date"],
            ),
            cell(
                figure(
                    row["latest_end_date"], "fct_latest_period.latest_end_date", shown(row["latest_end_date"])
                ),
                row["latest_end_date"],
            ),
            cell(NONE if days is None else str(days).replace("-", "−"), days),
            cell(unchanged, unchanged),
            cell(told, row["latest_status"]),
        ),
        {
            "data-metric": metric["metric_id"],
            "data-type": row["trust_type_id"],
            "data-quarter": row["quarter_id"],
        },
    )
