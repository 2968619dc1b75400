"""A layout that changes between releases: what is added goes in place, what goes is a swap or refused."""

import psycopg
import pytest

from nof.home import Home
from nof.postgres import PushRefused
from nof.postgres.in_place import Changed
from postgres.harness_push import ONE, Q1, Q2, Q3, TABLES, THREE, TWO, Database, make_release, rows

WIDER = TABLES | {
    "dim_trust": TABLES["dim_trust"].replace("first_date date,", "first_date date, region varchar not null,"),
    "dim_region": "region varchar primary key",
}


def wider_rows(release_id: str) -> dict[str, list[tuple[object, ...]]]:
    contents = rows(release_id, segment=4)
    contents["dim_trust"] = [(*row, "North") for row in contents["dim_trust"]]
    return contents | {"dim_region": [("North",), ("South",)]}


def test_an_added_column_and_table_leave_views_and_tables_where_they_are(
    database: Database, home: Home
) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    with database.admin() as admin:
        admin.execute(
            "create view public.mine as select d.*, f.final_segment from nof.dim_trust as d "
            "join nof.fct_segment as f using (trust_code)"
        )
        admin.execute("create index mine on nof.dim_trust (trust_name)")
        admin.execute("create role somebody_else")
        admin.execute("grant select on nof.dim_trust to somebody_else")
    try:
        make_release(home, Q2, TWO, tables=WIDER, contents=wider_rows(TWO))
        result = database.push(home)
        assert [each.table.name for each in result.plan.kept if each.added] == ["dim_trust"]
        assert [table.name for table in result.plan.new] == ["dim_region"]
        assert result.not_finished == ()
        assert database.ask("select final_segment from public.mine order by 1") == [(4,), (5,), (None,)]
        assert database.ask("select distinct region from nof.dim_trust") == [("North",)]
        assert database.ask(
            "select attnotnull from pg_attribute "
            "where attrelid = 'nof.dim_trust'::regclass and attname = 'region'"
        ) == [(True,)]
        assert database.ask("select count(*) from pg_indexes where indexname = 'mine'") == [(1,)]
        assert database.ask("select has_table_privilege('somebody_else', 'nof.dim_trust', 'select')") == [
            (True,)
        ]
        with database.reader() as person:
            assert person.execute("select count(*) from nof.dim_region").fetchall() == [(2,)]
        assert database.push(home).changed == Changed()
    finally:
        with database.admin() as admin:
            admin.execute("drop owned by somebody_else; drop role somebody_else")


