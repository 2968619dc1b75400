"""A nation scored under two frameworks, the tables of both in one schema as if one build had made them."""

from collections.abc import Iterable, Mapping, Sequence

from harness_by_hand import DRAFT
from harness_dbt import Compiled
from harness_published import bundled_entries, bundled_rows
from harness_sql import SqlScoring

from plain_rules import Entry, Method, Row

BOTH = "side_by_side"
ALONE = ("side_by_side_first", "side_by_side_second")
QUARTERS = ("2025-26-Q1", "2025-26-Q2")
# How many organisations of each type: enough for ties, ranks and every segment.
EACH = 8


def few_rows() -> list[Row]:
    """Some organisations of each type of the bundled nation, in two quarters."""
    codes: dict[str, list[str]] = {}
    rows = [row for row in bundled_rows() if row.quarter_id in QUARTERS]
    for row in rows:
        listed = codes.setdefault(row.trust_type_id, [])
        if row.trust_code not in listed:
            listed.append(row.trust_code)
    kept = {code for listed in codes.values() for code in listed[:EACH]}
    return [row for row in rows if row.trust_code in kept]


def few_entries(rows: Sequence[Row]) -> list[Entry]:
    """The entries about them; of each second one more about a service, support and excluded metrics."""
    codes = sorted({row.trust_code for row in rows})
    entries = [entry for entry in bundled_entries() if entry.organisation_code in {*codes, "ALL"}]
    for number, code in enumerate(codes[::2]):
        runs, received = ("Runs it", "Received") if number % 2 else ("Does not run it", "Not received")
        entries.append(Entry("service", code, "community", runs, "2025-05-01"))
        entries.append(Entry("deficit_support", code, "deficit_support", received, "2025-05-02"))
        entries.append(
            Entry("exclusion", code, "OF0079" if number % 2 else "OF0081", "Excluded", "2025-05-03")
        )
        entries.append(Entry("exclusion", code, "OF0082", "Excluded", "2025-08-03"))
    return entries


def methods() -> list[Method]:
    """The draft, which scores every type, and a framework derived from it: the same rows under another name.

    Sizes of pools are recorded for the first and not for the other, whose deficit is the plan's alone.
    """
    derived = "derived-from-the-draft"
    tables = {}
    for name, rows in DRAFT.tables.items():
        own = [row for row in rows if row.get("framework_id") == DRAFT.framework_id]
        again = [{**row, "framework_id": derived} for row in own if not differs(name, row)]
        tables[name] = [*rows, *again]
    tables["organisation_scope"] = [
        {**row, "expected_trust_count": str(EACH)} for row in tables["organisation_scope"]
    ]
    return [Method(tables, DRAFT.framework_id), Method(tables, derived)]


def differs(name: str, row: Mapping[str, str]) -> bool:
    """Whether the derived framework is without a row of the draft."""
    return name == "pool_sizes" or (name == "override_inputs" and row["metric_id"] != "OF0079")


def score_side_by_side(sql: SqlScoring, project: Compiled) -> dict[str, str]:
    """Score the few under both frameworks; the rows of both are then in the schema BOTH.

    Returns:
        By model of the scoring room its query over the tables of both. What reads the request of a run is
        left out: a run is of one framework.
    """
    scored = {name: query for name, query in project.models.items() if query.room == "scoring"}
    models = {parent for query in scored.values() for parent in query.parents} | scored.keys()
    columns = "select column_name from duckdb_columns() where database_name = 'build' and table_name = ?"
    sql.connection.execute(f"create schema {BOTH}")
    rows = few_rows()
    replaced = [name for name, found in DRAFT.tables.items() if found and "framework_id" in found[0]]
    for number, method in enumerate(methods()):
        sql.score(method, replaced, rows, few_entries(rows))
        for name in sorted(models):
            room = project.models[name].room
            if not number:
                sql.connection.execute(f"create table {BOTH}.{name} as from {room}.{name}")
            # What has no framework is the same under both.
            elif ("framework_id",) in sql.connection.execute(columns, [name]).fetchall():
                sql.connection.execute(f"insert into {BOTH}.{name} from {room}.{name}")
    alone(sql, models)
    return {
        name: over_both(project, query.text)
        for name, query in scored.items()
        if not any(each.startswith("source.") for each in query.reads)
    }


def alone(sql: SqlScoring, models: Iterable[str]) -> None:
    """Each framework's own rows of these tables, in a schema for each."""
    columns = "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
    for schema, method in zip(ALONE, methods(), strict=True):
        sql.connection.execute(f"create schema {schema}")
        for name in models:
            has_one = ("framework_id",) in sql.connection.execute(columns, [BOTH, name]).fetchall()
            own = f" where framework_id = '{method.framework_id}'" if has_one else ""
            sql.connection.execute(f"create view {schema}.{name} as from {BOTH}.{name}{own}")


def over_both(project: Compiled, query: str) -> str:
    """A query of the scoring room, reading the models' rows under both frameworks."""
    for name, model in project.models.items():
        query = query.replace(f'"build"."{model.room}"."{name}"', f'"build"."{BOTH}"."{name}"')
    return query
