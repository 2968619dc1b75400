"""Which trusts moved since the quarter before, why, and whether by more than noise."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from nof.explain.rows import Row
from nof.site.changes.movers import moved_table, same_segment_table
from nof.site.glossary import meanings
from nof.site.look import NONE, figure
from nof.site.marks import explained, segment_mark
from nof.site.model import DataFile
from nof.site.released import Released, TrustType
from nof.site.table import Cell, Column, Line, Table, cell

_DATA = "data/moved-since-quarter-before.csv"
_NEWEST = (
    "with newest as (select trust_type_id, max(quarter_id) as quarter_id from fct_segment "
    "group by trust_type_id) "
)
_ROWS = _NEWEST + (
    "select m.*, c.change_group, c.change_low, c.change_high, c.is_significant, p.part_label, c.change_basis "
    "from fct_segment_movement as m join newest using (trust_type_id, quarter_id) "
    "left join fct_score_change as c on m.trust_code = c.trust_code and m.quarter_id = c.quarter_id "
    "left join method_movement_parts as p on p.part_id = m.largest_part_id "
    "order by abs(m.segment_change) desc nulls last, m.segment_change, m.score_change, m.trust_code"
)
_COUNTS = _NEWEST + (
    "select c.* from fct_score_change_count as c join newest using (trust_type_id, quarter_id) "
    "order by c.group_order, c.trust_type_id"
)
_HEADER = (
    "quarter_id",
    "earlier_quarter_id",
    "trust_code",
    "trust_type_id",
    "movement_status",
    "adjusted_segment_before_as_released",
    "adjusted_segment_now",
    "segment_change",
    "average_metric_score_before_as_released",
    "average_metric_score_now",
    "score_change",
    "change_low",
    "change_high",
    "is_significant",
    "main_cause_id",
    "is_only_cause",
    "largest_part_id",
    "largest_part_metric_id",
    "segment_basis",
)


@dataclass(frozen=True)
class SinceQuarter:
    """What the page shows of the quarter before.

    Attributes:
        said: for each trust type, in a sentence, what moved or why nothing is compared.
        moved_count: trusts whose segment moved.
        better_count: those of them that are in a better segment.
        counts: change groups by type; None where nothing is compared.
        causes: what moved the segments that moved; None where none did.
        still: why the others did not move.
        flows: from which segment to which.
        moved: every trust that moved.
        same_segment: trusts whose average changed by more than noise in the same segment.
        causes_found: for the filter: identifier and label of each cause.
        types_found: the same of the trust types.
        data: every trust, to download.
    """

    said: tuple[str, ...]
    moved_count: int
    better_count: int
    counts: Table | None
    causes: Table | None
    still: Table | None
    flows: Table | None
    moved: Table | None
    same_segment: Table | None
    causes_found: tuple[tuple[str, str], ...]
    types_found: tuple[tuple[str, str], ...]
    data: DataFile


def since_quarter(released: Released) -> SinceQuarter:
    """Read what moved."""
    rows = released.rows(_ROWS)
    compared = [row for row in rows if row["segment_change"] is not None]
    moved = [row for row in compared if row["segment_change"]]
    same = [row for row in rows if row["change_group"] == "significant_same_segment"]
    types = [each for each in released.types if any(_is_of(row, each) for row in compared)]
    return SinceQuarter(
        said=tuple(_said(each, rows, released) for each in released.types),
        moved_count=len(moved),
        better_count=sum(row["segment_change"] < 0 for row in moved),
        counts=_counts(released, types) if types else None,
        causes=_causes("What moved the segments that moved", moved, types, released, has_direction=True)
        if moved
        else None,
        still=_causes(
            "Why the others did not move",
            [row for row in compared if not row["segment_change"]],
            types,
            released,
            has_direction=False,
        )
        if len(moved) < len(compared)
        else None,
        flows=_flows(compared) if compared else None,
        moved=moved_table(moved, released) if moved else None,
        same_segment=same_segment_table(same, released) if same else None,
        causes_found=tuple(sorted({(row["main_cause_id"], row["main_cause_label"]) for row in moved})),
        types_found=tuple(
            (each.trust_type_id, each.label) for each in types if any(_is_of(row, each) for row in moved)
        ),
        data=DataFile(_DATA, _HEADER, tuple(tuple(row[name] for name in _HEADER) for row in rows)),
    )


def _is_of(row: Row, of_type: TrustType) -> bool:
    return bool(row["trust_type_id"] == of_type.trust_type_id)


def _said(of_type: TrustType, rows: Sequence[Row], released: Released) -> str:
    own = [row for row in rows if _is_of(row, of_type)]
    quarter = released.quarter_labels[of_type.quarter_ids[-1]]
    compared = [row for row in own if row["segment_change"] is not None]
    moved = [row for row in compared if row["segment_change"]]
    words = meanings("framework", "movement_statuses", "movement_status")
    others = sorted({row["movement_status"] for row in own if row["segment_change"] is None})
    why = "; ".join(words.get(status, status) for status in others)
    if not compared:
        reason = why or "the release has no quarter before it"
        return f"{of_type.plural.capitalize()}, {quarter}: not compared with the quarter before: {reason}."
    earlier = released.quarter_labels.get(str(compared[0]["earlier_quarter_id"]), "the quarter before")
    better = sum(row["segment_change"] < 0 for row in moved)
    text = (
        f"{of_type.plural.capitalize()}, {earlier} to {quarter}: {len(moved)} of {len(compared)} moved, "
        f"{better} to a better segment and {len(moved) - better} to a worse one."
    )
    left = len(own) - len(compared)
    return f"{text} {left} not compared: {why}." if left else text


def _counts(released: Released, types: Sequence[TrustType]) -> Table:
    found = released.rows(_COUNTS)
    groups = {row["change_group"]: row["change_group_label"] for row in found}
    by_key = {(row["change_group"], row["trust_type_id"]): row for row in found}
    lines = []
    for group, label in groups.items():
        cells = [Cell(label)]
        for each in types:
            row = by_key.get((group, each.trust_type_id))
            count = figure(row["trust_count"], "fct_score_change_count.trust_count") if row else NONE
            cells.append(cell(count, data_type=each.trust_type_id, data_quarter=each.quarter_ids[-1]))
        lines.append(Line(cells, {"data-group": group}))
    return Table(
        "Segments changed, and changes of the average beyond noise: trusts",
        (Column("Change"), *(Column(f"{each.label}s", is_numeric=True) for each in types)),
        lines,
    )


def _causes(
    caption: str, rows: Sequence[Row], types: Sequence[TrustType], released: Released, *, has_direction: bool
) -> Table:
    causes = released.rows("select * from method_movement_causes order by step_order nulls last, cause_id")
    directions = (("To a better segment", -1), ("To a worse segment", 1)) if has_direction else ()
    lines = []
    for cause in causes:
        own = [row for row in rows if row["main_cause_id"] == cause["cause_id"]]
        if own:
            counts = [sum(row["segment_change"] * sign > 0 for row in own) for _, sign in directions]
            counts += [sum(_is_of(row, each) for row in own) for each in types]
            label = str(cause["cause_label"])
            lines.append(
                Line(
                    (
                        Cell(explained(label[:1].upper() + label[1:], cause["meaning"])),
                        *(Cell(count) for count in counts),
                    ),
                    {"data-cause": cause["cause_id"]},
                )
            )
    labels = [label for label, _ in directions] + [f"{each.label}s" for each in types]
    return Table(
        caption,
        (Column("Main cause"), *(Column(label, is_numeric=True) for label in labels)),
        lines,
    )


def _flows(rows: Sequence[Row]) -> Table:
    segments = sorted(
        {
            row[name]
            for row in rows
            for name in ("adjusted_segment_before_as_released", "adjusted_segment_now")
        }
    )
    lines = []
    for before in segments:
        counts = [
            sum(
                row["adjusted_segment_before_as_released"] == before and row["adjusted_segment_now"] == now
                for row in rows
            )
            for now in segments
        ]
        cells = [Cell(Markup("In {} before").format(segment_mark(before)))]
        for now, count in zip(segments, counts, strict=True):
            stayed = Markup('{} <span class="changes-stayed">stayed</span>').format(count)
            cells.append(Cell(stayed if now == before else count or NONE))
        lines.append(Line(cells))
    return Table(
        "From which adjusted segment to which: trusts of all types that are compared",
        (
            Column("Before"),
            *(Column(Markup("Now in {}").format(segment_mark(now)), is_numeric=True) for now in segments),
        ),
        lines,
    )
