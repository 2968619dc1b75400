"""Metric scores in pandas: fixed parts, ranked parts, bands, published scores, the matrix (rules 1)."""

import numpy as np
import pandas as pd

from benchmarks.scoring.columns import MADE, POOL
from benchmarks.scoring.pandas_inputs import CELL, TRUST, Nation, choose, half_up

OF_METRIC = ["metric_id", "polarity", "scoring_family", "enters_average", "weight_group_id", "pool_id"]
FLAGS = ["is_grid_restored", "is_fixed_part", "is_threshold_met", "is_pool_complete"]


def metric_scores(nation: Nation, cells: pd.DataFrame) -> pd.DataFrame:
    """One row per cell, scored or not."""
    every = cells.merge(nation["metrics"][OF_METRIC], on="metric_id")
    is_scored = every["cell_status"] == "scored"
    families = nation["scoring_families"].drop(columns="threshold_kind")
    values = every[is_scored].merge(families, on="scoring_family")
    is_ranked_family = values["has_ranked_part"].astype(bool)
    pooled = ranked(nation, values[is_ranked_family], excluded(nation, every))
    made = based(pd.concat([pooled, banded(nation, values[~is_ranked_family])], ignore_index=True))
    scores = with_matrix(nation, made[[*every.columns, *MADE]])
    scores = pd.concat([scores, every[~is_scored]], ignore_index=True).merge(
        nation["rounded_scores"], on=["quarter_id", "metric_id"], how="left"
    )
    for flag in ("is_rounded_before_averaging", "is_grid_restored", "is_fixed_part"):
        scores[flag] = scores[flag].eq(True).fillna(False).astype(bool)
    scores["metric_score_rounded"] = half_up(scores["metric_score"])
    scores["averaged_score"] = scores["metric_score"].where(
        ~scores["is_rounded_before_averaging"], scores["metric_score_rounded"]
    )
    return scores.drop(
        columns=[
            "missing_reason_id",
            "value_number",
            "value_label",
            "published_rank",
            "score_quarter_id",
            "polarity",
        ]
    )


def banded(nation: Nation, values: pd.DataFrame) -> pd.DataFrame:
    """Look values and labels up in their bands."""
    labels = nation["label_bands"].rename(columns={"band_label": "value_label", "band_score": "value_score"})
    values = values.merge(labels, on=["metric_id", "value_label"], how="left")
    for band in nation["value_bands"].to_dict("records"):
        value = values["value_number"]
        is_in = (values["metric_id"] == band["metric_id"]) & value.notna()
        if not np.isnan(band["lower_bound"]):
            is_in &= (
                value >= band["lower_bound"] if band["is_lower_inclusive"] else value > band["lower_bound"]
            )
        if not np.isnan(band["upper_bound"]):
            is_in &= (
                value <= band["upper_bound"] if band["is_upper_inclusive"] else value < band["upper_bound"]
            )
        values.loc[is_in, "value_score"] = band["band_score"]
    return values.assign(is_fixed_part=values["value_score"].notna())


def excluded(nation: Nation, cells: pd.DataFrame) -> pd.DataFrame:
    """How many a register takes out of each pool on purpose: they are not missing from it."""
    is_out = (cells["missing_reason_id"] == "excluded_by_register") & cells["value_number"].notna()
    out = cells[is_out].merge(nation["pool_trust_types"], on=["pool_id", "trust_type_id"])
    return out.groupby([*POOL], as_index=False).agg(excluded_count=("trust_code", "size"))


def pools(nation: Nation) -> pd.DataFrame:
    """The parts of the pools, by quarter and trust type, and whether all their trust types are whole."""
    types = nation["trust_type_completeness"][["quarter_id", "trust_type_id", "is_complete"]]
    parts = types.merge(nation["pool_trust_types"], on="trust_type_id")
    of_part = parts.groupby(["quarter_id", "pool_id", "pool_partition_id"])
    parts["are_trust_types_complete"] = of_part["is_complete"].transform("all")
    parts["is_pool_one_trust_type"] = of_part["trust_type_id"].transform("size") == 1
    return parts.drop(columns="is_complete")


