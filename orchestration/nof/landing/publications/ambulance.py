"""Ambulance systems indicators: the time series workbook; its hidden sheet Raw holds all areas and months."""

import re
from collections.abc import Sequence
from sys import intern
from typing import Literal

from nof.errors import Problem
from nof.landing.cell_checks import ORGANISATION_CODE, REGION_CODE
from nof.landing.lookups import Lookups
from nof.landing.model import Period, Readable, Table
from nof.landing.no_number import why_no_number
from nof.landing.opened import Opened
from nof.landing.publications.ambulance_checks import ENGLAND, AreaMonth, find_disagreements
from nof.landing.publications.ambulance_layout import Layout, read_layout
from nof.landing.publications.broken_cells import broken_cell_problems
from nof.landing.publications.model import Publication
from nof.landing.publications.workbook import Cell, cell_text, read_sheets
from nof.landing.records import FETCH_AGAIN
from nof.landing.text import as_number, clean

_KIND: Literal["ambulance_responses"] = "ambulance_responses"
_SHEET = "Raw"
# Sheets for people to look at; together no other publication has them.
_SHOWN = frozenset({"Response times", "Incidents", "Calls"})
_MISSING = frozenset({"-", "."})
_YEAR = re.compile(r"(20[0-9]{2})-([0-9]{2})")
# Of a financial year, in its order.
_MONTHS = (
    *("APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER"),
    *("OCTOBER", "NOVEMBER", "DECEMBER", "JANUARY", "FEBRUARY", "MARCH"),
)


def _is_it(opened: Opened) -> bool:
    return opened.form == "workbook" and set(opened.sheets) >= _SHOWN


def _read(file: str, opened: Opened, _lookups: Lookups) -> Readable | list[Problem]:
    if _SHEET not in opened.sheets:
        return [
            Problem(
                file,
                f"the sheet {_SHEET}, hidden as published, is not there; the others show one area only.",
                "Fetch the workbook again from where it is published, and do not save it anew.",
            )
        ]
    sheets = read_sheets(file, opened, [_SHEET])
    if isinstance(sheets, Problem):
        return [sheets]
    layout = read_layout(file, sheets[0])
    if not isinstance(layout, Layout):
        return layout
    headings = {place: name for name, place in (*layout.places.items(), *layout.indicators)}
    broken = broken_cell_problems(file, opened, _SHEET, headings, after_row=layout.header_row)
    return broken or _Rows(file, layout).read(sheets[0].rows)


