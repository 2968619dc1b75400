"""A full extract taken in at once: texts as codes and counts as whole numbers, column by column.

pyarrow reads the stream in blocks and lets no cell through that is no whole number. What is in memory is the
columns (four bytes a count, about 80 million bytes for 181,000 rows), never the text of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nof.landing.publications.rtt_layout import (
    BANDS,
    COUNTS,
    PART,
    PROVIDER,
    READ_TEXTS,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
    WITHOUT_BANDS,
    Header,
)
from nof.landing.publications.rtt_rows import LARGEST_COUNT, text_fault
from nof.landing.publications.rtt_source import Source
from nof.landing.text import clean

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Larger blocks than pyarrow's own take a sixth less time on a row of three thousand bytes.
_BLOCK_BYTES = 1 << 22


class Coded(NamedTuple):
    """A column of texts: each row's place among the different texts, which are cleaned."""

    codes: Whole
    texts: tuple[str, ...]

    def at(self, place: int) -> str:
        """The text of one row."""
        return self.texts[int(self.codes[place])]

    def is_(self, text: str) -> Mask:
        """The rows that hold the text."""
        if text not in self.texts:
            return np.zeros(len(self.codes), dtype=np.bool_)
        return np.equal(self.codes, self.texts.index(text))


@dataclass(frozen=True)
class Extract:
    """The rows of a full extract that hold something.

    Attributes:
        texts: by published heading.
        counts: by published heading, nought where the cell is empty.
        filled: by published heading, the rows that have a number.
        row_numbers: the spreadsheet row of each.
    """

    texts: dict[str, Coded] = field(repr=False)
    counts: dict[str, NDArray[np.uint32]] = field(repr=False)
    filled: dict[str, Mask] = field(repr=False)
    row_numbers: Whole = field(repr=False)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def count(self, heading: str) -> Whole:
        """The numbers under a heading, nought where the cell is empty."""
        return self.counts[heading].astype(np.int64)

    def group(self, headings: Sequence[str]) -> Whole:
        """A number for each row that is the same where all these texts are the same."""
        group = np.zeros(len(self), dtype=np.int64)
        for heading in headings:
            coded = self.texts[heading]
            group = group * len(coded.texts) + coded.codes
        return group

    def only(self, kept: Mask) -> "Extract":
        """The same with some of its rows."""
        return Extract(
            {heading: Coded(codes[kept], texts) for heading, (codes, texts) in self.texts.items()},
            {heading: numbers[kept] for heading, numbers in self.counts.items()},
            {heading: filled[kept] for heading, filled in self.filled.items()},
            self.row_numbers[kept],
        )


def read_extract(source: Source, header: Header) -> Extract | None:
    """Take the file in, or None where a row of it cannot stand; find_faulty_rows says which and why.

    Raises:
        OutOfBounds: it has too many rows.
        Exception: of UNREADABLE, where the archive is damaged.
    """
    import pyarrow  # noqa: PLC0415 - heavy, and only this publication needs it
    from pyarrow import csv  # noqa: PLC0415

    coded = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    try:
        with source.open() as stream:
            table = csv.read_csv(
                stream,
                read_options=csv.ReadOptions(
                    column_names=header.headings, skip_rows=header.row, block_size=_BLOCK_BYTES
                ),
                # An empty line is a row of empty cells here, so that those below keep their row numbers.
                parse_options=csv.ParseOptions(ignore_empty_lines=False),
                convert_options=csv.ConvertOptions(
                    column_types={
                        **dict.fromkeys(READ_TEXTS, coded),
                        **dict.fromkeys(COUNTS, pyarrow.uint32()),
                    },
                    include_columns=[*READ_TEXTS, *COUNTS],
                    null_values=[""],
                    strings_can_be_null=False,
                ),
            )
    except pyarrow.ArrowInvalid:
        return None
    columns = {heading: table[heading] for heading in COUNTS}
    table = table.select(READ_TEXTS).unify_dictionaries()
    extract = _filled_rows(_coded(table, columns, header.row))
    return extract if _is_sound(extract) else None


def _coded(table: Any, columns: dict[str, Any], header_row: int) -> Extract:
    """Texts as codes, counts as numbers; `columns` is emptied on the way, so that none is held twice."""
    texts, counts, filled = {}, {}, {}
    for heading in READ_TEXTS:
        column = table[heading].combine_chunks()
        cleaned = [clean(text) for text in column.dictionary.to_pylist()]
        different = tuple(sorted(set(cleaned)))
        places = {text: place for place, text in enumerate(different)}
        place_of = np.array([places[text] for text in cleaned], dtype=np.int64)
        codes = column.indices.to_numpy().astype(np.int64)
        texts[heading] = Coded(place_of[codes] if len(place_of) else codes, different)
    for heading in COUNTS:
        column = columns.pop(heading)
        counts[heading] = column.fill_null(0).to_numpy()
        filled[heading] = column.is_valid().to_numpy()
    rows = np.arange(len(table), dtype=np.int64) + header_row + 1
    return Extract(texts, counts, filled, rows)


def _filled_rows(extract: Extract) -> Extract:
    """Without the rows of which every cell is empty."""
    blank = extract.texts[PROVIDER].is_("")
    for heading in READ_TEXTS:
        blank = blank & extract.texts[heading].is_("") if blank.any() else blank
    for heading in COUNTS:
        blank = blank & ~extract.filled[heading] if blank.any() else blank
    return extract.only(~blank) if blank.any() else extract


def _is_sound(extract: Extract) -> bool:
    """Whether every row keeps to the rules of rtt_rows.py, judged by columns."""
    used = {heading: np.unique(coded.codes) for heading, coded in extract.texts.items()}
    if any(
        text_fault(heading, extract.texts[heading].texts[code])
        for heading in READ_TEXTS
        for code in used[heading]
    ):
        return False
    bands, filled_bands = np.zeros(len(extract), dtype=np.int64), np.zeros(len(extract), dtype=np.bool_)
    for heading in COUNTS:
        numbers = extract.counts[heading]
        if len(numbers) and numbers.max() > LARGEST_COUNT:
            return False
        if heading in BANDS:
            bands += numbers
        if heading != TOTAL_ALL:
            filled_bands |= extract.filled[heading]
    bare = extract.texts[PART].is_(WITHOUT_BANDS)
    adds_up = ~extract.filled[TOTAL] | (extract.count(TOTAL) == bands)
    adds_up &= extract.count(TOTAL_ALL) == bands + extract.count(UNKNOWN)
    is_right = np.where(bare, ~filled_bands, adds_up) & extract.filled[TOTAL_ALL]
    return bool(is_right.all())
