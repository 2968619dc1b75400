"""Likely ranges in numpy: what resampling_patterns, drawn_outcomes and drawn_range_ends do, on whole arrays.

Whole numbers throughout; the drawn totals are a product of two matrices of doubles, whose whole numbers below
2^53 are exact in whatever order they are added. Written for speed: one product per number of units, ranks by
counting instead of sorting, and as many threads as there are cores (numpy lets go of Python's lock).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

PRIME = 2147483647
SCALE = 10**10
ROOM = 64
LOWEST = 100  # a score of 1 in hundredths
SCORES = 302  # hundredths from 1.00 to 4.01
UNPLACED = -1
PARTS = 10000  # quantiles have four decimals


@dataclass(frozen=True)
class Series:
    """Scores that are drawn again: one item per series in each array, in order of their numbers.

    Attributes:
        number: of the series.
        units: how many units it is the mean of.
        draws: how many are drawn of it.
        patterns: how many patterns there are for it, a prime.
        seed: of the random numbers.
        stride: with `offset` says which draw takes which pattern.
        group: which series are ranked together; UNPLACED where the series is not ranked.
        scores: per unit, times 10^10; 0 behind the last. Shape: series, most units.
        segments: adjusted segment by hundredths from 1.00; 0 where a domain is ranked by its score alone,
            UNPLACED where it is unknown. Shape: series, SCORES.
        low: the quantile of the lower end, in ten-thousandths.
        high: of the upper end.
    """

    number: Whole
    units: Whole
    draws: Whole
    patterns: Whole
    seed: Whole
    stride: Whole
    offset: Whole
    group: Whole
    scores: Whole
    segments: Whole
    low: Whole
    high: Whole


@dataclass(frozen=True)
class Ends:
    """Both ends of a range for each series, in hundredths or places; UNPLACED where there is no range."""

    score_low: Whole
    score_high: Whole
    rank_low: Whole
    rank_high: Whole


def ranges(series: Series, *, threads: int) -> Ends:
    """Draw every score again, and take the ends of what was drawn."""
    count = len(series.number)
    ends = Ends(*(np.full(count, UNPLACED, np.int64) for _ in range(4)))
    # What is ranked together is drawn together; what is not ranked is drawn with what has its shape.
    alone = series.group == UNPLACED
    together = np.where(alone, -1 - series.patterns, series.group)
    order = np.argsort(together, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(together[order])) + 1)
    shapes = {tuple(shape) for shape in np.stack([series.seed, series.patterns, series.units], 1).tolist()}
    with ThreadPoolExecutor(threads) as pool:
        made = dict(zip(shapes, pool.map(lambda shape: times_drawn(*shape), shapes), strict=True))
        list(pool.map(lambda rows: _ends_of(series, rows, made, ends), members))
    return ends


def times_drawn(seed: int, patterns: int, units: int) -> NDArray[np.float64]:
    """How often each unit is drawn in each pattern. Shape: patterns, units."""
    places = np.arange(patterns, dtype=np.int64)[:, None] * ROOM + np.arange(units, dtype=np.int64)
    counter = (seed + places * ROOM + units) % PRIME
    mixed = _fifth_power((_fifth_power(counter) + seed) % PRIME)
    picked = mixed * units // PRIME
    cells = picked + np.arange(patterns, dtype=np.int64)[:, None] * units
    return np.bincount(cells.ravel(), minlength=patterns * units).reshape(patterns, units).astype(np.float64)


def _fifth_power(counter: Whole) -> Whole:
    square = counter * counter % PRIME
    return square * square % PRIME * counter % PRIME


def _ends_of(
    series: Series, rows: Whole, made: dict[tuple[int, int, int], NDArray[np.float64]], ends: Ends
) -> None:
    """The ends of series that are ranked together, and so have as many draws and patterns."""
    drawn = _hundredths(series, rows, made)
    low, high = int(series.low[rows[0]]), int(series.high[rows[0]])
    counted = _counts(drawn - LOWEST, SCORES)
    ends.score_low[rows] = _quantile(counted, low) + LOWEST
    ends.score_high[rows] = _quantile(counted, high) + LOWEST
    if series.group[rows[0]] == UNPLACED:
        return
    segments = np.take_along_axis(series.segments[rows], drawn - LOWEST, axis=1)
    places, is_placed = _places(segments * SCORES + drawn - LOWEST, segments != UNPLACED)
    counted = _counts(places, len(rows), is_placed)
    ends.rank_low[rows] = _quantile(counted, low) + 1
    ends.rank_high[rows] = _quantile(counted, high) + 1


def _hundredths(series: Series, rows: Whole, made: dict[tuple[int, int, int], NDArray[np.float64]]) -> Whole:
    """The drawn means, half-up to hundredths. Shape: series, draws."""
    seed, patterns = int(series.seed[rows[0]]), int(series.patterns[rows[0]])
    draws = np.arange(series.draws[rows[0]], dtype=np.int64)
    drawn = np.empty((len(rows), len(draws)), np.int64)
    for units in np.unique(series.units[rows]).tolist():
        here = np.flatnonzero(series.units[rows] == units)
        at = rows[here]
        totals = (series.scores[at, :units].astype(np.float64) @ made[seed, patterns, units].T).astype(
            np.int64
        )
        means = (200 * totals + units * SCALE) // (2 * units * SCALE)
        # Draw d takes the pattern p with (p x stride + offset) modulo patterns = d.
        inverse = np.array([pow(stride, -1, patterns) for stride in series.stride[at].tolist()], np.int64)
        taken = (draws - series.offset[at, None]) * inverse[:, None] % patterns
        drawn[here] = np.take_along_axis(means, taken, axis=1)
    return drawn


def _places(keys: Whole, is_placed: NDArray[np.bool_]) -> tuple[Whole, NDArray[np.bool_]]:
    """For each draw (a column), how many of the others have a smaller key."""
    lowest = int(keys[is_placed].min(initial=0)) if not is_placed.all() else int(keys.min())
    width = int(keys.max()) - lowest + 1
    count, draws = keys.shape
    cells = keys - lowest + np.arange(draws, dtype=np.int64) * width
    here = cells.ravel() if is_placed.all() else cells[is_placed]
    held = np.bincount(here, minlength=draws * width).reshape(draws, width)
    smaller = np.cumsum(held, axis=1) - held
    return smaller.ravel()[np.where(is_placed, cells, 0)].reshape(count, draws), is_placed


def _counts(values: Whole, width: int, is_counted: NDArray[np.bool_] | None = None) -> Whole:
    """How often each value from 0 was drawn. Shape: series, width."""
    cells = values + np.arange(len(values), dtype=np.int64)[:, None] * width
    held = cells.ravel() if is_counted is None else cells[is_counted]
    return np.bincount(held, minlength=len(values) * width).reshape(len(values), width)


def _quantile(counts: Whole, quantile: int) -> Whole:
    """Type 7, rounded half-up to a whole number; UNPLACED - 1 where nothing was counted."""
    running = np.cumsum(counts, axis=1)
    total = running[:, -1]
    place, part = np.divmod(PARTS + (total - 1) * quantile, PARTS)
    below = (running < place[:, None]).sum(axis=1)
    above = np.minimum((running <= place[:, None]).sum(axis=1), counts.shape[1] - 1)
    ends = (2 * ((PARTS - part) * below + part * above) + PARTS) // (2 * PARTS)
    return np.where(total == 0, UNPLACED - 1, ends)
