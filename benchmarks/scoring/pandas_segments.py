"""Cut points, segments, the override, the programme and the league in pandas (rules 3 and 4)."""

import numpy as np
import pandas as pd

from benchmarks.scoring.pandas_inputs import TRUST, TYPE, Nation, choose

SCORE = ["quarter_id", "score_id"]
PARTITION = [*SCORE, "cut_partition_id"]


def _parts(nation: Nation) -> pd.DataFrame:
    named = {"pool_id": "cut_pool_id", "pool_partition_id": "cut_partition_id"}
    cuts = nation["segmentation"][["score_id", "cut_pool_id", "is_cut_point_inside"]]
    return nation["pool_trust_types"].rename(columns=named).merge(cuts, on="cut_pool_id")


def in_one_shape(nation: Nation, domains: pd.DataFrame, wholes: pd.DataFrame) -> pd.DataFrame:
    """Domain scores and the average in one shape, with the part of the pool that they are cut in."""
    shape = [*TRUST, "trust_type_id", "score_id", "score", "score_basis"]
    of_domain = {"domain_id": "score_id", "domain_score": "score", "domain_score_basis": "score_basis"}
    of_whole = {"average_metric_score": "score", "average_basis": "score_basis"}
    average = wholes.rename(columns=of_whole).assign(score_id=nation.measure("average_metric_score"))
    scores = pd.concat([domains.rename(columns=of_domain)[shape], average[shape]], ignore_index=True)
    return scores[scores["score"].notna()].merge(_parts(nation), on=["score_id", "trust_type_id"])


def cut_points(nation: Nation, scores: pd.DataFrame) -> pd.DataFrame:
    """Quartiles of the national pool; those that were observed where it is not whole."""
    whole = nation["trust_type_completeness"][[*TYPE, "is_complete"]].merge(
        _parts(nation), on="trust_type_id"
    )
    whole = whole.groupby(PARTITION, as_index=False).agg(is_pool_complete=("is_complete", "all"))
    boundaries = nation["segment_quantiles"]
    groups = scores.groupby(PARTITION)["score"]
    counted = pd.concat(
        [
            pd.DataFrame({"trusts_counted": groups.size(), "quantile_score": groups.quantile(row.quantile)})
            .assign(boundary=row.boundary)
            .reset_index()
            for row in boundaries.itertuples()
        ]
    )
    cuts = (
        whole.merge(boundaries, how="cross")
        .merge(counted, on=[*PARTITION, "boundary"], how="left")
        .merge(nation["observed_cut_points"], on=[*SCORE, "boundary"], how="left")
    )
    observed = (cuts["highest_score_inside"] + cuts["lowest_score_outside"]) / 2
    observed = observed.where((cuts["cut_partition_id"] == "all") & ~cuts["is_pool_complete"])
    has_quantile = cuts["quantile_score"].notna()
    cuts["cut_point_basis"] = choose(
        [
            (cuts["is_pool_complete"] & has_quantile, "computed"),
            (observed.notna(), "observed"),
            (has_quantile & ~cuts["is_pool_complete"], "computed_partial_pool"),
        ]
    )
    is_observed = cuts["cut_point_basis"] == "observed"
    cuts["cut_point"] = cuts["quantile_score"].where(~is_observed, observed).round(6)
    cuts["trusts_counted"] = cuts["trusts_counted"].fillna(0)
    kept = [*PARTITION, "boundary", "segment", "cut_point", "cut_point_basis", "trusts_counted"]
    return cuts.loc[cuts["cut_point_basis"].notna(), kept]


