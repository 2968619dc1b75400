"""Whether two ways of scoring give the same figures: every row and column of every result."""

from pathlib import Path

import duckdb

from benchmarks.scoring.rooms import RESULTS

# Of what is not rounded for publication: the models keep 15 decimals, the others doubles.
CLOSE = 1e-9
SHOWN = 5


class NotEqual(Exception):
    """Two ways of scoring differ; the message names the table, the column, the key and both figures."""


def compare(database: Path, results: Path, who: str) -> int:
    """Compare what a contestant wrote with the project's own tables.

    Text, flags and whole numbers have to be the same; a number with up to two decimals at that precision,
    because it is published so; another to within `CLOSE`.

    Args:
        database: the database file that `duckdb_scoring` made.
        results: the contestant's folder, a Parquet file per table of `rooms.RESULTS`.
        who: what the contestant is called in messages.

    Returns:
        How many cells were compared.

    Raises:
        NotEqual: a table, row or column is missing, is there twice, or differs.
    """
    compared = 0
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach '{database}' as own (read_only)")
        for table, (key, columns) in RESULTS.items():
            path = results / f"{table}.parquet"
            if not path.is_file():
                raise NotEqual(f"{who} has no {table}: {path} is missing.")
            connection.execute(f"create or replace temp view theirs as from read_parquet('{path}')")
            compared += _compare_table(connection, who, table, key, columns)
    return compared


def _compare_table(
    connection: duckdb.DuckDBPyConnection,
    who: str,
    table: str,
    key: tuple[str, ...],
    columns: tuple[str, ...],
) -> int:
    own = _types(connection, f"own.scoring.{table}")
    theirs = _types(connection, "theirs")
    if missing := [name for name in (*key, *columns) if name not in theirs]:
        raise NotEqual(f"{who}, {table}: no column {', '.join(missing)}.")
    names = ", ".join(key)
    counts = [
        _one(connection, f"select count(*) from {each}") for each in (f"own.scoring.{table}", "theirs")
    ] + [_one(connection, f"select count(*) from (select distinct {names} from theirs)")]
    if not counts[0] or len(set(counts)) > 1:
        raise NotEqual(
            f"{who}, {table}: {counts[1]} rows of {counts[2]} keys, where the project has {counts[0]} rows."
        )
    on = " and ".join(f"own.{name} = theirs.{name}" for name in key)
    joined = f"own.scoring.{table} as own inner join theirs on {on}"
    differs = {name: _differs(name, own[name]) for name in columns}
    counted = ", ".join(f"count(*) filter (where {differs[name]})" for name in columns)
    found = connection.execute(f"select count(*), {counted} from {joined}").fetchone()
    if found is None or found[0] != counts[0]:
        raise NotEqual(f"{who}, {table}: {found and found[0]} of {counts[0]} keys are the same.")
    wrong = {name: count for name, count in zip(columns, found[1:], strict=True) if count}
    for name, count in wrong.items():
        shown = connection.execute(
            f"select {', '.join(f'own.{each}' for each in key)}, own.{name}, theirs.{name} from {joined}"
            f" where {differs[name]} order by {', '.join(f'own.{each}' for each in key)} limit {SHOWN}"
        ).fetchall()
        raise NotEqual(
            f"{who}, {table}.{name}: {count} of {counts[0]} differ (key, the project's, theirs): {shown}; "
            f"columns that differ: {wrong}"
        )
    return counts[0] * len(columns)


def _differs(name: str, kind: str) -> str:
    own, theirs = f"own.{name}", f"theirs.{name}"
    if not kind.startswith("DECIMAL"):
        return f"{own} is distinct from {theirs}"
    places = int(kind.split(",")[1].rstrip(")"))
    at_precision = f"cast({theirs} as {kind}) is distinct from {own}" if places <= 2 else "false"
    far = f"abs(cast({own} as double) - {theirs}) > {CLOSE}"
    return f"(({own} is null) <> ({theirs} is null) or {at_precision} or coalesce({far}, false))"


def _types(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"describe {relation}").fetchall()}


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
