"""Measures the drawing of likely ranges, by the models and by the kernel in turn."""

import os
from statistics import median

from benchmarks.fresh import Spent, child
from benchmarks.likely_ranges.built import build
from benchmarks.likely_ranges.same_ends import differing
from benchmarks.measured import Figure, Part, Settings, Table

RUNS = 3
WHAT = """\
Scores drawn again as [likely ranges](methodology/likely-ranges.md) tell: {ranges:,} ranges of the
bundled nation, for which {drawn:,} scores are drawn and ranked. From the units of every score in a built
database to the ends of its ranges in a table: the models `resampling_patterns`, `drawn_outcomes` and
`drawn_range_ends` as dbt compiles them, run in DuckDB without dbt; and a kernel in numpy
(`benchmarks/likely_ranges/kernel.py`: products of matrices, ranks by counting, a thread for each core,
{threads} here). Each is a whole process, in turn, {runs} times. First the kernel's ends were compared
with the models' and with `fct_likely_range` of a release, every trust: none differs.

{verdict}"""
NUMPY_QUICKER = """\
The kernel takes less processor time: the models take {times:.1f} times as much. What it saves is the
sorting: every drawn score is sorted to be ranked by a window, and the kernel counts instead. The rule
stays in SQL all the same. The models are what dbt builds, tests and describes, and what a reader of the
method can follow from seed to figure; a kernel would be the same rule written twice, for {saved:.1f} s
of processor time in a run that is made once a quarter. Where somebody draws many times as often, the
kernel is the next step, and it is here, with the proof that it agrees."""
SQL_QUICKER = """\
The models take less processor time: the kernel takes {times:.1f} times as much. They stay."""


def measure(settings: Settings) -> Part:
    """Build, go both ways, compare, and measure both in turn."""
    if settings.release is None:
        raise ValueError("The part likely_ranges needs a release of the bundled nation: --release.")
    database = str(settings.scratch / "build.duckdb")
    build(database)
    threads = os.cpu_count() or 1
    whole = child("benchmarks.likely_ranges.ways:in_sql", database, True)
    models, kernel = [], []
    for _ in range(1 if settings.is_quick else RUNS):
        models.append(child("benchmarks.likely_ranges.ways:in_sql", database, False))
        # The kernel has threads of its own, one for each group of trusts that is ranked together.
        alone = {"OPENBLAS_NUM_THREADS": "1"}
        kernel.append(child("benchmarks.likely_ranges.ways:in_numpy", database, threads, environment=alone))
    found = differing(database, str(settings.release / "nof.duckdb"))
    if not found["ranges"] or found["kernel and models"] or found["kernel and release"]:
        raise ValueError(f"The ranges are not the same: {found}.")
    slow, quick = (median(run.cpu_seconds for run in runs) for runs in (models, kernel))
    verdict = NUMPY_QUICKER if quick < slow else SQL_QUICKER
    times = max(slow, quick) / min(slow, quick)
    return Part(
        key="likely_ranges",
        title="Likely ranges, in SQL and in numpy (part d)",
        what=WHAT.format(
            ranges=found["ranges"],
            drawn=found["drawn"],
            threads=threads,
            runs=len(models),
            verdict=verdict.format(times=times, saved=slow - quick),
        ),
        figures=tuple(
            Figure(f"`{name}`", seconds, "s", "by the clock, in one run of all models of the ranges")
            for name, seconds in whole.result.items()
        ),
        tables=(_table(models, kernel),),
    )


def _table(models: list[Spent], kernel: list[Spent]) -> Table:
    def figures(runs: list[Spent]) -> tuple[float, ...]:
        seconds = [run.seconds for run in runs]
        cpu, peak = median(run.cpu_seconds for run in runs), max(run.peak_mib for run in runs)
        return (min(seconds), median(seconds), cpu, peak)

    one, other = figures(models), figures(kernel)
    return Table(
        "From units to ends",
        ("", "best, s", "median, s", "processor, median, s", "peak memory, MiB"),
        (
            ("models in DuckDB", *one),
            ("kernel in numpy", *other),
            ("times", *(slow / quick for slow, quick in zip(one, other, strict=True))),
        ),
    )
