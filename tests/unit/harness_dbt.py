"""The project as dbt compiles it, once per test session: queries of models and singular tests, and the seeds.

What is asked of these queries then runs straight in DuckDB, in memory and in a fraction of a second.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from nof.warehouse import Warehouse

# The name of a run's build database, so that dbt's manifest of a run serves here too.
DATABASE = "build"
SEEDS = ("framework", "reference")
COMPILED = ("--select", "path:models", "test_type:singular", "--exclude", "test_type:generic")


@dataclass(frozen=True)
class Query:
    """A model, or a singular test, compiled.

    Attributes:
        room: the folder of models/ that it is in; empty for a test.
        parents: the models that its rows come from. What a foreign key refers to is none of them.
        reads: all that dbt takes it to depend on, the kind before the name: `seed.nof.domains`.
        relation: the table that it makes; empty for a test.
        text: the SQL.
    """

    room: str
    parents: list[str]
    reads: list[str]
    relation: str
    text: str


@dataclass(frozen=True, eq=False)
class Compiled:
    """The compiled project.

    Attributes:
        seeded: database file with the seeds of the method, in dbt's types.
        models: by name.
        tests: singular tests, by name.
    """

    seeded: Path
    models: dict[str, Query]
    tests: dict[str, Query]

    def new_database(self) -> duckdb.DuckDBPyConnection:
        """An in-memory database with a copy of the seeds, under the name that the queries use."""
        # One thread: on tables this small a second one only costs.
        connection = duckdb.connect(config={"threads": 1})
        connection.execute(f"attach ':memory:' as {DATABASE}")
        connection.execute(f"attach '{self.seeded}' as seeded (read_only)")
        connection.execute(f"use {DATABASE}")
        for schema in SEEDS:
            connection.execute(f"create schema {schema}")
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'seeded'"
        ).fetchall():
            if schema in SEEDS:
                connection.execute(f"create table {schema}.{table} as from seeded.{schema}.{table}")
        connection.execute("detach seeded")
        return connection


def compiled(factory: pytest.TempPathFactory) -> Compiled:
    """The project as the first worker of a test session that asked has compiled it."""
    base = factory.getbasetemp()
    return _compiled_in((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "compiled")


@cache
def _compiled_in(folder: Path) -> Compiled:
    with FileLock(f"{folder}.lock"):
        made = folder / "queries.json"
        if not made.exists():
            folder.mkdir()
            made.write_text(json.dumps(_compile(folder)), encoding="utf-8")
        kinds = json.loads(made.read_text(encoding="utf-8"))
    queries = {kind: {name: Query(**each) for name, each in found.items()} for kind, found in kinds.items()}
    return Compiled(folder / f"{DATABASE}.duckdb", queries["model"], queries["test"])


def _compile(folder: Path) -> dict[str, dict[str, Any]]:
    warehouse = Warehouse(folder / f"{DATABASE}.duckdb", folder)
    warehouse.invoke("seed", "--select", *(f"path:seeds/{room}" for room in SEEDS))
    found: dict[str, dict[str, Any]] = {"model": {}, "test": {}}
    for node in warehouse.invoke("compile", *COMPILED):
        is_model = node.resource_type == "model"
        found[str(node.resource_type)][node.name] = asdict(
            Query(
                room=Path(node.original_file_path).relative_to("models").parts[0] if is_model else "",
                parents=parents_of(node),
                reads=list(node.depends_on.nodes),
                relation=node.relation_name if is_model else "",
                text=node.compiled_code,
            )
        )
    assert all(found.values()), "dbt compiled nothing"
    return found


def parents_of(node: Any) -> list[str]:
    """The models that a node names in a `ref`; a foreign key is no part of its text."""
    named = set(re.findall(r"ref\(\s*'(\w+)'\s*\)", node.raw_code))
    # A source can have the name of a model, so the kind that stands before it is looked at.
    models = [each.rsplit(".", 1)[-1] for each in node.depends_on.nodes if each.startswith("model.")]
    return [name for name in models if name in named]
