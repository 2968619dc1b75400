"""Parts b and c: what scoring costs as the nation grows, and what the same costs in polars and in pandas."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh import Spent, child
from benchmarks.measured import Figure, Part, Settings, Table, at_least, at_most
from benchmarks.scoring.equal import compare
from benchmarks.scoring.nation import SIZES, build_bundled
from benchmarks.scoring.rooms import BUILT

MANY, MOST = 100, 1000
# DuckDB takes what it is given: with these it stays under the 8 GiB that it is allowed, and spills.
ROOM, LITTLE_ROOM = "5GiB", "2GiB"
# Two threads for everybody; numpy and Arrow follow the same variables.
THREADS = {"POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2", "ARROW_NUM_THREADS": "2"}
_HERE = "benchmarks.scoring"


@dataclass(frozen=True)
class Work:
    """The folders of a measurement."""

    scratch: Path

    @property
    def built(self) -> str:
        """The bundled nation, built, and the compiled queries."""
        return str(self.scratch / "built")

    def nation(self, times: int) -> str:
        """The inputs of a nation."""
        return str(self.scratch / f"nation-{times}")


def measure(settings: Settings) -> Part:
    """Score nations of all sizes in fresh processes; no figure where the ways differ."""
    work = Work(settings.scratch)
    Path(work.built).mkdir()
    child(f"{_HERE}.part:build", work.built)
    small = [times for times in SIZES if times <= (10 if settings.is_quick else MANY)]
    cells: dict[int, int] = {}
    spent: dict[tuple[str, int], Spent] = {}
    compared: dict[int, int] = {}
    for times in small:
        cells[times] = child(f"{_HERE}.part:nation", work.built, times, work.nation(times)).result
        for who in ("duckdb", "polars", "pandas"):
            spent[who, times] = _scored(work, who, times)
        compared[times] = _same(work, times, ("polars", "pandas"))
    figures = [_figure(who, times, each) for (who, times), each in spent.items()]
    tables = [_table(spent, cells)]
    what = _what(compared)
    if settings.is_quick:
        return Part(
            "scoring", "Scoring, by size and beside data frames", what, tuple(figures), (), tuple(tables)
        )
    cells[MOST] = child(f"{_HERE}.part:nation", work.built, MOST, work.nation(MOST)).result
    grown = {times: _on_disk(work, times, ROOM) for times in (10, MOST)}
    little = _on_disk(work, MOST, LITTLE_ROOM)
    figures += [_figure(f"duckdb, database file, {ROOM}", times, each) for times, each in grown.items()]
    figures += [
        _figure(f"duckdb, database file, {LITTLE_ROOM}", MOST, little),
        Figure(f"spilled at {MOST} times with {LITTLE_ROOM}", little.result["spilled_mib"], "MiB"),
        Figure(f"spilled at {MOST} times with {ROOM}", grown[MOST].result["spilled_mib"], "MiB"),
    ]
    own = spent["duckdb", MANY].result["all"]
    rows = cells[MOST] / cells[10]
    many_columns = (
        "The models keep 15 tables, with the evidence beside each figure, and their keys are text: joining "
        "and writing wide rows by four text keys takes more than ranking does."
    )
    number_keys = (
        "Identifiers as numbers inside models/scoring, and one table of scored cells in the place of three."
    )
    targets = (
        at_most(
            "at 100 times faster than polars, with identifiers as categories there",
            own / spent["polars", MANY].result["all"],
            1.0,
            "times polars' seconds",
            reason=many_columns,
            next_step=number_keys,
        ),
        at_least(
            "at 100 times at least 6 times faster than pandas",
            spent["pandas", MANY].result["all"] / own,
            6.0,
            "times",
            reason=f"{many_columns} pandas 3 keeps text in Arrow, and is far quicker than it was.",
            next_step=number_keys,
        ),
        at_most(
            "from 10 to 1,000 times no more than in proportion to the cells",
            grown[MOST].result["all"] / grown[10].result["all"] / rows,
            1.0,
            "of proportional",
            reason="What is larger than the memory given is written and read again.",
            next_step=number_keys,
        ),
        at_most(
            f"peak memory at 1,000 times under 8 GiB (memory_limit {ROOM})",
            grown[MOST].peak_mib,
            8 * 1024,
            "MiB",
            reason="DuckDB counts its buffers, not all that it takes.",
            next_step="A lower memory_limit.",
        ),
        at_least(
            f"with memory_limit {LITTLE_ROOM} 1,000 times is finished, by spilling",
            little.result["spilled_mib"],
            1.0,
            "MiB spilled",
            reason="Nothing had to be spilled.",
            next_step="A lower memory_limit.",
        ),
    )
    return Part(
        "scoring", "Scoring, by size and beside data frames", what, tuple(figures), targets, tuple(tables)
    )


def build(folder: str) -> None:
    """`build_bundled` in a process of its own: dbt's memory is not the benchmark's."""
    build_bundled(Path(folder))


def nation(built: str, times: int, target: str) -> int:
    """`make_nation`, with plain values."""
    from benchmarks.scoring.nation import make_nation  # noqa: PLC0415 - the name of this function

    return make_nation(Path(built), times, Path(target))


def keep(built: str, nation_folder: str, database: str) -> None:
    """The figures of the project's SQL in a database file, for comparison."""
    from benchmarks.scoring.duckdb_scoring import score  # noqa: PLC0415 - loaded where it runs

    score(built, nation_folder, database, None, True)


