"""Between the tables of a build and the arrays of the kernel."""

import duckdb
import numpy as np

from benchmarks.likely_ranges.kernel import LOWEST, SCORES, UNPLACED, Ends, Series

OF_SERIES = """
select
    series.series_number as number,
    series.unit_count as units,
    series.draw_count as draws,
    series.pattern_count as patterns,
    series.random_seed as seed,
    series.pattern_stride as stride,
    series.pattern_offset as "offset",
    coalesce(series.rank_group_number, -1) as "group",
    cast(10000 * (1 - resampling.covered_share) / 2 as bigint) as low,
    cast(10000 * (1 + resampling.covered_share) / 2 as bigint) as high,
    series.resampled = 'average_metric_score' as is_average
from insight.resampled_series as series
inner join framework.resampling as resampling
    on series.framework_id = resampling.framework_id and series.resampled = resampling.resampled
order by series.series_number
"""


def read_series(connection: duckdb.DuckDBPyConnection) -> Series:
    """What is drawn, out of the tables of a build."""
    read = connection.execute(OF_SERIES).fetchnumpy()
    number = np.asarray(read["number"])
    units = connection.execute(
        "select series_number, unit_number, scaled_score from insight.resampling_units "
        "where resampled <> 'score_change'"
    ).fetchnumpy()
    scores = np.zeros((len(number), int(read["units"].max())), np.int64)
    scores[np.searchsorted(number, units["series_number"]), units["unit_number"] - 1] = units["scaled_score"]
    placed = connection.execute(
        "select series_number, score_hundredths, adjusted_segment from insight.drawn_places "
        "where adjusted_segment is not null"
    ).fetchnumpy()
    is_average = np.asarray(read.pop("is_average"), bool)
    segments = np.where(is_average[:, None], UNPLACED, 0) + np.zeros((1, SCORES), np.int64)
    at = np.searchsorted(number, placed["series_number"])
    segments[at, placed["score_hundredths"] - LOWEST] = placed["adjusted_segment"]
    return Series(
        **{name: np.asarray(each, np.int64) for name, each in read.items()}, scores=scores, segments=segments
    )


def write_ends(connection: duckdb.DuckDBPyConnection, series: Series, ends: Ends) -> None:
    """The ends as drawn_range_ends has them, as the table `kernel_ends`."""
    columns = {"series_number": series.number, **vars(ends)}
    connection.execute(
        """
        create or replace table kernel_ends as
        with ends as (
            select
                unnest($series_number) as series_number,
                unnest($score_low) as score_low,
                unnest($score_high) as score_high,
                unnest($rank_low) as rank_low,
                unnest($rank_high) as rank_high
        )
        select series_number, 'score_hundredths' as outcome_kind, score_low as range_low, score_high as range_high
        from ends
        union all
        select series_number, 'rank', rank_low, rank_high from ends where rank_low > 0
        """,
        {name: each.tolist() for name, each in columns.items()},
    )
