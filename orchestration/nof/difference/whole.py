"""The whole difference of two releases: every part of it in its order, checked before anyone reads it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from nof.difference.figures import KindMoves, figure_moves
from nof.difference.inputs import InputDifference, input_difference
from nof.difference.layout import ColumnDifference, layout_differences, refuse_silent_keys
from nof.difference.pair import NEW, OLD, Pair, located, open_pair
from nof.difference.rows import TableDifference, compare_rows
from nof.difference.segments import SegmentMove, moved, segment_moves
from nof.difference.side import Side
from nof.errors import UsageRefused
from nof.release.errors import ReleaseRefused

CHANGE_COLUMNS = ("table", "quarter_id", "trust_code", "key", "change", "column", "old", "new")
Change = tuple[str | None, ...]
NO_INPUTS = InputDifference((), (), ())


@dataclass(frozen=True)
class Difference:
    """What differs between a release and the one before it.

    Attributes:
        before: the release before; None for a first release, of which nothing can differ.
        now: the release.
        pair: both, attached; the row-level changes are kept in its connection.
        tables: counts of each table of either, by name.
        columns: what differs in the layout.
        segments: trusts and quarters whose average, segments or rank moved.
        kinds: figures that moved.
        inputs: files that came, went or took another's place.
        quarters_came: quarters that only this release has.
        quarters_went: quarters that only the release before has.
    """

    before: Side | None
    now: Side
    pair: Pair
    tables: tuple[TableDifference, ...]
    columns: tuple[ColumnDifference, ...] = ()
    segments: tuple[SegmentMove, ...] = ()
    kinds: tuple[KindMoves, ...] = ()
    inputs: InputDifference = NO_INPUTS
    quarters_came: tuple[str, ...] = ()
    quarters_went: tuple[str, ...] = ()

    @property
    def is_method_changed(self) -> bool:
        """Whether models, macros or seeds of the method differ."""
        return self.before is not None and self.before.method_sha256 != self.now.method_sha256

    @property
    def segments_moved(self) -> tuple[SegmentMove, ...]:
        """Those of `segments` that are in both releases and of which a segment moved."""
        return tuple(row for row in self.segments if row["change"] == "changed" and moved(row))

    @property
    def segments_came_or_went(self) -> tuple[SegmentMove, ...]:
        """Those of `segments` that only one release has, in a quarter that both have."""
        return tuple(row for row in self.segments if row["change"] != "changed")

    @property
    def has_none(self) -> bool:
        """Whether no row, column, table or input differs."""
        return not (
            any(table.differs for table in self.tables)
            or self.columns
            or self.inputs.differs
            or any(table.rows_before != table.rows_now for table in self.tables)
        )

    def changes(self, *, table: str | None = None, trust: str | None = None) -> Iterator[Change]:
        """The row-level changes, by table, key and column, as changes.csv has them.

        Args:
            table: only of this table.
            trust: only of rows with this trust in their key.
        """
        result = self.pair.connection.execute(
            "select table_name, quarter_id, trust_code, key_text, change, column_name, old_text, new_text "
            "from changes where ($1 is null or table_name = $1) and ($2 is null or trust_code = $2) "
            "order by table_name, line",
            [table, trust],
        )
        for batch in iter(lambda: result.fetchmany(10_000), []):
            yield from batch

    def rows_by_quarter(self) -> Mapping[tuple[str, str], Mapping[str | None, int]]:
        """How many rows of each table came and went in each quarter, by table and `came` or `went`."""
        found: dict[tuple[str, str], dict[str | None, int]] = {}
        for table, change, quarter, count in self.pair.connection.execute(
            "select table_name, change, quarter_id, count(*) from changes where change <> 'changed' "
            "group by all order by all"
        ).fetchall():
            found.setdefault((table, change), {})[quarter] = count
        return found


@contextmanager
def compare(before: Side | None, now: Side, *, is_next: bool = True) -> Iterator[Difference]:
    """Compare two releases.

    Args:
        before: the release before; None where there is none.
        now: the release.
        is_next: whether `now` is being made to follow `before`; otherwise both are finished and either may be
            the newer.

    Raises:
        UsageRefused: they are of different frameworks, so no row of one is a row of the other.
        ReleaseRefused: the difference cannot be made, or does not hold.
    """
    if before is not None and before.framework_id != now.framework_id:
        raise UsageRefused(
            f"{before.name} is of the framework {before.framework_id} and {now.name} of {now.framework_id}: "
            "no row of one is a row of the other. Name two releases of one framework."
        )
    with open_pair(before, now) as pair:
        refuse_silent_keys(pair, is_next=is_next)
        try:
            found = _found(pair, before, now)
        except duckdb.Error as error:
            raise ReleaseRefused(
                f"The difference between {before.name if before else 'nothing'} and {now.name} cannot be "
                f"made: {error!s} A column that the comparison reads is of another type than it was; where "
                "that is meant, nof/difference has to follow it."
            ) from error
        yield found


def _found(pair: Pair, before: Side | None, now: Side) -> Difference:
    tables = compare_rows(pair)
    if before is None:
        return Difference(None, now, pair, tables)
    old, new = _quarters(pair, OLD), _quarters(pair, NEW)
    return Difference(
        before=before,
        now=now,
        pair=pair,
        tables=tables,
        columns=layout_differences(pair),
        kinds=figure_moves(pair.connection),
        inputs=input_difference(pair, before, now),
        segments=segment_moves(pair, is_method_changed=before.method_sha256 != now.method_sha256),
        quarters_came=tuple(sorted(new - old)),
        quarters_went=tuple(sorted(old - new)),
    )


def _quarters(pair: Pair, catalog: str) -> set[str]:
    """The quarters that a release scores."""
    if "fct_segment" not in pair.tables(catalog):
        return set()
    query = f"select distinct quarter_id from {located(catalog, 'fct_segment')}"
    return {quarter for (quarter,) in pair.connection.execute(query).fetchall()}
