"""The total rows of a full extract as landing rows: one for a provider, part and group of commissioners."""

import numpy as np

from nof.landing.model import Period, Table
from nof.landing.publications.rtt_extract import Coded, Extract
from nof.landing.publications.rtt_layout import (
    ALL_FUNCTIONS,
    BANDS,
    COMMISSIONER,
    FUNCTION,
    NON_ENGLISH,
    PART,
    PERIOD,
    PROVIDER,
    PROVIDER_NAME,
    PROVIDER_PARENT,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
    month_of,
)

# In the order of the landing columns, after row_count.
_LANDED_COUNTS = (TOTAL, TOTAL_ALL, UNKNOWN, *BANDS)
# What the framework counts, and what it leaves out.
ENGLISH_GROUP, NON_ENGLISH_GROUP = "english", "non_english"
_GROUPS = (ENGLISH_GROUP, NON_ENGLISH_GROUP)


def landing_table(extract: Extract) -> Table:
    """Sums of the total rows; a sum is empty where every cell that it would stand on is.

    Args:
        extract: of one month, each row once, in which every total row is the sum of its treatment functions.
    """
    totals = extract.only(extract.texts[FUNCTION].is_(ALL_FUNCTIONS))
    non_english = totals.texts[COMMISSIONER].is_(NON_ENGLISH).astype(np.int64)
    totals.texts["group"] = Coded(non_english, _GROUPS)
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
