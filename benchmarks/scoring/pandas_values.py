"""What is said of values in pandas: ranks and quartiles within the trust type (rules 4)."""

import pandas as pd

from benchmarks.scoring.pandas_inputs import CELL, TYPE, Nation, choose, half_up

GROUP = [*TYPE, "metric_id"]


def valued(nation: Nation, cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with a number, and whether the trust type of each is whole."""
    has_value = (cells["cell_status"] == "scored") & cells["value_number"].notna()
    types = nation["trust_type_completeness"][[*TYPE, "is_complete"]]
    columns = [*CELL, "trust_type_id", "value_number", "published_rank"]
    return cells.loc[has_value, columns].merge(types, on=TYPE)


def value_ranks(nation: Nation, values: pd.DataFrame) -> pd.DataFrame:
    """A trust's place by its value: the published one first, its own only in a whole type."""
    found = values.merge(nation["metrics"][["metric_id", "polarity"]], on="metric_id")
    value, published = found["value_number"], found["published_rank"]
    groups = value.where(found["polarity"] == "lower", -value).groupby([found[name] for name in GROUP])
    found["rank_by_value"] = groups.rank(method="min")
    found["trusts_ranked"] = groups.transform("size")
    found["value_rank"] = published.fillna(found["rank_by_value"].where(found["is_complete"]))
    found["value_rank_origin"] = choose(
        [(published.notna(), "published_rank"), (found["is_complete"], "value")]
    )
    return found[[*CELL, "value_rank", "rank_by_value", "trusts_ranked", "value_rank_origin"]]


def benchmarks(nation: Nation, values: pd.DataFrame) -> pd.DataFrame:
    """Quartiles of the values, lower and upper by number, to 2 dp."""
    groups = values.groupby(GROUP)["value_number"]
    made = groups.size().to_frame("trusts_counted")
    for row in nation["benchmark_quantiles"].itertuples():
        made[f"{row.benchmark_id}_value"] = half_up(groups.quantile(row.quantile))
    made = made.reset_index().merge(nation["trust_type_completeness"][[*TYPE, "is_complete"]], on=TYPE)
    made["benchmark_basis"] = choose([(made["is_complete"], "computed")], "computed_partial_pool")
    return made.drop(columns="is_complete")
