"""The project compiled by dbt once: queries of the scoring models, their unit tests and data tests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from harness_dbt import Compiled, _compiled_in
from sqlglot import exp

from mutants.changes import DIALECT
from nof.warehouse import Warehouse

ROOM = "scoring"
FIXTURE = "__dbt__cte__"
RELATION = re.compile(r'"build"\."(\w+)"\."(\w+)"')
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class UnitTest:
    """One unit test as dbt ran it.

    Attributes:
        name: as its YAML has it.
        model: the model that it asks.
        fixtures: the given rows, as dbt's own common table expressions.
        columns: the columns that are expected, as a select list.
        expected: the query of the expected rows; None where there are none.
    """

    name: str
    model: str
    fixtures: str
    columns: str
    expected: str | None

    def passes(self, connection: duckdb.DuckDBPyConnection, query: str) -> bool:
        """Whether the model's query makes of the given rows those that are expected, in any order."""
        asked = RELATION.sub(fixture_of, query)
        comma = ", " if asked.startswith("WITH ") else " "
        asked = f"with {self.fixtures}{comma}{asked.removeprefix('WITH ')}"
        made = connection.execute(f"select {self.columns} from ({asked})").fetchall()
        wanted = connection.execute(self.expected).fetchall() if self.expected else []
        return in_one_order(made) == in_one_order(wanted)


def fixture_of(found: re.Match[str]) -> str:
    """The name that dbt gives to the rows which stand for a relation; a source's has its schema in it."""
    return f"{FIXTURE}{'landing__' if found[1] == 'landing' else ''}{found[2]}"


def in_one_order(rows: Rows) -> Rows:
    """Rows in an order of their own, nothing after everything else."""
    return sorted(rows, key=lambda row: [(cell is None, cell) for cell in row])


@dataclass(frozen=True)
class DataTest:
    """A test that asks a build: it hands back the rows that are wrong."""

    name: str
    reads: frozenset[str]
    query: str

    @property
    def reads_seeds_alone(self) -> bool:
        """Whether the method's rows are enough to ask it."""
        return all(each.startswith("seed.") for each in self.reads)


class Project:
    """What dbt makes of the project, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.compiled: Compiled = _compiled_in(folder)
        self.folder = folder
        warehouse = Warehouse(self.compiled.seeded, folder)
        # dbt takes the types of the given and the expected rows from the tables of a build.
        warehouse.invoke("seed", "--select", "path:seeds/sample")
        warehouse.invoke("run", "--select", f"+path:models/{ROOM}")
        ran = warehouse.invoke("test", "--select", f"path:models/{ROOM},test_type:unit")
        models = {node.name: node.tested_node_unique_id for node in ran if node.resource_type == "unit_test"}
        self.unit_tests = [
            unit_test(path, models.pop(path.stem).rsplit(".", 1)[-1])
            for path in sorted(folder.rglob("*.sql"))
            if f"models/{ROOM}/unit_tests" in path.as_posix() and "target/run/" in path.as_posix()
        ]
        assert self.unit_tests and not models, f"unit tests that dbt left no query of: {sorted(models)}"
        self.data_tests = data_tests(warehouse, f"path:models/{ROOM}")
        self.seed_tests = [
            test for test in data_tests(warehouse, "path:seeds/framework") if test.reads_seeds_alone
        ]
        assert self.data_tests and self.seed_tests, "dbt compiled no data test"

    @cached_property
    def queries(self) -> dict[str, str]:
        """The scoring models, parents first."""
        names = [name for name, query in self.compiled.models.items() if query.room == ROOM]
        ordered: list[str] = []
        while waiting := [name for name in sorted(names) if name not in ordered]:
            ready = [
                name
                for name in waiting
                if not (set(self.compiled.models[name].parents) & set(names)) - set(ordered)
            ]
            assert ready, f"models that wait for each other: {waiting}"
            ordered += ready
        return {
            name: sqlglot.parse_one(self.compiled.models[name].text, read=DIALECT).sql(DIALECT)
            for name in ordered
        }

    def descendants(self, model: str) -> list[str]:
        """The scoring models that stand on one, in their order."""
        found = {model}
        for name in self.queries:
            if found & set(self.compiled.models[name].parents):
                found.add(name)
        return [name for name in self.queries if name in found - {model}]


def data_tests(warehouse: Warehouse, what: str) -> list[DataTest]:
    """The data tests of a folder, singular ones too, as dbt compiles them."""
    return [
        DataTest(node.name, frozenset(node.depends_on.nodes), node.compiled_code)
        for node in warehouse.invoke("compile", "--select", f"test_type:data,{what}")
        if node.resource_type == "test"
    ]


def unit_test(path: Path, model: str) -> UnitTest:
    """A unit test from the query that dbt ran: actual rows beside expected ones."""
    actual, expected = sqlglot.parse_one(path.read_text(encoding="utf-8"), read=DIALECT).ctes
    inner = actual.this.find(exp.Subquery).this
    columns = [each for each in actual.this.expressions if each.alias_or_name != "actual_or_expected"]
    fixtures = [cte.sql(DIALECT) for cte in inner.ctes if cte.alias.startswith(FIXTURE)]
    listed = ", ".join(each.sql(DIALECT) for each in columns)
    rows = expected.this.find(exp.Subquery).this
    # Of no rows dbt says `select * from` the actual ones, `limit 0`.
    text = None if rows.args.get("limit") else f"select {listed} from ({rows.sql(DIALECT)})"
    return UnitTest(path.stem, model, ", ".join(fixtures), listed, text)


def asked_of(schema: str, names: Sequence[str], query: str) -> str:
    """The query, reading some relations from another schema of the same database."""
    return RELATION.sub(
        lambda found: f'"build"."{schema}"."{found[2]}"' if found[2] in names else found[0], query
    )
