"""What `nof records` prints."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.records.build import VALUE_COLUMNS
from nof.records.land import Arrival
from nof.records.manifest import COLUMNS, Partition, current
from nof.records.values import Values


def arrived(arrival: Arrival) -> str:
    """One extract in a line."""
    each = arrival.partition
    repeated = f", {each.repeated_row_count:,} repeated" if each.repeated_row_count else ""
    return f"{each.period}  {arrival.what:<13}  {each.row_count:>9,} rows{repeated}  {each.file_name}"


def listed(partitions: Sequence[Partition], layout: str) -> None:
    """The extracts in the room, each with whether it is the current one of its month."""
    newest = {each.file_id for each in current(partitions).values()}
    in_order = sorted(partitions, key=lambda each: (each.period, each.landed_order))
    if layout != "table":
        _for_programs(
            (*COLUMNS, "is_current"),
            [
                (*(getattr(each, name) for name in COLUMNS), str(each.file_id in newest).lower())
                for each in in_order
            ],
            layout,
        )
        return
    table = Table(title=f"{sum(each.row_count for each in partitions):,} records", title_justify="left")
    for name, justify in (("Month", "left"), ("Rows", "right"), ("Pathways", "right"), ("MB", "right")):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("File")
    for each in in_order:
        superseded = "" if each.file_id in newest else " (superseded)"
        table.add_row(
            each.period,
            f"{each.row_count:,}",
            f"{each.pathway_count:,}",
            f"{each.record_byte_count / 1e6:.1f}",
            escape(each.file_name) + superseded,
        )
    Console().print(table)


def read(values: Values) -> str:
    """How much of the room was read for the values."""
    held, taken = (sum(each.row_count for each in those) for those in (values.held, values.taken))
    return (
        f"{len(values.taken)} of {len(values.held)} months are taken, {taken:,} of {held:,} rows; "
        f"{values.staging.rows_read:,} rows were summed now, the rest before."
    )


def made(values: Values, layout: str) -> None:
    """The values of every organisation for programs; for people what they come to."""
    if layout != "table":
        _for_programs(VALUE_COLUMNS, values.rows, layout)
        return
    sums: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
    for row in values.rows:
        named = dict(zip(VALUE_COLUMNS, row, strict=True))
        entry = sums[named["quarter_id"], named["measure_id"]]
        entry[0] += 1
        entry[1] += named["numerator"] or 0
        entry[2] += named["denominator"] or 0
    table = Table(title="Values of all organisations together; --format csv has each", title_justify="left")
    for name in ("Quarter", "Measure"):
        table.add_column(name, no_wrap=True)
    for name in ("Organisations", "Counted", "Of"):
        table.add_column(name, justify="right", no_wrap=True)
    for (quarter, measure), (count, numerator, denominator) in sorted(sums.items()):
        table.add_row(quarter, measure, f"{count:,}", f"{numerator:,.0f}", f"{denominator:,.0f}")
    Console().print(table)


def _for_programs(header: Sequence[str], rows: Sequence[Sequence[Any]], layout: str) -> None:
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if layout == "json":
        named = [dict(zip(header, row, strict=True)) for row in texts]
        print(json.dumps(named, indent=2, ensure_ascii=False))  # noqa: T201 - rich would wrap it
        return
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([header, *texts])
    print(text.getvalue(), end="")  # noqa: T201
