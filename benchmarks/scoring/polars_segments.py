"""Cut points and the segment of each score in polars (rules 3)."""

import polars as pl

from benchmarks.scoring.polars_inputs import TRUST, Nation, weakest_basis

SCORE = ["quarter_id", "score_id"]
TYPE = ["quarter_id", "trust_type_id"]
IS_OBSERVED = pl.col("cut_point_basis") == "observed"


def in_one_shape(nation: Nation, domains: pl.LazyFrame, wholes: pl.LazyFrame) -> pl.LazyFrame:
    """Domain scores and the average in one shape, with the part of the pool that they are cut in."""
    average = pl.lit(nation.measure("average_metric_score"), dtype=pl.Categorical).alias("score_id")
    parts = nation["pool_trust_types"].rename(
        {"pool_id": "cut_pool_id", "pool_partition_id": "cut_partition_id"}
    )
    shape = [*TRUST, "trust_type_id", "score_id", "score", "score_basis"]
    named = [
        domains.rename(
            {"domain_id": "score_id", "domain_score": "score", "domain_score_basis": "score_basis"}
        ),
        wholes.rename({"average_metric_score": "score", "average_basis": "score_basis"}).with_columns(
            average
        ),
    ]
    return (
        pl.concat([frame.select(shape) for frame in named])
        .filter(pl.col("score").is_not_null())
        .join(nation["segmentation"].select("score_id", "cut_pool_id", "is_cut_point_inside"), on="score_id")
        .join(parts, on=["cut_pool_id", "trust_type_id"])
    )


def cut_points(nation: Nation, domains: pl.LazyFrame, wholes: pl.LazyFrame) -> pl.LazyFrame:
    """Quartiles of the national pool; those that were observed where it is not whole."""
    boundaries = nation["segment_quantiles"].collect()
    partition = [*SCORE, "cut_partition_id"]
    parts = nation["pool_trust_types"].rename(
        {"pool_id": "cut_pool_id", "pool_partition_id": "cut_partition_id"}
    )
    whole = (
        nation["trust_type_completeness"]
        .select(*TYPE, "is_complete")
        .join(parts, on="trust_type_id")
        .join(nation["segmentation"].select("score_id", "cut_pool_id"), on="cut_pool_id")
        .group_by(partition)
        .agg(pl.col("is_complete").all().alias("is_pool_complete"))
    )
    counted = (
        in_one_shape(nation, domains, wholes)
        .group_by(partition)
        .agg(
            pl.len().cast(pl.Int64).alias("trusts_counted"),
            *(
                pl.col("score").quantile(row["quantile"], "linear").alias(row["boundary"])
                for row in boundaries.iter_rows(named=True)
            ),
        )
        .unpivot(
            boundaries["boundary"].to_list(),
            index=[*partition, "trusts_counted"],
            variable_name="boundary",
            value_name="quantile_score",
        )
    )
    is_national = pl.col("cut_partition_id") == "all"
    observed = (pl.col("highest_score_inside") + pl.col("lowest_score_outside")) / 2
    return (
        whole.join(boundaries.lazy(), how="cross")
        .join(counted, on=[*partition, "boundary"], how="left")
        .join(nation["observed_cut_points"], on=[*SCORE, "boundary"], how="left")
        .with_columns(
            pl.when(is_national & ~pl.col("is_pool_complete")).then(observed).alias("observed"),
        )
        .with_columns(
            pl.when("is_pool_complete")
            .then(pl.when(pl.col("quantile_score").is_not_null()).then(pl.lit("computed")))
            .when(pl.col("observed").is_not_null())
            .then(pl.lit("observed"))
            .when(pl.col("quantile_score").is_not_null())
            .then(pl.lit("computed_partial_pool"))
            .alias("cut_point_basis")
        )
        .filter(pl.col("cut_point_basis").is_not_null())
        .select(
            *partition,
            "boundary",
            "segment",
            pl.when(IS_OBSERVED).then("observed").otherwise("quantile_score").round(6).alias("cut_point"),
            "cut_point_basis",
            pl.col("trusts_counted").fill_null(0),
        )
    )


def score_segments(
    nation: Nation, domains: pl.LazyFrame, wholes: pl.LazyFrame, cuts: pl.LazyFrame
) -> pl.LazyFrame:
    """The segment of each score, the cut points beside it, and its rank within a whole trust type."""
    bases = nation["score_bases"].select("score_basis", "weakness_order")
    score, cut = pl.col("score"), pl.col("cut_point")
    of_cuts = nation["cut_point_bases"].select(
        "cut_point_basis", pl.col("score_basis").alias("cut_score_basis")
    )
    cut_weakness = bases.rename({"score_basis": "cut_score_basis", "weakness_order": "cut_weakness"})
    # Both have at most six decimals; as doubles they can be apart in the last digit.
    apart = score - cut
    beyond = (apart > 1e-9) | ((apart.abs() < 1e-9) & ~pl.col("is_cut_point_inside"))
    key = [*TRUST, "trust_type_id", "score_id", "score"]
    placed = (
        in_one_shape(nation, domains, wholes)
        .join(cuts, on=[*SCORE, "cut_partition_id"])
        .join(bases, on="score_basis")
        .join(of_cuts.join(cut_weakness, on="cut_score_basis"), on="cut_point_basis")
        .with_columns(beyond.alias("is_beyond"))
        .group_by(key)
        .agg(
            (1 + pl.col("is_beyond").sum()).cast(pl.Int64).alias("segment"),
            cut.filter("is_beyond").max().alias("segment_low"),
            cut.filter(~pl.col("is_beyond")).min().alias("segment_high"),
            pl.col("cut_point_basis").first(),
            pl.max_horizontal("weakness_order", "cut_weakness").max().alias("weakness_order"),
        )
    )
    types = nation["trust_type_completeness"].select(*TYPE, "is_complete")
    rank = score.rank("min").over([*TYPE, "score_id"]).cast(pl.Int64)
    return (
        weakest_basis(nation, placed, "segment_basis")
        .join(types, on=TYPE)
        .with_columns(pl.when("is_complete").then(rank).alias("score_rank"))
        .drop("weakness_order", "is_complete")
    )
