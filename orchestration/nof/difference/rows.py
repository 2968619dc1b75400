"""Rows of a table in two releases, matched by their key: which came, which went, what changed in them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.difference.layout import COUNTED_ONLY, has_same_key
from nof.difference.listing import common_columns, differs, list_changes, make_changes
from nof.difference.notation import row_text
from nof.difference.pair import NEW, OLD, Pair, located
from nof.release.database import Table
from nof.release.errors import ReleaseRefused
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb

ROW_BY_ROW = "row by row"


@dataclass(frozen=True)
class TableDifference:
    """How many rows of a table came, went and changed.

    Attributes:
        table: the table.
        rows_before: rows in the release before; None where it has no such table.
        rows_now: rows in this release; None where it has no such table.
        came: rows whose key the release before lacks; None, as the next three, where rows are not matched.
        went: rows whose key this release lacks.
        changed: rows in both with another value in a column that both have.
        unchanged: rows in both without one.
        comparison: `row by row`, or why rows are not matched.
    """

    table: str
    rows_before: int | None
    rows_now: int | None
    came: int | None
    went: int | None
    changed: int | None
    unchanged: int | None
    comparison: str

    @property
    def differs(self) -> bool:
        """Whether a row came, went or changed."""
        return bool(self.came or self.went or self.changed)


def compare_rows(pair: Pair) -> tuple[TableDifference, ...]:
    """Compare each table and keep what differs in the table `changes` of the connection.

    Raises:
        ReleaseRefused: two rows of a table have one key, or its counts do not add up.
    """
    make_changes(pair.connection)
    return tuple(_compared(pair, name) for name in sorted(pair.before.keys() | pair.now.keys()))


def refuse_wrong_counts(found: TableDifference) -> None:
    """Refuse counts that cannot all be true.

    Raises:
        ReleaseRefused: before less what went and with what came is not what there is now.
    """
    before, now = found.rows_before or 0, found.rows_now or 0
    came, went = found.came or 0, found.went or 0
    kept = (found.changed or 0) + (found.unchanged or 0)
    if before - went + came != now or before - went != kept:
        raise ReleaseRefused(
            f"The difference of {found.table} does not add up: {before} rows before, {went} went, {came} "
            f"came, {kept} were matched, and there are {now} now. No release is published with a difference "
            "that is wrong: it is a fault of the comparison or of a file, to be reported with both releases."
        )


def _compared(pair: Pair, name: str) -> TableDifference:
    before, now = pair.before.get(name), pair.now.get(name)
    counts = {
        catalog: _count(pair.connection, f"select count(*) from {located(catalog, name)}")
        for catalog in (OLD, NEW)
        if name in pair.tables(catalog)
    }
    if before is not None and now is not None and name not in COUNTED_ONLY and has_same_key(before, now):
        return _matched(pair.connection, before, now, counts[OLD], counts[NEW])
    if not pair.before:
        why = "no release before"
    elif name in COUNTED_ONLY:
        why = f"counted only: {COUNTED_ONLY[name]}"
    elif before is None:
        why = "table added"
    elif now is None:
        why = "table removed"
    else:
        why = "key changed: not comparable row by row"
    return TableDifference(name, counts.get(OLD), counts.get(NEW), None, None, None, None, why)


def _matched(
    connection: "duckdb.DuckDBPyConnection", before: Table, now: Table, rows_before: int, rows_now: int
) -> TableDifference:
    if rows_before == rows_now and _is_same(connection, before, now):
        return TableDifference(now.name, rows_before, rows_now, 0, 0, 0, rows_now, ROW_BY_ROW)
    keys = ", ".join(quoted(name) for name in now.primary_key)
    first = quoted(now.primary_key[0])  # no column of a key is ever null
    changed = " or ".join(differs(*each) for each in common_columns(before, now)) or "false"
    in_both = f"o.{first} is not null and n.{first} is not null"
    came, went, matched, changed_count = connection.execute(
        f"select count(*) filter (where o.{first} is null), count(*) filter (where n.{first} is null), "
        f"count(*) filter (where {in_both}), count(*) filter (where {in_both} and ({changed})) "
        f"from {located(OLD, now.name)} as o full outer join {located(NEW, now.name)} as n using ({keys})"
    ).fetchall()[0]
    found = TableDifference(
        table=now.name,
        rows_before=rows_before,
        rows_now=rows_now,
        came=came,
        went=went,
        changed=changed_count,
        unchanged=matched - changed_count,
        comparison=ROW_BY_ROW,
    )
    counts = {"came": came, "went": went, "changed": changed_count}
    list_changes(connection, before, now, [kind for kind, count in counts.items() if count])
    try:
        refuse_wrong_counts(found)
        _refuse_other_changes(connection, found)
    except ReleaseRefused:
        for catalog in (OLD, NEW):
            _refuse_duplicates(connection, catalog, now)
        raise
    return found


def _refuse_other_changes(connection: "duckdb.DuckDBPyConnection", found: TableDifference) -> None:
    """Refuse where the listed changes are not those that were counted."""
    listed = dict(
        connection.execute(
            "select change, count(distinct key_text) from changes where table_name = ? group by change",
            [found.table],
        ).fetchall()
    )
    for change, counted in (("came", found.came), ("went", found.went), ("changed", found.changed)):
        if listed.get(change, 0) != counted:
            raise ReleaseRefused(
                f"The difference of {found.table} does not hold, rows that {change}: {counted} counted and "
                f"{listed.get(change, 0)} listed. It is a fault of the comparison, to be reported with both "
                "releases."
            )


def _is_same(connection: "duckdb.DuckDBPyConnection", before: Table, now: Table) -> bool:
    """Whether the first row is the first, the second the second, and so on: the rows of a release lie sorted.

    That is proof, and takes a fifth of the time of matching by key; where it does not hold, rows are matched.
    """
    columns = {column.name: column for column in before.columns}
    keys = [(columns[name], columns[name]) for name in now.primary_key]
    columns_differ = " or ".join(differs(*each) for each in [*keys, *common_columns(before, now)])
    return not _count(
        connection,
        f"select count(*) from {located(OLD, now.name)} as o "
        f"positional join {located(NEW, now.name)} as n where {columns_differ}",
    )


def _refuse_duplicates(connection: "duckdb.DuckDBPyConnection", catalog: str, table: Table) -> None:
    """Refuse rows that share a key; the database does not let them in, so this is asked only on suspicion."""
    keys = [column for column in table.columns if column.name in table.primary_key]
    listed = ", ".join(quoted(column.name) for column in keys)
    row = connection.execute(
        f"select {row_text(keys, 'r')}, count(*) from {located(catalog, table.name)} as r "
        f"group by {listed} having count(*) > 1 order by {listed} limit 1"
    ).fetchone()
    if row:
        which = "the release before" if catalog == OLD else "this release"
        raise ReleaseRefused(
            f"No difference can be made of {table.name}: in {which}, {row[1]} rows have the key {row[0]}. "
            "A row is matched by its key, so give the model a key that names one row."
        )


def _count(connection: "duckdb.DuckDBPyConnection", query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
