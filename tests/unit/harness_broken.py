"""Rows that break one rule of a publication table and no other, found by trying what columns could hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from pathlib import Path

import duckdb

from nof.release.database import parents_first, read_tables
from nof.sql import literal, quoted

# What a value could be that a rule does not want, by the beginning of its type.
TRIED = {
    "VARCHAR": ("null", "'no such word'", "''"),
    "BIGINT": ("null", "-1", "0", "1", "2", "99"),
    "DECIMAL": ("null", "-1", "0", "1", "2", "99"),
    "BOOLEAN": ("null", "true", "false"),
    "DATE": ("null", "date '1900-01-01'", "date '2100-01-01'"),
}
FILLED = {"VARCHAR": "'x'", "BIGINT": "1", "DECIMAL": "1", "BOOLEAN": "false", "DATE": "date '2025-04-01'"}
NO_SUCH = ("'no such word'", "''")
MOST_ROWS, FEW_ROWS, MOST_TRIES, MOST_FOUND, MOST_COMBINATIONS = 40, 4, 5, 8, 200_000


@dataclass(frozen=True)
class Rule:
    """One constraint of a table as the database has it."""

    table: str
    kind: str
    text: str
    expression: str
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...] = ()


def rules_of(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[Rule]:
    """Every constraint of the publication tables."""
    return [
        Rule(table, kind, text, expression or "", tuple(columns), parent or "", tuple(referenced or ()))
        for table, kind, text, expression, columns, parent, referenced in connection.execute(
            "select table_name, constraint_type, constraint_text, expression, constraint_column_names, "
            "referenced_table, referenced_column_names from duckdb_constraints() "
            "where database_name = ? and schema_name = 'publication' order by table_name, constraint_index",
            [catalog],
        ).fetchall()
    ]


class Breaker:
    """An empty copy of a release that is filled table by table; each is tried while it has no rows itself."""

    def __init__(self, release: Path) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"attach {literal(release / 'nof.duckdb')} as made (read_only)")
        self.connection.execute("create schema publication")
        self.rules = rules_of(self.connection, "made")
        self.tables = {table.name: table for table in parents_first(read_tables(self.connection, "made"))}
        self.types = {
            name: {column.name: column.data_type for column in table.columns}
            for name, table in self.tables.items()
        }

    def let_in(self) -> list[str]:
        """The rules that no row was refused for, as none could be made or the database took it."""
        found = []
        for name in self.tables:
            ((statement,),) = self.connection.execute(
                "select sql from duckdb_tables() where database_name = 'made' and table_name = ?", [name]
            ).fetchall()
            self.connection.execute(statement)
            base = self._base(name)
            found += [
                f"{name}: {rule.text} {rule.columns}"
                for rule in self.rules
                if rule.table == name and not self._is_refused(rule, base)
            ]
            if name in {rule.parent for rule in self.rules}:
                self.connection.execute(
                    f"insert into publication.{name} select * from made.publication.{name}"
                )
        return found

    def _is_refused(self, rule: Rule, base: str) -> bool:
        """Whether a row that breaks the rule is refused for exactly this rule."""
        wanted = {
            "PRIMARY KEY": "uplicate key",
            "NOT NULL": f"NOT NULL constraint failed: {rule.table}.{rule.columns[0]}",
            "FOREIGN KEY": "Violates foreign key constraint",
            "CHECK": f"CHECK constraint failed on table {rule.table} with expression {rule.text}",
        }[rule.kind]
        for row in self._rows_against(rule, base):
            statement = f"insert into publication.{rule.table} values ({', '.join('?' for _ in row)})"
            self.connection.execute("begin")
            try:
                if rule.kind == "PRIMARY KEY":
                    self.connection.execute(statement, row)
                self.connection.execute(statement, row)
            except duckdb.ConstraintException as refused:
                if wanted in str(refused):
                    return True
            finally:
                self.connection.execute("rollback")
        return False

    def _rows_against(self, rule: Rule, base: str) -> Iterator[tuple[object, ...]]:
        if rule.kind == "PRIMARY KEY":
            yield from self._searched(rule.table, base, "true", but=rule)
            return
        if rule.kind == "CHECK":
            broken, free = f"({rule.expression}) = false", self._named(rule.table, rule.expression)
        elif rule.kind == "NOT NULL":
            broken, free = f"{quoted(rule.columns[0])} is null", {rule.columns[0]}
        else:
            # A reference holds where a part of it is empty: all of it is filled and its last part is wrong.
            broken = " and ".join(f"{quoted(column)} is not null" for column in rule.columns)
            broken += f" and {quoted(rule.columns[-1])} in ({', '.join(NO_SUCH)})"
            free = {rule.columns[-1]}
        yield from self._searched(rule.table, base, broken, free, but=rule)
        # Where other checks stand in the way, what they speak of is tried too, and what those speak of.
        few = f"select * from ({base}) limit {FEW_ROWS}"
        for _ in range(2):
            free = free.union(*(names for names in self._checked(rule) if names & free))
            yield from self._searched(rule.table, few, broken, free, but=rule)

    def _checked(self, rule: Rule) -> list[set[str]]:
        """The columns of each other check of the table."""
        return [
            self._named(rule.table, each.expression)
            for each in self.rules
            if each.table == rule.table and each.kind == "CHECK" and each is not rule
        ]

    def _searched(
        self, table: str, base: str, wanted: str, free: frozenset[str] | set[str] = frozenset(), *, but: Rule
    ) -> list[tuple[object, ...]]:
        """Rows in which a condition holds, and every check and every filled column but those of one rule.

        Args:
            table: the table.
            base: rows to begin with.
            wanted: the condition.
            free: columns in which everything is tried that could matter.
            but: the rule that may be broken.
        """
        own = [each for each in self.rules if each.table == table and each is not but]
        conditions = [wanted]
        conditions += [f"coalesce(({each.expression}), true)" for each in own if each.kind == "CHECK"]
        conditions += [f"{quoted(each.columns[0])} is not null" for each in own if each.kind == "NOT NULL"]
        names = sorted(free)
        values = [self._values(table, name, but) for name in names]
        if prod(len(each) for each in values) > MOST_COMBINATIONS:
            return []
        tried = ", ".join(
            f"(values {', '.join(each)}) as try_{number}(v)" for number, each in enumerate(values)
        )
        named = ", ".join(f"try_{number}.v as {quoted(name)}" for number, name in enumerate(names))
        changed = f"select base.* replace ({named}) from ({base}) as base, {tried}" if names else base
        return self.connection.execute(
            f"select * from ({changed}) where {' and '.join(conditions)} limit {MOST_TRIES}"
        ).fetchall()

    def _named(self, table: str, expression: str) -> set[str]:
        """The columns that an expression speaks of."""
        bare = re.sub(r"'[^']*'", "", expression)
        return {name for name in self.types[table] if re.search(rf"(?<!\w){name}(?!\w)", bare)}

    def _values(self, table: str, name: str, but: Rule) -> list[str]:
        """What a column could hold; of a reference what its parent has, but where that is to be broken."""
        data_type = self.types[table][name]
        own = [each for each in self.rules if each.table == table]
        referring = [each for each in own if each.kind == "FOREIGN KEY" and name in each.columns]
        tried = ["null"] if referring else list(TRIED[data_type.partition("(")[0]])
        if but in referring:
            tried += NO_SUCH
        if referring:
            place = referring[0].columns.index(name)
            parent = self.tables[referring[0].parent]
            found = f"select {quoted(parent.primary_key[place])} from made.publication.{parent.name}"
        elif data_type == "VARCHAR":
            tried += [
                text
                for each in own
                if each.kind == "CHECK" and name in self._named(table, each.expression)
                for text in re.findall(r"'[^']*'", each.expression)
            ]
            found = f"select {quoted(name)} from made.publication.{table}"
        else:
            found = "select null"
        tried += [
            literal(text)
            for (text,) in self.connection.execute(
                f"select distinct v from ({found}) as found(v) where v is not null "
                f"order by 1 limit {MOST_FOUND}"
            ).fetchall()
        ]
        return [f"(cast({text} as {data_type}))" for text in dict.fromkeys(tried)]

    def _base(self, table: str) -> str:
        """Rows to begin with: of the release, from all over the table, or where it has none, one made up."""
        rows = f"select * from made.publication.{table} as rows order by hash(rows) limit {MOST_ROWS}"
        if not self.connection.execute(f"select 1 from made.publication.{table} limit 1").fetchone():
            parents = {
                column: f"select {quoted(referenced)} from made.publication.{rule.parent} limit 1"
                for rule in self.rules
                if rule.table == table and rule.kind == "FOREIGN KEY"
                for column, referenced in zip(rule.columns, rule.parent_columns, strict=True)
            }
            # The first word of a closed list is one that the list has.
            words = {
                rule.columns[0]: re.findall(r"'[^']*'", rule.expression)
                for rule in self.rules
                if rule.table == table and rule.kind == "CHECK" and len(rule.columns) == 1
            }
            made = [
                f"({parents[name]}) as {quoted(name)}"
                if name in parents
                else f"cast({(words.get(name) or [FILLED[data_type.partition('(')[0]]])[0]} as {data_type}) "
                f"as {quoted(name)}"
                for name, data_type in self.types[table].items()
            ]
            rows = f"select {', '.join(made)}"
        self.connection.execute(f"create or replace temp table base_rows as {rows}")
        return "select * from base_rows"