def _scored(work: Work, who: str, times: int) -> Spent:
    if who == "duckdb":
        folder = work.scratch / f"duckdb-{times}"
        return child(f"{_HERE}.duckdb_scoring:score", work.built, work.nation(times), str(folder))
    return child(f"{_HERE}.{who}_scoring:score", work.nation(times), None, environment=THREADS)


def _on_disk(work: Work, times: int, memory_limit: str) -> Spent:
    folder = work.scratch / "on-disk"
    found = child(
        f"{_HERE}.duckdb_scoring:score", work.built, work.nation(times), str(folder), memory_limit, True
    )
    shutil.rmtree(folder)
    return found


def _same(work: Work, times: int, contestants: tuple[str, ...]) -> int:
    """Score once more, to files, and compare; how many cells were the same."""
    own, theirs = work.scratch / "own", work.scratch / "theirs"
    child(f"{_HERE}.part:keep", work.built, work.nation(times), str(own))
    total = 0
    for who in contestants:
        child(f"{_HERE}.{who}_scoring:score", work.nation(times), str(theirs), environment=THREADS)
        total += compare(own / BUILT, theirs, who)
        shutil.rmtree(theirs)
    shutil.rmtree(own)
    return total


def _figure(who: str, times: int, spent: Spent) -> Figure:
    note = f"{spent.cpu_seconds:.2f} s of processor, {spent.peak_mib:,.0f} MiB at most, imports included"
    return Figure(f"{who}, {times:,} times", spent.result["all"], "s", note)


def _table(spent: dict[tuple[str, int], Spent], cells: dict[int, int]) -> Table:
    sizes = sorted({times for _, times in spent})
    rows = tuple(
        (
            f"{times:,}",
            f"{cells[times]:,}",
            *(round(spent[who, times].result["all"], 2) for who in ("duckdb", "polars", "pandas")),
            *(round(spent[who, times].peak_mib) for who in ("duckdb", "polars", "pandas")),
        )
        for times in sizes
    )
    columns = ("times", "cells", "SQL, s", "polars, s", "pandas, s", "SQL, MiB", "polars, MiB", "pandas, MiB")
    return Table("Scoring in SQL, polars and pandas", columns, rows, "In memory, two threads.")


def _what(compared: dict[int, int]) -> str:
    same = ", ".join(f"{count:,} at {times:,} times" for times, count in compared.items())
    return (
        "From metric values, what is known of trusts and quarters, and the method, as Parquet files, to "
        "metric scores, value ranks, benchmarks, domain scores, the average, cut points, and segments "
        "with override, programme and league rank. The clock starts before the first file is read and "
        "stops when the last result is a table or a frame; two threads for all, each in a process of its "
        "own. DuckDB runs the project's own compiled SQL, a table for each model, with "
        "preserve_insertion_order off: beside polars and pandas in memory, as they are; for growth and "
        "for little memory in a database file, with a temporary folder. The SQL also writes out why an "
        "override is set, and what a figure came from, which the others leave away. polars and pandas "
        "know no early view of a quarter. A nation of N times has more trusts in every pool and more "
        "quarters, with values of their own. "
        f"First compared: figures of polars and of pandas that are the project's: {same}."
    )
