"""Metric scores in polars: fixed parts, ranked parts, bands, published scores, the matrix (rules 1)."""

import polars as pl

from benchmarks.scoring.columns import MADE, POOL
from benchmarks.scoring.polars_inputs import Nation, half_up
from benchmarks.scoring.polars_matrix import with_matrix


def metric_scores(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    """One row per cell, scored or not."""
    catalogue = nation["metrics"].select(
        "metric_id", "polarity", "scoring_family", "enters_average", "weight_group_id", "pool_id"
    )
    families = nation["scoring_families"].drop("threshold_kind")
    every = cells.join(catalogue.join(families, on="scoring_family"), on="metric_id")
    is_scored = pl.col("cell_status") == "scored"
    scored = based(ranked(nation, banded(nation, every.filter(is_scored)), excluded(nation, every)))
    kept = [*cells.collect_schema().names(), "scoring_family", "enters_average", "weight_group_id", "pool_id"]
    made = with_matrix(nation, scored.select(*kept, *MADE))
    return (
        pl.concat([made, every.filter(~is_scored).select(kept)], how="diagonal")
        .join(nation["rounded_scores"], on=["quarter_id", "metric_id"], how="left")
        .with_columns(
            pl.col("is_rounded_before_averaging", "is_grid_restored", "is_fixed_part").fill_null(False),
            half_up(pl.col("metric_score")).alias("metric_score_rounded"),
        )
        .with_columns(
            pl.when("is_rounded_before_averaging")
            .then("metric_score_rounded")
            .otherwise("metric_score")
            .alias("averaged_score"),
        )
        .drop("missing_reason_id", "value_number", "value_label", "published_rank", "score_quarter_id")
    )


def banded(nation: Nation, values: pl.LazyFrame) -> pl.LazyFrame:
    """Look values and labels up in their bands."""
    value, score = pl.col("value_number"), pl.lit(None, dtype=pl.Float64)
    for band in nation["value_bands"].collect().iter_rows(named=True):
        is_in = pl.col("metric_id") == band["metric_id"]
        if (low := band["lower_bound"]) is not None:
            is_in &= value >= low if band["is_lower_inclusive"] else value > low
        if (high := band["upper_bound"]) is not None:
            is_in &= value <= high if band["is_upper_inclusive"] else value < high
        score = pl.when(is_in).then(band["band_score"]).otherwise(score)
    labels = nation["label_bands"].select(
        "metric_id", pl.col("band_label").alias("value_label"), pl.col("band_score").alias("label_score")
    )
    return values.join(labels, on=["metric_id", "value_label"], how="left").with_columns(
        pl.coalesce(score, "label_score").alias("band_score")
    )


def excluded(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    """How many a register takes out of each pool on purpose: they are not missing from it."""
    is_out = (pl.col("missing_reason_id") == "excluded_by_register") & pl.col("value_number").is_not_null()
    return (
        cells.filter(is_out)
        .join(nation["pool_trust_types"], on=["pool_id", "trust_type_id"])
        .group_by(POOL)
        .agg(pl.len().alias("excluded_count"))
    )


def pools(nation: Nation) -> pl.LazyFrame:
    """The parts of the pools, by quarter and trust type, and whether all their trust types are whole."""
    parts = nation["trust_type_completeness"].select("quarter_id", "trust_type_id", "is_complete")
    part = ["quarter_id", "pool_id", "pool_partition_id"]
    return parts.join(nation["pool_trust_types"], on="trust_type_id").select(
        *part,
        "trust_type_id",
        pl.col("is_complete").all().over(part).alias("are_trust_types_complete"),
        (pl.len().over(part) == 1).alias("is_pool_one_trust_type"),
    )


def ranked(nation: Nation, values: pl.LazyFrame, taken_out: pl.LazyFrame) -> pl.LazyFrame:
    """Fixed and ranked parts of each pool, the score of a place, and whether the pool is complete."""
    value, is_pooled = pl.col("value_number"), pl.col("is_pooled")
    is_ranked = is_pooled & ~pl.col("is_fixed_part")
    badness = pl.when(pl.col("polarity") == "lower").then(value).otherwise(-value)
    low, high = pl.col("ranked_low"), pl.col("ranked_high")
    place = pl.when(pl.col("ranked_count") == 1).then(0.0).otherwise(
        (pl.col("pool_rank") - 1) / (pl.col("ranked_count") - 1)
    )  # fmt: skip
    of_pool = (
        values.filter("has_ranked_part")
        .join(pools(nation), on=["quarter_id", "pool_id", "trust_type_id"], how="left")
        .join(nation["thresholds_in_force"], on=["quarter_id", "metric_id"], how="left")
        .with_columns((value.is_not_null() & pl.col("pool_partition_id").is_not_null()).alias("is_pooled"))
        .with_columns(
            pl.when(is_pooled & (pl.col("comparator") == "at_least"))
            .then(value >= pl.col("threshold"))
            .when(is_pooled & (pl.col("comparator") == "at_most"))
            .then(value <= pl.col("threshold"))
            .alias("is_threshold_met"),
            pl.when("is_pooled").then("threshold_kind"),
            pl.when("is_pooled").then("threshold"),
        )
        .with_columns(
            (pl.col("is_threshold_met") == pl.col("fixed_when_met")).fill_null(False).alias("is_fixed_part")
        )
        .with_columns(
            is_pooled.sum().over(POOL).cast(pl.Int64).alias("pool_size"),
            is_ranked.sum().over(POOL).cast(pl.Int64).alias("ranked_count"),
            (
                pl.col("is_pool_one_trust_type")
                & (~is_ranked | pl.col("published_rank").is_not_null()).all().over(POOL)
            ).alias("is_by_published_rank"),
        )
        # Published ranks were made from unrounded values: they order better, where all who rank have one.
        .with_columns(
            pl.when(is_ranked)
            .then(
                pl.when("is_by_published_rank").then(pl.col("published_rank").cast(float)).otherwise(badness)
            )
            .rank("min")
            .over(POOL)
            .cast(pl.Int64)
            .alias("pool_rank"),
            pl.when(is_ranked)
            .then(pl.when("is_by_published_rank").then(pl.lit("published_rank")).otherwise(pl.lit("value")))
            .alias("rank_origin"),
        )
        .join(nation["pool_sizes"].rename({"pool_size": "expected_pool_size"}), on=POOL, how="left")
        .join(taken_out, on=POOL, how="left")
        .with_columns(
            (pl.col("ranked_count") + pl.col("excluded_count").fill_null(0) >= pl.col("expected_pool_size"))
            .fill_null(pl.col("are_trust_types_complete"))
            .alias("is_pool_complete"),
            pl.when(is_ranked).then("ranked_count"),
            pl.when(is_ranked)
            .then(low + (high - low) * place)
            .when(is_pooled)
            .then("fixed_score")
            .alias("value_score"),
        )
    )
    of_bands = values.filter(~pl.col("has_ranked_part")).with_columns(
        pl.col("band_score").alias("value_score"), pl.col("band_score").is_not_null().alias("is_fixed_part")
    )
    return pl.concat([of_pool, of_bands], how="diagonal")


def based(values: pl.LazyFrame) -> pl.LazyFrame:
    """The score and its basis: computed, or the published one, on its point of the grid."""
    low, high, published = pl.col("ranked_low"), pl.col("ranked_high"), pl.col("published_score")
    last = pl.col("expected_pool_size") - 1
    steps = ((published - low) * last / (high - low)).round(0)
    point = low + (high - low) * steps / last
    is_on_grid = (last > 0) & published.is_between(low, high) & (half_up(point) == published)
    basis, is_taken_over = pl.col("score_basis"), pl.col("score_basis") == "published"
    return (
        values.with_columns(
            pl.when(
                pl.col("value_score").is_not_null() & (pl.col("is_fixed_part") | pl.col("is_pool_complete"))
            )
            .then(pl.lit("computed"))
            .when(published.is_not_null())
            .then(pl.lit("published"))
            .when(pl.col("value_score").is_not_null())
            .then(pl.lit("computed_partial_pool"))
            .alias("score_basis")
        )
        .with_columns(
            pl.when(is_taken_over & is_on_grid)
            .then(point)
            .when(is_taken_over)
            .then(published)
            .otherwise("value_score")
            .alias("metric_score"),
            (is_taken_over & is_on_grid.fill_null(False)).alias("is_grid_restored"),
        )
        .with_columns(
            pl.when(basis.is_not_null()).then(name).alias(name) for name in MADE if name != "score_basis"
        )
    )
