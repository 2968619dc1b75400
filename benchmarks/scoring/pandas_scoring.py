"""The scoring in pandas: one frame of cells, to which each rule adds columns."""

import time
from pathlib import Path

import pandas as pd

from benchmarks.scoring.pandas_averages import delivery_scores, domain_scores
from benchmarks.scoring.pandas_cells import metric_scores
from benchmarks.scoring.pandas_inputs import Nation
from benchmarks.scoring.pandas_segments import cut_points, in_one_shape, score_segments, segments
from benchmarks.scoring.pandas_values import benchmarks, value_ranks, valued


def score(nation: str, results: str | None = None) -> dict[str, float]:
    """Score a nation.

    Args:
        nation: the folder with the inputs.
        results: a folder for the results as Parquet, written after the clock has stopped.

    Returns:
        Seconds from the first input read to the last result in memory.
    """
    began = time.perf_counter()
    made = scored(Nation(Path(nation)))
    took = {"all": time.perf_counter() - began}
    if results:
        Path(results).mkdir(parents=True, exist_ok=True)
        for name, frame in made.items():
            frame.to_parquet(Path(results) / f"{name}.parquet", index=False)
    return took


def scored(nation: Nation) -> dict[str, pd.DataFrame]:
    """Every result, in memory."""
    cells = nation["metric_values"]
    scores = metric_scores(nation, cells)
    domains, wholes = domain_scores(nation, cells, scores), delivery_scores(nation, scores)
    to_cut = in_one_shape(nation, domains, wholes)
    cuts = cut_points(nation, to_cut)
    placed = score_segments(nation, to_cut, cuts)
    values = valued(nation, cells)
    return {
        "metric_scores": scores,
        "value_ranks": value_ranks(nation, values),
        "benchmarks": benchmarks(nation, values),
        "domain_scores": domains,
        "delivery_scores": wholes,
        "cut_points": cuts,
        "score_segments": placed,
        "segments": segments(nation, cells, wholes, placed),
    }
