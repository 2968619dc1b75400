"""Between the tables of a build and the arrays of the kernel."""

import duckdb
import numpy as np

from benchmarks.likely_ranges.kernel import LOWEST, SCORES, UNPLACED, Ends, Series, Whole

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
    read = _arrays(connection, OF_SERIES)
    number, is_average = read["number"], read.pop("is_average")
    units = _arrays(
        connection,
        "select series_number, unit_number, scaled_score from insight.resampling_units "
        "where resampled <> 'score_change'",
    )
    scores = np.zeros((len(number), read["units"].max()), np.int64)
    scores[np.searchsorted(number, units["series_number"]), units["unit_number"] - 1] = units["scaled_score"]
    placed = _arrays(
        connection,
        "select series_number, score_hundredths, adjusted_segment from insight.drawn_places "
        "where adjusted_segment is not null",
    )
    segments = np.repeat(np.where(is_average, UNPLACED, 0)[:, None], SCORES, axis=1)
    at = np.searchsorted(number, placed["series_number"])
    segments[at, placed["score_hundredths"] - LOWEST] = placed["adjusted_segment"]
    return Series(**read, scores=scores, segments=segments)


def _arrays(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Whole]:
    """The columns of a query as whole numbers."""
    read = connection.execute(query).fetchnumpy()
    return {name: np.asarray(column, np.int64) for name, column in read.items()}


def write_ends(connection: duckdb.DuckDBPyConnection, series: Series, ends: Ends) -> None:
    """The ends as drawn_range_ends has them, as the table `kernel_ends`."""
    connection.register("ends", {"series_number": series.number, **vars(ends)})
    connection.execute(
        """
        create or replace table kernel_ends as
        select
            series_number,
            'score_hundredths' as outcome_kind,
            score_low as range_low,
            score_high as range_high
        from ends
        union all
        select series_number, 'rank' as outcome_kind, rank_low as range_low, rank_high as range_high
        from ends
        where rank_low > 0
        """
    )
