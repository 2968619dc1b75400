"""What differs in the layout: tables and columns that came, went or changed, and whether keys did."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from nof.difference.pair import NEW, OLD, Pair, located
from nof.release.database import Table
from nof.release.errors import ReleaseRefused

# What is worked out from the figures, for every trust that they touch: row by row it would bury what moved.
FOLLOWS_FROM_FIGURES = (
    "fct_agreement",
    "fct_average_distance",
    "fct_contribution",
    "fct_data_age",
    "fct_latest_period",
    "fct_likely_range",
    "fct_peer_member",
    "fct_peer_position",
    "fct_peer_standing",
    "fct_score_change",
    "fct_score_change_count",
    "fct_score_movement",
    "fct_segment_distance",
    "fct_segment_movement",
    "fct_segment_probability",
    "fct_sensitivity",
    "fct_sensitivity_case",
    "fct_series",
    "fct_series_point",
    "fct_stability",
)
# To match rows of these would say nothing: they differ by what the table is for. Their rows are counted.
COUNTED_ONLY = {
    "dim_release": "it is about the release itself",
    "dq_result": "it is the history of what the gates found",
    "fct_figure_version": "it is the history of every figure",
    "fct_published_version": "it is the history of every published cell",
    "fct_revision": "it is the history of every revision, with its reason",
    **dict.fromkeys(FOLLOWS_FROM_FIGURES, "it follows from the figures, which are compared"),
}

LayoutChange = Literal[
    "table added", "table removed", "key changed", "added", "removed", "retyped", "described anew"
]
DESCRIBED_ANEW: Final = "described anew"
VERSION_TABLE, VERSION_COLUMN = "dim_release", "publication_version"


@dataclass(frozen=True)
class ColumnDifference:
    """One thing that differs in the layout.

    Attributes:
        table: the table.
        column: the column; None where it is about the whole table.
        change: what happened.
        old: type, key or description in the release before; None where it was not there.
        new: the same in this release.
    """

    table: str
    column: str | None
    change: LayoutChange
    old: str | None
    new: str | None


def layout_differences(pair: Pair) -> tuple[ColumnDifference, ...]:
    """Everything that differs in the layout, by table and then in the order of columns."""
    found: list[ColumnDifference] = []
    for name in sorted(pair.before.keys() | pair.now.keys()):
        before, now = pair.before.get(name), pair.now.get(name)
        if before is None and now is not None:
            found.append(ColumnDifference(name, None, "table added", None, key_words(now)))
        elif now is None and before is not None:
            found.append(ColumnDifference(name, None, "table removed", key_words(before), None))
        elif before is not None and now is not None:
            found += _of_table(before, now)
    return tuple(found)


def has_same_key(before: Table, now: Table) -> bool:
    """Whether rows can be matched: the same key columns of the same types, in whatever order."""
    return set(_key(before)) == set(_key(now))


def key_words(table: Table) -> str:
    """The primary key as text, each column with its type."""
    return ", ".join(f"{name} {data_type}" for name, data_type in _key(table))


def refuse_silent_keys(pair: Pair, *, is_next: bool) -> None:
    """Refuse where a key changed and the version of the layout does not say so.

    Args:
        pair: both releases.
        is_next: whether the second is to be the next release, so that the version has to have risen; of two
            finished ones either may be the newer, and the versions have to differ.

    Raises:
        ReleaseRefused: with each such table.
    """
    changed = [
        (before, now)
        for name, now in pair.now.items()
        if (before := pair.before.get(name)) is not None and not has_same_key(before, now)
    ]
    if not changed:
        return
    old, new = _version(pair, OLD), _version(pair, NEW)
    if new > old or (not is_next and new != old):
        return
    lines = [f"- {now.name}: {key_words(before)} became {key_words(now)}" for before, now in changed]
    was = f"{old} and is {new}" if old else f"not there and is {new or 'not there'}"
    raise ReleaseRefused(
        "The difference from the release before cannot be made row by row, because a key changed and "
        f"{VERSION_COLUMN} did not rise (it was {was}):\n"
        + "\n".join(lines)
        + f"\nGive the model its key back or, if the change is meant, raise {VERSION_COLUMN} and write a "
        "note: readers who join on that key have to know."
    )


def _of_table(before: Table, now: Table) -> Iterator[ColumnDifference]:
    if not has_same_key(before, now):
        yield ColumnDifference(now.name, None, "key changed", key_words(before), key_words(now))
    if before.comment != now.comment:
        yield ColumnDifference(now.name, None, DESCRIBED_ANEW, before.comment, now.comment)
    old = {column.name: column for column in before.columns}
    new = {column.name: column for column in now.columns}
    for name, column in new.items():
        if name not in old:
            yield ColumnDifference(now.name, name, "added", None, column.data_type)
            continue
        if old[name].data_type != column.data_type:
            yield ColumnDifference(now.name, name, "retyped", old[name].data_type, column.data_type)
        if old[name].comment != column.comment:
            yield ColumnDifference(now.name, name, DESCRIBED_ANEW, old[name].comment, column.comment)
    for name, column in old.items():
        if name not in new:
            yield ColumnDifference(now.name, name, "removed", column.data_type, None)


def _key(table: Table) -> list[tuple[str, str]]:
    types = {column.name: column.data_type for column in table.columns}
    return [(name, types[name]) for name in table.primary_key]


def _version(pair: Pair, catalog: str) -> int:
    """The version of the layout that a release names; 0 where it is of a layout that had none yet."""
    table = pair.tables(catalog).get(VERSION_TABLE)
    if table is None or VERSION_COLUMN not in table.column_names:
        return 0
    row = pair.connection.execute(
        f"select max(cast({VERSION_COLUMN} as bigint)) from {located(catalog, VERSION_TABLE)}"
    ).fetchall()
    return int(row[0][0] or 0)
