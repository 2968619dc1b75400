"""Small releases with what the reasons of a segment are read from: a trust, a metric, three cut points."""

from harness_difference import FRAMEWORK, Tables

Q1, Q2 = "2025-26-Q1", "2025-26-Q2"
SEGMENT = {
    "framework_id": FRAMEWORK,
    "quarter_id": Q1,
    "trust_code": "ZZA",
    "trust_type_id": "acute",
    "delivery_status": "scored",
    "average_metric_score": "2.10",
    "metrics_counted": 2,
    "weight_units_counted": 2,
    "unadjusted_segment": 2,
    "segment_low": "2",
    "segment_high": "2.5",
    "has_financial_override": False,
    "override_segment_floor": None,
    "system_segment_steps": 0,
    "adjusted_segment": 2,
    "final_segment": 2,
    "is_in_improvement_programme": False,
    "final_segment_basis": "published",
    "league_rank": 1,
    "league_trust_count": 2,
}
SEGMENT_TYPES = {"average_metric_score": "decimal(6,2)", "segment_low": "decimal(18,6)"} | {
    "segment_high": "decimal(18,6)",
    "has_financial_override": "boolean",
    "is_in_improvement_programme": "boolean",
}
METRIC = {
    "framework_id": FRAMEWORK,
    "quarter_id": Q1,
    "trust_code": "ZZA",
    "metric_id": "OF0005",
    "score_id": "OF1005",
    "cell_status": "scored",
    "value": "70",
    "metric_score": "2.00",
    "metric_score_unrounded": "2.001",
    "enters_average": True,
}
METRIC_TYPES = {
    "value": "decimal(18,4)",
    "metric_score": "decimal(6,2)",
    "metric_score_unrounded": "decimal(18,15)",
    "enters_average": "boolean",
}
REVISIONS = (
    "revision_source varchar, quarter_id varchar, trust_code varchar, measure_id varchar, "
    "figure_kind varchar, version_number bigint, revision_reason varchar, "
    "primary key (revision_source, quarter_id, trust_code, measure_id, figure_kind, version_number)"
)
RECOMPUTED = ("recomputed", Q1, "ZZA", "OF1005", "metric_score")
CUTS = (
    "quarter_id varchar, score_id varchar, cut_partition_id varchar, boundary varchar, segment bigint, "
    "cut_point decimal(18,6), primary key (quarter_id, score_id, cut_partition_id, boundary)"
)
CUT_ROWS = [(Q1, "OF5002", "all", f"{n}/{n + 1}", n, 1.5 + n / 2) for n in (1, 2, 3)]
Row = dict[str, object]


def table_of(rows: list[Row], types: dict[str, str], key: str) -> tuple[str, list[tuple[object, ...]]]:
    """A table with the columns of its rows: text unless another type is given, whole numbers as such."""
    names = list(rows[0])
    columns = [
        f"{name} {types.get(name, 'bigint' if isinstance(rows[0][name], int) else 'varchar')}"
        for name in names
    ]
    return f"{', '.join(columns)}, primary key ({key})", [tuple(row[name] for name in names) for row in rows]


def release(
    segments: list[Row],
    metrics: list[Row] | None = None,
    cuts: list[tuple[object, ...]] = CUT_ROWS,
    revisions: list[tuple[object, ...]] | None = None,
) -> Tables:
    """The tables that the reasons are read from."""
    key = "framework_id, quarter_id, trust_code"
    whole = {name: "bigint" for name, value in SEGMENT.items() if isinstance(value, int)}
    types = whole | SEGMENT_TYPES | {"override_segment_floor": "bigint"}
    tables = {
        "fct_segment": table_of(segments, types, key),
        "fct_metric": table_of(metrics or [METRIC], METRIC_TYPES, f"{key}, metric_id"),
        "fct_cut_point": (CUTS, cuts),
        "method_summary_measures": (
            "measure_id varchar primary key, measure_role varchar",
            [("OF5002", "average_metric_score"), ("OF5000", "adjusted_segment")],
        ),
        "dim_trust": (
            "trust_code varchar primary key, trust_name varchar",
            [(code, f"Trust {code[-1]}") for code in sorted({str(row["trust_code"]) for row in segments})],
        ),
    }
    if revisions is not None:
        tables["fct_revision"] = (REVISIONS, revisions)
    return tables
