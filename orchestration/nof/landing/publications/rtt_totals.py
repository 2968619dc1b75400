"""What only whole tables show: one month, one name for a provider, no row twice, and totals that are sums."""

from collections.abc import Iterator

import numpy as np

from nof.errors import Problem
from nof.landing.publications.rtt_extract import Extract, Mask
from nof.landing.publications.rtt_layout import (
    ALL_FUNCTIONS,
    COMMISSIONER,
    COUNTS,
    FUNCTION,
    PART,
    PERIOD,
    PROVIDER,
    PROVIDER_NAME,
    PROVIDER_PARENT,
    READ_TEXTS,
)
from nof.landing.publications.rtt_told import Told
from nof.landing.records import FETCH_AGAIN

# The rows of one of these have one total row.
TOTALLED_BY = (PROVIDER, COMMISSIONER, PART)
_ASK = f"{FETCH_AGAIN[:-1]}, or ask the publisher: the file does not agree with itself."


def find_disagreements(file: str, extract: Extract) -> tuple[Mask, list[Problem]]:
    """The rows to keep, one of those that say the same, and every way in which rows contradict each other."""
    told = Told(file)
    for kind, problem in (*_months(file, extract), *_changing_providers(file, extract)):
        told.add(kind, problem)
    kept, contradictions = _repeated(file, extract)
    for problem in contradictions:
        told.add("contradictions", problem)
    if not contradictions:
        for kind, problem in _totals(file, extract if kept.all() else extract.only(kept)):
            told.add(kind, problem)
    return kept, told.problems


def _months(file: str, extract: Extract) -> Iterator[tuple[str, Problem]]:
    coded = extract.texts[PERIOD]
    for place in np.flatnonzero(coded.codes != coded.codes[0]).tolist():
        yield (
            "rows of another month",
            Problem(
                file,
                f"this row is of another month than the first ({coded.at(0)}).",
                "Land each month as the file that was published for it.",
                row=int(extract.row_numbers[place]),
                column=PERIOD,
                value=coded.at(place),
            ),
        )


def _changing_providers(file: str, extract: Extract) -> Iterator[tuple[str, Problem]]:
    providers = extract.texts[PROVIDER]
    _, first, of_row = np.unique(providers.codes, return_index=True, return_inverse=True)
    for heading in (PROVIDER_NAME, PROVIDER_PARENT):
        coded = extract.texts[heading]
        told: set[int] = set()
        for place in np.flatnonzero(coded.codes != coded.codes[first][of_row]).tolist():
            if providers.codes[place] in told:
                continue
            told.add(int(providers.codes[place]))
            before = int(first[of_row[place]])
            yield (
                "providers that change",
                Problem(
                    file,
                    f"provider {providers.at(place)} has {coded.at(before)!r} here in row "
                    f"{extract.row_numbers[before]}.",
                    _ASK,
                    row=int(extract.row_numbers[place]),
                    column=heading,
                    value=coded.at(place),
                ),
            )


def _repeated(file: str, extract: Extract) -> tuple[Mask, list[Problem]]:
    kept = np.ones(len(extract), dtype=np.bool_)
    key = extract.group((*TOTALLED_BY, FUNCTION))
    _, first, of_row = np.unique(key, return_index=True, return_inverse=True)
    problems = []
    for place in np.flatnonzero(first[of_row] != np.arange(len(extract))).tolist():
        kept[place] = False
        before = int(first[of_row[place]])
        texts = [
            each for each in READ_TEXTS if extract.texts[each].at(place) != extract.texts[each].at(before)
        ]
        counts = [each for each in COUNTS if _number(extract, each, place) != _number(extract, each, before)]
        if texts or counts:
            column = (texts or counts)[0]
            cell = extract.texts[column].at(place) if texts else _number(extract, column, place)
            problems.append(
                Problem(
                    file,
                    f"this row and row {extract.row_numbers[before]} are of the same provider, commissioner, "
                    "part and treatment function, and do not say the same.",
                    _ASK,
                    row=int(extract.row_numbers[place]),
                    column=column,
                    value=cell,
                )
            )
    return kept, problems


def _totals(file: str, extract: Extract) -> Iterator[tuple[str, Problem]]:
    is_total = extract.texts[FUNCTION].is_(ALL_FUNCTIONS)
    groups, first, of_row = np.unique(extract.group(TOTALLED_BY), return_index=True, return_inverse=True)
    total_at = np.full(len(groups), -1, dtype=np.int64)
    total_at[of_row[is_total]] = np.flatnonzero(is_total)
    for group in np.flatnonzero(total_at < 0):
        place = int(first[group])
        yield (
            "missing totals",
            Problem(
                file,
                f"there is no total row ({ALL_FUNCTIONS}) for {_named(extract, place)}.",
                _ASK,
                row=int(extract.row_numbers[place]),
                column=FUNCTION,
                value=extract.texts[FUNCTION].at(place),
            ),
        )
    sign = np.where(is_total, -1, 1)
    for heading in COUNTS:
        numbers = extract.count(heading)
        # Sums of whole numbers below 2**53 are exact as floats: a thousand rows of the largest count are.
        over = np.bincount(of_row, weights=numbers * sign, minlength=len(groups)).astype(np.int64)
        for group in np.flatnonzero((over != 0) & (total_at >= 0)):
            place = int(total_at[group])
            yield (
                "totals that are no sums",
                Problem(
                    file,
                    f"the treatment functions of {_named(extract, place)} add up to "
                    f"{numbers[place] + over[group]:,}.",
                    _ASK,
                    row=int(extract.row_numbers[place]),
                    column=heading,
                    value=str(numbers[place]),
                ),
            )


def _number(extract: Extract, heading: str, place: int) -> str:
    return str(extract.counts[heading][place]) if extract.filled[heading][place] else ""


def _named(extract: Extract, place: int) -> str:
    provider, commissioner, part = (extract.texts[each].at(place) for each in TOTALLED_BY)
    return f"provider {provider}, commissioner {commissioner}, {part}"
