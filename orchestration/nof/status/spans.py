"""Months and years in few words: 2025-04 to 2025-06, 2025-09."""

from collections.abc import Iterable

_YEAR_LENGTH = 4


def spans(periods: Iterable[str]) -> str:
    """Periods in their order, those that follow one another as a span; months and years may not be mixed."""
    groups: list[list[str]] = []
    for period in sorted(set(periods)):
        if groups and _place(period) == _place(groups[-1][-1]) + 1:
            groups[-1].append(period)
        else:
            groups.append([period])
    return ", ".join(each[0] if len(each) == 1 else f"{each[0]} to {each[-1]}" for each in groups)


def _place(period: str) -> int:
    if len(period) == _YEAR_LENGTH:
        return int(period)
    year, month = period.split("-")
    return int(year) * 12 + int(month)
