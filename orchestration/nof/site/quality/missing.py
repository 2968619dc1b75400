"""What is not there: completeness of trust types, cells without a score and why, what is withheld."""

from collections.abc import Sequence

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.glossary import ORIGINS, spaced
from nof.site.look import NONE, figure
from nof.site.marks import explained, link
from nof.site.released import Released, metric_path
from nof.site.table import Cell, Column, Line, Table, cell, ranked, simple

_BY_REASON = (
    "select cell_status, missing_reason, quarter_id, count(*) as cell_count from fct_metric "
    "group by cell_status, missing_reason, quarter_id "
    "order by cell_status <> 'scored', cell_status, missing_reason"
)
_NEWEST = (
    "with newest as (select trust_type_id, max(quarter_id) as quarter_id from fct_segment "
    "group by trust_type_id) "
)
_BY_METRIC = _NEWEST + (
    "select f.metric_id, f.cell_status, count(*) as cell_count from fct_metric as f "
    "join newest using (trust_type_id, quarter_id) group by f.metric_id, f.cell_status"
)
_BY_ORIGIN = (
    "select value_origin, quarter_id, count(*) as value_count from fct_metric where value_origin is not null "
    "group by value_origin, quarter_id order by value_origin"
)
_CORE = (
    "select trust_type_id, string_agg(metric_id, ', ' order by metric_id) as metrics "
    "from method_core_metrics group by trust_type_id"
)


def completeness(released: Released) -> Table:
    """Whether each trust type is complete in each quarter, with what that is counted from."""
    rows = released.rows("select * from fct_completeness order by quarter_id")
    quarters = sorted({row["quarter_id"] for row in rows})
    found = {(row["trust_type_id"], row["quarter_id"]): row for row in rows}
    core = {row["trust_type_id"]: row["metrics"] for row in released.rows(_CORE)}
    lines = []
    for seed in read_seed("reference", "trust_types"):
        type_id = seed["trust_type_id"]
        if any((type_id, quarter) in found for quarter in quarters):
            cells = [Cell(explained(seed["trust_type_label"], f"Core metrics: {core.get(type_id, 'none')}"))]
            for quarter in quarters:
                row = found.get((type_id, quarter))
                cells.append(cell(_whole(row) if row else NONE, data_quarter=quarter))
            lines.append(Line(cells, {"data-type": type_id}))
    labels = [Column(released.quarter_labels.get(quarter, quarter)) for quarter in quarters]
    share = released.rows("select core_metric_share from method_frameworks")[0]["core_metric_share"]
    return Table(
        "Trusts that have the core metric which fewest have, of those there are",
        (Column("Trust type", is_wide=True), *labels),
        lines,
        note=f"Complete: at least {share * 100:.0f} % of the trusts there are have each core metric. A type "
        "that is not complete has no average, no segment and no rank."
        if share is not None
        else "",
    )


def _whole(row: Row) -> object:
    count = figure(row["weakest_core_metric_count"], "fct_completeness.weakest_core_metric_count")
    expected = figure(row["expected_trust_count"], "fct_completeness.expected_trust_count")
    return explained(count + " of " + expected, "complete" if row["is_complete"] else "not complete")


def by_reason(released: Released) -> Table:
    """Cells, one for each trust, metric and quarter, by status and reason."""
    rows = released.rows(_BY_REASON)
    words = {
        row["cell_status"]: row["meaning"] for row in released.rows("select * from method_cell_statuses")
    }
    quarters = [row["quarter_id"] for row in released.quarters]
    keys = list(dict.fromkeys((row["cell_status"], row["missing_reason"]) for row in rows))
    found = {
        (row["cell_status"], row["missing_reason"], row["quarter_id"]): row["cell_count"] for row in rows
    }
    lines = [
        Line(
            (
                Cell(explained(_capital(spaced(status)), reason or words.get(status, ""))),
                *(Cell(found.get((status, reason, quarter), NONE)) for quarter in quarters),
            ),
            {"data-status": status},
        )
        for status, reason in keys
    ]
    return Table(
        "Cells by status and reason: a cell is one trust, metric and quarter",
        (
            Column("Status", is_wide=True),
            *(Column(released.quarter_labels[quarter], is_numeric=True) for quarter in quarters),
        ),
        lines,
    )


def by_metric(released: Released) -> Table:
    """The same for each metric, in the newest quarter of each trust type."""
    rows = released.rows(_BY_METRIC)
    found = {(row["metric_id"], row["cell_status"]): row["cell_count"] for row in rows}
    statuses = ["scored", *sorted({row["cell_status"] for row in rows} - {"scored"})]
    metrics = [
        metric for metric in released.metrics.values() if any(key[0] == metric["metric_id"] for key in found)
    ]
    lines = [
        Line(
            (
                cell(
                    explained(
                        link(metric_path(metric["metric_id"]), metric["metric_label"]), metric["metric_id"]
                    ),
                    metric["metric_label"],
                ),
                *(
                    cell(
                        found.get((metric["metric_id"], status), NONE),
                        found.get((metric["metric_id"], status), 0),
                        data_status=status,
                    )
                    for status in statuses
                ),
            ),
            {"data-metric": metric["metric_id"]},
        )
        for metric in metrics
    ]
    return ranked(
        Table(
            "Trusts by the status of each metric, each trust type in its newest quarter",
            (
                Column("Metric", is_sorted_by=True),
                *(Column(_capital(spaced(each)), is_numeric=True, is_sorted_by=True) for each in statuses),
            ),
            lines,
            is_of_names=True,
        )
    )


def by_origin(released: Released) -> Table:
    """Where the values come from."""
    rows = released.rows(_BY_ORIGIN)
    quarters = [row["quarter_id"] for row in released.quarters]
    found = {(row["value_origin"], row["quarter_id"]): row["value_count"] for row in rows}
    origins = list(dict.fromkeys(row["value_origin"] for row in rows))
    return simple(
        "Values by where they come from",
        ("From", *(released.quarter_labels[quarter] for quarter in quarters)),
        [
            (
                _capital(ORIGINS.get(origin, spaced(origin))),
                *(found.get((origin, quarter), NONE) for quarter in quarters),
            )
            for origin in origins
        ],
        numeric=range(1, len(quarters) + 1),
    )


def withheld(released: Released) -> Table | None:
    """What stays in the build, counted; None where nothing does."""
    rows: Sequence[Row] = released.rows("select * from fct_withheld order by register_label, withheld_part")
    if not rows:
        return None
    return simple(
        "Register entries that are not in the release, whole or in part",
        ("Register", "What is withheld", "Entries", "Why"),
        [
            (
                row["register_label"],
                "the whole entry"
                if row["withheld_part"] == "entry"
                else f"its {spaced(row['withheld_part'])}",
                row["entry_count"],
                row["withheld_reason"],
            )
            for row in rows
        ],
        numeric=(2,),
        wide=(3,),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
