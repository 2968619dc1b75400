"""The seeds of a compiled project with a derived framework's rows, as a run under it has them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from harness_compiled import CompiledProject

from nof.frameworks import derived_framework

EARLY_VIEW, SOURCE_VALUES, IN_FORCE = "nof-2025-26-early-view", "nof-2025-26-source-values", "nof-2025-26"

# The columns of measures.source_values that a test fills; the others are empty.
SOURCE_COLUMNS = (
    "quarter_id",
    "trust_code",
    "metric_id",
    "value_number",
    "value_status",
    "months_in_hand",
    "months_expected",
)
_TYPES = {
    "numerator": "decimal(28, 10)",
    "denominator": "decimal(28, 10)",
    "value_number": "decimal(28, 16)",
    "value_rounded": "decimal(28, 6)",
    "period_start_date": "date",
    "period_end_date": "date",
    "months_in_hand": "bigint",
    "months_expected": "bigint",
    "row_number": "bigint",
}


@contextmanager
def run_under(project: CompiledProject, framework_id: str, quarter_id: str | None = None) -> Iterator[None]:
    """Ask for a derived framework, whose rows the seeds then have; afterwards they do not any more."""
    derived = derived_framework(framework_id)
    assert derived is not None
    connection = project.connection
    tables = [
        table
        for (table,) in connection.execute(
            "select table_name from duckdb_columns() where schema_name = 'framework' "
            "and column_name = 'framework_id' and database_name = current_database()"
        ).fetchall()
    ]
    base = derived["base_framework_id"]
    for table in tables:
        connection.execute(
            f"insert into framework.{table} select * replace ('{framework_id}' as framework_id) "
            f"from framework.{table} where framework_id = '{base}'"
        )
    connection.execute(
        "update framework.frameworks set is_in_force = false, has_published_figures = false, "
        "framework_label = ?, value_origin = ?, is_forecast = ? where framework_id = ?",
        [derived["framework_label"], derived["value_origin"], derived["is_forecast"] == "true", framework_id],
    )
    connection.execute("delete from landing.run_settings")
    connection.execute("insert into landing.run_settings values (?, ?)", [framework_id, quarter_id])
    try:
        yield
    finally:
        connection.execute("delete from landing.run_settings")
        for table in tables:
            connection.execute(f"delete from framework.{table} where framework_id = '{framework_id}'")


def source_values(
    project: CompiledProject,
    monkeypatch: pytest.MonkeyPatch,
    framework_id: str,
    *rows: tuple[object, ...],
) -> None:
    """Let the values of source publications be these and no others, each a row of file `s1`."""
    # Its columns are asked of its query, and that can only be asked where the models it reads stand.
    project.build(*project.parents["source_values"])
    relation, _ = project.queries["source_values"]
    names = [
        name
        for name, *_ in project.connection.execute(
            f"describe ({project.queries['source_values'][1]})"
        ).fetchall()
    ]

    def cell(name: str, number: int, row: dict[str, object]) -> str:
        made = {"framework_id": framework_id, "measure_id": row["metric_id"], "file_id": "s1"}
        made |= {"row_number": number, "value_rounded": row["value_number"]}
        value = row.get(name, made.get(name))
        text = "null" if value is None else f"'{value}'"
        return f"cast({text} as {_TYPES.get(name, 'varchar')}) as {name}"

    selects = [
        "select "
        + ", ".join(cell(name, number, dict(zip(SOURCE_COLUMNS, row, strict=True))) for name in names)
        for number, row in enumerate(rows or [(None,) * len(SOURCE_COLUMNS)], start=2)
    ]
    query = " union all ".join(selects) + ("" if rows else " limit 0")
    monkeypatch.setitem(project.queries, "source_values", (relation, query))
