"""The two whole releases on a server, read again by a client that knows nothing of the push."""

from pathlib import Path
from typing import Any

import duckdb

from nof.home import Home
from postgres.harness_push import Database

TYPES = {"BOOLEAN": "boolean", "BIGINT": "bigint", "INTEGER": "integer", "DATE": "date", "VARCHAR": "text"}
COLUMNS = """
    select table_name, column_name, is_nullable = 'NO',
        case data_type when 'numeric' then format('numeric(%s,%s)', numeric_precision, numeric_scale)
        else data_type end,
        col_description(format('nof.%I', table_name)::regclass, ordinal_position::integer)
    from information_schema.columns where table_schema = 'nof' order by 1, ordinal_position
"""
KEYS = """
    select c.conrelid::regclass::text, c.contype::text, array(
            select attname::text from unnest(c.conkey) with ordinality as k(number, place)
            join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.number order by place
        ), nullif(c.confrelid, 0)::regclass::text
    from pg_constraint as c where c.connamespace = 'nof'::regnamespace and c.contype in ('p', 'f')
"""


def test_every_cell_type_key_and_comment_is_the_releases(
    database: Database, each_release: Path, counts: list[str]
) -> None:
    home = Home(each_release.parents[2])
    result = database.push(home, f"{each_release.parent.name}/{each_release.name}")
    release = duckdb.connect(each_release / "nof.duckdb", read_only=True)

    tables = [name for (name,) in ask(release, "select table_name from duckdb_tables() order by 1")]
    there = [name for (name,) in database.ask("select tablename from pg_tables where schemaname = 'nof'")]
    assert sorted(there) == sorted([*tables, "release_state", "release_table"])
    cells = 0
    for table in tables:
        # Rows as Python has them, decimals as decimals, without an order: what is compared is not the
        # text that the push itself compares.
        wanted = ask(release, f"select * from publication.{table}")
        found = database.ask(f"select * from nof.{table}")
        assert len(found) == len(wanted)
        assert set(found) == set(wanted), table
        assert [type(cell) for row in sorted(found, key=repr) for cell in row] == [
            type(cell) for row in sorted(wanted, key=repr) for cell in row
        ], table
        cells += sum(len(row) for row in found)

    own = {"release_state", "release_table"}
    assert [row for row in database.ask(COLUMNS) if row[0] not in own] == [
        (table, column, not nullable, server_type(data_type), comment)
        for table, column, nullable, data_type, comment in ask(
            release,
            "select table_name, column_name, is_nullable, data_type, comment from duckdb_columns() "
            "where schema_name = 'publication' order by 1, column_index",
        )
    ]
    keys = [
        (f"nof.{table}", "p" if kind == "PRIMARY KEY" else "f", columns, parent and f"nof.{parent}")
        for table, kind, columns, parent in ask(
            release,
            "select table_name, constraint_type, constraint_column_names, referenced_table "
            "from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')",
        )
    ]
    found_keys = [row for row in database.ask(KEYS) if row[0].removeprefix("nof.") not in own]
    assert sorted(found_keys, key=repr) == sorted(keys, key=repr)
    checks = ask(release, "select count(*) from duckdb_constraints() where constraint_type = 'CHECK'")[0][0]
    carried = database.ask(
        "select count(*), count(*) filter (where convalidated) from pg_constraint "
        "where connamespace = 'nof'::regnamespace and contype = 'c'"
    )[0]
    assert result.not_carried == ()
    assert carried == (checks, checks)
    comments = dict(database.ask("select relname, obj_description(oid) from pg_class where relkind = 'r'"))
    for table, comment in ask(release, "select table_name, comment from duckdb_tables()"):
        assert comments[table] == comment
    said = database.ask("select obj_description('nof'::regnamespace)")[0][0]
    assert f"{each_release.parent.name}/{each_release.name}" in said
    assert "open-government-licence" in said.lower().replace(" ", "-")
    assert "not an nhs england publication" in said.lower()
    counts.append(
        f"PostgreSQL, {each_release.parent.name}/{each_release.name}: {len(tables)} tables, {cells:,} cells, "
        f"{len(keys)} keys and {checks} checks the same; pushed in {result.seconds:.1f} s"
    )

    release.close()
    again = database.push(home, each_release.name)
    assert (again.changed.added, again.changed.changed, again.changed.removed) == (0, 0, 0)
    with database.reader() as reader:
        for table in tables:
            reader.execute(f"select * from nof.{table} limit 1")  # type: ignore[arg-type]


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def server_type(data_type: str) -> str:
    return TYPES.get(data_type, data_type.replace("DECIMAL", "numeric"))
