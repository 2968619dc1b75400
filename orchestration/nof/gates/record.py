"""Writes what a gate found into the build it judged: the publication models ask for it there."""

from dataclasses import asdict
from pathlib import Path

import duckdb

from nof.gates.results import COLUMNS, GateResult

_TYPES = {"is_passed": "boolean", "checked_count": "bigint", "unexpected_count": "bigint"}


def record_gate(database: Path, result: GateResult) -> None:
    """Put the verdict of this gate and its results in place of any before them (see macros/gate.sql).

    One row in `gates.gate_records`, and one per expectation in `gates.expectation_results`. The connection is
    short and closed here: dbt and the gates open the same file in turn.
    """
    columns = ", ".join(f'"{name}" {_TYPES.get(name, "varchar")}' for name in COLUMNS)
    results = [tuple(asdict(row)[name] for name in COLUMNS) for row in result.rows]
    connection = duckdb.connect(str(database))
    try:
        connection.execute("create schema if not exists gates")
        connection.execute(
            "create table if not exists gates.gate_records "
            "(gate varchar, is_passed boolean, expectation_count bigint, failed_count bigint)"
        )
        connection.execute(f"create table if not exists gates.expectation_results ({columns})")
        connection.execute("begin")
        connection.execute("delete from gates.gate_records where gate = ?", [result.gate])
        connection.execute("delete from gates.expectation_results where gate = ?", [result.gate])
        connection.executemany(
            f"insert into gates.expectation_results values ({', '.join('?' for _ in COLUMNS)})", results
        )
        connection.execute(
            "insert into gates.gate_records values (?, ?, ?, ?)",
            [result.gate, result.is_passed, result.expectation_count, result.failed_count],
        )
        connection.execute("commit")
    finally:
        connection.close()
