"""Small releases pushed one after the other: what is replaced, what is refused, and what others keep."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from nof.errors import NofError, UsageRefused
from nof.home import Home
from nof.postgres import PushRefused
from nof.postgres.in_place import Changed
from nof.release import life
from nof.release.errors import ReleaseRefused
from postgres.harness_push import (
    DRAFT,
    INPUTS,
    NOTICE,
    ONE,
    Q1,
    Q2,
    Q3,
    TABLES,
    THREE,
    TRICKY,
    TWO,
    Database,
    make_release,
    new_database,
    rows,
)


def test_the_first_push_brings_every_value_as_it_is(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    result = database.push(home)
    assert result.there is None
    assert (result.table_count, result.row_count, result.is_role_new) == (3, 7, True)
    assert database.ask('select * from nof.dim_trust order by trust_code collate "C"') == [
        ("f", "ZZA", TRICKY, "ZZB", date(2025, 4, 1)),
        ("f", "ZZB", "", None, None),
        ("f", "zzc", "NULL", None, date(1948, 7, 5)),
    ]
    assert database.ask('select * from nof.fct_segment order by trust_code collate "C"') == [
        ("f", "ZZA", 2, Decimal("2.000000000000001"), True, 1, "it's"),
        ("f", "ZZB", 5, Decimal("-0.500000000000000"), False, -2, ""),
        ("f", "zzc", None, None, None, None, None),
    ]
    state = database.ask(
        "select release_id, quarter_id, framework_id, is_bundled, released_date, state, release_order, "
        "event_number, length(home_key), length(manifest_sha256) from nof.release_state"
    )
    assert state == [(ONE, Q1, "nof-2025-26", False, date(2026, 4, 1), "provisional", 1, 1, 16, 64)]
    assert database.ask("select table_name, row_count from nof.release_table order by 1") == [
        ("dim_release", 1),
        ("dim_trust", 3),
        ("fct_segment", 3),
    ]
    said = database.ask("select obj_description('nof'::regnamespace)")[0][0]
    for words in (f"{Q1}/{ONE}, provisional", "Open Government Licence v3.0", "Source: NHS England.", NOTICE):
        assert words in said


def test_the_next_release_touches_only_the_rows_that_differ(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    oids = database.ask("select oid from pg_class where relnamespace = 'nof'::regnamespace order by 1")
    contents = rows(TWO, segment=3)
    contents["dim_trust"] = [*contents["dim_trust"][:2], ("f", "ZZD", "New", None, None)]
    contents["fct_segment"] = contents["fct_segment"][:2]
    make_release(home, Q2, TWO, contents=contents)
    result = database.push(home)
    assert result.there is not None
    assert result.there.release == f"{Q1}/{ONE}"
    # Added: the new release's row, trust ZZD, release_state. Changed: a segment, and three lines of
    # release_table. Removed: the old release's row, trust zzc and its segment, release_state.
    assert result.changed == Changed(added=3, changed=4, removed=4)
    assert database.ask("select final_segment from nof.fct_segment order by 1") == [(3,), (5,)]
    assert database.ask("select release_id from nof.dim_release") == [(TWO,)]
    assert (
        database.ask("select oid from pg_class where relnamespace = 'nof'::regnamespace order by 1") == oids
    )
    again = database.push(home)
    assert again.changed == Changed()


def test_what_somebody_changed_on_the_server_is_put_right(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    with database.admin() as admin:
        admin.execute("update nof.fct_segment set final_segment = 1 where trust_code = 'ZZB'")
    assert database.push(home).changed == Changed(changed=1)
    assert database.ask("select final_segment from nof.fct_segment where trust_code = 'ZZB'") == [(5,)]


def test_a_server_that_changes_what_is_written_is_found_out(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    with database.admin() as admin:
        admin.execute(
            "create function public.meddle() returns trigger language plpgsql as "
            "$$ begin new.final_segment = 1; return new; end $$"
        )
        admin.execute(
            "create trigger meddle before insert or update on nof.fct_segment "
            "for each row execute function public.meddle()"
        )
    make_release(home, Q2, TWO, contents=rows(TWO, segment=3))
    with pytest.raises(PushRefused, match=r"not what went there: fct_segment\. .*trigger"):
        database.push(home)
    assert database.release() == f"{Q1}/{ONE}"
    assert database.ask("select final_segment from nof.fct_segment order by 1") == [(2,), (5,), (None,)]


def test_older_releases_are_refused_unless_told(database: Database, home: Home, tmp_path: Path) -> None:
    make_release(home, Q2, ONE)
    make_release(home, Q2, TWO)
    make_release(home, Q1, THREE)
    database.push(home, TWO)
    with pytest.raises(PushRefused, match=r"ends with an older quarter.*--allow-older"):
        database.push(home, THREE)
    with pytest.raises(PushRefused, match=r"was released before it.*--allow-older"):
        database.push(home, ONE)
    assert database.release() == f"{Q2}/{TWO}"
    assert database.push(home, ONE, allow_older=True).source.state == "superseded"
    assert database.release() == f"{Q2}/{ONE}"
    database.push(home, TWO)

    other = Home(tmp_path / "other")
    make_release(other, Q2, "4" * 16)  # of the same day: which is newer cannot be told from it
    with pytest.raises(PushRefused, match="not later than 2026-04-01"):
        database.push(other)
    make_release(other, Q2, "5" * 16, released_date=date(2026, 4, 2))
    database.push(other)
    assert database.release() == f"{Q2}/{'5' * 16}"


def test_a_withdrawn_release_is_not_pushed_and_gives_way(database: Database, home: Home) -> None:
    make_release(home, Q2, ONE)
    make_release(home, Q2, TWO)
    database.push(home, TWO)
    life.withdraw(home, TWO, role="Head of Performance Analysis", reason="a trust was counted twice")
    with pytest.raises(PushRefused, match=r"was withdrawn .* a trust was counted twice"):
        database.push(home, TWO)
    assert home.current.resolve().name == ONE
    database.push(home)  # older, but what stands in its way is withdrawn
    assert database.release() == f"{Q2}/{ONE}"


def test_another_framework_and_the_bundled_nation_need_a_word(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE, is_bundled=True)
    database.push(home)
    make_release(home, Q1, TWO)
    database.push(home, TWO)  # real figures over invented ones: always
    with pytest.raises(PushRefused, match=r"bundled nation, which is invented.*--allow-other"):
        database.push(home, ONE)
    make_release(home, Q3, THREE, framework_id=DRAFT)
    with pytest.raises(PushRefused, match=r"under another framework.*--schema.*--allow-other"):
        database.push(home, THREE)
    with pytest.raises(PushRefused, match="--allow-other"):
        database.push(home, THREE, allow_older=True)
    database.push(home, THREE, schema="draft")
    assert database.release() == f"{Q1}/{TWO}"
    database.push(home, ONE, allow_other=True)
    assert database.release() == f"{Q1}/{ONE}"


@pytest.mark.parametrize("harm", ["byte", "added", "manifest"])
def test_a_release_that_is_not_what_was_sealed_is_refused(database: Database, home: Home, harm: str) -> None:
    folder = make_release(home, Q1, ONE)
    folder.chmod(0o755)
    if harm == "byte":
        (folder / "nof.duckdb").chmod(0o644)
        with (folder / "nof.duckdb").open("r+b") as file:
            file.seek(9000)
            file.write(b"\x01\x02\x03")
    elif harm == "added":
        (folder / "more.txt").write_text("more\n")
    else:
        manifest = folder / "manifest.json"
        manifest.chmod(0o644)
        manifest.write_text(manifest.read_text().replace('"trust_count": 3', '"trust_count": 4'))
    with pytest.raises((ReleaseRefused, PushRefused)):
        database.push(home)
    assert database.ask("select count(*) from pg_namespace where nspname = 'nof'") == [(0,)]


def test_a_release_sealed_anew_by_something_else_is_refused(database: Database, home: Home) -> None:
    from nof.release import Candidate
    from nof.release.seal import write_seal

    folder = make_release(home, Q1, ONE)
    folder.chmod(0o755)
    for name in ("manifest.json", "SUCCESS"):
        (folder / name).unlink()
    (folder / "notes.md").write_text("What nobody wrote.\n")
    write_seal(Candidate(folder, ONE, "nof-2025-26", Q1, INPUTS), row_counts={}, trust_count=1)
    with pytest.raises(PushRefused, match="is not the one with which"):
        database.push(home)


def test_unknown_releases_are_named(database: Database, home: Home) -> None:
    with pytest.raises(UsageRefused, match="no current release"):
        database.push(home)
    make_release(home, Q1, ONE)
    with pytest.raises(UsageRefused, match=f"There is no release 'x'.*\n.*{ONE}"):
        database.push(home, "x")


def test_a_schema_with_tables_of_others_is_refused(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    with database.admin() as admin:
        admin.execute("create schema nof")
    with pytest.raises(PushRefused, match=r"belongs to postgres.*alter schema nof owner to pusher_"):
        database.push(home)
    with database.admin() as admin:
        admin.execute(f"alter schema nof owner to {database.pusher}")  # type: ignore[arg-type]
        admin.execute("create table nof.dim_trust (mine text)")
    with pytest.raises(PushRefused, match=r"no push made: dim_trust\. .*--schema"):
        database.push(home)
    with database.admin() as admin:
        admin.execute("drop table nof.dim_trust")
    database.push(home)
    with database.admin() as admin:
        admin.execute("create table nof.budget (mine text)")
    make_release(home, Q2, TWO)
    with pytest.raises(PushRefused, match="no push made: budget"):
        database.push(home)
    assert database.release() == f"{Q1}/{ONE}"


def test_the_readers_read_and_do_nothing_else(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    assert database.ask(
        "select rolcanlogin, rolsuper, rolcreaterole from pg_roles where rolname = %s", [database.reader_role]
    ) == [(False, False, False)]
    with database.reader() as person:
        assert person.execute("select count(*) from nof.fct_segment").fetchall() == [(3,)]
        assert person.execute("select release_id from nof.release_state").fetchall() == [(ONE,)]
        for statement in (
            "insert into nof.dim_trust values ('f', 'x')",
            "update nof.fct_segment set final_segment = 1",
            "delete from nof.fct_segment",
            "truncate nof.fct_segment",
            "drop table nof.fct_segment",
            "create table nof.mine (a integer)",
            "alter schema nof rename to mine",
            "comment on table nof.dim_trust is 'mine'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                person.execute(statement)  # type: ignore[arg-type]
    denied = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with database.reader(is_member=False) as stranger, denied:
        stranger.execute("select * from nof.dim_trust")


def test_without_the_right_to_make_roles_the_message_says_what_to_ask_for(home: Home) -> None:
    make_release(home, Q1, ONE)
    with new_database(may_create_roles=False) as database:
        with pytest.raises(
            PushRefused, match=rf"create role {database.reader_role} nologin; then push again"
        ):
            database.push(home)
        assert database.ask("select count(*) from pg_namespace where nspname = 'nof'") == [(0,)]
        with database.admin() as admin:
            admin.execute(f"create role {database.reader_role} nologin")  # type: ignore[arg-type]
        assert not database.push(home).is_role_new
        with database.reader() as person:
            assert person.execute("select count(*) from nof.dim_trust").fetchall() == [(3,)]


def test_a_role_that_can_write_is_no_role_for_readers(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    with database.admin() as admin:
        admin.execute(
            f"create role {database.reader_role}; grant {database.pusher} to {database.reader_role}"
        )  # type: ignore[arg-type]
    with pytest.raises(PushRefused, match="no role for readers"):
        database.push(home)


def test_without_the_right_to_make_a_schema_the_message_says_what_to_ask_for(
    database: Database, home: Home
) -> None:
    make_release(home, Q1, ONE)
    with database.admin() as admin:
        admin.execute(f"revoke create on database {database.name} from {database.pusher}")  # type: ignore[arg-type]
    with pytest.raises(PushRefused, match=r"permission denied for database.*grant create on database"):
        database.push(home)
    with database.admin() as admin:
        admin.execute(f"create schema nof authorization {database.pusher}")  # type: ignore[arg-type]
    database.push(home)
    make_release(home, Q2, TWO)
    database.push(home)  # the usual push needs no more than that
    assert database.release() == f"{Q2}/{TWO}"


def test_a_database_that_cannot_hold_every_name_is_refused(database: Database, home: Home) -> None:
    from urllib.parse import urlsplit, urlunsplit

    from nof.postgres import PushRequest, push
    from nof.postgres.target import Target

    make_release(home, Q1, ONE)
    name = f"{database.name}_latin"
    with database.admin() as admin:
        admin.execute(
            f"create database {name} encoding 'LATIN1' locale 'C' template template0"  # type: ignore[arg-type]
        )
    try:
        url = urlunsplit(urlsplit(database.url)._replace(path=f"/{name}"))
        with pytest.raises(PushRefused, match="keeps text as LATIN1"):
            push(PushRequest(home=home, target=Target(url)), progress=lambda _: None)
    finally:
        with database.admin() as admin:
            admin.execute(f"drop database {name}")  # type: ignore[arg-type]


def test_a_type_without_a_counterpart_is_refused_by_name(database: Database, home: Home) -> None:
    tables = TABLES | {"dim_release": TABLES["dim_release"] + ", made_at timestamp"}
    contents = rows(ONE) | {"dim_release": [(ONE, "l", "s", NOTICE, None)]}
    make_release(home, Q1, ONE, tables=tables, contents=contents)
    with pytest.raises(NofError, match="dim_release, column made_at: TIMESTAMP has no exact counterpart"):
        database.push(home)
