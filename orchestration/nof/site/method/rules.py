"""The rules of the framework with the numbers that are rows of the release: how a value becomes a score."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nof.explain.figures import plain, score
from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.glossary import spaced
from nof.site.look import NONE, figure
from nof.site.marks import explained, link
from nof.site.released import Released, metric_path
from nof.site.standards import since
from nof.site.table import Cell, Column, Line, Table, cell, ranked, simple

FAMILIES: Mapping[str, str] = {
    "rank": "Ranked",
    "rank_with_standard": "Ranked, with a standard",
    "rank_with_floor": "Ranked, with a floor",
    "band": "Banded",
    "matrix": "Looked up in a matrix",
    "none": "Not scored",
}
_ROLES = {
    "component": "scored, in no average: it enters another score",
    "listed": "listed, not scored",
    "contextual": "beside the scores, never scored",
}


def families(released: Released) -> Table:
    """What each family fixes and what it ranks."""
    found = {row["scoring_family"]: row for row in released.rows("select * from method_scoring_families")}
    counts = dict.fromkeys(found, 0)
    for metric in released.metrics.values():
        if metric["metric_role"] in {"scored", "component"}:
            counts[metric["scoring_family"]] += 1
    rows = [
        (
            label,
            _fixed(name, found[name]),
            _ranked(found[name]),
            counts[name],
        )
        for name, label in FAMILIES.items()
        if name in found and name != "none"
    ]
    return simple(
        "How a metric is scored, by family",
        ("Family", "What is fixed", "What is ranked", "Metrics"),
        rows,
        numeric=(3,),
        wide=(1, 2),
    )


def _fixed(name: str, row: Row) -> str:
    if name in {"band", "matrix"}:
        from_what = "value or label" if name == "band" else "two other scores"
        return f"everything: a score for each {from_what}, in the tables below"
    if row["fixed_score"] is None:
        return "nothing"
    if row["fixed_when_met"]:
        return f"who meets the {row['threshold_kind']} scores {score(row['fixed_score'])}"
    return f"who fails the {row['threshold_kind']} scores {score(row['fixed_score'])}"


def _ranked(row: Row) -> str:
    if not row["has_ranked_part"]:
        return "nothing"
    who = {True: "who misses it", False: "who does not fail it"}.get(row["fixed_when_met"], "everybody")
    return (
        f"{who}: from {score(row['ranked_low'])} for the best to {score(row['ranked_high'])} for the worst, "
        "in equal steps from place to place"
    )


def metrics(released: Released) -> Table:
    """Every metric with its family, standard or floor, pool, weight and certainty."""
    groups = {
        row["weight_group_id"]: row["weight_group_label"]
        for row in read_seed("framework", "weight_groups")
        if row["framework_id"] == released.framework_id
    }
    domains = {
        row["domain_id"]: row["display_order"]
        for row in released.rows("select domain_id, display_order from dim_domain")
    }
    rows = sorted(
        released.metrics.values(), key=lambda row: (domains.get(row["domain_id"], 99), row["metric_id"])
    )
    return ranked(
        Table(
            "Every metric, and how it is scored",
            (
                Column("Metric", is_sorted_by=True),
                Column("Domain", is_sorted_by=True),
                Column("Family", is_sorted_by=True),
                Column("Standard or floor"),
                Column("Ranked among", is_sorted_by=True),
                Column("Weight in the average"),
                Column("Certainty", is_sorted_by=True),
            ),
            tuple(_metric(row, groups, since(released, row["metric_id"])) for row in rows),
            is_of_names=True,
            note="Certainty: on what the rule rests; see below. UN begins the identifier of a metric of "
            "which the published one has not been seen.",
        )
    )


def _metric(row: Row, groups: Mapping[str, str], since: str) -> Line:
    if row["enters_average"]:
        weight = groups.get(row["weight_group_id"], "one metric")
    else:
        weight = _ROLES.get(row["metric_role"], "none")
    family = FAMILIES.get(row["scoring_family"], spaced(row["scoring_family"]))
    better = f"better if {row['polarity']}" if row["polarity"] else ""
    return Line(
        (
            cell(
                explained(link(metric_path(row["metric_id"]), row["metric_label"]), row["metric_id"]),
                row["metric_label"],
            ),
            cell(row["domain_label"], row["domain_label"]),
            cell(explained(family, better), row["scoring_family"]),
            cell(threshold(row, since)),
            cell(row["pool_label"], row["pool_label"]),
            cell(weight),
            cell(row["rule_certainty"], row["rule_certainty"]),
        ),
        {"data-metric": row["metric_id"]},
    )


def threshold(row: Row, since: str = "") -> object:
    """A standard or a floor in words, with its unit, and since when where it changed."""
    if row["threshold"] is None:
        return NONE
    comparator = spaced(row["threshold_comparator"] or "")
    unit = f" {row['unit_label']}" if row["unit_label"] else ""
    shown = figure(row["threshold"], "dim_metric.threshold")
    return f"{row['threshold_kind'].capitalize()}: {comparator} " + shown + unit + since


def value_bands(released: Released) -> Table | None:
    """From which value to which a band goes, and what it scores."""
    rows = released.rows("select * from method_value_bands order by metric_id, band_order")
    if not rows:
        return None
    return Table(
        "Bands of values",
        (
            Column("Metric"),
            Column("Value"),
            Column("Score", is_numeric=True),
            Column("Certainty"),
            Column("Source", is_wide=True),
        ),
        tuple(
            Line(
                (
                    Cell(_name(row["metric_id"], released)),
                    Cell(band(row, released.metrics[row["metric_id"]]["unit_label"])),
                    Cell(figure(row["band_score"], "method_value_bands.band_score")),
                    Cell(row["certainty"]),
                    Cell(row["source"]),
                ),
                {"data-metric": row["metric_id"], "data-band": row["band_order"]},
            )
            for row in rows
        ),
        is_of_names=True,
    )


def band(row: Row, unit: str | None) -> str:
    """The values of a band in words."""
    low, high = row["lower_bound"], row["upper_bound"]
    parts = []
    if low is not None:
        parts.append(f"{'from' if row['is_lower_inclusive'] else 'above'} {_plain(low)}")
    if high is not None:
        parts.append(f"{'up to' if row['is_upper_inclusive'] else 'below'} {_plain(high)}")
    return f"{', '.join(parts) or 'any'} {unit or ''}".strip()


def _plain(number: Decimal) -> str:
    return plain(number).replace("-", "−")


def label_bands(released: Released) -> Table | None:
    """What each rating or label scores."""
    rows = released.rows("select * from method_label_bands order by metric_id, band_score, band_label")
    if not rows:
        return None
    return Table(
        "Bands of ratings and labels",
        (Column("Metric"), Column("Rating or label"), Column("Score", is_numeric=True), Column("Certainty")),
        tuple(
            Line(
                (
                    Cell(_name(row["metric_id"], released)),
                    Cell(row["band_label"]),
                    Cell(figure(row["band_score"], "method_label_bands.band_score")),
                    Cell(row["certainty"]),
                ),
                {"data-metric": row["metric_id"], "data-label": row["band_label"]},
            )
            for row in rows
        ),
        is_of_names=True,
    )


def matrices(released: Released) -> tuple[Table, ...]:
    """One table for each metric that is looked up from two others."""
    rows = released.rows("select * from method_matrix_cells order by metric_id, row_score, column_score")
    return tuple(
        _matrix(metric_id, [row for row in rows if row["metric_id"] == metric_id], released)
        for metric_id in dict.fromkeys(row["metric_id"] for row in rows)
    )


def _matrix(metric_id: str, rows: Sequence[Row], released: Released) -> Table:
    label = released.metrics[metric_id]["metric_label"]
    down, across = (
        released.metrics[rows[0][name]]["metric_label"] for name in ("row_metric_id", "column_metric_id")
    )
    columns = sorted({row["column_score"] for row in rows})
    found = {(row["row_score"], row["column_score"]): row for row in rows}
    lines = []
    for down_score in sorted({row["row_score"] for row in rows}):
        cells = [Cell(f"{down} {down_score}")]
        for across_score in columns:
            row = found[down_score, across_score]
            shown = figure(row["cell_score"], "method_matrix_cells.cell_score")
            mark = shown if row["certainty"] == "data" else explained(shown, row["certainty"])
            cells.append(cell(mark, data_column=across_score))
        lines.append(Line(cells, {"data-metric": metric_id, "data-row": down_score}))
    return Table(
        f"{label}: from the scores of {down[:1].lower()}{down[1:]} and {across[:1].lower()}{across[1:]}",
        (Column(f"{down}, score"), *(Column(f"{across} {each}", is_numeric=True) for each in columns)),
        lines,
        note="A cell with a word below it rests on that; the others were recomputed from published files.",
    )


def _name(metric_id: str, released: Released) -> object:
    return explained(link(metric_path(metric_id), released.metrics[metric_id]["metric_label"]), metric_id)
