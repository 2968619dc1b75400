"""Parts b and c: what scoring costs as the nation grows, and what the same costs in polars and in pandas."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fresh import Spent, child
from benchmarks.measured import Figure, Part, Settings, Table
from benchmarks.scoring.equal import NotEqual, compare
from benchmarks.scoring.nation import SIZES, build_bundled
from benchmarks.scoring.rooms import BUILT
from benchmarks.scoring.targets import LITTLE_ROOM, MANY, MOST, ROOM, scored_targets

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
    categories = _with_categories(work)
    figures += [
        _figure("duckdb, identifiers as categories", MANY, categories),
        Figure(
            "duckdb, its tables written once more as they are",
            spent["duckdb", MANY].result["copied"],
            "s",
            f"at {MANY:,} times, after the clock has stopped: what writing alone costs",
        ),
    ]
    cells[MOST] = child(f"{_HERE}.part:nation", work.built, MOST, work.nation(MOST)).result
    grown = {times: _on_disk(work, times, ROOM) for times in (10, MOST)}
    little = _on_disk(work, MOST, LITTLE_ROOM)
    figures += [_figure(f"duckdb, database file, {ROOM}", times, each) for times, each in grown.items()]
    figures += [
        _figure(f"duckdb, database file, {LITTLE_ROOM}", MOST, little),
        Figure(f"spilled at {MOST} times with {LITTLE_ROOM}", little.result["spilled_mib"], "MiB"),
        Figure(f"spilled at {MOST} times with {ROOM}", grown[MOST].result["spilled_mib"], "MiB"),
    ]
    held = {who: spent[who, MANY] for who in ("duckdb", "polars", "pandas")}
    held |= {"categories": categories, "10": grown[10], "most": grown[MOST], "little": little}
    targets = scored_targets(held, cells[MOST] / cells[10])
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

    score(built, nation_folder, database, None, ("file",))


def differing(built: str, nation_folder: str, work: str) -> int:
    """Rows of any result that categories change."""
    from benchmarks.scoring.duckdb_scoring import differing_with_categories  # noqa: PLC0415 - as above

    return differing_with_categories(built, nation_folder, work)


def _scored(work: Work, who: str, times: int) -> Spent:
    if who == "duckdb":
        folder = work.scratch / f"duckdb-{times}"
        return child(f"{_HERE}.duckdb_scoring:score", work.built, work.nation(times), str(folder))
    return child(f"{_HERE}.{who}_scoring:score", work.nation(times), None, environment=THREADS)


def _on_disk(work: Work, times: int, memory_limit: str) -> Spent:
    folder = work.scratch / "on-disk"
    found = child(
        f"{_HERE}.duckdb_scoring:score", work.built, work.nation(times), str(folder), memory_limit, ["file"]
    )
    shutil.rmtree(folder)
    return found


def _with_categories(work: Work) -> Spent:
    """Identifiers as polars has them; no figure where one of them differs."""
    scratch = work.scratch / "categories"
    differing_rows = child(f"{_HERE}.part:differing", work.built, work.nation(MANY), str(scratch)).result
    if differing_rows:
        raise NotEqual(f"With identifiers as categories {differing_rows} rows differ.")
    shutil.rmtree(scratch)
    arguments = (work.built, work.nation(MANY), str(scratch), None, ["categories"])
    return child(f"{_HERE}.duckdb_scoring:score", *arguments)


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