def score_segments(nation: Nation, scores: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """The segment of each score, the cut points beside it, and its rank within a whole trust type."""
    bases = nation["score_bases"].set_index("score_basis")["weakness_order"]
    of_cuts = nation["cut_point_bases"].set_index("cut_point_basis")["score_basis"].map(bases)
    key = [*TRUST, "trust_type_id", "score_id", "score"]
    compared = scores.merge(cuts.drop(columns="segment"), on=PARTITION)
    # Both have at most six decimals; as doubles they can be apart in the last digit.
    apart = compared["score"] - compared["cut_point"]
    is_beyond = (apart > 1e-9) | ((apart.abs() < 1e-9) & ~compared["is_cut_point_inside"].astype(bool))
    weakness = np.maximum(compared["score_basis"].map(bases), compared["cut_point_basis"].map(of_cuts))
    compared = compared.assign(
        beyond=is_beyond.astype("int64"),
        segment_low=compared["cut_point"].where(is_beyond),
        segment_high=compared["cut_point"].where(~is_beyond),
        weakness=weakness,
    )
    placed = compared.groupby(key, as_index=False).agg(
        segment=("beyond", "sum"),
        segment_low=("segment_low", "max"),
        segment_high=("segment_high", "min"),
        cut_point_basis=("cut_point_basis", "first"),
        weakness=("weakness", "max"),
    )
    placed = placed.merge(nation["trust_type_completeness"][[*TYPE, "is_complete"]], on=TYPE)
    placed["segment"] += 1
    placed["segment_basis"] = placed["weakness"].map(dict(zip(bases, bases.index, strict=True)))
    rank = placed.groupby([*TYPE, "score_id"])["score"].rank(method="min")
    placed["score_rank"] = rank.where(placed["is_complete"])
    return placed.drop(columns=["weakness", "is_complete"])


def overrides(nation: Nation, cells: pd.DataFrame) -> pd.DataFrame:
    """The financial override: as published, else from a deficit or from support received, else unknown."""
    inputs = nation["override_inputs"]["metric_id"]
    sums = (
        cells[cells["metric_id"].isin(inputs)]
        .groupby(TRUST)["value_number"]
        .sum(min_count=len(inputs))
        # Hundredths, so that the sum of two doubles is on the right side of nought.
        .round(8)
        .rename("plan_and_variance")
        .reset_index()
    )
    rows, said = nation["oversight_values"], nation["register_in_force"]
    is_flag = (rows["measure_id"] == nation.measure("financial_override")) & rows["value_number"].notna()
    flags = rows.loc[is_flag, TRUST].assign(flag=rows["value_number"] == 1)
    support = said.loc[said["register_id"] == "deficit_support", [*TRUST, "value_id"]]
    found = nation["trust_quarters"][TRUST].merge(sums, on=TRUST, how="left")
    found = found.merge(flags, on=TRUST, how="left").merge(support, on=TRUST, how="left")
    is_supported, total = found["value_id"] == "received", found["plan_and_variance"]
    is_deficit = (total < nation.setting("override_sum_below")).astype("boolean").where(total.notna())
    derived = is_deficit | is_supported.astype("boolean")
    flag = found["flag"].astype("boolean")
    # That no support is received says nothing about the sum.
    found["has_financial_override"] = flag.fillna(derived.where(is_deficit.notna() | is_supported))
    found["override_basis"] = choose(
        [(flag.notna(), "published"), (is_deficit.notna() | is_supported, "derived")], "unknown"
    )
    return found.drop(columns=["flag", "value_id"])


def segments(nation: Nation, cells: pd.DataFrame, wholes: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """Unadjusted, adjusted and final segment, and the place in the league of the trust type."""
    own = placed[placed["score_id"] == nation.measure("average_metric_score")]
    own = own.rename(columns={"score_rank": "average_score_rank", "segment": "unadjusted_segment"})
    programme = nation["programme_memberships"].rename(columns={"membership_basis": "final_segment_basis"})
    kept = [*TRUST, "is_in_improvement_programme", "membership_source", "final_segment_basis"]
    found = (
        wholes[[*TRUST, "trust_type_id", "delivery_status", "average_metric_score"]]
        .merge(overrides(nation, cells), on=TRUST)
        .merge(own.drop(columns=["trust_type_id", "score_id", "score"]), on=TRUST, how="left")
        .merge(programme[kept], on=TRUST, how="left")
    )
    floor, unadjusted = nation.setting("override_segment_floor"), found["unadjusted_segment"]
    flag = found["has_financial_override"]
    is_known = flag.notna() | (unadjusted >= floor)
    adjusted = unadjusted.where(~flag.fillna(False).astype(bool), np.maximum(unadjusted, floor)).where(
        is_known
    )
    found["adjusted_segment"] = adjusted
    found["final_segment_basis"] = found["final_segment_basis"].fillna("unknown")
    is_in = found["is_in_improvement_programme"].eq(True)
    final = adjusted.where(~is_in, nation.setting("programme_segment"))
    found["final_segment"] = final.where(unadjusted.notna() & (found["final_segment_basis"] != "unknown"))
    in_order = adjusted * 1000 + (found["average_metric_score"] * 100).round()
    of_type = [found[name] for name in TYPE]
    found["league_rank"] = in_order.groupby(of_type).rank(method="min")
    counts = adjusted.groupby(of_type).transform("count")
    found["league_trust_count"] = counts.where(adjusted.notna())
    is_whole = counts == unadjusted.groupby(of_type).transform("count")
    found["league_rank_basis"] = choose(
        [(adjusted.notna() & is_whole, "computed"), (adjusted.notna(), "computed_partial_pool")]
    )
    return found.drop(columns="average_metric_score")
