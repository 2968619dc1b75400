"""What a build reads of the release before: its place in the line, and the versions of each figure."""

from typing import TYPE_CHECKING

from nof.landing.columns import LANDING_TABLES
from nof.release.database import SCHEMA, literal
from nof.release.lineage import Lineage

if TYPE_CHECKING:
    import duckdb

VERSIONS = "fct_figure_version"


def write_lineage(connection: "duckdb.DuckDBPyConnection", lineage: Lineage, *, release_id: str) -> None:
    """Fill `landing.lineage` and `landing.previous_versions` of a build; the latter is empty at first.

    Args:
        connection: the build database, open for writing.
        lineage: where the release stands.
        release_id: what the release will be called.
    """
    for table in ("lineage", "previous_versions"):
        columns = ", ".join(f"{name} varchar" for name in LANDING_TABLES[table])
        connection.execute(f"create or replace table landing.{table} ({columns})")
    row = {
        "release_id": release_id,
        "released_date": lineage.released_date.isoformat() if lineage.released_date else None,
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
        has_versions = connection.execute(
            "select count(*) from duckdb_tables() where database_name = 'previous' and schema_name = ? "
            "and table_name = ?",
            [SCHEMA, VERSIONS],
        ).fetchall()[0][0]
        if has_versions:  # a release of an earlier layout has none: the history begins here
            names = ", ".join(LANDING_TABLES["previous_versions"])
            connection.execute(
                f"insert into landing.previous_versions select {names} from previous.{SCHEMA}.{VERSIONS}"
            )
    finally:
        connection.execute("detach previous")
