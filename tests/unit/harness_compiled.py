"""The whole project as compiled queries over landing tables that a test fills: dbt once, then DuckDB alone.

For tests that build the bundled nation, or the real files, several times with something changed: a build is a
few seconds, in memory. Models become tables in their order of dependence; nothing is gated.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pytest
from harness_dbt import Compiled, compiled
from harness_macros import ROOT

from nof.gates.results import COLUMNS as RESULT_COLUMNS
from nof.landing import Landed, write_landing
from nof.landing.columns import LANDING_TABLES

SAMPLE = ROOT / "seeds" / "sample"


def compiled_project(factory: pytest.TempPathFactory) -> "CompiledProject":
    """The one database of a worker of a test session; whoever uses it lands what it needs anew."""
    return _over(compiled(factory))


@cache
def _over(project: Compiled) -> "CompiledProject":
    return CompiledProject(project)


class CompiledProject:
    """One in-memory database with the method's seeds, landing tables to fill, and every model's query."""

    def __init__(self, project: Compiled) -> None:
        self.rooms = {name: query.room for name, query in project.models.items()}
        self.parents = {name: set(query.parents) for name, query in project.models.items()}
        self.queries = {name: (query.relation, query.text) for name, query in project.models.items()}
        self.connection = project.new_database()
        for schema in ("landing", "sample", *sorted(set(self.rooms.values()))):
            self.connection.execute(f"create schema {schema}")
        # Empty at first, as macros/landing.sql makes them: most tests are about a first release.
        for table, columns in LANDING_TABLES.items():
            names = ", ".join(f"{name} varchar" for name in columns)
            self.connection.execute(f"create table landing.{table} ({names})")
        # The gates have said nothing of these queries.
        self.connection.execute("create schema gates")
        columns = ", ".join(f'"{name}" varchar' for name in RESULT_COLUMNS)
        self.connection.execute(f"create table gates.expectation_results ({columns})")
        self.connection.execute("create table main.seeded_resampling as from framework.resampling")
        # What is landed is in the landing tables, so the bundled seeds only have to be there.
        for path in SAMPLE.glob("sample_*.csv"):
            self.connection.execute(
                f"create table sample.{path.stem} as from read_csv('{path}', all_varchar = true) limit 0"
            )

    def land_bundled(self, *, few_draws: bool = False) -> None:
        """Land the bundled nation as if it were files; the run asks for nothing in particular.

        `few_draws`: the method with a hundred draws for each likely range, for what is not about those.
        """
        self.begin_anew(few_draws=few_draws)
        for path in SAMPLE.glob("sample_*.csv"):
            self.connection.execute(
                f"create or replace table landing.{path.stem.removeprefix('sample_')} as "
                f"from read_csv('{path}', all_varchar = true)"
            )
        self.connection.execute(
            "create or replace table landing.run_settings (framework_id varchar, quarter_id varchar)"
        )

    def land(self, landed: Landed, *, few_draws: bool = False) -> None:
        """Land files as a run does; `few_draws` as with the bundled nation."""
        self.begin_anew(few_draws=few_draws)
        write_landing(self.connection, landed, framework_id=None, quarter_id=None)

    def begin_anew(self, *, few_draws: bool = False) -> None:
        """Forget what a release before is said to have told, and other draws, that somebody left."""
        self.connection.execute("create or replace table framework.resampling as from main.seeded_resampling")
        if few_draws:
            self.connection.execute("update framework.resampling set draw_count = 100, pattern_count = 101")
        for table in LANDING_TABLES:
            self.connection.execute(f"delete from landing.{table}")

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
