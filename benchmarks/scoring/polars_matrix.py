"""The metric that is looked up from two other scores, in polars (rules 1, matrix)."""

import polars as pl

from benchmarks.scoring.polars_inputs import TRUST, Nation


def with_matrix(nation: Nation, scores: pl.LazyFrame) -> pl.LazyFrame:
    """A metric that is looked up from two others, on the weaker of their bases; else as published."""
    matrix = nation["matrix_cells"].collect()
    bases = nation["score_bases"].select("score_basis", "weakness_order")
    is_looked_up = pl.col("metric_id").is_in(matrix["metric_id"].unique().to_list())
    parts = matrix.lazy().select("metric_id", "row_metric_id", "column_metric_id").unique()
    made = scores.filter(is_looked_up).join(parts, on="metric_id")
    of_parts = scores.select(*TRUST, "metric_id", "metric_score", "score_basis").join(bases, on="score_basis")
    for part in ("row", "column"):
        made = made.join(
            of_parts.select(
                *TRUST,
                pl.col("metric_id").alias(f"{part}_metric_id"),
                pl.col("metric_score").alias(f"{part}_score"),
                pl.col("weakness_order").alias(f"{part}_weakness"),
            ),
            on=[*TRUST, f"{part}_metric_id"],
            how="left",
        )
    looked_up = matrix.lazy().with_columns(pl.col("row_score", "column_score").cast(pl.Float64))
    found = pl.col("cell_score").is_not_null()
    made = (
        made.join(
            looked_up,
            on=["metric_id", "row_metric_id", "column_metric_id", "row_score", "column_score"],
            how="left",
        )
        .with_columns(pl.max_horizontal("row_weakness", "column_weakness").alias("weakness_order"))
        .join(bases.rename({"score_basis": "weaker_basis"}), on="weakness_order", how="left")
        .with_columns(
            pl.coalesce("cell_score", "metric_score").alias("metric_score"),
            pl.when(found).then("weaker_basis").otherwise("score_basis").alias("score_basis"),
            (found | pl.col("is_fixed_part").fill_null(False)).alias("is_fixed_part"),
            (~found & pl.col("is_grid_restored").fill_null(False)).alias("is_grid_restored"),
        )
        .select(scores.collect_schema().names())
    )
    return pl.concat([scores.filter(~is_looked_up), made])
