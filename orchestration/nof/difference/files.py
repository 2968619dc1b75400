"""The difference as files of the release: four CSVs and a page, the same bytes for the same two releases."""

from dataclasses import astuple
from pathlib import Path

from nof.difference.page import write_page
from nof.difference.segments import COLUMNS as SEGMENT_COLUMNS
from nof.difference.whole import CHANGE_COLUMNS, Difference
from nof.release.tables import write_csv

FOLDER = "difference"
NAMES = ("changes.csv", "columns.csv", "index.html", "segments.csv", "tables.csv")

_TABLE_COLUMNS = (
    "table",
    "rows_before",
    "rows_now",
    "came",
    "went",
    "changed",
    "unchanged",
    "comparison",
)
_COLUMN_COLUMNS = ("table", "column", "change", "old", "new")


def write_difference(difference: Difference, folder: Path) -> None:
    """Write the difference into a folder, which is made where it is missing.

    The CSVs follow RFC 4180 and are UTF-8 without a byte order mark. What an empty cell is, as against an
    empty text, is said in `nof.difference.notation`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "changes.csv", CHANGE_COLUMNS, difference.changes(), encoding="utf-8")
    write_csv(
        folder / "tables.csv",
        _TABLE_COLUMNS,
        ([_text(cell) for cell in astuple(table)] for table in difference.tables),
        encoding="utf-8",
    )
    write_csv(
        folder / "columns.csv",
        _COLUMN_COLUMNS,
        ([_text(cell) for cell in astuple(column)] for column in difference.columns),
        encoding="utf-8",
    )
    write_csv(
        folder / "segments.csv",
        SEGMENT_COLUMNS,
        ([row[name] for name in SEGMENT_COLUMNS] for row in difference.segments),
        encoding="utf-8",
    )
    write_page(difference, folder / "index.html")


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
