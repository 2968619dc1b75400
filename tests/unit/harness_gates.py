"""Small DuckDB builds for the tests of the gates: four invented trusts that every suite passes."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import harness_gates_beyond
import harness_gates_context
import harness_gates_distance
import harness_gates_history
import harness_gates_measures
import harness_gates_moved
import harness_gates_peers
import harness_gates_periods
import harness_gates_ranges
import harness_gates_reconciliation
import harness_gates_registers
import harness_gates_response
import harness_gates_sensitivity
import harness_gates_series
import harness_gates_sources

from nof.project import project_root

# Before any test imports Great Expectations itself: it reports home unless told not to.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

# The tables of suites whose cases have a module of their own, by gate.
MORE_TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "landed": (harness_gates_registers.LANDED_TABLES, harness_gates_sources.LANDED_TABLES),
    "scored": (
        harness_gates_beyond.SCORED_TABLES,
        harness_gates_context.SCORED_TABLES,
        harness_gates_history.SCORED_TABLES,
        harness_gates_ranges.SCORED_TABLES,
        harness_gates_peers.SCORED_TABLES,
        harness_gates_measures.SCORED_TABLES,
        harness_gates_periods.SCORED_TABLES,
        harness_gates_moved.SCORED_TABLES,
        harness_gates_distance.SCORED_TABLES,
        harness_gates_response.SCORED_TABLES,
        harness_gates_series.SCORED_TABLES,
        harness_gates_reconciliation.SCORED_TABLES,
        harness_gates_sensitivity.SCORED_TABLES,
    ),
}

QUARTER = "2025-26-Q1"
FRAMEWORK = "nof-2025-26"
TRUSTS = ("ZZ1", "ZZ2", "ZZ3", "ZZ4V5")

# measure, unit, value as published, its number
MEASURES: tuple[tuple[str, str, str, str | None], ...] = (
    ("OF0061", "out of 10", "6.5", "6.5"),
    ("OF0084", "out of 10", "7.0", "7.0"),
    ("OF0079", "%", "-1.5", "-1.5"),
    ("OF0081", "%", "0.0", "0"),
    ("OF0082", "%", "5.25", "5.25"),
    ("OF0085", "%", "-2.0", "-2"),
    ("OF0086", "%", "101.5", "101.5"),
    ("OF0017", "minutes", "29.5", "29.5"),
    ("OF0025", "days", "0.75", "0.75"),
    ("OF0020", "count", "3.0", "3"),
    ("OF0048", "rate", "0.9", "0.9"),
    ("OF0041", "percentage points", "-4.2", "-4.2"),
    ("OF0067", "rating", "Good", None),
    ("OF1061", "score", "1.0", "1"),
    ("OF4000", "score", "2.5", "2.5"),
    ("OF5000", "segment", "2.0", "2"),
    ("OF5005", "segment", "5.0", "5"),
    ("OF5004", "flag", "1.0", "1"),
)


def write_suite(directory: Path, gate: str, name: str, expectations: Sequence[Any], **keys: Any) -> Path:
    """Write a suite file as it stands, good or bad."""
    path = directory / gate / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    suite = {"suite": name, "relation": "staging.things", "expectations": list(expectations)} | keys
    path.write_text(json.dumps(suite), encoding="utf-8")
    return path


def expectation(
    identity: str, kind: str = "expect_column_values_to_be_between", **keys: Any
) -> dict[str, Any]:
    """An expectation that the value lies within 0 and 100, but for what `keys` says."""
    return {
        "id": identity,
        "type": kind,
        "kwargs": {"column": "value_number", "min_value": 0, "max_value": 100},
        "severity": "critical",
        "meaning": "Values lie between 0 and 100.",
        "remedy": "Correct the value.",
        "owner_role": "data supplier",
    } | keys


def execute(database: Path, *statements: str) -> None:
    """Run statements in a connection of their own."""
    connection = duckdb.connect(str(database))
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def build_things(database: Path, rows: str) -> None:
    """One relation, staging.things, with the columns that place a row."""
    execute(
        database,
        "create schema staging",
        "create table staging.things (file_id varchar, row_number bigint, quarter_id varchar, "
        "trust_code varchar, measure_id varchar, value_number decimal(28, 10))",
        "create table staging.stg_nhse__files as select 'f1' as file_id, 'acute.csv' as file_name",
        *([f"insert into staging.things values {rows}"] if rows else []),
    )


def _create_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    for folder in ("framework", "reference"):
        connection.execute(f"create schema {folder}")
        for path in sorted((project_root() / "seeds" / folder).glob("*.csv")):
            connection.execute(f"create table {folder}.{path.stem} as select * from read_csv('{path}')")
    # The invented nation is whole with four trusts.
    connection.execute(f"update framework.organisation_scope set expected_trust_count = {len(TRUSTS)}")


def build_landed(database: Path) -> None:
    """A staged build that the landed gate passes."""
    connection = duckdb.connect(str(database))
    try:
        _create_seeds(connection)
        connection.execute("create schema staging")
        connection.execute(
            """
            create table staging.stg_nhse__oversight_data (
                file_id varchar, row_number bigint, quarter_id varchar, trust_type_id varchar,
                trust_code varchar, trust_name varchar, trust_subtype_label varchar, region_label varchar,
                domain_label varchar, sub_domain_label varchar, measure_id varchar, measure_label varchar,
                reporting_period_label varchar, unit_label varchar, value_text varchar,
                shorthand_status varchar, value_number decimal(28, 10), median_value decimal(28, 10),
                lower_quartile_value decimal(28, 10), upper_quartile_value decimal(28, 10),
                published_rank bigint
            )
            """
        )
        row_number = 1
        for measure, unit, text, number in MEASURES:
            for place, trust in enumerate(TRUSTS, start=1):
                row_number += 1
                benchmarks = (2, 1, 3, place) if measure == "OF0061" else (None, None, None, None)
                cells = (
                    QUARTER,
                    "acute",
                    trust,
                    f"Invented {trust}",
                    "Acute - Large",
                    "London",
                    "Summary",
                    "Summary",
                )
                connection.execute(
                    f"insert into staging.stg_nhse__oversight_data values ({', '.join('?' * 21)})",
                    [
                        "f1",
                        row_number,
                        *cells,
                        measure,
                        measure,
                        "Jun-25",
                        unit,
                        text,
                        None,
                        number,
                        *benchmarks,
                    ],
                )
        connection.execute(
            "create table staging.stg_nhse__files as select 'f1' as file_id, 'acute.csv' as file_name, "
            f"'oversight_data' as file_kind, '{'0a' * 32}' as sha256, cast(5000 as bigint) as byte_count, "
            f"cast({row_number - 1} as bigint) as row_count, date '2025-09-09' as landed_date"
        )
        connection.execute(
            "create table staging.stg_nhse__league_table as select 'f2' as file_id, row_number, quarter_id, "
            "trust_type_id, trust_code, cast(2.5 as decimal(28, 10)) as average_score, "
            "cast(2 as bigint) as segment, false as is_in_deficit, cast(1 as bigint) as league_rank "
            "from staging.stg_nhse__oversight_data where measure_id = 'OF0061'"
        )
        for statement in (each for more in MORE_TABLES["landed"] for each in more):
            connection.execute(statement)
    finally:
        connection.close()


def build_scored(database: Path) -> None:
    """A scored build of four trusts, one in each segment, that the scored gate passes."""
    connection = duckdb.connect(str(database))
    grain = f"'{FRAMEWORK}' as framework_id, '{QUARTER}' as quarter_id"
    trusts = ", ".join(f"('{trust}', {number})" for number, trust in enumerate(TRUSTS, start=1))
    try:
        _create_seeds(connection)
        connection.execute("create schema scoring")
        connection.execute("create schema insight")
        connection.execute(
            f"create table main.trusts as select * from (values {trusts}) as t (trust_code, n)"
        )
        for statement in (*SCORED_TABLES, *(each for more in MORE_TABLES["scored"] for each in more)):
            connection.execute(statement.format(grain=grain))
    finally:
        connection.close()


SCORED_TABLES = (
    """
    create table insight.spine_counts as
    select {grain}, 4 as expected_cell_count, 4 as metric_value_count, 4 as metric_score_count
    """,
    """
    create table scoring.metric_values as
    select
        {grain}, trust_code, 'OF0082' as metric_id, 'scored' as cell_status,
        cast(5 as decimal(28, 10)) as value_number, cast(null as varchar) as value_label,
        'framework_file' as value_origin, quarter_id as value_quarter_id, 'f1' as file_id,
        cast(n + 1 as bigint) as row_number,
        cast(null as varchar) as missing_reason_id, cast(null as varchar) as status_file_id,
        cast(null as bigint) as status_row_number
    from main.trusts
    """,
    """
    create table scoring.scored_quarters as
    select {grain}, false as is_forecast, cast(null as varchar) as carried_quarter_id
    """,
    """
    create table scoring.metric_scores as
    select
        {grain}, trust_code, 'OF0082' as metric_id, 'scored' as cell_status,
        cast(n as decimal(18, 15)) as metric_score, 'computed' as score_basis,
        cast(n as bigint) as pool_rank, cast(4 as bigint) as ranked_count
    from main.trusts
    """,
    """
    create table scoring.domain_scores as
    select
        {grain}, trust_code, 'OF4004' as domain_id, 'acute' as trust_type_id, 'scored' as domain_status,
        cast(n as decimal(18, 15)) as domain_score_unrounded, cast(n as decimal(6, 2)) as domain_score,
        'computed' as domain_score_basis, cast(n as decimal(18, 15)) as lowest_part_score,
        cast(n as decimal(18, 15)) as highest_part_score
    from main.trusts
    """,
    """
    create table scoring.delivery_scores as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'scored' as delivery_status,
        cast(n as decimal(18, 15)) as average_metric_score_unrounded,
        cast(n as decimal(6, 2)) as average_metric_score, 'computed' as average_basis,
        cast(n as decimal(18, 15)) as lowest_part_score, cast(n as decimal(18, 15)) as highest_part_score
    from main.trusts
    """,
    """
    create table scoring.segments as
    select
        {grain}, trust_code, 'acute' as trust_type_id, cast(n as bigint) as unadjusted_segment,
        'computed' as cut_point_basis, false as has_financial_override,
        cast(3 as bigint) as override_segment_floor, cast(0 as bigint) as system_segment_steps,
        cast(n as bigint) as adjusted_segment, cast(n as bigint) as final_segment,
        'published' as final_segment_basis, cast(n as bigint) as league_rank,
        cast(4 as bigint) as league_trust_count, true as is_override_consistent,
        true as is_incomplete_respected
    from main.trusts
    """,
    """
    create table scoring.trust_type_completeness as
    select {grain}, 'acute' as trust_type_id, true as is_complete
    """,
    """
    create table insight.agreement as
    select
        {grain}, figure_kind, 'acute' as trust_type_id, cast(100 as bigint) as published_count,
        cast(90 as bigint) as compared_count, cast(90 as bigint) as agreed_count,
        cast(0 as bigint) as differs_count, cast(10 as bigint) as adopted_count,
        cast(0 as bigint) as restored_count, cast(0 as bigint) as not_computed_count,
        cast(1 as decimal(9, 6)) as agreed_share
    from (values ('metric_score'), ('benchmark_median')) as kinds (figure_kind)
    """,
    """
    create table insight.reconciliation as
    select
        {grain}, figure_kind, measure_id, trust_code, 'acute' as trust_type_id,
        cast(2.5 as decimal(18, 2)) as recomputed_figure, cast(2.5 as decimal(18, 2)) as published_figure,
        'agrees' as outcome, 'agree' as explanation, 'f1' as file_id, cast(17 as bigint) as row_number
    from (
        values ('metric_score', 'OF1082', 'ZZ1'), ('benchmark_median', 'OF0082', 'acute')
    ) as figures (figure_kind, measure_id, trust_code)
    """,
)
