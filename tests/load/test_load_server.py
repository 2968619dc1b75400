"""Clients over PostgreSQL while twenty releases are pushed in a row, and a publisher that they catch."""

import time
from pathlib import Path
from typing import Any

from load.harness_load import Line, readers
from load.marks import MARKING, one_statement
from postgres.harness_push import Database

PUSHES = 20
SWAPS = 4
KINDS = (
    ("statement",) * 4
    + ("prepared",) * 3
    + ("transaction",) * 6
    + ("reconnect",) * 3
    + ("view",) * 2
    + ("cursor",) * 2
)
LOCK_MILLISECONDS = 100  # a client that waits longer than this for a lock has failed
LONGEST_SECONDS = 20.0  # of a reader's query set
# A push beside twenty clients takes as long as the machine needs; only one that hangs is a fault.
LONGEST_PUSH_SECONDS = 180.0
AT_EASE = {"pause_seconds": 3.0}


def open_to_all(database: Database, *, with_view: bool = True) -> None:
    """A view of somebody's own over the release, as a team has it."""
    if with_view:
        with database.admin() as admin:
            admin.execute(
                "create view public.everything as " + one_statement(lambda table: f"nof.{table}")  # type: ignore[arg-type]
            )


def test_twenty_clients_while_twenty_releases_are_pushed(
    line: Line, database: Database, tmp_path: Path, counts: list[str]
) -> None:
    line.make()
    database.push(line.home)
    open_to_all(database)
    pushing = []
    with readers(
        KINDS, database.admin_url, tmp_path, **AT_EASE, lock_milliseconds=LOCK_MILLISECONDS
    ) as found:
        began = time.monotonic()
        for _ in range(PUSHES):
            line.make()
            result = database.push(line.home)
            assert not result.plan.is_swap
            pushing.append(result.seconds)
        took = time.monotonic() - began
    found.assert_exact(last=PUSHES + 1, at_least_seen=3)
    assert found.longest < LONGEST_SECONDS
    assert max(pushing) < LONGEST_PUSH_SECONDS
    seen = [len(each["seen"]) for each in found.found]
    counts.append(
        f"load, PostgreSQL: {len(KINDS)} clients, {PUSHES} pushes in {took:.0f} s: {found.sets} query sets, "
        f"0 errors, 0 mixed, no wait for a lock over {LOCK_MILLISECONDS} ms; each saw {min(seen)} to "
        f"{max(seen)} releases; longest query set {found.longest:.2f} s, longest push {max(pushing):.2f} s"
    )


def test_twenty_clients_while_the_layout_changes(
    line: Line, database: Database, tmp_path: Path, counts: list[str]
) -> None:
    """A table comes, a table goes, in turn: the second time all tables are made anew, under readers."""
    line.make()
    database.push(line.home)
    # No view of somebody's own, which would forbid it; and few transactions over several tables: making the
    # tables anew takes a moment in which none of them is open (docs/decisions/0020).
    kinds = ("statement",) * 12 + ("prepared",) * 5 + ("reconnect",) * 2 + ("transaction",)
    ways = []
    with readers(kinds, database.admin_url, tmp_path, **AT_EASE, lock_milliseconds=5000) as found:
        for number in range(SWAPS):
            change = ["create table publication.extra (a bigint primary key)"]
            line.make(change=change if number % 2 == 0 else ())
            ways.append(database.push(line.home, patience_seconds=120.0).plan.is_swap)
    assert ways == [False, True] * (SWAPS // 2)
    found.assert_exact(last=SWAPS + 1, at_least_seen=3)
    counts.append(
        f"load, PostgreSQL, layout changed {SWAPS} times under {len(kinds)} clients: {found.sets} query "
        f"sets, 0 errors, 0 mixed; longest query set {found.longest:.2f} s"
    )


def test_the_same_clients_catch_tables_replaced_one_by_one(
    line: Line, database: Database, tmp_path: Path, counts: list[str]
) -> None:
    """A publisher that needs two transactions for what belongs into one."""
    line.make()
    database.push(line.home)
    open_to_all(database)
    number = 1
    with readers(("statement", "transaction", "view"), database.admin_url, tmp_path) as found:
        for _ in range(6):
            number += 1
            for table, marking in MARKING.items():
                words = marking.format(number=number)
                with database.admin() as admin:
                    admin.execute(f"update nof.{table} set {words}")  # type: ignore[arg-type]
                time.sleep(0.05)
    assert not found.errors
    kinds: set[Any] = {each.partition(":")[0] for each in found.mixed}
    assert kinds == {"statement", "transaction", "view"}
    counts.append(
        f"load, PostgreSQL, tables replaced one by one: caught, {len(found.mixed)} query sets of two "
        f"releases beside {found.sets} of one"
    )
