"""The SQL scoring on a small nation: compiled models run straight in DuckDB, in a fraction of a second.

dbt compiles the models once; after that each nation fills the landing tables of an in-memory database, puts
its own rows in the place of some seeds, and runs staging and scoring in their order of dependence. Every
model becomes a table, whatever dbt makes of it: a view would be planned again by each model that reads it.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import pytest
from harness_compiled import ancestors
from harness_dbt import DATABASE, Compiled, Query, compiled
from harness_published import ROOT

from nof.landing.columns import LANDING_TABLES
from plain_rules import Entry, Method, Row

FILE_ID, REGISTER_ID = "small-nation", "small-registers"
FILES = (
    {"file_id": FILE_ID, "file_name": "small.csv", "file_kind": "oversight_data"},
    {"file_id": REGISTER_ID, "file_name": "registers.csv", "file_kind": "register_entries"},
)


ROOMS = ("staging", "measures", "scoring")
# A small nation has data files alone: what is made of source publications is as empty for each.
OF_SOURCES = "source_values"


def in_order(models: Mapping[str, Query]) -> list[tuple[str, str]]:
    """Relation and query of each model that a score is made from, parents first."""
    rooms = {name: query for name, query in models.items() if query.room in ROOMS}
    parents = {name: set(query.parents) & rooms.keys() for name, query in rooms.items()}
    order = list(TopologicalSorter(parents).static_order())
    # Staging that no score is made from would only cost time, and has no landing table here.
    wanted: set[str] = set()
    for name in reversed(order):
        if name in wanted or rooms[name].room == "scoring":
            wanted |= {name, *parents[name]}
    return [(rooms[name].relation, rooms[name].text) for name in order if name in wanted]


def made_once(models: Mapping[str, Query]) -> set[str]:
    """The relations that only values of source publications stand on, and these values."""
    parents = {name: set(query.parents) for name, query in models.items() if query.room in ROOMS}
    without = {name: found - {OF_SOURCES} for name, found in parents.items()}
    scored = [name for name in parents if models[name].room == "scoring"]
    once = (ancestors(parents, [OF_SOURCES]) | {OF_SOURCES}) - ancestors(without, scored)
    return {models[name].relation for name in once}


def sql_scoring(factory: pytest.TempPathFactory) -> "SqlScoring":
    """The one database of a worker of a test session."""
    return _over(compiled(factory))


@cache
def _over(project: Compiled) -> "SqlScoring":
    return SqlScoring(project)


class SqlScoring:
    """One in-memory database that scores one small nation after another."""

    def __init__(self, project: Compiled) -> None:
        self.models = in_order(project.models)
        self.once = made_once(project.models)
        self.made: set[str] = set()
        self.replaced: set[str] = set()
        self.columns: dict[str, list[tuple[str, str]]] = {}
        self.connection = project.new_database()
        for schema in ("landing", "sample", *ROOMS):
            self.connection.execute(f"create schema {schema}")
        # A bundled seed has the shape of the landing table that it stands in for.
        for path in sorted((ROOT / "seeds" / "sample").glob("sample_*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                columns = ", ".join(f"{name} varchar" for name in next(csv.reader(file)))
            self.connection.execute(f"create table sample.{path.stem} ({columns})")
            table = path.stem.removeprefix("sample_")
            self.connection.execute(f"create table landing.{table} ({columns})")
        for table, names in LANDING_TABLES.items():
            columns = ", ".join(f"{name} varchar" for name in names)
            self.connection.execute(f"create table if not exists landing.{table} ({columns})")

    def score(
        self, method: Method, replaced: Sequence[str], rows: Sequence[Row], entries: Sequence[Entry] = ()
    ) -> None:
        """Score the rows under the method; `replaced` names the seeds that differ from the project's own."""
        # The nation before may have left seeds of its own.
        for table in self.replaced | set(replaced):
            self.fill(f"framework.{table}", method.tables[table])
        self.replaced = set(replaced)
        self.fill("landing.oversight_data", landing_rows(method, rows))
        self.fill("landing.register_entries", landing_entries(entries))
        self.fill("landing.files", FILES)
        self.fill("landing.run_settings", [{"framework_id": method.framework_id}])
        for relation, query in self.models:
            if relation not in self.made:
                self.connection.execute(f"create or replace table {relation} as {query}")
        self.made = self.once

    def fill(self, relation: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Replace a table's rows; text is cast to the column's type, and empty text in a seed is null."""
        schema, table = relation.split(".")
        if relation not in self.columns:
            self.columns[relation] = self.connection.execute(
                "select column_name, data_type from duckdb_columns()"
                " where database_name = ? and schema_name = ? and table_name = ? order by column_index",
                [DATABASE, schema, table],
            ).fetchall()
        columns = self.columns[relation]
        self.connection.execute(f"delete from {relation}")
        # One list per column: DuckDB takes that far faster than one parameter per cell.
        cast = ", ".join(f"cast(unnest(cast(? as varchar[])) as {kind})" for _, kind in columns)
        lists = [[row.get(name) for row in rows] for name, _ in columns]
        if schema == "framework":
            lists = [[text or None for text in texts] for texts in lists]
        self.connection.execute(f"insert into {relation} select {cast}", lists)

    def read(self, relation: str, names: Sequence[str]) -> list[dict[str, Any]]:
        """Some columns of every row of one relation, as dictionaries."""
        lines = self.connection.execute(f"select {', '.join(names)} from {relation}").fetchall()
        return [dict(zip(names, line, strict=True)) for line in lines]


def landing_rows(method: Method, rows: Sequence[Row]) -> list[dict[str, str]]:
    """Rows of the statement as landing holds them: text, with file and row number."""
    quarters = {row["quarter_id"]: row["quarter_label"] for row in method.rows("quarters")}
    types = {row["trust_type_id"]: row["trust_type_label"] for row in method.rows("trust_types")}
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


def landing_entries(entries: Sequence[Entry]) -> list[dict[str, str]]:
    """Entries of the statement as landing holds them; who decided, why and on what source moves nothing."""
    return [
        {
            "file_id": REGISTER_ID,
            "row_number": str(number),
            "is_current_vintage": "true",
            "register": entry.register_id,
            "organisation_code": entry.organisation_code,
            "subject": entry.subject_id,
            "value": entry.value,
            "from_date": entry.from_date,
            "to_date": entry.to_date,
            "entry_status": entry.entry_status,
            "decided_by_role": "Role",
            "reason": "Reason",
            "source": "Source",
        }
        for number, entry in enumerate(entries, start=2)
    ]
