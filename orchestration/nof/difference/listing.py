"""Rows that came and went and cells that changed, entered one by one into the table `changes`."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from nof.difference.notation import MACROS, row_text, value_text
from nof.difference.pair import NEW, OLD, located
from nof.release.database import Column, Table
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

# One line for each row that came or went, with the whole of it, and one for each cell that changed.
_CHANGES = """
create temp table changes (
    table_name varchar not null,
    line bigint not null,
    quarter_id varchar,
    trust_code varchar,
    key_text varchar not null,
    change varchar not null,
    column_name varchar,
    old_text varchar,
    new_text varchar
)
"""


def make_changes(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the table, empty."""
    connection.execute(MACROS)
    connection.execute(_CHANGES)


def list_changes(
    connection: "duckdb.DuckDBPyConnection", before: Table, now: Table, kinds: Collection[str]
) -> None:
    """Enter what differs between two versions of a table, in the order of the key and then of the columns.

    Args:
        connection: both releases, and `changes`.
        before: the table in the release before.
        now: the table in this release, with the same key.
        kinds: which of `came`, `went` and `changed` there are any of.
    """
    old, new = located(OLD, now.name), located(NEW, now.name)
    keys = ", ".join(quoted(name) for name in now.primary_key)
    came = f"{new} as r anti join {old} as o using ({keys})"
    went = f"{old} as r anti join {new} as n using ({keys})"
    parts = []
    if "came" in kinds:
        parts.append(_whole_rows(now, _rest(now, now), "came", came))
    if "went" in kinds:
        parts.append(_whole_rows(now, _rest(before, now), "went", went))
    if "changed" in kinds:
        parts += _changed_cells(connection, before, now)
    if not parts:
        return
    listed = {column.name: column for column in now.columns}
    key_columns = [listed[name] for name in now.primary_key]
    quarter, trust = (
        f"r.{name}" if name in now.primary_key else "null" for name in ("quarter_id", "trust_code")
    )
    connection.execute(
        f"""
        insert into changes
        select
            {literal(now.name)},
            row_number() over (order by {keys}, column_number),
            {quarter},
            {trust},
            {row_text(key_columns, "r")},
            change,
            column_name,
            old_text,
            new_text
        from ({" union all ".join(parts)}) as r
        """
    )


def _rest(table: Table, now: Table) -> list[Column]:
    """The columns beside the key; of an older table, those that this release still has.

    A column that was taken away may have been taken away because it should never have been published.
    """
    kept = set(now.column_names) - set(now.primary_key)
    return [column for column in table.columns if column.name in kept]


def _whole_rows(table: Table, columns: Sequence[Column], change: str, rows: str) -> str:
    """SQL for rows that only one of the two has, each as one line with these columns of it."""
    whole = row_text(columns, "r")
    old, new = ("null", whole) if change == "came" else (whole, "null")
    keys = ", ".join(f"r.{quoted(name)}" for name in sorted(table.primary_key))
    return (
        f"select {keys}, 0 as column_number, '{change}' as change, null as column_name, "
        f"{old} as old_text, {new} as new_text from {rows}"
    )


def _changed_cells(connection: "duckdb.DuckDBPyConnection", before: Table, now: Table) -> list[str]:
    """SQL for the cells of each column that changed; the rows with one are kept first: joined once."""
    columns = list(common_columns(before, now))
    keys = ", ".join(quoted(name) for name in now.primary_key)
    values = ", ".join(
        f"o.{quoted(old.name)} as old_{number}, n.{quoted(new.name)} as new_{number}"
        for number, (old, new) in enumerate(columns)
    )
    connection.execute(
        f"create or replace temp table changed_rows as select {keys}, {values} "
        f"from {located(OLD, now.name)} as o inner join {located(NEW, now.name)} as n using ({keys}) "
        f"where {' or '.join(differs(*each) for each in columns)}"
    )
    unlike = [_unlike(*each, f"old_{number}", f"new_{number}") for number, each in enumerate(columns)]
    flags = ", ".join(f"bool_or({each})" for each in unlike)
    has_changed = connection.execute(f"select {flags} from changed_rows").fetchall()[0]
    sorted_keys = ", ".join(quoted(name) for name in sorted(now.primary_key))
    return [
        f"select {sorted_keys}, {number + 1} as column_number, 'changed' as change, "
        f"{literal(new.name)} as column_name, {value_text(old, f'old_{number}')} as old_text, "
        f"{value_text(new, f'new_{number}')} as new_text from changed_rows where {unlike[number]}"
        for number, (old, new) in enumerate(columns)
        if has_changed[number]
    ]


def common_columns(before: Table, now: Table) -> Iterator[tuple[Column, Column]]:
    """The columns beside the key that both have, in the order of the newer table."""
    old = {column.name: column for column in before.columns}
    for column in now.columns:
        if column.name in old and column.name not in now.primary_key:
            yield old[column.name], column


def differs(old: Column, new: Column) -> str:
    """SQL for whether a column differs between the rows `o` and `n`."""
    return _unlike(old, new, f"o.{quoted(old.name)}", f"n.{quoted(new.name)}")


def _unlike(old: Column, new: Column, was: str, now: str) -> str:
    """SQL for whether two values differ; two nothings are alike.

    Of another type, they are alike where nothing is lost by the way there and back: `1.5` is `1.50` as a
    decimal with another number of places, but 1.25 is not 1.3.
    """
    if old.data_type == new.data_type:
        return f"{was} is distinct from {now}"
    there = f"try_cast({was} as {new.data_type})"
    back = f"try_cast({there} as {old.data_type})"
    return f"({there} is distinct from {now} or {back} is distinct from {was})"
