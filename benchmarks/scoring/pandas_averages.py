"""Domain scores and the average metric score in pandas: means over weight units (rules 2)."""

import pandas as pd

from benchmarks.scoring.pandas_inputs import TRUST, TYPE, Nation, choose, half_up


def averages(nation: Nation, scores: pd.DataFrame, *within: str) -> pd.DataFrame:
    """The mean over metrics, where those of a weight group are first averaged among those present."""
    grain = [*TRUST, *within]
    counted = scores[scores["enters_average"].astype(bool) & (scores["cell_status"] == "scored")]
    bases = nation["score_bases"].set_index("score_basis")["weakness_order"]
    counted = counted.assign(weakness=counted["score_basis"].map(bases))
    units = counted.groupby([*grain, "weight_group_id"], as_index=False).agg(
        metrics_counted=("metric_id", "size"),
        unit_score=("averaged_score", "mean"),
        lowest_part_score=("averaged_score", "min"),
        highest_part_score=("averaged_score", "max"),
        weakness=("weakness", "max"),
    )
    return units.groupby(grain, as_index=False).agg(
        metrics_counted=("metrics_counted", "sum"),
        weight_units_counted=("unit_score", "size"),
        average=("unit_score", "mean"),
        lowest_part_score=("lowest_part_score", "min"),
        highest_part_score=("highest_part_score", "max"),
        weakness=("weakness", "max"),
    )


def completeness(nation: Nation) -> pd.DataFrame:
    """Each trust and quarter, with whether its trust type is whole."""
    types = nation["trust_type_completeness"][[*TYPE, "is_complete"]]
    return nation["trust_quarters"][[*TRUST, "trust_type_id"]].merge(types, on=TYPE)


def figures(nation: Nation, judged: pd.DataFrame, names: tuple[str, str, str, str]) -> pd.DataFrame:
    """What a score, its status and its basis are called; empty where the status is not `scored`."""
    status, unrounded, rounded, basis = names
    bases = nation["score_bases"].set_index("weakness_order")["score_basis"]
    is_scored = judged[status] == "scored"
    made = judged.assign(
        **{
            unrounded: judged["average"],
            rounded: half_up(judged["average"]),
            basis: judged["weakness"].map(bases),
        }
    )
    hidden = [unrounded, rounded, basis, "lowest_part_score", "highest_part_score"]
    made[hidden] = made[hidden].where(is_scored)
    counts = ["metrics_counted", "weight_units_counted"]
    made[counts] = made[counts].fillna(0)
    return made.drop(columns=["average", "weakness", "is_complete"])


def delivery_scores(nation: Nation, scores: pd.DataFrame) -> pd.DataFrame:
    """The average metric score of each trust and quarter."""
    judged = completeness(nation).merge(averages(nation, scores), on=TRUST, how="left")
    judged["delivery_status"] = choose(
        [(~judged["is_complete"], "incomplete"), (judged["average"].isna(), "no_metrics")], "scored"
    )
    names = ("delivery_status", "average_metric_score_unrounded", "average_metric_score", "average_basis")
    return figures(nation, judged, names)


def domain_scores(nation: Nation, cells: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """The score of each domain; in a trust type that is not whole only where its core metrics are in hand."""
    grain = [*TRUST, "domain_id"]
    core = nation["core_metrics"].merge(nation["metrics"][["metric_id"]], on="metric_id")
    core_cells = cells.merge(core, on=["trust_type_id", "metric_id"])
    in_hand = (
        core_cells.assign(is_core_in_hand=core_cells["value_number"].notna())
        .groupby(grain, as_index=False)["is_core_in_hand"]
        .all()
    )
    domains = nation["domains"]
    judged = (
        completeness(nation)
        .merge(domains.loc[domains["is_scored"].astype(bool), ["domain_id"]], how="cross")
        .merge(in_hand, on=grain, how="left")
        .merge(averages(nation, scores, "domain_id"), on=grain, how="left")
    )
    is_short = ~judged["is_complete"] & ~judged["is_core_in_hand"].eq(True)
    judged["domain_status"] = choose(
        [(is_short, "incomplete"), (judged["average"].isna(), "no_metrics")], "scored"
    )
    names = ("domain_status", "domain_score_unrounded", "domain_score", "domain_score_basis")
    return figures(nation, judged.drop(columns="is_core_in_hand"), names)
