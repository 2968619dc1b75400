"""The scoring in polars, lazily: one frame of cells, to which each rule adds columns."""

import time
from pathlib import Path

import polars as pl

from benchmarks.scoring.polars_averages import delivery_scores, domain_scores
from benchmarks.scoring.polars_cells import metric_scores
from benchmarks.scoring.polars_inputs import Nation
from benchmarks.scoring.polars_segments import cut_points, score_segments, segments
from benchmarks.scoring.polars_values import benchmarks, value_ranks


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
            frame.write_parquet(Path(results) / f"{name}.parquet")
    return took


def scored(nation: Nation) -> dict[str, pl.DataFrame]:
    """Every result, in memory. What several results are made of is made once."""
    cells = nation["metric_values"].collect().lazy()
    scores = metric_scores(nation, cells).collect()
    domains, wholes = pl.collect_all(
        [domain_scores(nation, cells, scores.lazy()), delivery_scores(nation, scores.lazy())]
    )
    cuts = cut_points(nation, domains.lazy(), wholes.lazy()).collect()
    placed = score_segments(nation, domains.lazy(), wholes.lazy(), cuts.lazy()).collect()
    ranks, quartiles, overall = pl.collect_all(
        [
            value_ranks(nation, cells),
            benchmarks(nation, cells),
            segments(nation, cells, wholes.lazy(), placed.lazy()),
        ]
    )
    return {
        "metric_scores": scores,
        "value_ranks": ranks,
        "benchmarks": quartiles,
        "domain_scores": domains,
        "delivery_scores": wholes,
        "cut_points": cuts,
        "score_segments": placed,
        "segments": overall,
    }
