"""What a build reads of the release before: its place in the line, its versions of figures, its inputs."""

from typing import TYPE_CHECKING

from nof.landing.columns import LANDING_TABLES
from nof.release.database import SCHEMA
from nof.release.lineage import Lineage
from nof.sql import literal

if TYPE_CHECKING:
    import duckdb

# Landing table -> the publication table of the release before that fills it, column by column. Versions
# of figures and results of the gates are carried on; from the others a change is told to be one of input, of
# pool or of method.
CARRIED = {
    "previous_versions": "fct_figure_version",
    "previous_metrics": "fct_metric",
    "previous_segments": "fct_segment",
    "previous_cut_points": "fct_cut_point",
    "previous_quality": "dq_result",
}


def write_lineage(connection: "duckdb.DuckDBPyConnection", lineage: Lineage, *, release_id: str) -> None:
    """Fill `landing.lineage` and the landing tables of the release before; those are empty at first.

    A release of an earlier layout may lack a table or a column: it stays empty, and the history begins with
    this release.

    Args:
        connection: the build database, open for writing.
        lineage: where the release stands.
        release_id: what the release will be called.
    """
    for table in ("lineage", *CARRIED):
        columns = ", ".join(f"{name} varchar" for name in LANDING_TABLES[table])
        connection.execute(f"create or replace table landing.{table} ({columns})")
    row = {
        "release_id": release_id,
        "released_date": lineage.released_date.isoformat(),
        "previous_release_id": lineage.previous_release_id,
        "previous_quarter_id": lineage.previous.parent.name if lineage.previous else None,
        "has_changed_method": "true" if lineage.has_changed_method else "false",
    }
    values = [row[name] for name in LANDING_TABLES["lineage"]]
    connection.execute(f"insert into landing.lineage values ({', '.join('?' for _ in values)})", values)
    if lineage.previous is None:
        return
    connection.execute(f"attach {literal(lineage.previous / 'nof.duckdb')} as previous (read_only)")
    try:
        for table, published in CARRIED.items():
            _carry(connection, table, published)
    finally:
        connection.execute("detach previous")


def _carry(connection: "duckdb.DuckDBPyConnection", table: str, published: str) -> None:
    found = {
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() "
            "where database_name = 'previous' and schema_name = ? and table_name = ?",
            [SCHEMA, published],
        ).fetchall()
    }
    if not found:
        return
    columns = ", ".join(
        f"cast({name} as varchar)" if name in found else "null" for name in LANDING_TABLES[table]
    )
    connection.execute(f"insert into landing.{table} select {columns} from previous.{SCHEMA}.{published}")
