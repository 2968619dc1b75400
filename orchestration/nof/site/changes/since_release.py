"""What moved since the release before: read from the difference in the release, and only counted here."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from nof.difference.files import FOLDER
from nof.difference.segments import moved
from nof.difference.words import why
from nof.site.look import NONE
from nof.site.marks import code, segment_mark, trust_mark
from nof.site.model import DataFile
from nof.site.released import Released
from nof.site.table import Cell, Line, Table, cell, ranked, simple
from nof.site.table import Column as TableColumn

_DATA = "data/moved-since-release-before.csv"
_ROW_BY_ROW = "row by row"

Read = Mapping[str, str | None]


@dataclass(frozen=True)
class SinceRelease:
    """What the page shows of the release before; a first release has none, and nothing is compared.

    Attributes:
        previous_release_id: the release before; None for a first one.
        previous_quarter: the newest quarter of that one, as a label.
        has_changed_method: whether the method differs.
        files: new files and files that are no longer used, by name.
        quarters: quarters that came or went, by label.
        moved_count: trusts and quarters of which a segment moved.
        other_count: those of which only the average or the rank did.
        moved: of which a segment moved, and why; None where none did.
        tables: tables with rows that came, went or changed; None where none did.
        columns: columns that came, went or changed; None where none did.
        data: every trust and quarter that moved, to download; None where none did.
    """

    previous_release_id: str | None
    previous_quarter: str = ""
    has_changed_method: bool = False
    files: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    moved_count: int = 0
    other_count: int = 0
    moved: Table | None = None
    tables: Table | None = None
    columns: Table | None = None
    data: DataFile | None = None


def since_release(released: Released) -> SinceRelease:
    """Read the difference of the release.

    Raises:
        FileNotFoundError: it has a release before it and carries no difference.
    """
    release = released.release
    if release["previous_release_id"] is None:
        return SinceRelease(None)
    folder = released.folder / FOLDER
    segments = _read(folder / "segments.csv")
    of_segments = [row for row in segments if row["change"] == "changed" and moved(row)]
    came_or_went = [row for row in segments if row["change"] != "changed"]
    others = [row for row in segments if row["change"] == "changed" and not moved(row)]
    files, quarters = _inputs(folder / "changes.csv", released)
    previous = release["previous_quarter_id"]
    return SinceRelease(
        previous_release_id=release["previous_release_id"],
        previous_quarter=released.quarter_labels.get(previous, previous),
        has_changed_method=release["has_changed_method"],
        files=files,
        quarters=quarters,
        moved_count=len(of_segments) + len(came_or_went),
        other_count=len(others),
        moved=_moved([*of_segments, *came_or_went], released) if of_segments or came_or_went else None,
        tables=_tables(_read(folder / "tables.csv")),
        columns=_columns(_read(folder / "columns.csv")),
        data=DataFile(_DATA, tuple(segments[0]), tuple(tuple(row.values()) for row in segments))
        if segments
        else None,
    )


def _read(path: Path) -> Sequence[Read]:
    """Rows of a CSV of the difference; an empty cell is nothing."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def _inputs(path: Path, released: Released) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Files and quarters that came or went, told in words."""
    files, quarters = [], []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["change"] not in {"came", "went"}:
                continue
            if row["table"] == "dim_file":
                file_id = row["key"].removeprefix("file_id=")
                found = released.files.get(file_id)
                name = found["file_name"] if found else f"the file {file_id}"
                files.append(f"{name} ({'new' if row['change'] == 'came' else 'no longer used'})")
            elif row["table"] == "dim_quarter":
                quarter_id = row["quarter_id"]
                label = released.quarter_labels.get(quarter_id, quarter_id)
                quarters.append(f"{label} ({'new' if row['change'] == 'came' else 'no longer there'})")
    return tuple(files), tuple(quarters)


def _moved(rows: Sequence[Read], released: Released) -> Table:
    columns = (
        TableColumn("Trust", is_sorted_by=True),
        TableColumn("Quarter", is_sorted_by=True),
        TableColumn("Unadjusted segment"),
        TableColumn("Adjusted segment"),
        TableColumn("Final segment"),
        TableColumn("Average metric score"),
        TableColumn("Why", is_wide=True),
    )
    return ranked(
        Table(
            "Trusts of which a segment is not what the release before said",
            columns,
            tuple(_line(row, released) for row in rows),
            is_of_names=True,
        )
    )


def _line(row: Read, released: Released) -> Line:
    trust_code, quarter_id = str(row["trust_code"]), str(row["quarter_id"])
    trust = released.trusts.get(trust_code)
    name = row["trust_name"] or trust_code
    cells = [
        cell(trust_mark(trust) if trust else f"{name} {trust_code}", name.casefold()),
        cell(released.quarter_labels.get(quarter_id, quarter_id), quarter_id),
    ]
    for measure in ("unadjusted_segment", "adjusted_segment", "final_segment"):
        cells.append(_pair(row, measure, is_segment=True))
    cells += [_pair(row, "average_metric_score", is_segment=False), Cell(why(row))]
    return Line(cells, {"data-trust": trust_code, "data-quarter": quarter_id})


def _pair(row: Read, measure: str, *, is_segment: bool) -> Cell:
    shown = [_one(row[f"{side}_{measure}"], is_segment=is_segment) for side in ("old", "new")]
    if row[f"old_{measure}"] == row[f"new_{measure}"]:
        return Cell(shown[0])
    return Cell(Markup('<span class="nowrap">{} to {}</span>').format(*shown))


def _one(text: str | None, *, is_segment: bool) -> Markup | str:
    if text is None:
        return NONE
    return segment_mark(int(text)) if is_segment else text


def _tables(rows: Sequence[Read]) -> Table | None:
    found = [
        (code(row["table"]), *(int(row[name] or 0) for name in ("came", "went", "changed", "unchanged")))
        for row in rows
        if row["comparison"] == _ROW_BY_ROW
        and any(int(row[name] or 0) for name in ("came", "went", "changed"))
    ]
    if not found:
        return None
    return simple(
        "Tables of the release with rows that came, went or changed",
        ("Table", "Came", "Went", "Changed", "As before"),
        found,
        numeric=(1, 2, 3, 4),
    )


def _columns(rows: Sequence[Read]) -> Table | None:
    if not rows:
        return None
    return simple(
        "Columns that came, went or changed",
        ("Table and column", "What changed", "Before", "Now"),
        [
            (
                code(".".join(part for part in (row["table"], row["column"]) if part)),
                row["change"],
                row["old"],
                row["new"],
            )
            for row in rows
        ],
        wide=(0, 2, 3),
    )
