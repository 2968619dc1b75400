"""What is wrong with single rows of a full extract, row by row: read only where a quick look found something.

rtt_extract.py takes a good file in at once and only knows that something is wrong; here it is found out what.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.bounds import cells_bounded
from nof.landing.cell_checks import ORGANISATION_CODE, plain_text
from nof.landing.publications.rtt_layout import (
    BANDS,
    COMMISSIONER,
    COUNTS,
    FUNCTION,
    HEADINGS,
    PART,
    PARTS,
    PERIOD,
    PROVIDER,
    PROVIDER_NAME,
    PROVIDER_PARENT,
    READ_TEXTS,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
    WITHOUT_BANDS,
    Header,
    is_header,
    month_of,
)
from nof.landing.publications.rtt_source import Source
from nof.landing.publications.rtt_told import Told
from nof.landing.records import FETCH_AGAIN
from nof.landing.text import clean

# A thousand million pathways are more than England has people.
LARGEST_COUNT = 999_999_999
_COUNT = re.compile(r"[0-9]{1,9}")
_COMMISSIONER = re.compile(r"[A-Z0-9]{3,5}")
_FUNCTION = re.compile(r"C_[0-9]{3}|X[0-9]{2}")


class TextFault(NamedTuple):
    """What is wrong with a text, and what to do."""

    message: str
    remedy: str


def text_fault(heading: str, text: str) -> TextFault | None:
    """What keeps a cleaned text from standing under a heading of READ_TEXTS."""
    if "\n" in text or "\r" in text:
        return TextFault("an end of line stands in this cell.", "Take it away, or fetch the file again.")
    if heading == PROVIDER_NAME:
        fault = plain_text(text)
        if fault:
            return TextFault(*fault)
        return None if text else TextFault("the provider has no name.", FETCH_AGAIN)
    wanted, is_right = {
        PERIOD: ("a month such as RTT-April-2026", month_of(text) is not None),
        PROVIDER: ("an ODS code of three or five characters", bool(ORGANISATION_CODE.fullmatch(text))),
        PROVIDER_PARENT: ("an ODS code or empty", not text or bool(ORGANISATION_CODE.fullmatch(text))),
        COMMISSIONER: ("a code of three to five characters", bool(_COMMISSIONER.fullmatch(text))),
        PART: (f"one of {', '.join(PARTS)}", text in PARTS),
        FUNCTION: ("a treatment function such as C_100, X02 or C_999", bool(_FUNCTION.fullmatch(text))),
    }[heading]
    return None if is_right else TextFault(f"this is not {wanted}.", FETCH_AGAIN)


def find_faulty_rows(file: str, source: Source, header: Header) -> list[Problem]:
    """Every row that cannot stand: its width, its texts, its counts, or its sums.

    Args:
        file: what to call the file in a problem.
        source: read again, in a stream; one row at a time is held.
        header: the columns.
    """
    told = Told(file)
    row = 0
    with source.open() as binary, cells_bounded():
        # Bytes that are not UTF-8 come through as signs of their own, so that their row can be told.
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="")
        try:
            for row, cells in enumerate(csv.reader(text, strict=True), start=1):
                if row > header.row and any(map(str.strip, cells)):
                    for kind, problem in _faults(file, row, cells, header):
                        told.add(kind, problem)
        except csv.Error as error:
            told.add(
                "rows that cannot be read",
                Problem(file, f"the row cannot be read ({error}).", FETCH_AGAIN, row=row + 1),
            )
    return told.problems


def _faults(file: str, row: int, cells: list[str], header: Header) -> Iterator[tuple[str, Problem]]:
    if len(cells) != len(header.headings):
        yield (
            "rows of another width",
            Problem(
                file,
                f"this row has {len(cells)} cells and the header has {len(header.headings)}.",
                f"{FETCH_AGAIN[:-1]}; take away a title or a note that is no row of the table.",
                row=row,
                value=_shown(",".join(cells)),
            ),
        )
        return
    if is_header(cells):
        yield (
            "headers",
            Problem(
                file,
                "this row is the header again; files that were put together have it once each.",
                "Land each file by itself.",
                row=row,
                value=_shown(",".join(cells)),
            ),
        )
        return
    named = {heading: clean(cell) for heading, cell in zip(header.headings, cells, strict=True)}
    faults = [*_text_faults(file, row, named), *_count_faults(file, row, named)]
    yield from faults
    if not faults:
        yield from sum_faults(file, row, {heading: named[heading] for heading in (PART, *COUNTS)})


def _text_faults(file: str, row: int, named: dict[str, str]) -> Iterator[tuple[str, Problem]]:
    for heading in HEADINGS:
        text = named[heading]
        fault = text_fault(heading, text) if heading in READ_TEXTS else None
        if any("\udc80" <= sign <= "\udcff" for sign in text):
            fault = TextFault("this text is not UTF-8.", "Save it again as 'CSV UTF-8', or fetch it again.")
        if fault:
            yield (
                "faulty texts",
                Problem(file, fault.message, fault.remedy, row=row, column=heading, value=_shown(text)),
            )


def _count_faults(file: str, row: int, named: dict[str, str]) -> Iterator[tuple[str, Problem]]:
    for heading in COUNTS:
        text = named[heading]
        if _COUNT.fullmatch(text) or (not text and heading != TOTAL_ALL):
            continue
        message = "this is no whole number of pathways."
        if not text:
            message = "the total of the row is empty."
        elif re.fullmatch(r"-[0-9]+", text):
            message = "a number of pathways is not negative."
        elif re.fullmatch(r"[0-9]+", text):
            message = f"a number of pathways is at most {LARGEST_COUNT:,}."
        remedy = (
            "Fetch the file again; a suppressed or dressed number (*, 1,000, 1.0) is no count that adds up."
        )
        yield (
            "faulty counts",
            Problem(file, message, remedy, row=row, column=heading, value=_shown(text)),
        )


def sum_faults(file: str, row: int, named: dict[str, str]) -> Iterator[tuple[str, Problem]]:
    """Where a row's bands are not its totals; an empty band counts as nought."""
    kind = "rows whose bands and totals differ"
    remedy = f"{FETCH_AGAIN[:-1]}, or ask the publisher: the row does not add up."
    if named[PART] == WITHOUT_BANDS:
        for heading in (*BANDS, TOTAL, UNKNOWN):
            if named[heading]:
                message = f"{WITHOUT_BANDS} has {TOTAL_ALL} only: new periods have not waited yet."
                layout = "If NHS England has begun to publish it, this reader has to learn the new layout."
                yield kind, Problem(file, message, layout, row=row, column=heading, value=named[heading])
        return
    bands = sum(int(named[heading] or 0) for heading in BANDS)
    if named[TOTAL] and int(named[TOTAL]) != bands:
        message = f"the bands of this row add up to {bands:,}."
        yield kind, Problem(file, message, remedy, row=row, column=TOTAL, value=named[TOTAL])
    unknown = int(named[UNKNOWN] or 0)
    if int(named[TOTAL_ALL]) != bands + unknown:
        message = f"the bands of this row and its unknown starts add up to {bands + unknown:,}."
        yield kind, Problem(file, message, remedy, row=row, column=TOTAL_ALL, value=named[TOTAL_ALL])


def _shown(text: str) -> str:
    return text[:80].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
