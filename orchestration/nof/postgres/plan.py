"""How a release gets to where another one is: by its rows alone where it can, else by new tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nof.postgres.layout import ServerColumn, ServerTable
from nof.postgres.standing import Standing, StandingTable

# The names that `constraint_name` gives: a constraint that somebody else added to a table of ours stays.
_OURS = re.compile(r"_(?:check|key|fkey)_[0-9a-f]{8}$")


@dataclass(frozen=True)
class Alteration:
    """What changes of a table that stays, besides its rows.

    Attributes:
        added: columns that it did not have.
        relaxed: columns that may now be null.
        required: columns that may no longer be null, the added ones included.
        dropped: constraints that no longer hold.
        gained: constraints that it did not have, by name.
    """

    table: ServerTable
    added: tuple[ServerColumn, ...] = ()
    relaxed: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    gained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a push does.

    Attributes:
        kept: tables whose rows are replaced where they are, with what is altered about them.
        new: tables to be made.
        reasons: why the tables that are there cannot be kept, in words; empty where they can.
    """

    kept: tuple[Alteration, ...]
    new: tuple[ServerTable, ...]
    reasons: tuple[str, ...] = ()

    @property
    def is_swap(self) -> bool:
        """Whether every table is made anew, and the old ones are dropped."""
        return bool(self.reasons)


def make_plan(standing: Standing, tables: Sequence[ServerTable]) -> Plan:
    """Decide how the tables of a release get to where `standing` is.

    What is added (a column, a table, a rule) leaves the tables where they are, with the views and rights
    that people have on them. What goes, or changes its type or key, cannot be changed there so that every
    reader goes on seeing one release: then all tables are made anew.
    """
    wanted = {table.name: table for table in tables}
    reasons = [f"table {name} is no longer there" for name in standing.tables if name not in wanted]
    kept, new = [], []
    for table in tables:
        old = standing.tables.get(table.name)
        if old is None:
            new.append(table)
            continue
        reasons += _breaks(old, table)
        kept.append(_alteration(old, table))
    if reasons:
        return Plan(kept=(), new=tuple(tables), reasons=tuple(reasons))
    return Plan(kept=tuple(kept), new=tuple(new))


def _breaks(old: StandingTable, table: ServerTable) -> list[str]:
    """What about a table cannot be changed where it stands."""
    wanted = {column.name: column.data_type for column in table.columns}
    breaks = []
    for column in old.columns:
        if column.name not in wanted:
            breaks.append(f"{table.name}: column {column.name} is no longer there")
        elif column.data_type != wanted[column.name]:
            breaks.append(
                f"{table.name}: column {column.name} was {column.data_type} and is {wanted[column.name]}"
            )
    if old.primary_key != table.primary_key:
        breaks.append(
            f"{table.name}: the key was ({', '.join(old.primary_key)}) "
            f"and is ({', '.join(table.primary_key)})"
        )
    return breaks


def _alteration(old: StandingTable, table: ServerTable) -> Alteration:
    was_required = {column.name: column.is_required for column in old.columns}
    return Alteration(
        table=table,
        added=tuple(column for column in table.columns if column.name not in was_required),
        relaxed=tuple(
            column.name
            for column in table.columns
            if not column.is_required and was_required.get(column.name, False)
        ),
        required=tuple(
            column.name
            for column in table.columns
            if column.is_required and not was_required.get(column.name, False)
        ),
        dropped=tuple(
            sorted(name for name in old.constraints if name not in table.constraints and _OURS.search(name))
        ),
        gained={
            name: definition for name, definition in table.constraints.items() if name not in old.constraints
        },
    )
