"""Invented full extracts of which every figure is known by hand: any number of months of 180,000 rows.

400 providers have five parts, 18 commissioners (the last of them is not English), four treatment functions
and their total row. Bands come in pairs of two weeks: how a pair's pathways are shared between its two bands
is random, as in a real extract, and what the pair adds up to is not. No pair lies across 18 or 52 weeks, so
that a provider's figures follow from two small numbers, `pathways` and `long_waits`.
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from nof.landing.publications.rtt_layout import ALL_FUNCTIONS, PARTS, WITHOUT_BANDS
from nof.landing.source_columns import RTT_BANDS

PROVIDERS, COMMISSIONERS, FUNCTIONS = 400, 18, 4
ROWS_A_MONTH = PROVIDERS * COMMISSIONERS * len(PARTS) * (FUNCTIONS + 1)
NOT_ENGLISH = "NONC"
# The newest month of any number of them.
LAST_YEAR, LAST_MONTH = 2026, 3
# So many months differ; those before them repeat them, three years later.
DIFFERENT_MONTHS = 36

# Pathways of each pair of bands: times `pathways` up to 52 weeks, times `long_waits` from there on.
_PAIRS = np.array([3] * 9 + [1] * 17 + [1 if pair % 4 == 2 else 0 for pair in range(26, 52)])
_FIRST_LONG_PAIR = 26
_ABOVE_104 = 1
WITHIN_18, WITHIN_52, OVER_52 = 27, 44, 8
_UNKNOWN_STARTS = {"Part_1A": 2, "Part_1B": 5}


@dataclass(frozen=True)
class Month:
    """One invented month; `number` 0 is the newest, 1 the one before it."""

    number: int

    @property
    def period(self) -> str:
        """As 2026-03."""
        months = LAST_YEAR * 12 + LAST_MONTH - 1 - self.number
        return f"{months // 12:04}-{months % 12 + 1:02}"

    @property
    def kind(self) -> int:
        """Months of one kind have the same rows."""
        return self.number % DIFFERENT_MONTHS

    @property
    def sha256(self) -> str:
        """What stands for the hash of the published file that there is none of."""
        return sha256(f"invented extract of {self.period}".encode()).hexdigest()


def pathways(kind: int, provider: int, commissioner: int) -> int:
    """1 to 3: a treatment function of these has so many times 44 pathways of up to 52 weeks."""
    return 1 + (provider + commissioner + kind) % 3


def long_waits(kind: int, provider: int) -> int:
    """1 to 5: and so many times eight of more than 52."""
    return 1 + (provider // 3 + kind) % 5


def english(kind: int, provider: int) -> tuple[int, int, int]:
    """Who waits at the end of the month, for English commissioners: all, over 52 weeks, within 18 weeks."""
    times = sum(pathways(kind, provider, each) for each in range(COMMISSIONERS - 1))
    over = (COMMISSIONERS - 1) * long_waits(kind, provider) * OVER_52
    return FUNCTIONS * (times * WITHIN_52 + over), FUNCTIONS * over, FUNCTIONS * times * WITHIN_18


def all_pathways(kind: int) -> int:
    """What the total rows of a month add up to, over all parts and commissioners."""
    waiting = sum(
        pathways(kind, provider, commissioner) * WITHIN_52 + long_waits(kind, provider) * OVER_52
        for provider in range(PROVIDERS)
        for commissioner in range(COMMISSIONERS)
    )
    unknown = PROVIDERS * COMMISSIONERS * sum(_UNKNOWN_STARTS.values())
    return FUNCTIONS * (len(PARTS) * waiting + unknown)


def provider_code(provider: int) -> str:
    """P00 to P9Z and on: three signs, as an organisation has."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"{'PQRS'[provider // 1296]}{signs[provider // 36 % 36]}{signs[provider % 36]}"


@dataclass(frozen=True)
class Cells:
    """The rows of a month, in published order.

    Attributes:
        texts: by column, the place of each row's text in `words`.
        words: by column, its different texts.
        counts: by column: the number, and where there is one.
    """

    texts: dict[str, NDArray[np.int32]]
    words: dict[str, list[str]]
    counts: dict[str, tuple[NDArray[np.int32], NDArray[np.bool_]]]


def cells(kind: int) -> Cells:
    """All rows of the months of a kind: 180,000, about 100 MB; the same each time."""
    shape = (PROVIDERS, COMMISSIONERS, len(PARTS), FUNCTIONS + 1)
    places = np.indices(shape, dtype=np.int32).reshape(4, -1)
    provider, commissioner, part, function = places
    bands = _bands(kind).reshape(-1, len(RTT_BANDS))
    has_bands = part != PARTS.index(WITHOUT_BANDS)
    starts = np.array([_UNKNOWN_STARTS.get(each, 0) for each in PARTS], dtype=np.int32)
    unknown = starts[part] * np.where(function == FUNCTIONS, FUNCTIONS, 1).astype(np.int32)
    has_total = starts[part] > 0
    total = bands.sum(axis=1, dtype=np.int32)
    everywhere = np.ones(len(part), dtype=np.bool_)
    counts = {
        "total": (total, has_total),
        "total_with_unknown_start": (total + unknown, everywhere),
        "unknown_start": (unknown, has_total),
    }
    counts |= {name: (bands[:, week], has_bands) for week, name in enumerate(RTT_BANDS)}
    codes = [provider_code(each) for each in range(PROVIDERS)]
    return Cells(
        texts={
            **{"provider_code": provider, "provider_name": provider, "provider_parent_code": provider % 42},
            **{"commissioner_code": commissioner, "part_type": part, "treatment_function_code": function},
        },
        words={
            "provider_code": codes,
            "provider_name": [f"INVENTED {code}" for code in codes],
            "provider_parent_code": [f"I{each:02}" for each in range(42)],
            "commissioner_code": [*(f"C{each:02}" for each in range(COMMISSIONERS - 1)), NOT_ENGLISH],
            "part_type": list(PARTS),
            "treatment_function_code": [
                *(f"C_{100 + each * 10}" for each in range(FUNCTIONS)),
                ALL_FUNCTIONS,
            ],
        },
        counts=counts,
    )


def _bands(kind: int) -> NDArray[np.int32]:
    """By provider, commissioner, part, function (the total after the others) and week."""
    random = np.random.Generator(np.random.PCG64(kind))
    provider, commissioner = np.indices((PROVIDERS, COMMISSIONERS))
    times = np.stack([1 + (provider + commissioner + kind) % 3, 1 + (provider // 3 + kind) % 5], axis=-1)
    of_pair = _PAIRS * times[..., (np.arange(len(_PAIRS)) >= _FIRST_LONG_PAIR).astype(int)]
    shape = (PROVIDERS, COMMISSIONERS, len(PARTS), FUNCTIONS)
    pairs = np.broadcast_to(of_pair[:, :, None, None, :], (*shape, len(_PAIRS))).astype(np.uint8)
    shares = random.integers(0, 256, size=pairs.shape, dtype=np.uint8)
    first = (shares.astype(np.uint16) * (pairs.astype(np.uint16) + 1) >> 8).astype(np.uint8)
    bands = np.empty((*shape[:3], FUNCTIONS + 1, len(RTT_BANDS)), dtype=np.int32)
    bands[..., :FUNCTIONS, 0:-1:2] = first
    bands[..., :FUNCTIONS, 1:-1:2] = pairs - first
    bands[..., :FUNCTIONS, -1] = _ABOVE_104 * times[:, :, None, None, 1]
    bands[..., FUNCTIONS, :] = bands[..., :FUNCTIONS, :].sum(axis=3)
    return bands
