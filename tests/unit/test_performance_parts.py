"""Parts of the benchmark on what can be worked out by hand; whole, they compare before they measure."""

import duckdb
import numpy as np
import pytest

from benchmarks.landing.same_sums import COUNTS, query
from benchmarks.likely_ranges.kernel import SCORES, UNPLACED, Series, ranges, times_drawn
from benchmarks.readers.forty import shifted
from benchmarks.readers.part import compare
from benchmarks.readers.questions import QUESTIONS

SCALE = 10**10


def drawn(*trusts: tuple[float, ...], group: int = 0) -> tuple[np.ndarray, ...]:
    """Ends of scores with these units, ranked together by their score alone."""
    count = len(trusts)
    scores = np.zeros((count, max(map(len, trusts))), np.int64)
    for place, units in enumerate(trusts):
        scores[place, : len(units)] = [round(unit * SCALE) for unit in units]

    def all_of(value: int) -> np.ndarray:
        return np.full(count, value, np.int64)

    series = Series(
        number=np.arange(count),
        units=np.array([len(units) for units in trusts]),
        draws=all_of(1000),
        patterns=all_of(1009),
        seed=all_of(6),
        stride=np.arange(count) * 7 + 1,
        offset=np.arange(count) * 5,
        group=all_of(group),
        scores=scores,
        segments=np.zeros((count, SCORES), np.int64),
        low=all_of(250),
        high=all_of(9750),
    )
    ends = ranges(series, threads=2)
    return ends.score_low, ends.score_high, ends.rank_low, ends.rank_high


def test_two_units_are_drawn_both_the_better_or_both_the_worse_more_often_than_the_range_leaves_out() -> None:
    low, high, rank_low, rank_high = drawn((1.0, 3.8714285714), (2.0,))
    assert (low.tolist(), high.tolist()) == ([100, 200], [387, 200])
    # 1.00 is before 2.00; 2.44 and 3.87 are behind it.
    assert (rank_low.tolist(), rank_high.tolist()) == ([1, 1], [2, 2])


def test_equal_scores_share_the_better_place_and_what_is_not_ranked_has_none() -> None:
    *_, rank_low, rank_high = drawn((2.0,), (2.0,), (3.0,))
    assert (rank_low.tolist(), rank_high.tolist()) == ([1, 1, 3], [1, 1, 3])
    *_, rank_low, rank_high = drawn((2.0,), (3.0,), group=UNPLACED)
    assert set(rank_low.tolist()) == set(rank_high.tolist()) == {UNPLACED}


def test_a_pattern_draws_as_many_units_as_there_are() -> None:
    times = times_drawn(6, 1009, 7)
    assert times.shape == (1009, 7) and set(times.sum(axis=1).tolist()) == {7.0}


@pytest.mark.parametrize(
    ("text", "back", "then"),
    [("2025-26-Q3", 9, "2016-17-Q3"), ("Q1 2025/26", 26, "Q1 1999/00"), (None, 1, None)],
)
def test_a_quarter_is_moved_back_by_years(text: str | None, back: int, then: str | None) -> None:
    query = (
        f"select {shifted('quarter_id', 'VARCHAR', 'fct_metric')} from (select ? as quarter_id, ? as back)"
    )
    assert duckdb.execute(query, [text, back]).fetchall() == [(then,)]


def test_answers_that_differ_or_are_empty_are_found() -> None:
    good = {question: {"rows": 1, "hash": "a"} for question in QUESTIONS}
    compare({"database": good, "parquet": good})
    first = next(iter(QUESTIONS))
    for bad in ({"rows": 1, "hash": "b"}, {"rows": 0, "hash": "a"}):
        with pytest.raises(ValueError, match="both forms must give the same rows"):
            compare({"database": good, "parquet": {**good, first: bad}})
    empty = {question: {"rows": 0, "hash": "a"} for question in QUESTIONS}
    with pytest.raises(ValueError, match="and some"):
        compare({"database": empty, "parquet": empty})


def test_every_count_that_lands_is_summed_by_the_bare_query() -> None:
    asked = query()
    assert len(COUNTS) == 108
    assert [name for name in COUNTS if f" as {name}," not in asked and f" as {name} " not in asked] == []
