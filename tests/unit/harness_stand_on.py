"""What becomes of a model's rows when one of the tables that it reads is empty."""

import re

import duckdb

READ = re.compile(r'"build"\."\w+"\."(\w+)"')
NONE, FEWER, ALL = "none", "fewer", "all"

# Without any of these a model has no row. What else it reads only adds to its rows.
NEEDED = {
    "organisation_quarters": ("run_scope", "oversight_values", "organisation_scope", "trust_types"),
    "scored_quarters": ("run_scope", "quarters"),
    "thresholds_in_force": ("run_scope", "quarters", "thresholds"),
    "trust_type_completeness": ("run_scope", "core_metrics", "frameworks", "organisation_scope"),
    "register_in_force": (
        *("stg_register__entries", "organisation_quarters", "quarters"),
        *("registers", "register_subjects"),
    ),
    "trust_quarters": ("organisation_quarters",),
    "service_applicability": ("register_in_force", "metric_services"),
    # Of the two quarters nothing is decided: a published flag is all there is.
    "programme_memberships": ("trust_quarters", "frameworks", "summary_measures", "oversight_values"),
    "metric_values": (
        *("trust_quarters", "frameworks", "metrics", "metric_applicability"),
        "trust_type_completeness",
    ),
    "benchmarks": ("metric_values", "benchmark_quantiles", "trust_type_completeness"),
    "financial_overrides": ("trust_quarters", "frameworks"),
    "metric_parts": ("metric_values", "metrics", "scoring_families", "pool_trust_types"),
    "value_ranks": ("metric_values", "metrics", "trust_type_completeness"),
    "metric_pools": (
        *("run_scope", "metrics", "scoring_families", "pool_trust_types"),
        "trust_type_completeness",
    ),
    "value_scores": ("metric_values", "metrics", "scoring_families"),
    "matrix_scores": ("metric_values", "matrix_cells", "value_scores", "score_bases"),
    "metric_scores": ("metric_values", "metrics"),
    "delivery_scores": ("trust_quarters", "trust_type_completeness"),
    "domain_scores": ("trust_quarters", "domains", "trust_type_completeness"),
    "system_area_scores": ("metric_scores", "system_area_metrics", "system_adjustment_rules"),
    "cut_points": (
        *("run_scope", "segmentation", "segment_quantiles", "pool_trust_types"),
        "trust_type_completeness",
    ),
    "system_adjustments": ("trust_quarters", "system_adjustment_rules"),
    "score_segments": (
        *("segmentation", "pool_trust_types", "cut_points", "cut_point_bases"),
        *("score_bases", "trust_type_completeness"),
    ),
    "segments": ("delivery_scores", "frameworks", "financial_overrides"),
}
# Some of the rows come from these alone: scores by their family, cut points and segments by their score.
THINNED = {
    "value_scores": ("metric_parts", "value_bands", "label_bands"),
    "cut_points": ("delivery_scores", "domain_scores", "summary_measures"),
    "score_segments": ("delivery_scores", "domain_scores", "summary_measures"),
}


def read_by(query: str) -> list[str]:
    """The tables that a query reads."""
    return sorted(set(READ.findall(query)))


def without(query: str, table: str) -> str:
    """The query, with one of its tables empty."""
    return READ.sub(lambda found: f"(from {found[0]} where false)" if found[1] == table else found[0], query)


def what_is_left(connection: duckdb.DuckDBPyConnection, query: str, table: str) -> str:
    """Whether no rows, fewer rows or as many rows as before are made without a table.

    Raises:
        ValueError: nothing is made of the tables as they are, or more without one of them.
    """
    whole, left = (
        connection.execute(f"select count(*) from ({asked})").fetchall()[0][0]
        for asked in (query, without(query, table))
    )
    if not whole or left > whole:
        raise ValueError(f"{whole} rows, and without {table} {left}")
    return NONE if not left else ALL if left == whole else FEWER


def differing(connection: duckdb.DuckDBPyConnection, model: str, query: str) -> list[str]:
    """The tables without which a model makes other rows than is said here."""
    said = dict.fromkeys(NEEDED[model], NONE) | dict.fromkeys(THINNED.get(model, ()), FEWER)
    return [
        table for table in read_by(query) if what_is_left(connection, query, table) != said.get(table, ALL)
    ]
