"""The SQL scoring on a small nation: compiled models run straight in DuckDB, in a fraction of a second.

dbt compiles the models once; after that each nation fills the landing tables of an in-memory database, puts
its own rows in the place of some seeds, and runs staging and scoring in their order of dependence. Every
model becomes a table, whatever dbt makes of it: a view would be planned again by each model that reads it.
"""

import csv
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_published import ROOT, reference

from plain_rules import Method, Row

DATABASE = "nation"
FILE_ID = "small-nation"
LANDING_OF_SEED = {
    "sample_oversight_data": "oversight_data",
    "sample_league_table": "league_table",
    "sample_files": "files",
}


def compile_models(folder: Path) -> list[tuple[str, str]]:
    """Each model's relation and query, in order; the seeds are loaded into nation.duckdb with dbt's types."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    places += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs"), "--quiet"]
    results: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOF_DUCKDB_PATH", str(folder / f"{DATABASE}.duckdb"))
        for command, rooms in (
            ("seed", ("seeds/framework", "seeds/reference")),
            ("compile", ("models/staging", "models/measures", "models/scoring")),
        ):
            paths = [f"path:{room}" for room in rooms if (ROOT / room).is_dir()]
            made = dbtRunner().invoke([command, "--select", *paths, *places])
            DuckDBConnectionManager.close_all_connections()
            if not made.success:
                raise AssertionError(f"dbt {command} failed: {made.exception or made.result}")
            results[command] = made.result
    nodes = {result.node.unique_id: result.node for result in results["compile"].results}
    order = TopologicalSorter({name: {*node.depends_on.nodes} & nodes.keys() for name, node in nodes.items()})
    return [
        (nodes[name].relation_name, nodes[name].compiled_code)
        for name in order.static_order()
        if nodes[name].resource_type == "model" and nodes[name].config.materialized != "ephemeral"
    ]


class SqlScoring:
    """One in-memory database that scores one small nation after another."""

    def __init__(self, folder: Path) -> None:
        self.models = compile_models(folder)
        # One thread: on tables this small a second one only costs.
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"attach '{folder / f'{DATABASE}.duckdb'}' as seeded (read_only)")
        self.connection.execute(f"use {DATABASE}")
        for schema in ("landing", "framework", "reference", "sample", "staging", "scoring", "measures"):
            self.connection.execute(f"create schema {schema}")
        seeds = self.connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'seeded'"
        ).fetchall()
        for schema, table in seeds:
            if schema in ("framework", "reference"):
                self.connection.execute(f"create table {schema}.{table} as from seeded.{schema}.{table}")
        self.connection.execute("detach seeded")
        for seed, table in LANDING_OF_SEED.items():
            with (ROOT / "seeds" / "sample" / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
                columns = ", ".join(f"{name} varchar" for name in next(csv.reader(file)))
            self.connection.execute(f"create table sample.{seed} ({columns})")
            self.connection.execute(f"create table landing.{table} ({columns})")
        self.connection.execute(
            "create table landing.run_settings (framework_id varchar, quarter_id varchar)"
        )

    def score(self, method: Method, replaced: Sequence[str], rows: Sequence[Row]) -> None:
        """Score the rows under the method; `replaced` names the seeds that differ from the project's own."""
        for table in replaced:
            self.fill(f"framework.{table}", method.tables[table])
        self.fill("landing.oversight_data", landing_rows(method, rows))
        self.fill(
            "landing.files", [{"file_id": FILE_ID, "file_name": "small.csv", "file_kind": "oversight_data"}]
        )
        for relation, query in self.models:
            self.connection.execute(f"create or replace table {relation} as {query}")

    def fill(self, relation: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Replace a table's rows; text is cast to the column's type, and empty text in a seed is null."""
        schema, table = relation.split(".")
        columns = self.connection.execute(
            "select column_name, data_type from duckdb_columns()"
            " where database_name = ? and schema_name = ? and table_name = ? order by column_index",
            [DATABASE, schema, table],
        ).fetchall()
        self.connection.execute(f"delete from {relation}")
        # One list per column: DuckDB takes that far faster than one parameter per cell.
        cast = ", ".join(f"cast(unnest(cast(? as varchar[])) as {kind})" for _, kind in columns)
        lists = [[row.get(name) for row in rows] for name, _ in columns]
        if schema == "framework":
            lists = [[text or None for text in texts] for texts in lists]
        self.connection.execute(f"insert into {relation} select {cast}", lists)

    def read(self, relation: str) -> list[dict[str, Any]]:
        """Every row of one relation as a dictionary."""
        cursor = self.connection.execute(f"select * from {relation}")
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, line, strict=True)) for line in cursor.fetchall()]


def landing_rows(method: Method, rows: Sequence[Row]) -> list[dict[str, str]]:
    """Rows of the statement as landing holds them: text, with file and row number."""
    quarters = reference("quarters", "quarter_id", "quarter_label")
    types = reference("trust_types", "trust_type_id", "trust_type_label")
    return [
        {
            "file_id": FILE_ID,
            "row_number": str(number),
            "is_current_vintage": "true",
            "quarter": quarters[row.quarter_id],
            "region": "London",
            "trust_type": types[row.trust_type_id],
            "trust_subtype": "Small",
            "trust_code": row.trust_code,
            "trust_name": f"Invented trust {row.trust_code}",
            "domain": "Domain",
            "sub_domain": "Sub-domain",
            "metric_id": row.measure_id,
            "metric_description": row.measure_id,
            "reporting_date": "2025",
            "units": row.unit_label,
            "value": row.value,
            "median_value": "",
            "lower_quartile": "",
            "upper_quartile": "",
            "rank": "" if row.published_rank is None else f"{row.published_rank}.0",
        }
        for number, row in enumerate(rows, start=2)
    ]
