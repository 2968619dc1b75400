"""Trusts whose average, segments or league rank moved between two releases, and why."""

from collections.abc import Mapping

from nof.difference.pair import Pair
from nof.difference.segments_moved_sql import FIGURES
from nof.difference.segments_sql import segments_query

SEGMENTS = FIGURES[1:4]
# Why a figure moved, in the order of the calculation; `reasons` in segments.csv holds these.
REASONS = {
    "row_came": "the release before has no row for it in this quarter",
    "row_went": "this release has no row for it in this quarter",
    "own_metric_scores": "its own metric scores changed",
    "metrics_counted": "other metrics, or other weights, enter its average",
    "completeness": "its trust type was complete in one release and not in the other",
    "cut_points": "the cut points between segments changed",
    "override": "the financial override changed",
    "system_adjustment": "the system adjustment changed",
    "programme": "what is known of the improvement programme changed",
    "other_trusts": "other trusts moved past it",
    "method": "the method changed",
    "unexplained": "nothing that was compared explains it",
}
COLUMNS = (
    "quarter_id",
    "trust_code",
    "trust_name",
    "trust_type_id",
    "change",
    *(f"{side}_{name}" for name in FIGURES for side in ("old", "new")),
    "reasons",
    "own_metric_scores",
    "cut_points",
    "override",
    "system_adjustment",
    "programme",
    "league",
    "method",
)

SegmentMove = Mapping[str, str | None]


def segment_moves(pair: Pair, *, is_method_changed: bool) -> tuple[SegmentMove, ...]:
    """Each trust and quarter of which a figure moved, in quarters that both releases have.

    Returns:
        By quarter, then trust, the columns `COLUMNS` as text; a whole new quarter is not in it.
    """
    if "fct_segment" not in pair.before or "fct_segment" not in pair.now:
        return ()
    rows = pair.connection.execute(segments_query(pair, is_method_changed=is_method_changed)).fetchall()
    return tuple(dict(zip(COLUMNS, row, strict=True)) for row in rows)


def moved(row: SegmentMove, names: tuple[str, ...] = SEGMENTS) -> bool:
    """Whether one of these figures differs; by default, whether a segment does."""
    return any(row[f"old_{name}"] != row[f"new_{name}"] for name in names)
