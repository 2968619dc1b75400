"""The total rows of a full extract as landing rows: one for a provider, part and group of commissioners."""

from collections.abc import Sequence

import numpy as np

from nof.errors import NofError
from nof.landing.lookups import Exclusion
from nof.landing.model import Period, Table
from nof.landing.publications.rtt_extract import Coded, Extract
from nof.landing.publications.rtt_layout import (
    ALL_FUNCTIONS,
    BANDS,
    FUNCTION,
    PART,
    PERIOD,
    PROVIDER,
    PROVIDER_NAME,
    PROVIDER_PARENT,
    READ_TEXTS,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
    month_of,
)

# In the order of the landing columns, after row_count.
_LANDED_COUNTS = (TOTAL, TOTAL_ALL, UNKNOWN, *BANDS)
# What the framework counts: all that no row of seeds/reference/source_exclusions.csv puts elsewhere.
ENGLISH_GROUP = "english"


def landing_table(extract: Extract, exclusions: Sequence[Exclusion]) -> Table:
    """Sums of the total rows; a sum is empty where every cell that it would stand on is.

    Args:
        extract: of one month, each row once, in which every total row is the sum of its treatment functions.
        exclusions: which rows are of a group of their own.

    Raises:
        NofError: if an exclusion is of a column that is not read.
    """
    totals = extract.only(extract.texts[FUNCTION].is_(ALL_FUNCTIONS))
    totals.texts["group"] = _groups(totals, exclusions)
    _, first, of_row, row_counts = np.unique(
        totals.group((PROVIDER, PART, "group")), return_index=True, return_inverse=True, return_counts=True
    )
    sums = []
    for heading in _LANDED_COUNTS:
        numbers = np.bincount(of_row, weights=totals.counts[heading], minlength=len(first)).astype(np.int64)
        filled = np.bincount(of_row, weights=totals.filled[heading], minlength=len(first)) > 0
        sums.append(
            [str(number) if is_one else "" for number, is_one in zip(numbers.tolist(), filled, strict=True)]
        )
    month = month_of(totals.texts[PERIOD].at(0)) or ""
    texts = [
        [totals.texts[heading].at(place) for place in first.tolist()]
        for heading in (PROVIDER, PROVIDER_NAME, PROVIDER_PARENT, PART, "group")
    ]
    rows = list(zip([month] * len(first), *texts, map(str, row_counts.tolist()), *sums, strict=True))
    in_file_order = np.argsort(first).tolist()
    row_numbers = totals.row_numbers[first].tolist()
    return Table(
        tuple(rows[group] for group in in_file_order),
        tuple(row_numbers[group] for group in in_file_order),
        (Period("rtt_waits", month),) * len(rows),
    )


def _groups(totals: Extract, exclusions: Sequence[Exclusion]) -> Coded:
    """The group of each row; where two exclusions meet, the earlier one says."""
    names = (ENGLISH_GROUP, *sorted({each.group_id for each in exclusions} - {ENGLISH_GROUP}))
    codes = np.zeros(len(totals), dtype=np.int64)
    for each in reversed(exclusions):
        if each.column_name not in READ_TEXTS:
            raise NofError(
                f"seeds/reference/source_exclusions.csv: column_name {each.column_name!r} of rtt_waits is "
                f"none that is read. Write one of {', '.join(READ_TEXTS)}."
            )
        codes[totals.texts[each.column_name].is_(each.code)] = names.index(each.group_id)
    return Coded(codes, names)
