"""Rows of a release as plain mappings: the only way in which an explanation reads one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]


def all_rows(connection: "duckdb.DuckDBPyConnection", query: str, *parameters: object) -> tuple[Row, ...]:
    """Every row of a query, by column name."""
    result = connection.execute(query, parameters)
    names = [column[0] for column in result.description]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())
