"""The change itself: everything that a reader can see of a push, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from psycopg import sql

from nof.postgres import finish, in_place, locks, roles, swap, tables
from nof.postgres.in_place import Changed
from nof.postgres.plan import Alteration, Plan
from nof.postgres.rows import Export, holds, prove
from nof.postgres.source import Source
from nof.postgres.standing import Standing
from nof.postgres.target import Target

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]
    Cursor = psycopg.Cursor[tuple[Any, ...]]


@dataclass
class Move:
    """One release on its way to the place of another.

    Attributes:
        connection: to the server, outside a transaction, with no other push beside it.
        target: where it goes.
        source: the release.
        exported: its rows.
        standing: what is there.
        plan: what to do about it.
        patience_seconds: how long to wait for somebody else's lock.
        progress: told what is being done.
        changed: rows added, changed and removed, by table; of tables whose rows were replaced where they are.
        proven: tables that were the same already, every cell of them.
        gone: what other people had on tables that were made anew, and what went with them.
        is_role_new: whether the group of readers was made.
    """

    connection: "Connection"
    target: Target
    source: Source
    exported: Export
    standing: Standing
    plan: Plan
    patience_seconds: float
    progress: Callable[[str], None]
    changed: dict[str, Changed] = field(default_factory=dict)
    proven: set[str] = field(default_factory=set)
    gone: list[str] = field(default_factory=list)
    is_role_new: bool = False

    def prepare(self) -> None:
        """Let the tables that stay take the new rows; the release that is there reads the same as before.

        Raises:
            PushRefused: somebody's views stand on tables that have to go, or a table was never free.
        """
        if self.plan.is_swap:
            with self.connection.cursor() as cursor:
                swap.refuse_dependents(cursor, self.standing, self.plan)
        for each in self.plan.kept:
            if each.added or each.relaxed or each.dropped:
                self.progress("Adding columns")
                locks.try_alter(
                    self.connection,
                    partial(tables.prepare, schema=self.target.schema, alteration=each),
                    [self.standing.tables[each.table.name].oid],
                    self.patience_seconds,
                )

    def replace(self) -> None:
        """Put the release in its place, prove that it is there, and only then let readers see it.

        Raises:
            PushRefused: the server does not hold what went there, or tables were never free.
        """
        self.progress("Loading")
        locks.wait_up_to(self.connection, self.patience_seconds)
        with self.connection.transaction(), self.connection.cursor() as cursor:
            self.is_role_new = roles.make_reader_role(cursor, self.target)
            if not self.standing.exists:
                _create_schema(cursor, self.target.schema)
            if self.plan.is_swap:
                self._swap(cursor)
            else:
                self._fill(cursor)
            roles.let_read(cursor, self.target)
            finish.describe_schema(cursor, self.target, self.source)

    def _fill(self, cursor: "Cursor") -> None:
        """Replace the rows of the tables that stay, and make those that are missing: at first, all."""
        schema = self.target.schema
        cursor.execute("set constraints all deferred")
        for each in self.plan.kept:
            self._replace_rows(cursor, each)
            tables.comment(cursor, schema, each.table, self.standing.tables[each.table.name])
        # Beside tables that stay, a new one must not show more than they do to who began before.
        new = self.exported.of(self.plan.new)
        swap.make(cursor, schema, new, is_frozen=not self.plan.kept)
        cursor.execute("set constraints all immediate")
        swap.refer(cursor, schema, self.plan.new)
        self.progress("Reading back")
        prove(cursor, schema, [each for each in self.exported.tables if each.table.name not in self.proven])

    def _replace_rows(self, cursor: "Cursor", alteration: Alteration) -> None:
        """Replace the rows of one table; where it was the same already, read it and leave it alone."""
        schema, table = self.target.schema, alteration.table
        exported = self.exported.of([table])[0]
        is_recorded = self.standing.hashes.get(table.name) == exported.sha256 and not alteration.added
        if is_recorded and holds(cursor, sql.Identifier(schema, table.name), exported):
            self.proven.add(table.name)
        else:
            self.changed[table.name] = in_place.replace_rows(cursor, schema, exported)

    def _swap(self, cursor: "Cursor") -> None:
        """Make every table anew beside the old ones, and let them change places."""
        staging = swap.staging_schema(self.target)
        _create_schema(cursor, staging)
        swap.make(cursor, staging, self.exported.tables, is_frozen=True)
        swap.refer(cursor, staging, self.plan.new)
        self.progress("Reading back")
        prove(cursor, staging, self.exported.tables)
        self.progress("Changing places")
        self.gone = swap.change_places(
            cursor, self.target, self.standing, self.plan.new, patience_seconds=self.patience_seconds
        )


def _create_schema(cursor: "Cursor", name: str) -> None:
    cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))