class _Rows:
    """The rows of one sheet on their way to the landing table."""

    def __init__(self, file: str, layout: Layout) -> None:
        self._file = file
        self._layout = layout
        self._problems: list[Problem] = []
        self._areas: dict[tuple[str, str], AreaMonth] = {}
        self._cells: list[tuple[str, ...]] = []
        self._numbers: list[int] = []
        self._periods: list[Period] = []
        self._row_count = 0

    def read(self, rows: Sequence[Sequence[Cell]]) -> Readable | list[Problem]:
        places = [*self._layout.places.values(), *(place for _, place in self._layout.indicators)]
        for number, row in enumerate(rows, start=1):
            # A title may stand above a block of areas, and to its right the list of areas for the drop-down.
            if number > self._layout.header_row and any(row[place] != "" for place in places):
                self._take(number, row)
        if not self._areas and not self._problems:
            self._problems.append(Problem(self._file, "the sheet Raw has headings and no rows.", FETCH_AGAIN))
        problems = self._problems or find_disagreements(self._file, tuple(self._areas.values()))
        if problems:
            return sorted(problems, key=lambda each: (each.row or 0, each.column or ""))
        table = Table(tuple(self._cells), tuple(self._numbers), tuple(self._periods))
        return Readable(_KIND, table, self._row_count, self._row_count - len(self._cells))

    def _take(self, number: int, row: Sequence[Cell]) -> None:
        key = {name: clean(cell_text(row[place])) for name, place in self._layout.places.items()}
        period = _period_of(key["Year"], key["Month"])
        faults = [*_faulty_keys(key), *([] if period else [_NO_MONTH])]
        for column, message, remedy in faults:
            self._problems.append(
                Problem(
                    self._file,
                    f"sheet Raw: {message}",
                    remedy,
                    row=number,
                    column=column,
                    value=key["Year"] + " " + key["Month"] if column == "Year, Month" else key[column],
                )
            )
        texts, values = self._values(number, row)
        if faults or period is None:
            return
        self._row_count += len(texts)
        area = AreaMonth(number, period, intern(key["Reg"]), intern(key["Area"]), values)
        earlier = self._areas.setdefault((period, area.area_code), area)
        if earlier is not area:
            self._compare(earlier, area)
            return
        unit = Period(_KIND, period)
        self._cells += [
            (period, area.region_code, area.area_code, name, text) for name, text in texts.items()
        ]
        self._numbers += [number] * len(texts)
        self._periods += [unit] * len(texts)

    def _values(self, number: int, row: Sequence[Cell]) -> tuple[dict[str, str], dict[str, int]]:
        """Filled cells as text; of those, the ones that are numbers."""
        texts: dict[str, str] = {}
        values: dict[str, int] = {}
        for name, place in self._layout.indicators:
            text = cell_text(row[place])
            cleaned = clean(text)
            if not cleaned:
                continue
            texts[name] = intern(text)
            if cleaned in _MISSING:
                continue
            found = as_number(cleaned)
            if found is not None and found >= 0 and found == found.to_integral_value():
                values[name] = int(found)
                continue
            if found is None:
                message = why_no_number(cleaned)
            else:
                message = "this number is negative." if found < 0 else "this number is not whole."
            self._problems.append(
                Problem(
                    self._file,
                    f"sheet Raw: {message}",
                    "Counts and seconds are whole numbers from 0 up; - or . stands for a missing one. See "
                    "whether the unit of the indicator changed, or fetch the workbook again.",
                    row=number,
                    column=name,
                    value=text,
                )
            )
        return texts, values

    def _compare(self, earlier: AreaMonth, later: AreaMonth) -> None:
        """A row that is there twice must say the same."""
        if (earlier.region_code, earlier.values) == (later.region_code, later.values):
            return
        name = next(
            (
                name
                for name, _ in self._layout.indicators
                if earlier.values.get(name) != later.values.get(name)
            ),
            "Reg",
        )
        self._problems.append(
            Problem(
                self._file,
                f"sheet Raw: rows {earlier.row} and {later.row} are both {later.area_code} in {later.period} "
                f"and differ: row {earlier.row} has {earlier.values.get(name, 'no number')}.",
                "Take away the wrong one, or fetch the workbook again.",
                row=later.row,
                column=name,
                value=str(later.values.get(name, "")),
            )
        )


_NO_MONTH = (
    "Year, Month",
    "this is no month of a financial year.",
    "Write them as published, such as 2025-26 and JUNE; take a row of notes away.",
)


def _period_of(year: str, month: str) -> str | None:
    """2025-26 and JUNE as 2025-06; JANUARY of 2025-26 is in 2026."""
    found = _YEAR.fullmatch(year)
    if not found or month.upper() not in _MONTHS or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    place = _MONTHS.index(month.upper())
    return intern(f"{int(found[1]) + (place >= 9)}-{(place + 3) % 12 + 1:02}")


def _faulty_keys(key: dict[str, str]) -> list[tuple[str, str, str]]:
    area, region = key["Area"], key["Reg"]
    if area == ENGLAND:
        return [("Reg", "England is in no region.", FETCH_AGAIN)] if region else []
    faults = []
    if not ORGANISATION_CODE.fullmatch(area):
        faults.append(
            (
                "Area",
                "this is no code of an area: ENG, a region such as Y60, or a trust such as RX9.",
                FETCH_AGAIN,
            )
        )
    if not REGION_CODE.fullmatch(region):
        faults.append(("Reg", "a region or a trust has the code of its region, such as Y60.", FETCH_AGAIN))
    elif REGION_CODE.fullmatch(area) and area != region and area.startswith("Y"):
        faults.append(("Reg", f"region {area} stands under another region.", FETCH_AGAIN))
    return faults


# No text of it lands but codes.
AMBULANCE_RESPONSES = Publication(file_kind=_KIND, is_it=_is_it, read=_read, texts={})
