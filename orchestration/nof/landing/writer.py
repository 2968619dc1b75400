"""The landing tables of a build: made anew from the files each time, every column text."""

from collections.abc import Sequence

import duckdb

from nof.frameworks import derived_framework
from nof.landing.columns import LANDING_TABLES, PUBLISHED_COLUMNS
from nof.landing.model import FileKind, Landed
from nof.landing.source_columns import SOURCE_COLUMNS


def write_landing(
    con: duckdb.DuckDBPyConnection,
    landed: Landed,
    *,
    framework_id: str | None,
    quarter_id: str | None,
) -> None:
    """Create and fill the landing tables in an open build database.

    Args:
        con: the build database, open for writing.
        landed: what the run stands on.
        framework_id: the framework that the run asks for; None stands for the one in force.
        quarter_id: the quarter that the run asks for; None stands for the newest.
    """
    con.execute("create schema if not exists landing")
    for kind in (*PUBLISHED_COLUMNS, *SOURCE_COLUMNS):
        _write_table(con, kind, _rows(landed, kind))
    _write_table(
        con,
        "files",
        [
            tuple(str(getattr(file, name)) for name in LANDING_TABLES["files"])
            for file in sorted(landed.files, key=lambda each: each.landed_order)
        ],
    )
    _write_table(con, "run_settings", [(framework_id, quarter_id)])
    derived = derived_framework(framework_id)
    rows = [tuple(derived[name] for name in LANDING_TABLES["derived_framework"])] if derived else []
    _write_table(con, "derived_framework", rows)


def _rows(landed: Landed, kind: FileKind) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    for file in sorted(landed.files, key=lambda each: each.landed_order):
        if file.file_kind != kind:
            continue
        table = file.table
        for cells, number, vintage in zip(table.rows, table.row_numbers, table.vintages, strict=True):
            is_current = landed.vintages[vintage] == file.file_id
            rows.append((file.file_id, str(number), "true" if is_current else "false", *cells))
    return rows


def _write_table(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[str | None, ...]]) -> None:
    """Through Arrow: a row at a time takes seconds where this takes hundredths."""
    import pyarrow  # noqa: PLC0415 - heavy, and only a run needs it

    names = LANDING_TABLES[table]
    con.execute(f"create or replace table landing.{table} ({', '.join(f'{name} varchar' for name in names)})")
    if not rows:
        return
    columns = [pyarrow.array(column, type=pyarrow.string()) for column in zip(*rows, strict=True)]
    con.register("landing_rows", pyarrow.table(columns, names=list(names)))
    try:
        con.execute(f"insert into landing.{table} select * from landing_rows")
    finally:
        con.unregister("landing_rows")