def ranked(nation: Nation, values: pd.DataFrame, taken_out: pd.DataFrame) -> pd.DataFrame:
    """Fixed and ranked parts of each pool, the score of a place, and whether the pool is complete."""
    cells = values.merge(pools(nation), on=["quarter_id", "pool_id", "trust_type_id"], how="left")
    cells = cells.merge(nation["thresholds_in_force"], on=["quarter_id", "metric_id"], how="left")
    value = cells["value_number"]
    is_pooled = value.notna() & cells["pool_partition_id"].notna()
    has_threshold = is_pooled & cells["comparator"].notna()
    is_met = np.where(
        cells["comparator"] == "at_least", value >= cells["threshold"], value <= cells["threshold"]
    )
    cells["is_threshold_met"] = pd.array(is_met, dtype="boolean")
    cells.loc[~has_threshold, ["is_threshold_met", "threshold_kind", "threshold"]] = None
    cells["is_fixed_part"] = has_threshold & (is_met == cells["fixed_when_met"].eq(True))
    is_ranked = is_pooled & ~cells["is_fixed_part"]
    of_pool = [cells[name] for name in POOL]
    cells["pool_size"] = is_pooled.groupby(of_pool).transform("sum")
    cells["ranked_count"] = is_ranked.groupby(of_pool).transform("sum")
    # Published ranks were made from unrounded values: they order better, where all who rank have one.
    has_rank = (~is_ranked | cells["published_rank"].notna()).groupby(of_pool).transform("all")
    by_rank = cells["is_pool_one_trust_type"].eq(True) & has_rank
    badness = value.where(cells["polarity"] == "lower", -value).where(~by_rank, cells["published_rank"])
    cells["pool_rank"] = badness.where(is_ranked).groupby(of_pool).rank(method="min")
    cells["rank_origin"] = choose([(is_ranked & by_rank, "published_rank"), (is_ranked, "value")])
    cells = cells.merge(
        nation["pool_sizes"].rename(columns={"pool_size": "expected_pool_size"}), on=[*POOL], how="left"
    )
    cells = cells.merge(taken_out, on=[*POOL], how="left")
    expected = cells["expected_pool_size"]
    in_hand = cells["ranked_count"] + cells["excluded_count"].fillna(0)
    cells["is_pool_complete"] = (in_hand >= expected).where(
        expected.notna(), cells["are_trust_types_complete"]
    )
    low, high = cells["ranked_low"], cells["ranked_high"]
    # One trust alone takes the best end.
    place = ((cells["pool_rank"] - 1) / (cells["ranked_count"] - 1)).where(cells["ranked_count"] != 1, 0.0)
    cells["value_score"] = (low + (high - low) * place).where(
        is_ranked, cells["fixed_score"].where(is_pooled)
    )
    cells["ranked_count"] = cells["ranked_count"].where(is_ranked)
    return cells


def based(cells: pd.DataFrame) -> pd.DataFrame:
    """The score and its basis: computed, or the published one, on its point of the grid."""
    score, published = cells["value_score"], cells["published_score"]
    is_whole = cells["is_fixed_part"] | cells["is_pool_complete"].eq(True)
    cells["score_basis"] = choose(
        [
            (score.notna() & is_whole, "computed"),
            (published.notna(), "published"),
            (score.notna(), "computed_partial_pool"),
        ]
    )
    low, high, last = cells["ranked_low"], cells["ranked_high"], cells["expected_pool_size"] - 1
    point = low + (high - low) * ((published - low) * last / (high - low)).round() / last
    is_on_grid = (last > 0) & published.between(low, high) & (half_up(point) == published)
    is_taken_over = cells["score_basis"] == "published"
    cells["metric_score"] = score.where(~is_taken_over, published.where(~is_on_grid, point))
    cells["is_grid_restored"] = is_taken_over & is_on_grid
    cells[FLAGS] = cells[FLAGS].astype("boolean")
    cells[[*MADE]] = cells[[*MADE]].where(cells["score_basis"].notna())
    return cells


def with_matrix(nation: Nation, scores: pd.DataFrame) -> pd.DataFrame:
    """A metric that is looked up from two others, on the weaker of their bases; else as published."""
    matrix, bases = nation["matrix_cells"], nation["score_bases"].set_index("score_basis")["weakness_order"]
    is_looked_up = scores["metric_id"].isin(matrix["metric_id"])
    made = scores[is_looked_up]
    parts = matrix[["metric_id", "row_metric_id", "column_metric_id"]].drop_duplicates()
    made = made.merge(parts, on="metric_id")
    for part in ("row", "column"):
        of_part = scores.loc[
            scores["metric_id"].isin(parts[f"{part}_metric_id"]), [*CELL, "metric_score", "score_basis"]
        ]
        of_part = of_part.assign(weakness=of_part["score_basis"].map(bases)).drop(columns="score_basis")
        of_part.columns = [*TRUST, f"{part}_metric_id", f"{part}_score", f"{part}_weakness"]
        made = made.merge(of_part, on=[*TRUST, f"{part}_metric_id"], how="left")
    keys = ["metric_id", "row_metric_id", "column_metric_id", "row_score", "column_score"]
    made = made.merge(matrix.astype({"row_score": float, "column_score": float}), on=keys, how="left")
    is_found = made["cell_score"].notna()
    weaker = (
        made[["row_weakness", "column_weakness"]].max(axis=1).map(dict(zip(bases, bases.index, strict=True)))
    )
    made["metric_score"] = made["cell_score"].fillna(made["metric_score"])
    made["score_basis"] = weaker.where(is_found, made["score_basis"])
    made["is_fixed_part"] = is_found | made["is_fixed_part"].eq(True)
    made["is_grid_restored"] = ~is_found & made["is_grid_restored"].eq(True)
    return pd.concat([scores[~is_looked_up], made[scores.columns]], ignore_index=True)
