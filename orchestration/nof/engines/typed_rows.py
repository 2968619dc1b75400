"""Rows of an engine as DuckDB has them: the engine answers, DuckDB says of which types."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from nof.engines.engine import Engine

Column = tuple[str, str]


def columns_of(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Column]:
    """The names and types of a query's columns in DuckDB."""
    return [(name, kind) for name, kind, *_ in connection.execute(f"describe {sql}").fetchall()]


@contextmanager
def typed_rows(engine: Engine, sql: str, columns: Sequence[Column]) -> Iterator[str]:
    """Have the engine answer a query; within the context DuckDB reads the rows by the SQL that is given.

    Types are DuckDB's, because an engine has its own opinion of them (a sum of whole numbers is a decimal to
    PostgreSQL): with these a gate counts, and a model goes on, as if DuckDB had made the rows.

    Args:
        engine: that answers.
        sql: the query.
        columns: names and types that the rows are to have.

    Yields:
        A `select` for DuckDB.

    Raises:
        EngineFailed: the engine does not answer.
    """
    with TemporaryDirectory(prefix="nof-rows-") as folder:
        source = engine.answer(sql, Path(folder))
        cells = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns)
        yield f"select {cells} from {source}"
