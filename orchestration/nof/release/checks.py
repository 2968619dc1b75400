"""What must hold of a release before it is sealed; each check counts for itself what was written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.frameworks import is_within, seed_rows
from nof.release.csv_files import tidy_tables
from nof.release.database import SCHEMA, Table, open_database
from nof.release.errors import ReleaseRefused
from nof.release.published_csv import SHAPES, PublishedFile
from nof.release.tables import count_csv_rows
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

# A release without rows in one of these says nothing, whatever the other tables hold.
NEVER_EMPTY = (
    "about_tables",
    "board_view",
    "dim_domain",
    "dim_file",
    "dim_metric",
    "dim_organisation",
    "dim_peer_group",
    "dim_quarter",
    "dim_release",
    "dim_trust",
    "dq_result",
    "fct_average_distance",
    "fct_capability",
    "fct_completeness",
    "fct_contribution",
    "fct_cut_point",
    "fct_data_age",
    "fct_domain",
    "fct_figure_version",
    "fct_latest_period",
    "fct_like_for_like",
    "fct_likely_range",
    "fct_metric",
    "fct_peer_member",
    "fct_peer_position",
    "fct_peer_standing",
    "fct_published_version",
    "fct_score_change",
    "fct_score_change_count",
    "fct_segment",
    "fct_series",
    "fct_series_point",
    "fct_segment_movement",
    "fct_segment_distance",
    "method_cell_statuses",
    "method_frameworks",
    "method_missing_reasons",
    "method_movement_causes",
    "method_movement_parts",
    "method_movement_statuses",
    "method_registers",
    "oversight_data",
    "wide_view",
)
# Right without rows: where every trust type is incomplete or nothing published is in hand; where neither the
# ODS trust file nor a register is landed, as with NHS England's oversight files alone; where no organisation
# in hand is of the type that a target, the winter register or the system adjustment is about; where nothing
# that was published before says otherwise now; where no quarter has one before it; where no source
# publication is in hand.
MAY_BE_EMPTY = (
    "dim_organisation_group",
    "dim_organisation_icb",
    "fct_agreement",
    "fct_organisation_change",
    "fct_reconciliation",
    "fct_register_entry",
    "fct_revision",
    "fct_segment_probability",
    "fct_score_movement",
    "fct_system_area",
    "fct_target",
    "fct_winter_assurance",
    "fct_source_part",
    "fct_source_value",
    "fct_withheld",
    "league_table",
)
# Never empty where the framework has such a row in this seed; of facts, a row about a type that is in hand.
AS_THE_SEED = {
    "fct_context": ("metric_applicability", {"treatment": "contextual"}),
    "fct_response": ("consequences", {}),
    "fct_sensitivity": ("sensitivity_cases", {}),
    "fct_sensitivity_case": ("sensitivity_cases", {}),
    "fct_source_period": ("source_measures", {}),
    "fct_stability": ("sensitivity_cases", {}),
    "method_assumptions": ("assumptions", {}),
    "method_consequences": ("consequences", {}),
    "method_core_metrics": ("core_metrics", {}),
    "method_label_bands": ("label_bands", {}),
    "method_matrix_cells": ("matrix_cells", {}),
    "method_override_inputs": ("override_inputs", {}),
    "method_planning_targets": ("planning_targets", {}),
    "method_priority_areas": ("priority_areas", {}),
    "method_scoring_families": ("scoring_families", {}),
    "method_sensitivity_cases": ("sensitivity_cases", {}),
    "method_source_measures": ("source_measures", {}),
    "method_source_organisations": ("source_organisations", {}),
    "method_source_terms": ("source_measure_terms", {}),
    "method_summary_measures": ("summary_measures", {}),
    "method_system_rules": ("system_adjustment_rules", {}),
    "method_value_bands": ("value_bands", {}),
}
# Of them, what a framework says of its own quarters only: it may be tried on others, and is then silent here.
OF_OWN_QUARTERS = ("fct_source_period",)


def check_tables(tables: Sequence[Table]) -> None:
    """Refuse a build that lacks a table or a meaning, before anything is written from it.

    Raises:
        ReleaseRefused: a table is not there, or one or a column of it has no description.
    """
    missing = sorted({*NEVER_EMPTY, *MAY_BE_EMPTY, *AS_THE_SEED} - {table.name for table in tables})
    if missing:
        raise ReleaseRefused(
            f"The build has no {', '.join(missing)} in {SCHEMA}. Build the dbt selector `publication` whole."
        )
    mute = [table.name for table in tables if not table.comment]
    mute += [f"{table.name}.{each.name}" for table in tables for each in table.columns if not each.comment]
    if mute:
        raise ReleaseRefused(
            f"Nothing says what {', '.join(mute)} means, and a reader would have to guess. Describe it in "
            "models/publication, in the YAML beside the model."
        )


def check_whole(
    candidate: Path,
    tables: Sequence[Table],
    files: Sequence[PublishedFile],
    *,
    framework_id: str,
    quarter_id: str,
) -> dict[str, int]:
    """Open the finished files as a reader would and compare them.

    Returns:
        The row count of each table.

    Raises:
        ReleaseRefused: with everything that is wrong, not only the first.
    """
    problems = []
    with open_database(candidate / "nof.duckdb") as connection:
        counts = {table.name: _count(connection, f"{SCHEMA}.{quoted(table.name)}") for table in tables}
        for name, count in counts.items():
            in_parquet = _count(
                connection, f"read_parquet({literal(candidate / 'parquet' / f'{name}.parquet')})"
            )
            if in_parquet != count:
                problems.append(f"{name}: {count} rows in nof.duckdb and {in_parquet} in Parquet.")
        problems += _check_frameworks_and_quarter(connection, framework_id, quarter_id)
        problems += _check_league_table(connection, counts)
        trust_types = {
            name
            for (name,) in connection.execute(f"select trust_type_id from {SCHEMA}.fct_segment").fetchall()
        }
    problems += [f"{name} has no rows." for name in NEVER_EMPTY if counts[name] == 0]
    problems += _check_as_the_seed(counts, framework_id, quarter_id, trust_types)
    for table in tidy_tables(tables):
        in_csv = count_csv_rows(candidate / "csv" / f"{table.name}.csv")
        if in_csv != counts[table.name]:
            problems.append(f"{table.name}: {counts[table.name]} rows in nof.duckdb and {in_csv} in its CSV.")
    for shape in SHAPES:
        written = [candidate / "csv" / file.name for file in files if file.shape is shape and file.is_written]
        in_csv = sum(count_csv_rows(path) for path in written)
        if in_csv != counts[shape.table]:
            problems.append(
                f"{shape.table}: {counts[shape.table]} rows in nof.duckdb and {in_csv} in its CSVs. "
                "Is there a row of another framework, or of a trust type that seeds/reference lacks?"
            )
    if problems:
        raise ReleaseRefused("The release is not whole, so it is not published:\n" + "\n".join(problems))
    return counts


def _check_frameworks_and_quarter(
    connection: "duckdb.DuckDBPyConnection", framework_id: str, quarter_id: str
) -> list[str]:
    """One framework in a release, and its newest quarter is the one it is named after."""
    problems = []
    for table in ("fct_metric", "fct_segment"):
        found = connection.execute(
            f"select framework_id, max(quarter_id) from {SCHEMA}.{table} group by framework_id order by 1"
        ).fetchall()
        if found != [(framework_id, quarter_id)]:
            problems.append(
                f"{table} holds {found or 'nothing'} as frameworks and newest quarters, "
                f"and the release is for {framework_id} and {quarter_id}."
            )
    return problems


def _check_league_table(connection: "duckdb.DuckDBPyConnection", counts: dict[str, int]) -> list[str]:
    """An empty league table is right only where no trust has a league rank (every trust type incomplete)."""
    ranked = connection.execute(f"select count(league_rank) from {SCHEMA}.fct_segment").fetchall()[0][0]
    if ranked and not counts["league_table"]:
        return [f"league_table has no rows, and {ranked} trusts have a league rank in fct_segment."]
    return []


def _check_as_the_seed(
    counts: dict[str, int], framework_id: str, quarter_id: str, trust_types: set[str]
) -> list[str]:
    """What a seed of the framework leads to is there."""
    problems = []
    is_own_quarter = any(is_within(row, quarter_id) for row in seed_rows("frameworks", framework_id))
    for table, (seed, wanted) in AS_THE_SEED.items():
        if table in OF_OWN_QUARTERS and not is_own_quarter:
            continue
        expected = sum(
            all(row[name] == cell for name, cell in wanted.items())
            and (table.startswith("method_") or row.get("trust_type_id", "") in {"", *trust_types})
            for row in seed_rows(seed, framework_id)
        )
        if expected and not counts[table]:
            problems.append(
                f"{table} has no rows, and {expected} rows of seeds/framework/{seed}.csv lead to it."
            )
    return problems


def _count(connection: "duckdb.DuckDBPyConnection", relation: str) -> int:
    return int(connection.execute(f"select count(*) from {relation}").fetchall()[0][0])
