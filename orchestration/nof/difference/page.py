"""Makes index.html: the difference for people, on one page that loads nothing and needs no script."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nof.difference.figures import SHOWN_MOVES, KindMoves
from nof.difference.layout import COUNTED_ONLY, DESCRIBED_ANEW
from nof.difference.pair import NEW, OLD, Pair
from nof.difference.rows import ROW_BY_ROW
from nof.difference.segments import SegmentMove
from nof.difference.whole import Difference
from nof.difference.words import behind, headline, why
from nof.pages import render

SHOWN_SEGMENTS = 50
SHOWN_COLUMNS = 100
_LABELS = (
    ("dim_metric", "metric_id", "metric_label"),
    ("dim_metric", "score_id", "metric_label"),
    ("dim_domain", "domain_id", "domain_label"),
    ("method_summary_measures", "measure_id", "measure_label"),
    ("dim_quarter", "quarter_id", "quarter_label"),
    ("dim_trust", "trust_code", "trust_name"),
    ("dim_trust", "trust_type_id", "trust_type_label"),
)


def write_page(difference: Difference, path: Path) -> None:
    """Write the page."""
    labels = _labels(difference.pair)
    page = render(
        "nof.difference",
        "difference.html.j2",
        headline=headline(difference),
        before=difference.before,
        now=difference.now,
        labels=labels,
        is_method_changed=difference.is_method_changed,
        inputs=difference.inputs,
        segments=[_segment(row, labels) for row in _shown(difference.segments_moved)],
        segment_count=len(difference.segments_moved),
        came_or_went_count=len(difference.segments_came_or_went),
        other_count=len(difference.segments)
        - len(difference.segments_moved)
        - len(difference.segments_came_or_went),
        kinds=[_kind(kind, labels) for kind in difference.kinds],
        shown_moves=SHOWN_MOVES,
        quarters_came=difference.quarters_came,
        quarters_went=difference.quarters_went,
        tables=list(_tables(difference)),
        table_count=len(difference.tables),
        unmatched=[table for table in difference.tables if table.comparison != ROW_BY_ROW],
        counted_only=COUNTED_ONLY,
        # What changes a reader's query comes before what only says it in other words.
        columns=sorted(difference.columns, key=lambda each: each.change == DESCRIBED_ANEW)[:SHOWN_COLUMNS],
        column_count=len(difference.columns),
    )
    path.write_text(page, encoding="utf-8", newline="\n")


def _shown(rows: tuple[SegmentMove, ...]) -> list[SegmentMove]:
    """The first to show: those of the newest quarter first, then by trust, as they come."""
    return sorted(rows, key=lambda row: row["quarter_id"] or "", reverse=True)[:SHOWN_SEGMENTS]


def _segment(row: SegmentMove, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "quarter": labels.get(row["quarter_id"] or "", row["quarter_id"]),
        "trust": row["trust_name"] or row["trust_code"],
        "code": row["trust_code"],
        "figures": [
            _move_words(row[f"old_{name}"], row[f"new_{name}"])
            for name in (
                "unadjusted_segment",
                "adjusted_segment",
                "final_segment",
                "average_metric_score",
                "league_rank",
            )
        ],
        "why": why(row),
        "behind": behind(row, labels),
    }


def _kind(kind: KindMoves, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": kind.kind.label,
        "is_listed": not kind.kind.is_segment,
        "moved": kind.moved,
        "appeared": kind.appeared,
        "vanished": kind.vanished,
        "count": kind.count,
        "order": "by its share of the old figure" if kind.kind.is_relative else "in points",
        "moves": [
            {
                "quarter": labels.get(move.quarter_id, move.quarter_id),
                "trust": labels.get(move.trust_code or "", move.trust_code),
                "code": move.trust_code,
                "subject": ", ".join(
                    f"{labels[each]} ({each})" if each in labels else each for each in move.subjects
                ),
                "old": _number(move.old),
                "new": _number(move.new),
            }
            for move in kind.largest
        ],
        "has_trusts": any(move.trust_code for move in kind.largest),
        "has_subjects": any(move.subjects for move in kind.largest),
    }


def _tables(difference: Difference) -> Iterator[dict[str, Any]]:
    """Tables of which something differs, with how many rows are of quarters that came or went whole."""
    by_quarter = difference.rows_by_quarter()
    for table in difference.tables:
        if table.comparison == ROW_BY_ROW and table.differs:
            came, went = (by_quarter.get((table.table, change), {}) for change in ("came", "went"))
            yield {
                "counts": table,
                "in_new": sum(came.get(quarter, 0) for quarter in difference.quarters_came),
                "in_gone": sum(went.get(quarter, 0) for quarter in difference.quarters_went),
            }


def _labels(pair: Pair) -> dict[str, str]:
    """Names of quarters, trusts, metrics and domains by id; this release's name before the older one."""
    found: dict[str, str] = {}
    for catalog in (OLD, NEW):
        for table, key, label in _LABELS:
            rows = pair.connection.execute(
                f"select key, max(label) from (select {key} as key, {label} as label "
                f"from ({pair.selected(catalog, table, (key, label))})) "
                "where label is not null group by key"
            ).fetchall()
            found |= {str(key): str(label) for key, label in rows}
    return found


def _move_words(old: str | None, new: str | None) -> str:
    if old == new:
        return old or "none"
    return f"{old or 'none'} to {new or 'none'}"


def _number(text: str | None) -> str:
    """A figure without the zeros that its type adds beyond two decimals."""
    if text is None:
        return "none"
    whole, point, decimals = text.partition(".")
    kept = decimals[:2] + decimals[2:].rstrip("0")
    return f"{whole}{point}{kept}"
