"""How many rows a step has built, for Dagster to show over time."""

from collections.abc import Iterable
from pathlib import Path

from nof.release.database import open_database
from nof.sql import quoted


def row_counts(database: Path, relations: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Rows of each table or view of a build that nothing is writing to.

    Args:
        database: the build file.
        relations: schema and name of each.
    """
    wanted = sorted(set(relations))
    if not wanted:
        return {}
    with open_database(database) as connection:
        return {
            (schema, name): connection.execute(
                f"select count(*) from {quoted(schema)}.{quoted(name)}"
            ).fetchall()[0][0]
            for schema, name in wanted
        }
