"""What `nof diff` prints: a summary in words and tables, or the changes as CSV or JSON for a program."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.difference.figures import KindMoves
from nof.difference.layout import DESCRIBED_ANEW, ColumnDifference
from nof.difference.pair import NEW, OLD
from nof.difference.rows import TableDifference
from nof.difference.segments import SegmentMove
from nof.difference.whole import CHANGE_COLUMNS, Change, Difference
from nof.difference.words import headline, why
from nof.errors import UsageRefused

SHOWN_SEGMENTS = 20
SHOWN_CHANGES = 20
SHOWN_FIGURES = 5  # of each kind


def refuse_unknown(difference: Difference, *, table: str | None, trust: str | None) -> None:
    """Refuse to filter by what neither release has: nothing found would look like nothing changed.

    Raises:
        UsageRefused: neither has such a table, or such a trust.
    """
    known = {each.table for each in difference.tables}
    if table is not None and table not in known:
        raise UsageRefused(f"Neither release has a table {table!r}. There are: {', '.join(sorted(known))}.")
    pair = difference.pair
    read = " union all ".join(pair.selected(side, "dim_trust", ("trust_code",)) for side in (OLD, NEW))
    count = pair.connection.execute(f"select count(*) from ({read}) where trust_code = ?", [trust])
    if trust is not None and count.fetchall() == [(0,)]:
        raise UsageRefused(f"Neither release has a trust {trust!r}. Name it by its code, for example RXX.")


def show_tables(difference: Difference, *, table: str | None, trust: str | None) -> None:
    """Print the summary; with a table or a trust, the first of its changes too."""
    console = Console(soft_wrap=True)
    assert difference.before is not None
    console.print(f"From [bold]{difference.before.name}[/bold] to [bold]{difference.now.name}[/bold]")
    console.print(escape(headline(difference)))
    if difference.now.is_bundled:
        console.print("The figures are of the bundled nation, which is invented.")
    for each in difference.inputs.restated:
        console.print(
            f"Restated: {each.trust_type_id} in {each.quarter_id}, {each.moved:,} of {each.values:,} values "
            f"moved ({escape(each.old_file)}, now {escape(each.new_file)})"
        )
    segments = [row for row in difference.segments_moved if trust in {None, row["trust_code"]}]
    if segments:
        console.print(_segments(segments))
    figures = [each for each in difference.kinds if not each.kind.is_segment]
    if figures and table is None and trust is None:  # of one table or trust, all its changes stand below
        console.print(_figures(figures))
    counts = [each for each in difference.tables if each.differs and table in {None, each.table}]
    if counts:
        console.print(_tables(counts))
    _columns(console, [each for each in difference.columns if table in {None, each.table}], table is not None)
    if table is not None or trust is not None:
        _changes(console, difference.changes(table=table, trust=trust))


def write_changes(changes: Iterable[Change]) -> None:
    """Write the changes to standard output as changes.csv has them, whatever the system's line ends are."""
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CHANGE_COLUMNS)
    writer.writerows(changes)
    text.detach()


def write_json(difference: Difference, *, table: str | None, trust: str | None) -> None:
    """Write everything to standard output as one JSON object."""
    assert difference.before is not None
    content: dict[str, Any] = {
        "before": difference.before.name,
        "now": difference.now.name,
        "headline": headline(difference),
        "is_different": not difference.has_none,
        "is_method_changed": difference.is_method_changed,
        "inputs": asdict(difference.inputs),
        "tables": [asdict(each) for each in difference.tables if table in {None, each.table}],
        "columns": [asdict(each) for each in difference.columns if table in {None, each.table}],
        "segments": [row for row in difference.segments if trust in {None, row["trust_code"]}],
        "changes": [
            dict(zip(CHANGE_COLUMNS, change, strict=True))
            for change in difference.changes(table=table, trust=trust)
        ],
    }
    sys.stdout.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def _segments(rows: list[SegmentMove]) -> Table:
    more = f" (the first {SHOWN_SEGMENTS} of {len(rows)})" if len(rows) > SHOWN_SEGMENTS else ""
    table = Table(title=f"Segments that moved{more}", title_justify="left")
    for name in ("Quarter", "Trust", "Unadjusted", "Adjusted", "Final", "Average", "Why"):
        table.add_column(name)
    for row in rows[:SHOWN_SEGMENTS]:
        table.add_row(
            row["quarter_id"],
            escape(f"{row['trust_code']} {row['trust_name'] or ''}".strip()),
            *(
                _move(row, name)
                for name in (
                    "unadjusted_segment",
                    "adjusted_segment",
                    "final_segment",
                    "average_metric_score",
                )
            ),
            why(row),
        )
    return table


def _move(row: SegmentMove, name: str) -> str:
    old, new = row[f"old_{name}"] or "none", row[f"new_{name}"] or "none"
    return old if old == new else f"{old} to {new}"


def _figures(found: list[KindMoves]) -> Table:
    """The largest moves of each kind of figure, and how many more there are."""
    table = Table(title="Figures that moved, the largest moves first", title_justify="left")
    for name in ("Figure", "Quarter", "Trust", "Of", "Old", "New"):
        table.add_column(name)
    for each in found:
        shown = each.largest[:SHOWN_FIGURES]
        for move in shown:
            table.add_row(
                each.kind.label,
                move.quarter_id,
                move.trust_code or "",
                escape(" ".join(move.subjects)),
                escape(move.old or "none"),
                escape(move.new or "none"),
            )
        if each.count > len(shown):
            table.add_row(f"and {each.count - len(shown):,} more", "", "", "", "", "")
    return table


def _tables(found: list[TableDifference]) -> Table:
    table = Table(title="Tables whose rows differ", title_justify="left")
    for name in ("Table", "Before", "Now", "Came", "Went", "Changed"):
        table.add_column(name, justify="left" if name == "Table" else "right")
    for each in found:
        numbers = (each.rows_before, each.rows_now, each.came, each.went, each.changed)
        table.add_row(each.table, *(f"{number:,}" for number in numbers))
    return table


def _columns(console: Console, found: list[ColumnDifference], is_one_table: bool) -> None:
    """What changed of tables and columns; of descriptions only how many: other words change no figure."""
    said = [each for each in found if is_one_table or each.change != DESCRIBED_ANEW]
    for each in said:
        where = f"{each.table}.{each.column}" if each.column else each.table
        console.print(escape(f"{where}: {each.change}, {each.old or 'none'} to {each.new or 'none'}"))
    if len(said) < len(found):
        count = len(found) - len(said)
        console.print(f"Described anew: {count:,} tables and columns; --table shows those of one")


def _changes(console: Console, changes: Iterator[Change]) -> None:
    table = Table(title="Changes", title_justify="left")
    for name in ("Table", "Key", "Change", "Column", "Old", "New"):
        table.add_column(name)
    for table_name, _, _, key, change, column, old, new in islice(changes, SHOWN_CHANGES):
        table.add_row(*(escape(cell or "") for cell in (table_name, key, change, column, old, new)))
    console.print(table if table.row_count else "No row of it came, went or changed.")
    more = sum(1 for _ in changes)
    if more:
        console.print(f"and {more:,} more: all of them with --format csv")
