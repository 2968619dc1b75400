"""The rules from an average to a segment and to what follows, with the numbers in the release."""

from nof.explain.figures import cut
from nof.explain.rows import Row
from nof.site.glossary import spaced
from nof.site.look import NONE, figure
from nof.site.released import Released
from nof.site.table import Cell, Column, Line, Table, cell, simple

_CUTS = (
    "select c.*, coalesce(d.domain_label, m.measure_label) as score_label from fct_cut_point as c "
    "left join dim_domain as d on d.domain_id = c.score_id "
    "left join method_summary_measures as m on m.measure_id = c.score_id "
    "where c.quarter_id = (select max(quarter_id) from fct_cut_point) "
    "order by d.domain_id is not null, d.display_order, c.cut_partition_id, c.quantile, c.boundary"
)
_CUT_BASES = {
    "observed": "observed: the middle between what was seen inside and outside",
    "computed": "computed from all trusts",
    "fixed": "fixed by the framework",
    "carried_forward": "carried forward",
    "computed_partial_pool": "computed from a partial pool",
}


def cut_points(released: Released) -> Table | None:
    """The scores that part the segments in the newest quarter that has any; None where no quarter has."""
    rows = released.rows(_CUTS)
    if not rows:
        return None
    boundaries = list(dict.fromkeys(row["boundary"] for row in sorted(rows, key=lambda row: row["segment"])))
    keys = list(dict.fromkeys((row["score_id"], row["cut_partition_id"]) for row in rows))
    found = {(row["score_id"], row["cut_partition_id"], row["boundary"]): row for row in rows}
    quarter_id = rows[0]["quarter_id"]
    lines = []
    for key in keys:
        own = [found[(*key, boundary)] for boundary in boundaries if (*key, boundary) in found]
        of_type = "" if key[1] == "all" else f", {spaced(key[1])}"
        cells = [Cell(f"{own[0]['score_label'] or key[0]}{of_type}")]
        for boundary in boundaries:
            row = found.get((*key, boundary))
            cells.append(cell(_cut(row), data_boundary=boundary))
        basis = own[0]["cut_point_basis"]
        cells += [
            Cell(figure(own[0]["trusts_counted"], "fct_cut_point.trusts_counted")),
            Cell(_CUT_BASES.get(basis, spaced(basis))),
        ]
        lines.append(Line(cells, {"data-score": key[0], "data-quarter": quarter_id}))
    quarter = released.quarter_labels.get(quarter_id, quarter_id)
    return Table(
        f"Cut points of {quarter}: a score at one is in the better segment",
        (
            Column("Score"),
            *(
                Column(f"Between {boundary.replace('/', ' and ')}", is_numeric=True)
                for boundary in boundaries
            ),
            Column("Trusts counted", is_numeric=True),
            Column("Basis", is_wide=True),
        ),
        lines,
    )


def _cut(row: Row | None) -> object:
    if row is None or row["cut_point"] is None:
        return NONE
    return figure(row["cut_point"], "fct_cut_point.cut_point", cut(row["cut_point"]))


def quantiles(released: Released) -> str:
    """Which share of the trusts each boundary leaves below it; empty where the cut points are fixed."""
    rows = released.rows(
        "select distinct boundary, quantile from fct_cut_point where quantile is not null order by quantile"
    )
    return ", ".join(
        f"{row['quantile'] * 100:.0f} % for the one between {row['boundary'].replace('/', ' and ')}"
        for row in rows
    )


def consequences(released: Released) -> Table | None:
    """What follows from a segment or a low score; None where nothing does."""
    rows = released.rows("select * from method_consequences order by consequence_kind, consequence_id")
    if not rows:
        return None
    areas = {
        row["priority_area_id"]: row
        for row in released.rows(
            "select priority_area_id, priority_area_label, low_score_at_least, "
            "string_agg(metric_id, ', ' order by metric_id) as metrics from method_priority_areas "
            "group by priority_area_id, priority_area_label, low_score_at_least"
        )
    }
    return simple(
        "What follows from a segment or from low scores",
        ("What follows", "When", "Certainty", "Source"),
        [(row["consequence_label"], _when(row, areas), row["certainty"], row["source"]) for row in rows],
        wide=(1, 3),
    )


def _when(row: Row, areas: dict[str, Row]) -> str:
    kind = row["trigger_kind"]
    if kind == "always":
        return "always"
    if kind == "priority_area_score":
        area = areas.get(row["priority_area_id"])
        if area is None:
            return spaced(row["priority_area_id"])
        label = area["priority_area_label"]
        return (
            f"the mean score in {label[:1].lower()}{label[1:]} is {area['low_score_at_least']} or worse "
            f"({area['metrics']})"
        )
    low, high = row["segment_low"], row["segment_high"]
    which = f"{low}" if low == high else f"{low} to {high}"
    return f"{spaced(kind)} {which}"
