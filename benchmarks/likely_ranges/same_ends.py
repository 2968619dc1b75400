"""Whether the kernel, the models and a release say the same of every range."""

import duckdb

ENDS = "series_number, outcome_kind, range_low, range_high"
# A release has both ranges of a score in one row, in hundredths and in places.
OF_RELEASE = """
select quarter_id, trust_code, score_id, 'score_hundredths' as outcome_kind,
    cast(100 * score_low as bigint) as range_low, cast(100 * score_high as bigint) as range_high
from release.publication.fct_likely_range where score_low is not null
union all
select quarter_id, trust_code, score_id, 'rank' as outcome_kind, rank_low, rank_high
from release.publication.fct_likely_range where rank_low is not null
"""
DRAWN = "select sum(draw_count) from insight.resampled_series"
OF_KERNEL = """
select series.quarter_id, series.trust_code, series.score_id,
    ends.outcome_kind, ends.range_low, ends.range_high
from kernel_ends as ends
inner join insight.resampled_series as series on ends.series_number = series.series_number
"""


def differing(database: str, release: str) -> dict[str, int]:
    """How many ranges and drawn scores there are, and how many rows of one side the other has not.

    Args:
        database: a build in which both ways have been gone.
        release: the database file of the release made from the same rows.
    """
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute(f"attach '{release}' as release (read_only)")

        def count(query: str) -> int:
            return int(connection.execute(f"select count(*) from ({query})").fetchall()[0][0])

        def apart(one: str, other: str) -> int:
            return count(f"({one}) except all ({other})") + count(f"({other}) except all ({one})")

        models = f"select {ENDS} from insight.drawn_range_ends"
        return {
            "ranges": count(OF_RELEASE),
            "drawn": int(connection.execute(DRAWN).fetchall()[0][0]),
            "kernel and models": apart(models, f"select {ENDS} from kernel_ends"),
            "kernel and release": apart(OF_RELEASE, OF_KERNEL),
        }
