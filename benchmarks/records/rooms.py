"""Record rooms of invented months, and one month as the CSV that a publisher would give out."""

import shutil
from pathlib import Path
from typing import Any

from benchmarks.records.synthetic import (
    FUNCTIONS,
    ROWS_A_MONTH,
    Cells,
    Month,
    all_pathways,
    cells,
)
from nof.home import Home
from nof.landing.model import FILE_ID_LENGTH
from nof.landing.publications.rtt_layout import COUNTS, HEADINGS, PERIOD
from nof.records.manifest import Partition, hash_of, read_manifest, write_manifest
from nof.records.partition import put_in_place, write_table
from nof.records.room import COUNT_COLUMNS, TEXT_COLUMNS, room_of

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def make_room(root: str, first: int, count: int) -> dict[str, int]:
    """Put months into the record room of a home, the oldest first, as `nof records land` leaves them.

    Never more than one month is in memory. A month that repeats another is a copy of its file.

    Args:
        root: the home.
        first: number of the newest of them.
        count: of months.

    Returns:
        Rows and bytes of Parquet that the room holds now.
    """
    room = room_of(Home(Path(root)))
    partitions = list(read_manifest(room))
    written: dict[int, Partition] = {}
    for month in (Month(number) for number in range(first + count - 1, first - 1, -1)):
        made = _partition(month, len(partitions) + 1)
        path, same = made.path(room), written.get(month.kind)
        path.parent.mkdir(parents=True, exist_ok=True)
        if same is None:
            write_table(path, arrow_table(cells(month.kind)))
        else:
            shutil.copyfile(same.path(room), beside := path.with_suffix(".part"))
            put_in_place(beside, path)
        made = Partition(
            **{
                **vars(made),
                "record_sha256": same.record_sha256 if same else hash_of(path),
                "record_byte_count": path.stat().st_size,
            }
        )
        written[month.kind] = made
        partitions.append(made)
    write_manifest(room, partitions)
    return {
        "rows": sum(each.row_count for each in partitions),
        "bytes": sum(each.record_byte_count for each in partitions),
    }


def _partition(month: Month, order: int) -> Partition:
    return Partition(
        landed_order=order,
        period=month.period,
        file_id=month.sha256[:FILE_ID_LENGTH],
        file_name=f"invented-{month.period}.csv",
        sha256=month.sha256,
        row_count=ROWS_A_MONTH,
        repeated_row_count=0,
        total_row_count=ROWS_A_MONTH // (FUNCTIONS + 1),
        pathway_count=all_pathways(month.kind),
        record_sha256="",
        record_byte_count=0,
        landed_date="2026-05-14",
    )


def arrow_table(month: Cells) -> Any:
    """The rows as `nof.records` writes them."""
    import pyarrow  # noqa: PLC0415 - heavy

    columns = {"row_number": pyarrow.array(range(2, ROWS_A_MONTH + 2), type=pyarrow.int64())}
    for name in TEXT_COLUMNS.values():
        columns[name] = pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(month.texts[name]), pyarrow.array(month.words[name])
        )
    for name in COUNT_COLUMNS.values():
        numbers, is_there = month.counts[name]
        columns[name] = pyarrow.array(numbers, mask=~is_there)
    return pyarrow.table(columns)


def write_csv(path: str, number: int) -> int:
    """One month as a full extract in CSV, with every published heading; its rows."""
    import pyarrow  # noqa: PLC0415 - heavy
    from pyarrow import csv  # noqa: PLC0415

    month = Month(number)
    table = arrow_table(cells(month.kind))
    year, which = month.period.split("-")
    columns = dict.fromkeys(HEADINGS, pyarrow.array([""] * ROWS_A_MONTH))
    columns[PERIOD] = pyarrow.array([f"RTT-{_MONTH_NAMES[int(which) - 1]}-{year}"] * ROWS_A_MONTH)
    columns |= {heading: table[name].cast(pyarrow.string()) for heading, name in TEXT_COLUMNS.items()}
    columns |= {heading: table[COUNT_COLUMNS[heading]] for heading in COUNTS}
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    csv.write_csv(pyarrow.table(columns), path, csv.WriteOptions(quoting_style="none"))
    return ROWS_A_MONTH
