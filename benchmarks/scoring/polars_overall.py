"""The override, the adjusted and final segment, and the league in polars (rules 3 and 4)."""

import polars as pl

from benchmarks.scoring.polars_inputs import TRUST, Nation

TYPE = ["quarter_id", "trust_type_id"]


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
