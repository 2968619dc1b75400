"""What is said of values in polars: ranks and quartiles within the trust type (rules 4)."""

import polars as pl

from benchmarks.scoring.polars_inputs import CELL, Nation, half_up

TYPE = ["quarter_id", "trust_type_id", "metric_id"]


def _valued(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    types = nation["trust_type_completeness"].select("quarter_id", "trust_type_id", "is_complete")
    has_value = (pl.col("cell_status") == "scored") & pl.col("value_number").is_not_null()
    return cells.filter(has_value).join(types, on=["quarter_id", "trust_type_id"])


def value_ranks(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    """A trust's place by its value: the published one first, its own only in a whole type."""
    value, published = pl.col("value_number"), pl.col("published_rank")
    return (
        _valued(nation, cells)
        .join(nation["metrics"].select("metric_id", "polarity"), on="metric_id")
        .with_columns(
            pl.when(pl.col("polarity") == "lower")
            .then(value)
            .otherwise(-value)
            .rank("min")
            .over(TYPE)
            .cast(pl.Int64)
            .alias("rank_by_value"),
            pl.len().over(TYPE).cast(pl.Int64).alias("trusts_ranked"),
        )
        .select(
            *CELL,
            pl.coalesce(published, pl.when("is_complete").then("rank_by_value")).alias("value_rank"),
            "rank_by_value",
            "trusts_ranked",
            pl.when(published.is_not_null())
            .then(pl.lit("published_rank"))
            .when("is_complete")
            .then(pl.lit("value"))
            .alias("value_rank_origin"),
        )
    )


def benchmarks(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    """Quartiles of the values, lower and upper by number, to 2 dp."""
    shares = nation["benchmark_quantiles"].collect().iter_rows(named=True)
    return (
        _valued(nation, cells)
        .group_by(TYPE)
        .agg(
            pl.len().cast(pl.Int64).alias("trusts_counted"),
            *(
                half_up(pl.col("value_number").quantile(row["quantile"], "linear")).alias(
                    f"{row['benchmark_id']}_value"
                )
                for row in shares
            ),
            pl.when(pl.col("is_complete").first())
            .then(pl.lit("computed"))
            .otherwise(pl.lit("computed_partial_pool"))
            .alias("benchmark_basis"),
        )
    )
