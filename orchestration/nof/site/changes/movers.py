"""The trusts that moved since the quarter before, one by one: segment, cause, average."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from nof.explain.figures import fix, score
from nof.explain.rows import Row
from nof.site.glossary import RESTS_ON
from nof.site.look import NONE, figure, signed
from nof.site.marks import explained, link, segment_mark, trust_mark
from nof.site.released import Released, metric_path
from nof.site.table import Cell, Column, Line, Table, cell, ranked

MOVED = "changes-moved"


def moved_table(rows: Sequence[Row], released: Released) -> Table:
    """Every trust whose adjusted segment moved; rows with a change."""
    columns = (
        Column("Trust", is_sorted_by=True),
        Column("Segment", is_sorted_by=True),
        Column("Main cause", is_sorted_by=True),
        Column("Average now", is_numeric=True, is_sorted_by=True),
        Column("Change", is_numeric=True, is_sorted_by=True),
        Column("More than noise?", is_sorted_by=True),
        Column("Largest part of the change", is_wide=True),
    )
    return ranked(
        Table(
            "Every trust whose adjusted segment moved",
            columns,
            tuple(_line(row, released) for row in rows),
            table_id=MOVED,
            is_of_names=True,
            note="A change of the average above 0 is for the worse. More than noise: whether almost all "
            "repeated draws of the trust's metrics changed the same way; below it the range of that change.",
        )
    )


def _line(row: Row, released: Released) -> Line:
    trust = released.trusts[row["trust_code"]]
    before = row["adjusted_segment_before_as_released"]
    now, change = row["adjusted_segment_now"], row["segment_change"]
    direction = "better" if change < 0 else "worse"
    moved = Markup('<span class="nowrap">{} to {}</span>').format(
        segment_mark(before, "fct_segment_movement.adjusted_segment_before_as_released"),
        segment_mark(now, "fct_segment_movement.adjusted_segment_now"),
    )
    cause = str(row["main_cause_label"])
    return Line(
        (
            cell(trust_mark(trust), trust.name.casefold()),
            cell(explained(moved, f"{abs(change)} {direction}"), change),
            cell(f"{cause}{'' if row['is_only_cause'] else ', with others'}", cause),
            *_average(row, released),
        ),
        {
            "data-item": "",
            "data-trust": trust.trust_code,
            "data-quarter": row["quarter_id"],
            "data-text": f"{trust.name} {trust.trust_code}",
            "data-type": trust.trust_type_id,
            "data-direction": direction,
            "data-cause": row["main_cause_id"],
        },
    )


def _average(row: Row, released: Released) -> Iterator[Cell]:
    """The average now, its change, whether that is more than noise, and its largest part."""
    average, change = row["average_metric_score_now"], row["score_change"]
    now = NONE if average is None else score(average)
    shown = figure(average, "fct_segment_movement.average_metric_score_now", now)
    basis = RESTS_ON.get(row["score_basis"] or "", "")
    yield cell(explained(shown, basis) if basis else shown, average)
    yield cell(figure(change, "fct_segment_movement.score_change", signed(change)), change)
    if row["is_significant"] is None:
        yield cell("not compared")
    else:
        low, high = row["change_low"], row["change_high"]
        between = f"{signed(low)} to {signed(high)}" if low is not None else ""
        yield cell(explained("yes" if row["is_significant"] else "no", between), row["is_significant"])
    yield cell(_largest_part(row, released))


def _largest_part(row: Row, released: Released) -> Markup:
    if row["largest_part_id"] is None:
        return NONE
    effect = signed(fix(row["largest_part_effect"], 3), 3)
    metric = released.metrics.get(row["largest_part_metric_id"] or "")
    if metric is None:
        return explained(row["part_label"], effect)
    name = link(metric_path(metric["metric_id"]), metric["metric_label"])
    return explained(name, f"{row['part_label']}, {effect}")


def same_segment_table(rows: Sequence[Row], released: Released) -> Table:
    """Trusts whose average changed by more than noise in the same segment, the best change first."""
    lines = []
    for row in sorted(rows, key=lambda each: (each["score_change"], each["trust_code"])):
        trust = released.trusts[row["trust_code"]]
        segment = row["adjusted_segment_now"]
        lines.append(
            Line(
                (
                    cell(trust_mark(trust), trust.name.casefold()),
                    cell(segment_mark(segment, "fct_segment_movement.adjusted_segment_now"), segment),
                    *_average(row, released),
                ),
                {"data-trust": trust.trust_code, "data-quarter": row["quarter_id"]},
            )
        )
    columns = (
        Column("Trust", is_sorted_by=True),
        Column("Segment", is_sorted_by=True),
        Column("Average now", is_numeric=True, is_sorted_by=True),
        Column("Change", is_numeric=True, is_sorted_by=True),
        Column("More than noise?", is_sorted_by=True),
        Column("Largest part of the change", is_wide=True),
    )
    return ranked(
        Table("The average changed by more than noise, the segment did not", columns, lines, is_of_names=True)
    )