def test_changed_rules_are_exchanged_and_those_of_others_stay(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    with database.admin() as admin:
        admin.execute("alter table nof.fct_segment add constraint mine check (final_segment < 9)")
    narrower = TABLES["fct_segment"].replace("between 1 and 5", "between 1 and 6")
    make_release(home, Q2, TWO, tables=TABLES | {"fct_segment": narrower}, contents=rows(TWO, segment=6))
    result = database.push(home)
    assert not result.plan.is_swap
    definitions = [
        text
        for (text,) in database.ask(
            "select pg_get_constraintdef(oid) from pg_constraint "
            "where conrelid = 'nof.fct_segment'::regclass and contype = 'c'"
        )
    ]
    assert "CHECK (((final_segment >= 1) AND (final_segment <= 6)))" in definitions
    assert not any("<= 5" in text for text in definitions)
    assert "CHECK ((final_segment < 9))" in definitions
    with database.admin() as admin, pytest.raises(psycopg.errors.CheckViolation):
        admin.execute("update nof.fct_segment set final_segment = 7")


def test_a_column_that_goes_is_a_swap_with_rights_and_readers_kept(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE, tables=WIDER, contents=wider_rows(ONE))
    database.push(home)
    with database.admin() as admin:
        admin.execute("create role somebody_else")
        admin.execute("grant select on nof.dim_trust to somebody_else")
        admin.execute("grant select (trust_code, final_segment) on nof.fct_segment to somebody_else")
        admin.execute("grant usage on schema nof to somebody_else")
        admin.execute("create index mine on nof.dim_trust (trust_name)")
    try:
        make_release(home, Q2, TWO)
        result = database.push(home)
        assert result.plan.reasons == (
            "table dim_region is no longer there",
            "dim_trust: column region is no longer there",
        )
        assert result.gone == ("index mine on dim_trust",)
        tables = database.ask("select tablename from pg_tables where schemaname like 'nof%' order by 1")
        assert [name for (name,) in tables] == [
            "dim_release",
            "dim_trust",
            "fct_segment",
            "release_state",
            "release_table",
        ]
        assert database.ask("select count(*) from pg_namespace where nspname like 'nof%'") == [(1,)]
        assert database.release() == f"{Q2}/{TWO}"
        rights = database.ask(
            "select has_table_privilege('somebody_else', 'nof.dim_trust', 'select'), "
            "has_column_privilege('somebody_else', 'nof.fct_segment', 'final_segment', 'select'), "
            "has_column_privilege('somebody_else', 'nof.fct_segment', 'average_score', 'select'), "
            "has_schema_privilege('somebody_else', 'nof', 'usage')"
        )
        assert rights == [(True, True, False, True)]
        with database.reader() as person:
            assert person.execute("select count(*) from nof.fct_segment").fetchall() == [(3,)]
        make_release(home, Q3, THREE)
        database.push(home)  # and in place again from here on
        assert database.release() == f"{Q3}/{THREE}"
    finally:
        with database.admin() as admin:
            admin.execute("drop owned by somebody_else; drop role somebody_else")


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("create view public.mine as select trust_name from nof.dim_trust", r"view public\.mine"),
        (
            "create materialized view public.mine as select * from nof.fct_segment",
            r"materialized view public\.mine",
        ),
        (
            "create table public.mine (framework_id text, trust_code text, "
            "foreign key (framework_id, trust_code) references nof.dim_trust)",
            "constraint mine_framework_id_trust_code_fkey on table public.mine",
        ),
        (
            "create function public.mine() returns bigint language sql begin atomic "
            "select count(*) from nof.fct_segment; end",
            r"function public\.mine\(\)",
        ),
        (
            "create function public.mine(nof.dim_trust) returns text language sql as 'select 1'",
            r"function public\.mine\(nof\.dim_trust\)",
        ),
    ],
)
def test_a_swap_that_would_take_something_from_others_is_refused_with_its_name(
    database: Database, home: Home, what: str, named: str
) -> None:
    make_release(home, Q1, ONE, tables=WIDER, contents=wider_rows(ONE))
    database.push(home)
    with database.admin() as admin:
        admin.execute(what)  # type: ignore[arg-type]
    make_release(home, Q2, TWO)
    with pytest.raises(
        PushRefused, match=rf"column region is no longer there.*stand on the old ones: .*{named}"
    ):
        database.push(home)
    assert database.release() == f"{Q1}/{ONE}"
    assert database.ask("select distinct region from nof.dim_trust") == [("North",)]


def test_a_changed_type_and_a_changed_key_are_swaps(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    other = TABLES | {
        "dim_release": TABLES["dim_release"].replace("release_id varchar primary key", "release_id varchar")
        + ", primary key (release_id, licence)",
        "fct_segment": TABLES["fct_segment"].replace("decimal(18,15)", "decimal(28,15)"),
    }
    make_release(home, Q2, TWO, tables=other)
    result = database.push(home)
    assert result.plan.reasons == (
        "dim_release: the key was (release_id) and is (release_id, licence)",
        "fct_segment: column average_score was numeric(18,15) and is numeric(28,15)",
    )


def test_a_key_of_somebodys_table_into_a_row_that_goes_is_refused(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    with database.admin() as admin:
        admin.execute(
            "create table public.mine (framework_id text, trust_code text, "
            "foreign key (framework_id, trust_code) references nof.dim_trust)"
        )
        admin.execute("insert into public.mine values ('f', 'zzc')")
    make_release(home, Q2, TWO, contents=rows(TWO, segment=1))
    database.push(home)  # the row stays, and so does the key
    contents = rows(THREE)
    contents = {name: [row for row in found if "zzc" not in row] for name, found in contents.items()}
    make_release(home, Q3, THREE, contents=contents)
    with pytest.raises(
        PushRefused, match=r"Key \(framework_id, trust_code\)=\(f, zzc\).*by views, not by keys"
    ):
        database.push(home)
    assert database.release() == f"{Q2}/{TWO}"
