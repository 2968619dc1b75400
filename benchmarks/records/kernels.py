"""The steps that are measured, each called in a process of its own."""

import json
import os
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.records.known import wrong
from nof.home import Home
from nof.records import current, land_records, read_manifest, room_of, stage
from nof.records.build import VALUE_COLUMNS
from nof.records.stage import COUNTS
from nof.records.values import values

_TODAY = date(2026, 5, 14)
# At a time: a set of rows so wide is held in memory whole. Whole quarters.
_MONTHS_COMPARED = 60


def land(root: str, folder: str) -> dict[str, int]:
    """`nof records land` of one folder."""
    arrivals = list(land_records(Home(Path(root)), [Path(folder)], today=_TODAY))
    return {"rows": sum(each.partition.row_count for each in arrivals if each.what != "unchanged")}


def sum_rows(root: str, memory_limit: str | None) -> dict[str, Any]:
    """Stage every month that is not staged; DuckDB's own memory limit where there is none."""
    room = room_of(Home(Path(root)))
    settings = {"memory_limit": memory_limit} if memory_limit else None
    staging = stage(room, list(current(read_manifest(room)).values()), settings)
    return {"rows": staging.rows_read, "months": len(staging.staged), "folder": str(staging.folder)}


def make_values(root: str, project: str, quarter_id: str | None, asked: dict[str, Any]) -> dict[str, Any]:
    """`nof records values` of a room of invented months, held to what they have to be.

    Args:
        root: the home.
        project: with the quarters of the months.
        quarter_id: the newest quarter; None for all.
        asked: `memory_limit` of DuckDB, None for its own; `months` in the room; `kept`, the Parquet file to
            write the values to, to compare them with another engine's.
    """
    os.environ["NOF_PROJECT_DIR"] = project
    made = values(Home(Path(root)), quarter_id=quarter_id, memory_limit=asked["memory_limit"])
    _keep(made.rows, asked["kept"])
    return {
        "values": len(made.rows),
        "wrong": wrong(made.rows, asked["months"] if quarter_id is None else 1),
        "months": len(made.taken),
        "rows": sum(each.row_count for each in made.taken),
        "held": sum(each.row_count for each in made.held),
        "read": made.staging.rows_read,
    }


def _keep(rows: tuple[tuple[Any, ...], ...], path: str) -> None:
    texts = [tuple(None if cell is None else _text(cell) for cell in row) for row in rows]
    columns = ", ".join(f"unnest(cast(? as varchar[])) as {name}" for name in VALUE_COLUMNS)
    with duckdb.connect() as con:
        lists = [list(column) for column in zip(*texts, strict=True)]
        con.execute(f"copy (select {columns}) to '{path}' (format parquet)", lists)


def _text(cell: Any) -> str:
    """As SQL writes it: a decimal with all its places."""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def ask(root: str, periods: list[str]) -> dict[str, Any]:
    """A question that only rows answer, of some months: who waits over 52 weeks, by treatment function.

    Returns:
        Seconds, and how many files were opened of how many there are.
    """
    files = room_of(Home(Path(root))).rows / "*" / "*" / "*.parquet"
    long = " + ".join(name for name in COUNTS if name >= "weeks_052" and name.startswith("weeks_"))
    query = (
        f"select treatment_function_code, sum({long}) from read_parquet('{files}', hive_partitioning = true) "
        f"where part_type = 'Part_2' and period in ({', '.join(repr(each) for each in periods)}) group by 1"
    )
    with duckdb.connect() as con:
        began = time.perf_counter()
        rows = con.execute(query).fetchall()
        seconds = time.perf_counter() - began
        plan = con.execute(f"explain (analyze, format json) {query}").fetchall()[0][1]
    return {"seconds": seconds, "rows": len(rows), "files": _files_opened(json.loads(plan))}


def _files_opened(step: dict[str, Any]) -> str:
    """How many files of how many a plan has read, as 3/558; DuckDB says the second where it left some out."""
    told = step.get("extra_info") or {}
    opened = told.get("Total Files Read")
    if opened:
        return str(told.get("Scanning Files", f"{opened}/{opened}"))
    return next((found for each in step["children"] if (found := _files_opened(each))), "")


def compare(sums: str, values_kept: str, folder: str) -> dict[str, int]:
    """What DuckDB and Spark made of the same months, cell for cell.

    Args:
        sums: the folder of DuckDB's sums.
        values_kept: DuckDB's values.
        folder: that of Spark, with `sums/` and `values/`.

    Returns:
        Rows and cells compared, and rows that only one of the two has.
    """
    texts = ("provider_code", "provider_name", "provider_parent_code", "part_type", "commissioner_group")
    names = ("period", "file_id", "row_number", *texts, "row_count", *COUNTS)
    types = "{'period': varchar, 'file_id': varchar}"
    quarters = f"(select distinct quarter_id from '{folder}/values/*.parquet')"
    shown = ", ".join(f"cast({name} as varchar) as {name}" for name in VALUE_COLUMNS)
    found = {"differ": 0, "rows": 0, "cells": 0}
    with duckdb.connect() as con:
        for engine, path in (("duckdb", sums), ("spark", f"{folder}/sums")):
            con.execute(
                f"create view {engine}_sums as select {', '.join(names)} from "
                f"read_parquet('{path}/*/*/*.parquet', hive_partitioning = true, hive_types = {types})"
            )
        con.execute(f"create view both_values as from '{values_kept}' where quarter_id in {quarters}")
        con.execute(
            f"create view spark_values as select {shown} from '{folder}/values/*.parquet' "
            "where measure_id in (select distinct measure_id from both_values) "
            "and framework_id in (select distinct framework_id from both_values)"
        )
        periods = con.execute("select distinct period from spark_sums order by period").fetchall()
        for start in range(0, len(periods), _MONTHS_COMPARED):
            (first,), *_, (last,) = periods[start : start + _MONTHS_COMPARED]
            _add(found, con, "duckdb_sums", "spark_sums", f"period between '{first}' and '{last}'")
        _add(found, con, "both_values", "spark_values", "true")
    return found


def _add(found: dict[str, int], con: duckdb.DuckDBPyConnection, one: str, other: str, which: str) -> None:
    one, other = (f"(from {each} where {which})" for each in (one, other))
    for first, second in ((one, other), (other, one)):
        found["differ"] += _number(con, f"select count(*) from ({first} except all {second})")
    rows = _number(con, f"select count(*) from {one}")
    found["rows"] += rows
    found["cells"] += rows * len(con.execute(f"describe {one}").fetchall())


def _number(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    assert row is not None
    return int(row[0])
