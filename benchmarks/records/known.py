"""What the values of invented months have to be, worked out from how they are made."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from benchmarks.records.project import quarter_of
from benchmarks.records.synthetic import PROVIDERS, Month, english, provider_code
from nof.records.build import VALUE_COLUMNS

_PLACES = Decimal("0.01")
Value = tuple[str, str, str, int, int, Decimal, str]


def values_of(months: int) -> list[Value]:
    """Quarter, organisation, measure, counted, of how many, per cent and month, of whole quarters of months.

    OF0003 and OF0023 take the last month of a quarter: who waits over 52 weeks, and who within 18.
    """
    found = []
    for month in (Month(number) for number in range(0, months, 3)):
        for provider in range(PROVIDERS):
            waiting, over, within = english(month.kind, provider)
            for measure, counted in (("OF0003", over), ("OF0023", within)):
                share = (Decimal(100 * counted) / waiting).quantize(_PLACES, ROUND_HALF_UP)
                found.append(
                    (
                        *(quarter_of(month.period), provider_code(provider), measure),
                        *(counted, waiting, share, f"{month.period}-01"),
                    )
                )
    return sorted(found)


def values_made(rows: Iterable[Sequence[Any]]) -> list[Value]:
    """The same of what was built."""
    found = []
    for row in rows:
        named = dict(zip(VALUE_COLUMNS, row, strict=True))
        found.append(
            (
                *(named["quarter_id"], named["trust_code"], named["measure_id"]),
                *(int(named["numerator"]), int(named["denominator"])),
                *(Decimal(named["value_rounded"]).quantize(_PLACES), str(named["period_start_date"])),
            )
        )
    return sorted(found)


def wrong(rows: Iterable[Sequence[Any]], months: int) -> int:
    """How many values are not what they have to be, or are missing, or are there without reason."""
    return len(set(values_made(rows)) ^ set(values_of(months)))
