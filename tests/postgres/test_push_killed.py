"""A push that is killed, two at once, and what a push says: nothing half done, and never a password."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nof.home import Home
from nof.postgres import PushRefused
from postgres.harness_push import ONE, Q1, Q2, TABLES, TWO, Database, make_release, rows, with_user

NOF = (sys.executable, "-m", "nof")


def command(database: Database, home: Home, url: str | None = None) -> list[str]:
    options = ["--home", str(home.root), "--reader-role", database.reader_role]
    return [*NOF, "push", url or database.url, *options]


def run(
    database: Database, home: Home, url: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(database, home, url),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


@contextmanager
def pushing(database: Database, home: Home, *, until: str) -> Iterator["subprocess.Popen[str]"]:
    """A push in a process of its own that has come to where something holds it up."""
    process = subprocess.Popen(
        command(database, home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        limit = time.monotonic() + 30
        while not database.ask(
            "select 1 from pg_stat_activity where application_name = 'nof push' "
            "and datname = current_database() and wait_event_type = 'Lock' and query ilike %s",
            [until],
        ):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < limit, "the push never came there"
            time.sleep(0.02)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate()


def gone(database: Database) -> None:
    """Wait until the server has noticed that the pusher is no more."""
    limit = time.monotonic() + 20
    while database.ask("select 1 from pg_stat_activity where application_name = 'nof push'"):
        assert time.monotonic() < limit, "the server still works for a pusher that was killed"
        time.sleep(0.05)


def schemas(database: Database) -> list[str]:
    return [
        str(name)
        for (name,) in database.ask(
            "select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)' order by 1"
        )
    ]


def test_killed_at_first_it_leaves_nothing(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    with database.admin() as blocker:
        blocker.execute("begin; create schema nof")
        with pushing(database, home, until="create schema%") as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
            gone(database)
        blocker.execute("rollback")
    assert schemas(database) == []
    assert database.ask("select 1 from pg_roles where rolname = %s", [database.reader_role]) == []
    assert database.push(home).there is None


def test_killed_between_two_tables_it_leaves_the_old_release(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    make_release(home, Q2, TWO, contents=rows(TWO, segment=3))
    before = database.ask("select * from nof.release_table order by 1")
    with database.admin() as blocker:
        # dim_release and dim_trust come before it, so their rows are replaced when the kill comes.
        blocker.execute("begin; lock table nof.fct_segment in share mode")
        with pushing(database, home, until="%nof%fct_segment%") as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
            gone(database)
        blocker.execute("rollback")
    assert database.release() == f"{Q1}/{ONE}"
    assert database.ask("select release_id from nof.dim_release") == [(ONE,)]
    assert database.ask("select * from nof.release_table order by 1") == before
    assert schemas(database) == ["nof"]
    assert database.push(home).changed.changed > 0
    assert database.release() == f"{Q2}/{TWO}"


def test_killed_in_a_swap_it_leaves_the_old_tables(database: Database, home: Home) -> None:
    wider = TABLES | {"dim_region": "region varchar primary key"}
    make_release(home, Q1, ONE, tables=wider, contents=rows(ONE) | {"dim_region": [("North",)]})
    database.push(home)
    make_release(home, Q2, TWO)
    with database.reader() as reader:
        reader.execute("begin; select * from nof.dim_trust")
        with pushing(database, home, until="lock table%") as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
            gone(database)
        reader.execute("commit")
    assert database.release() == f"{Q1}/{ONE}"
    assert database.ask("select region from nof.dim_region") == [("North",)]
    assert schemas(database) == ["nof"]
    assert database.push(home).plan.is_swap
    assert database.release() == f"{Q2}/{TWO}"


def test_killed_after_a_column_was_added_the_old_release_reads_the_same(
    database: Database, home: Home
) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    before = database.ask("select framework_id, trust_code, trust_name from nof.dim_trust order by 2")
    wider = TABLES | {
        "dim_trust": TABLES["dim_trust"].replace("first_date date,", "first_date date, region varchar,")
    }
    contents = rows(TWO, segment=3)
    contents["dim_trust"] = [(*row, "North") for row in contents["dim_trust"]]
    make_release(home, Q2, TWO, tables=wider, contents=contents)
    with database.admin() as blocker:
        blocker.execute("begin; lock table nof.fct_segment in share mode")
        with pushing(database, home, until="%nof%fct_segment%") as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
            gone(database)
        blocker.execute("rollback")
    assert database.release() == f"{Q1}/{ONE}"
    assert database.ask("select framework_id, trust_code, trust_name from nof.dim_trust order by 2") == before
    assert database.ask("select count(region) from nof.dim_trust") == [(0,)]
    database.push(home)
    assert database.ask("select count(region) from nof.dim_trust") == [(3,)]


def test_one_pusher_at_a_time(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    database.push(home)
    make_release(home, Q2, TWO, contents=rows(TWO, segment=3))
    with database.admin() as blocker:
        blocker.execute("begin; lock table nof.fct_segment in share mode")
        with pushing(database, home, until="%nof%fct_segment%") as process:
            with pytest.raises(PushRefused, match="Another push is working on the schema nof"):
                database.push(home, patience_seconds=0.5)
            database.push(home, schema="beside")  # another schema is another place
            blocker.execute("rollback")
            assert process.wait(timeout=30) == 0
    assert database.release() == f"{Q2}/{TWO}"


def test_of_many_pushers_the_newest_release_stays(database: Database, home: Home) -> None:
    names = [str(number) * 16 for number in range(1, 7)]
    for name in names:
        make_release(home, Q1, name, contents=rows(name))
    refused = 0
    with ThreadPoolExecutor(6) as pool:
        pushes = [pool.submit(database.push, home, name, patience_seconds=60.0) for name in reversed(names)]
        for each in pushes:
            try:
                each.result()
            except PushRefused as refusal:
                assert "was released before it" in str(refusal)
                refused += 1
    assert database.release() == f"{Q1}/{names[-1]}"
    assert database.ask("select release_id from nof.dim_release") == [(names[-1],)]
    assert refused < 6


def test_the_command_says_what_it_did_and_never_the_password(database: Database, home: Home) -> None:
    make_release(home, Q1, ONE)
    done = run(database, home)
    assert done.returncode == 0, done.stderr
    parts = urlsplit(database.url)
    place = f"postgresql://{database.pusher}@127.0.0.1:{parts.port}/{database.name}, schema nof"
    assert f"Pushed {Q1}/{ONE} (nof-2025-26, provisional) to {place}" in done.stdout
    assert "Before: no release" in done.stdout
    assert "Now: 3 tables, 7 rows, read back and equal to the release" in done.stdout
    assert f"grant {database.reader_role} to SOMEBODY" in done.stdout
    make_release(home, Q2, TWO)
    newer = run(database, home)
    assert f"Before: {Q1}/{ONE} (nof-2025-26, superseded)" not in newer.stdout  # another quarter
    assert f"Before: {Q1}/{ONE} (nof-2025-26, provisional)" in newer.stdout
    older = subprocess.run(
        [*command(database, home), "--release", ONE], capture_output=True, text=True, check=False
    )
    assert older.returncode == 1
    assert "--allow-older" in older.stderr
    assert "Readers go on seeing the release that was there." in older.stderr
    wrong = "not-the-pass/word@x"
    urls = {
        "a wrong password": with_user(database.url, database.pusher, "not-the-pass%2Fword%40x"),
        "a torn one": with_user(database.url, database.pusher, wrong),
        "in the query": f"postgresql://{database.pusher}@127.0.0.1:{parts.port}/{database.name}?password={wrong}",
        "no host": f"postgresql://{database.pusher}:{wrong.partition('/')[0]}@nowhere.invalid/x",
        "no database": with_user(database.url, database.pusher, database.password) + "x",
    }
    for what, url in urls.items():
        failed = run(database, home, url)
        assert failed.returncode in {1, 2}, what
        for said in (failed.stdout, failed.stderr):
            assert "pass/word" not in said, what
            assert "not-the-pass" not in said, what
            assert "word@x" not in said, what
            assert "Traceback" not in said, what
    for said in (done, newer, older):
        assert database.password not in said.stdout + said.stderr
    assert database.release() == f"{Q2}/{TWO}"


@pytest.mark.parametrize("way", ["PGPASSWORD", "pgpass", "service"])
def test_the_password_may_come_from_where_clients_look_for_it(
    database: Database, home: Home, tmp_path: Path, way: str
) -> None:
    make_release(home, Q1, ONE)
    parts = urlsplit(database.url)
    url = f"postgresql://{database.pusher}@127.0.0.1:{parts.port}/{database.name}"
    if way == "PGPASSWORD":
        environment = {"PGPASSWORD": database.password}
    elif way == "pgpass":
        file = tmp_path / "pgpass"
        file.write_text(f"127.0.0.1:{parts.port}:{database.name}:{database.pusher}:{database.password}\n")
        file.chmod(0o600)
        environment = {"PGPASSFILE": str(file)}
    else:
        file = tmp_path / "service.conf"
        file.write_text(
            f"[nof]\nhost=127.0.0.1\nport={parts.port}\ndbname={database.name}\n"
            f"user={database.pusher}\npassword={database.password}\n"
        )
        environment, url = {"PGSERVICEFILE": str(file)}, "postgresql:///?service=nof"
    done = run(database, home, url, **environment)
    assert done.returncode == 0, done.stderr
    assert database.password not in done.stdout + done.stderr
    nothing = f"postgresql://{database.pusher}@127.0.0.1:{parts.port}/{database.name}"
    assert run(database, home, nothing).returncode == 1
