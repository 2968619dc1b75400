"""The whole project as compiled queries over landing tables that a test fills: dbt once, then DuckDB alone.

For tests that build the bundled nation, or the real files, several times with something changed: a build is a
few seconds, in memory. Models become tables in their order of dependence; nothing is gated.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock
from harness_macros import ROOT

from nof.landing import Landed, write_landing
from nof.landing.columns import LANDING_TABLES

DATABASE = "compiled"
SAMPLE = ROOT / "seeds" / "sample"


def compile_project(folder: Path) -> dict[str, dict[str, Any]]:
    """Each model's room, parents, relation and query; the method's seeds go into compiled.duckdb."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    places = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet"]
    places += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    results: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOF_DUCKDB_PATH", str(folder / f"{DATABASE}.duckdb"))
        for command, chosen in (
            ("seed", ["path:seeds/framework", "path:seeds/reference"]),
            ("compile", ["path:models"]),
        ):
            made = dbtRunner().invoke([command, "--select", *chosen, *places])
            DuckDBConnectionManager.close_all_connections()
            if not made.success:
                raise AssertionError(f"dbt {command} failed: {made.exception or made.result}")
            results = [each.node for each in made.result if each.node.resource_type == "model"]
    return {
        node.name: {
            "room": Path(node.original_file_path).parts[1],
            # A source can have the name of a model, so the kind that stands before it is looked at. What a
            # foreign key refers to is no parent: no row comes from there.
            "parents": [
                name
                for each in node.depends_on.nodes
                if each.startswith("model.") and (name := each.rsplit(".", 1)[-1]) in read_by(node)
            ],
            "relation": node.relation_name,
            "query": node.compiled_code,
        }
        for node in results
    }


def read_by(node: Any) -> set[str]:
    """The models and seeds that the text of a model names in a `ref`."""
    return set(re.findall(r"ref\(\s*'(\w+)'\s*\)", node.raw_code))


def compile_once(folder: Path) -> dict[str, dict[str, Any]]:
    """The same, by the first worker of a test session that asks; the others read what it made."""
    with FileLock(f"{folder}.lock"):
        made = folder / "models.json"
        if not made.exists():
            folder.mkdir()
            made.write_text(json.dumps(compile_project(folder)), encoding="utf-8")
        models: dict[str, dict[str, Any]] = json.loads(made.read_text(encoding="utf-8"))
        return models


@cache
def _project_in(folder: Path) -> "CompiledProject":
    return CompiledProject(folder)


def compiled_project(factory: pytest.TempPathFactory) -> "CompiledProject":
    """The one database of a test session, or of a worker of it; whoever uses it lands what it needs anew."""
    base = factory.getbasetemp()
    return _project_in((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "compiled")


class CompiledProject:
    """One in-memory database with the method's seeds, landing tables to fill, and every model's query."""

    def __init__(self, folder: Path) -> None:
        models = compile_once(folder)
        self.rooms: dict[str, str] = {name: model["room"] for name, model in models.items()}
        self.parents = {name: set(model["parents"]) for name, model in models.items()}
        self.queries = {name: (model["relation"], model["query"]) for name, model in models.items()}
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute(f"attach ':memory:' as {DATABASE}")
        self.connection.execute(f"attach '{folder / f'{DATABASE}.duckdb'}' as seeded (read_only)")
        self.connection.execute(f"use {DATABASE}")
        for schema in ("landing", "framework", "reference", "sample", *sorted(set(self.rooms.values()))):
            self.connection.execute(f"create schema {schema}")
        seeds = self.connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where database_name = 'seeded' and schema_name in ('framework', 'reference')"
        ).fetchall()
        for schema, table in seeds:
            self.connection.execute(f"create table {schema}.{table} as from seeded.{schema}.{table}")
        self.connection.execute("detach seeded")
        # Empty at first, as macros/landing.sql makes them: most tests are about a first release.
        for table, columns in LANDING_TABLES.items():
            names = ", ".join(f"{name} varchar" for name in columns)
            self.connection.execute(f"create table landing.{table} ({names})")
        # What is landed is in the landing tables, so the bundled seeds only have to be there.
        for path in SAMPLE.glob("sample_*.csv"):
            self.connection.execute(
                f"create table sample.{path.stem} as from read_csv('{path}', all_varchar = true) limit 0"
            )

    def land_bundled(self) -> None:
        """Land the bundled nation as if it were files; the run asks for nothing in particular."""
        for path in SAMPLE.glob("sample_*.csv"):
            self.connection.execute(
                f"create or replace table landing.{path.stem.removeprefix('sample_')} as "
                f"from read_csv('{path}', all_varchar = true)"
            )
        self.connection.execute(
            "create or replace table landing.run_settings (framework_id varchar, quarter_id varchar)"
        )

    def land(self, landed: Landed) -> None:
        """Land files as a run does."""
        write_landing(self.connection, landed, framework_id=None, quarter_id=None)

    def build(self, *models: str) -> None:
        """Make these models and all that they stand on."""
        wanted = ancestors(self.parents, models) | set(models)
        for name in TopologicalSorter(self.parents).static_order():
            if name in wanted:
                relation, query = self.queries[name]
                self.connection.execute(f"create or replace table {relation} as {query}")

    def rows(self, relation: str, where: str = "true") -> list[tuple[Any, ...]]:
        """The rows of a relation, in one order whatever way they were made."""
        return self.connection.execute(f"select * from {relation} where {where} order by all").fetchall()

    def value(self, query: str) -> Any:
        """The one cell that a query gives."""
        row = self.connection.execute(query).fetchone()
        return row[0] if row else None


def ancestors(parents: Mapping[str, Iterable[str]], models: Iterable[str]) -> set[str]:
    """Everything that the models read, directly or by way of others."""
    found: set[str] = set()
    waiting = list(models)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
