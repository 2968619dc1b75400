"""The rows of one extract as one Parquet file, written whole or not at all."""

import os
from pathlib import Path
from typing import Any

import numpy as np

from nof.durable import sync, sync_folder
from nof.landing.publications.rtt_extract import Extract
from nof.landing.publications.rtt_layout import ALL_FUNCTIONS, FUNCTION, TOTAL_ALL
from nof.records.room import COUNT_COLUMNS, TEXT_COLUMNS

# A third of an extract: engines read row groups side by side, and leave out those of other providers.
ROW_GROUP_ROWS = 61_440


def table_of(extract: Extract) -> Any:
    """The rows as a table of Arrow: in published order, counts as whole numbers, empty as null."""
    import pyarrow  # noqa: PLC0415 - heavy

    columns = {"row_number": pyarrow.array(extract.row_numbers, type=pyarrow.int64())}
    for heading, name in TEXT_COLUMNS.items():
        codes, texts = extract.texts[heading]
        columns[name] = pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(codes.astype(np.int32)), pyarrow.array(texts, type=pyarrow.string())
        )
    for heading, name in COUNT_COLUMNS.items():
        columns[name] = pyarrow.array(extract.counts[heading].astype(np.int32), mask=~extract.filled[heading])
    return pyarrow.table(columns)


def totals_of(extract: Extract) -> tuple[int, int]:
    """How many total rows there are, and the pathways that they add up to."""
    is_total = extract.texts[FUNCTION].is_(ALL_FUNCTIONS)
    return int(is_total.sum()), int(extract.count(TOTAL_ALL)[is_total].sum())


def write_table(path: Path, table: Any) -> None:
    """Write a Parquet file beside its place, flush it to the disk, and put it there in one step.

    Args:
        path: the file; its folder is made if need be. A leftover of a killed command is overwritten.
        table: of Arrow.
    """
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    # Without Arrow's own schema: the file then says nothing that only Arrow understands.
    parquet.write_table(table, beside, compression="zstd", row_group_size=ROW_GROUP_ROWS, store_schema=False)
    put_in_place(beside, path)


def put_in_place(beside: Path, path: Path) -> None:
    """Flush a written file to the disk and rename it into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sync(beside, os.O_RDWR)
    beside.replace(path)
    sync_folder(path.parent)
