"""Domain scores and the average metric score in polars: means over weight units (rules 2)."""

import polars as pl

from benchmarks.scoring.polars_inputs import TRUST, Nation, half_up, weakest_basis


def averages(nation: Nation, scores: pl.LazyFrame, *within: str) -> pl.LazyFrame:
    """The mean over metrics, where those of a weight group are first averaged among those present."""
    grain = [*TRUST, *within]
    part = pl.col("averaged_score")
    return (
        scores.filter(pl.col("enters_average") & (pl.col("cell_status") == "scored"))
        .join(nation["score_bases"].select("score_basis", "weakness_order"), on="score_basis")
        .group_by(*grain, "weight_group_id")
        .agg(
            pl.len().alias("metrics_counted"),
            part.mean().alias("unit_score"),
            part.min().alias("lowest_part_score"),
            part.max().alias("highest_part_score"),
            pl.col("weakness_order").max(),
        )
        .group_by(grain)
        .agg(
            pl.col("metrics_counted").sum().cast(pl.Int64),
            pl.len().cast(pl.Int64).alias("weight_units_counted"),
            pl.col("unit_score").mean().alias("average"),
            pl.col("lowest_part_score").min(),
            pl.col("highest_part_score").max(),
            pl.col("weakness_order").max(),
        )
    )


def completeness(nation: Nation) -> pl.LazyFrame:
    """Each trust and quarter, with whether its trust type is whole."""
    types = nation["trust_type_completeness"].select("quarter_id", "trust_type_id", "is_complete")
    return (
        nation["trust_quarters"]
        .select(*TRUST, "trust_type_id")
        .join(types, on=["quarter_id", "trust_type_id"])
    )


def figures(
    nation: Nation, judged: pl.LazyFrame, grain: list[str], names: tuple[str, str, str, str]
) -> pl.LazyFrame:
    """What a score, its status and its basis are called; empty where the status is not `scored`."""
    status, unrounded, rounded, basis = names
    is_scored = pl.col(status) == "scored"
    return weakest_basis(nation, judged, basis).select(
        *grain,
        "trust_type_id",
        status,
        pl.when(is_scored).then("average").alias(unrounded),
        pl.when(is_scored).then(half_up(pl.col("average"))).alias(rounded),
        pl.when(is_scored).then(basis).alias(basis),
        pl.col("metrics_counted", "weight_units_counted").fill_null(0),
        *(pl.when(is_scored).then(name).alias(name) for name in ("lowest_part_score", "highest_part_score")),
    )


def delivery_scores(nation: Nation, scores: pl.LazyFrame) -> pl.LazyFrame:
    """The average metric score of each trust and quarter."""
    judged = (
        completeness(nation)
        .join(averages(nation, scores), on=TRUST, how="left")
        .with_columns(
            pl.when(~pl.col("is_complete"))
            .then(pl.lit("incomplete"))
            .when(pl.col("average").is_null())
            .then(pl.lit("no_metrics"))
            .otherwise(pl.lit("scored"))
            .alias("delivery_status")
        )
    )
    names = ("delivery_status", "average_metric_score_unrounded", "average_metric_score", "average_basis")
    return figures(nation, judged, TRUST, names)


def domain_scores(nation: Nation, cells: pl.LazyFrame, scores: pl.LazyFrame) -> pl.LazyFrame:
    """The score of each domain; in a trust type that is not whole only where its core metrics are in hand."""
    core = nation["core_metrics"].join(nation["metrics"].select("metric_id", "domain_id"), on="metric_id")
    grain = [*TRUST, "domain_id"]
    in_hand = (
        cells.select(*TRUST, "trust_type_id", "metric_id", "value_number")
        .join(core, on=["trust_type_id", "metric_id"])
        .group_by(grain)
        .agg(pl.col("value_number").is_not_null().all().alias("is_core_in_hand"))
    )
    domains = nation["domains"].filter("is_scored").select("domain_id")
    judged = (
        completeness(nation)
        .join(domains, how="cross")
        .join(in_hand, on=grain, how="left")
        .join(averages(nation, scores, "domain_id"), on=grain, how="left")
        .with_columns(
            pl.when(~pl.col("is_complete") & ~pl.col("is_core_in_hand").fill_null(False))
            .then(pl.lit("incomplete"))
            .when(pl.col("average").is_null())
            .then(pl.lit("no_metrics"))
            .otherwise(pl.lit("scored"))
            .alias("domain_status")
        )
    )
    names = ("domain_status", "domain_score_unrounded", "domain_score", "domain_score_basis")
    return figures(nation, judged, grain, names)
