"""Figures that moved, by kind: how many, and the largest moves first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.difference.notation import key_parts

if TYPE_CHECKING:
    import duckdb

SHOWN_MOVES = 10


@dataclass(frozen=True)
class Kind:
    """One kind of figure: where it stands, and how the size of a move is measured.

    Attributes:
        label: as people call it.
        table: where it stands.
        column: the column there.
        is_relative: a move is measured by its share of the old figure, because the units of metrics differ;
            otherwise in points.
        is_segment: the segments that moved are listed with their reasons elsewhere.
    """

    label: str
    table: str
    column: str
    is_relative: bool = False
    is_segment: bool = False


KINDS = (
    Kind("Final segment", "fct_segment", "final_segment", is_segment=True),
    Kind("Adjusted segment", "fct_segment", "adjusted_segment", is_segment=True),
    Kind("Unadjusted segment", "fct_segment", "unadjusted_segment", is_segment=True),
    Kind("League rank", "fct_segment", "league_rank"),
    Kind("Average metric score", "fct_segment", "average_metric_score"),
    Kind("Domain segment", "fct_domain", "domain_segment"),
    Kind("Domain score", "fct_domain", "domain_score"),
    Kind("Metric score", "fct_metric", "metric_score"),
    Kind("Metric value", "fct_metric", "value", is_relative=True),
    Kind("Contextual metric value", "fct_context", "value", is_relative=True),
    Kind("Cut point", "fct_cut_point", "cut_point"),
)
# What a key holds beside what a move is shown with anyway.
_SHOWN_BESIDE = {"framework_id", "quarter_id", "trust_code"}


@dataclass(frozen=True)
class Move:
    """One figure that moved: quarter, trust (None for a cut point), the rest of its key, old and new."""

    quarter_id: str
    trust_code: str | None
    subjects: tuple[str, ...]
    old: str | None
    new: str | None


@dataclass(frozen=True)
class KindMoves:
    """The moves of one kind.

    Attributes:
        kind: the kind.
        moved: figures in both releases that differ.
        appeared: figures where there was a row without one.
        vanished: rows that have lost theirs.
        largest: the first of all these, the largest moves before those whose size cannot be said.
    """

    kind: Kind
    moved: int
    appeared: int
    vanished: int
    largest: tuple[Move, ...]

    @property
    def count(self) -> int:
        """All of them."""
        return self.moved + self.appeared + self.vanished


def figure_moves(connection: "duckdb.DuckDBPyConnection") -> tuple[KindMoves, ...]:
    """What moved, of each kind of figure of which anything did; `changes` is filled."""
    counts: dict[tuple[str, str], tuple[int, int, int]] = {
        (table, column): (moved, appeared, vanished)
        for table, column, moved, appeared, vanished in connection.execute(
            "select table_name, column_name, "
            "count(*) filter (where old_text is not null and new_text is not null), "
            "count(*) filter (where old_text is null), count(*) filter (where new_text is null) "
            "from changes where change = 'changed' group by table_name, column_name"
        ).fetchall()
    }
    return tuple(
        KindMoves(kind, *counts[kind.table, kind.column], largest=_largest(connection, kind))
        for kind in KINDS
        if (kind.table, kind.column) in counts
    )


def _largest(connection: "duckdb.DuckDBPyConnection", kind: Kind) -> tuple[Move, ...]:
    old, new = (f"try_cast({side}_text as decimal(38, 15))" for side in ("old", "new"))
    size = f"abs({new} - {old})"
    if kind.is_relative:  # from nought, any move is larger than those that have a share
        size = f"coalesce({size} / nullif(abs({old}), 0), cast({size} as double) * 1e200)"
    rows = connection.execute(
        "select quarter_id, trust_code, key_text, old_text, new_text from changes "
        "where table_name = ? and column_name = ? and change = 'changed' "
        f"order by {size} desc nulls last, line limit {SHOWN_MOVES}",
        [kind.table, kind.column],
    ).fetchall()
    return tuple(
        Move(quarter, trust, tuple(_subjects(key)), old, new) for quarter, trust, key, old, new in rows
    )


def _subjects(key: str) -> Iterator[str]:
    """What the key names beside framework, quarter and trust: a metric, a domain, a boundary."""
    for name, value in key_parts(key).items():
        if name not in _SHOWN_BESIDE:
            yield value
