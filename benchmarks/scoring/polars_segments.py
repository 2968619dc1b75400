"""Cut points, segments, the override, the programme and the league in polars (rules 3 and 4)."""

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


def overrides(nation: Nation, cells: pl.LazyFrame) -> pl.LazyFrame:
    """The financial override: as published, else from a deficit or from support received, else unknown."""
    inputs = nation["override_inputs"].select("metric_id").collect()["metric_id"]
    value, flag, is_deficit = pl.col("value_number"), pl.col("published_flag"), pl.col("is_in_deficit")
    sums = (
        cells.filter(pl.col("metric_id").is_in(inputs.to_list()))
        .group_by(TRUST)
        .agg(pl.when(value.count() == len(inputs)).then(value.sum()).alias("plan_and_variance"))
    )
    flags = (
        nation["oversight_values"]
        .filter((pl.col("measure_id") == nation.measure("financial_override")) & value.is_not_null())
        .select(*TRUST, (value == 1).alias("published_flag"))
    )
    support = (
        nation["register_in_force"]
        .filter(pl.col("register_id") == "deficit_support")
        .select(*TRUST, (pl.col("value_id") == "received").alias("has_support"))
    )
    is_supported = pl.col("has_support").fill_null(False)
    return (
        nation["trust_quarters"]
        .select(TRUST)
        .join(sums, on=TRUST, how="left")
        .join(flags, on=TRUST, how="left")
        .join(support, on=TRUST, how="left")
        .with_columns(
            # Hundredths, so that the sum of two doubles is on the right side of nought.
            (pl.col("plan_and_variance").round(8) < nation.setting("override_sum_below")).alias(
                "is_in_deficit"
            ),
            pl.col("plan_and_variance").round(8),
        )
        .select(
            *TRUST,
            "plan_and_variance",
            pl.when(flag.is_not_null())
            .then(flag)
            .when(is_deficit | is_supported)
            .then(True)
            .otherwise(is_deficit)
            .alias("has_financial_override"),
            pl.when(flag.is_not_null())
            .then(pl.lit("published"))
            .when(is_deficit.is_not_null() | is_supported)
            .then(pl.lit("derived"))
            .otherwise(pl.lit("unknown"))
            .alias("override_basis"),
        )
    )


def segments(nation: Nation, cells: pl.LazyFrame, wholes: pl.LazyFrame, placed: pl.LazyFrame) -> pl.LazyFrame:
    """Unadjusted, adjusted and final segment, and the place in the league of the trust type."""
    floor, flag = int(nation.setting("override_segment_floor")), pl.col("has_financial_override")
    unadjusted, adjusted = pl.col("unadjusted_segment"), pl.col("adjusted_segment")
    programme = nation["programme_memberships"].select(
        *TRUST, "is_in_improvement_programme", "membership_source", final_segment_basis="membership_basis"
    )
    own = placed.filter(pl.col("score_id") == nation.measure("average_metric_score")).select(
        *TRUST,
        pl.col("score_rank").alias("average_score_rank"),
        pl.col("segment").alias("unadjusted_segment"),
        "segment_low",
        "segment_high",
        "cut_point_basis",
        "segment_basis",
    )
    in_order = adjusted * 1000 + (pl.col("average_metric_score") * 100).round()
    return (
        wholes.select(*TRUST, "trust_type_id", "delivery_status", "average_metric_score")
        .join(overrides(nation, cells), on=TRUST)
        .join(own, on=TRUST, how="left")
        .join(programme, on=TRUST, how="left")
        .with_columns(
            pl.when(flag)
            .then(pl.max_horizontal(unadjusted, pl.lit(floor, dtype=pl.Int64)))
            .when(~flag | (unadjusted >= floor))
            .then(unadjusted)
            .alias("adjusted_segment"),
            pl.col("final_segment_basis").fill_null("unknown"),
        )
        .with_columns(pl.when(unadjusted.is_not_null()).then(adjusted).alias("adjusted_segment"))
        .with_columns(
            pl.when(unadjusted.is_null() | (pl.col("final_segment_basis") == "unknown"))
            .then(None)
            .when("is_in_improvement_programme")
            .then(int(nation.setting("programme_segment")))
            .otherwise(adjusted)
            .cast(pl.Int64)
            .alias("final_segment"),
            in_order.rank("min").over(TYPE).cast(pl.Int64).alias("league_rank"),
            adjusted.count().over(TYPE).cast(pl.Int64).alias("league_trust_count"),
            unadjusted.count().over(TYPE).alias("segmented_count"),
        )
        .with_columns(
            pl.when(pl.col("league_trust_count") == pl.col("segmented_count"))
            .then(pl.lit("computed"))
            .otherwise(pl.lit("computed_partial_pool"))
            .alias("league_rank_basis")
        )
        .with_columns(
            pl.when(adjusted.is_not_null()).then(name).alias(name)
            for name in ("league_trust_count", "league_rank_basis")
        )
        .drop("average_metric_score", "segmented_count")
    )
