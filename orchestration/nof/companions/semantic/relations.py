"""The relations of a release by one column each, and which of them carry a filter."""

from collections.abc import Mapping

from nof.companions.semantic.model import EVERYWHERE, Relation
from nof.described import ForeignKey

# What reports are sliced by, the most wanted first: of two ways to the same rows the earlier one is taken.
_FIRST = ("dim_quarter", "dim_trust", "dim_metric", "dim_organisation", "dim_domain")
# Where figures come from is looked up, not sliced by.
_LAST = "dim_file"
# Columns that name what their row is about, though not by the name that the other table has for it.
_SUBJECTS = {("trust_code", "organisation_code")}


def find_relations(foreign_keys: Mapping[str, tuple[ForeignKey, ...]]) -> list[Relation]:
    """Relations from the keys that the database enforces.

    A key without the framework is the column that it tells apart; one that still has two columns is left out,
    because tools of this kind relate by one. A column that plays another part than that of the key it refers
    to (the first quarter, the file of a status) carries no filter; nor does a relation by which a filter
    would come to the same rows a second way.

    Args:
        foreign_keys: by the table that has them.

    Returns:
        In the order of their names.
    """
    found = {
        (table, own, key.table, other)
        for table, keys in foreign_keys.items()
        for key in keys
        if len(pairs := _without_framework(key)) == 1
        for own, other in pairs
        if table != key.table
    }
    reaches: dict[str, set[str]] = {}
    relations = []
    for table, own, to_table, other in sorted(found, key=_place):
        is_active = (own == other or (own, other) in _SUBJECTS) and not _has_two_ways(
            reaches, to_table, table
        )
        if is_active:
            reaches.setdefault(to_table, set()).add(table)
        relations.append(Relation(table, own, to_table, other, is_active))
    return sorted(relations, key=lambda relation: relation.name)


def _without_framework(key: ForeignKey) -> list[tuple[str, str]]:
    pairs = zip(key.columns, key.to_columns, strict=True)
    return [(own, other) for own, other in pairs if own != EVERYWHERE]


def _place(found: tuple[str, str, str, str]) -> tuple[int, bool, tuple[str, str, str, str]]:
    """The order in which relations are looked at: by what they lead to, tables that describe things first."""
    table, _, to_table, _ = found
    if to_table == _LAST:
        return len(_FIRST) + 1, table.startswith("dim_"), found
    rank = _FIRST.index(to_table) if to_table in _FIRST else len(_FIRST)
    return rank, not table.startswith("dim_"), found


def _has_two_ways(reaches: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Whether a filter would come to some table two ways once it goes from `start` to `end` as well."""
    above = {table for table in {*reaches, start} if start in _reached(reaches, table)}
    below = _reached(reaches, end)
    return any(_reached(reaches, table) & below for table in above)


def _reached(reaches: Mapping[str, set[str]], start: str) -> set[str]:
    """Every table that a filter on one comes to, itself included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += reaches.get(table, ())
    return found
