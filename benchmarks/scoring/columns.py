"""The columns of a cell that the ways of scoring in memory have in common."""

# The trusts that are ranked together: a part of a pool, in one quarter.
POOL = ("quarter_id", "metric_id", "pool_partition_id")
# What only a cell with a score has.
MADE = (
    "metric_score",
    "score_basis",
    "is_grid_restored",
    "is_fixed_part",
    "threshold_kind",
    "threshold",
    "is_threshold_met",
    "pool_partition_id",
    "pool_rank",
    "ranked_count",
    "pool_size",
    "expected_pool_size",
    "is_pool_complete",
    "rank_origin",
)
