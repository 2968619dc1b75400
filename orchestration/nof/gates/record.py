"""Writes the verdict of a gate into the build it judged: the publication models ask for it there."""

from pathlib import Path

import duckdb

from nof.gates.results import GateResult


def record_gate(database: Path, result: GateResult) -> None:
    """Put one row for this gate into gates.gate_records, in place of any before it (see macros/gate.sql).

    The connection is short and closed here: dbt and the gates open the same file in turn.
    """
    connection = duckdb.connect(str(database))
    try:
        connection.execute("create schema if not exists gates")
        connection.execute(
            "create table if not exists gates.gate_records "
            "(gate varchar, is_passed boolean, expectation_count bigint, failed_count bigint)"
        )
        connection.execute("begin")
        connection.execute("delete from gates.gate_records where gate = ?", [result.gate])
        connection.execute(
            "insert into gates.gate_records values (?, ?, ?, ?)",
            [result.gate, result.is_passed, result.expectation_count, result.failed_count],
        )
        connection.execute("commit")
    finally:
        connection.close()
