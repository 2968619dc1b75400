"""Measures landing: several runs of each way in turn, so that both meet the same moods of the machine."""

import os
import shutil
import zipfile
from pathlib import Path
from statistics import median

from benchmarks.fresh import Spent, child
from benchmarks.landing.same_sums import differing, query
from benchmarks.measured import ROOT, Figure, Part, Settings, Table

RUNS = 7
WHAT = """\
The full extract of referral to treatment waiting times as NHS England publishes it, from the zip to the
rows of `landing.rtt_waits` in a build database, as `nof run` lands it: unpacked in a stream, columns
judged, each row's bands held to its totals, total rows to their treatment functions, providers to one
name, texts looked through for persons; then summed up by provider, part and group of commissioners.

Beside it the least that the same sums can cost: one query of DuckDB over the CSV, which somebody has
unzipped before and which nobody checks. Both are whole processes, start and imports included, in turn,
{runs} times each, with the files in the page cache. First the sums of both were compared: {rows:,}
landed rows, none differs."""


def measure(settings: Settings) -> Part:
    """Compare the sums, then measure both ways."""
    runs = 1 if settings.is_quick else RUNS
    inbox, csv = _extract(settings.scratch)
    ours, bare = [], []
    for run in range(runs):
        ours.append(_landed(settings.scratch, inbox, run))
        bare.append(_queried(settings.scratch, csv))
    rows, differ = differing(
        str(settings.scratch / f"landed-{runs - 1}.duckdb"), str(settings.scratch / "sums.duckdb")
    )
    if differ or not rows:
        raise ValueError(f"{differ} of {rows} landed rows are not what the query over the CSV gives.")
    return Part(
        key="landing",
        title="Landing 180,000 rows (part f)",
        what=WHAT.format(runs=runs, rows=rows),
        figures=_figures(ours, csv),
        tables=(_table(ours, bare),),
    )


def _extract(scratch: Path) -> tuple[Path, Path]:
    """A folder with the zip, and the CSV out of it, both in the scratch folder."""
    folder = Path(os.environ.get("NOF_DATA_DIR", ROOT.parent / "shared" / "data"))
    found = sorted((folder / "sources" / "referral_to_treatment").glob("*.zip"))
    if len(found) != 1:
        raise FileNotFoundError(
            f"{len(found)} zips in {folder}/sources/referral_to_treatment, and the full extract is one. "
            "Set NOF_DATA_DIR to the folder of the real files."
        )
    inbox = scratch / "inbox"
    inbox.mkdir()
    shutil.copy(found[0], inbox)
    with zipfile.ZipFile(found[0]) as archive:
        # Beside the CSV lies what the publisher's own machine put there.
        (member,) = [name for name in archive.namelist() if not name.startswith("__") and ".csv" in name]
        return inbox, Path(archive.extract(member, scratch / "unzipped"))


def _landed(scratch: Path, inbox: Path, run: int) -> Spent:
    home, database = scratch / f"home-{run}", scratch / f"landed-{run}.duckdb"
    home.mkdir()
    return child("benchmarks.landing.ways:by_landing", str(inbox), str(home), str(database))


def _queried(scratch: Path, csv: Path) -> Spent:
    database = str(scratch / "sums.duckdb")
    return child("benchmarks.landing.ways:by_query", str(csv), database, query())


def _table(ours: list[Spent], bare: list[Spent]) -> Table:
    def row(name: str, runs: list[Spent]) -> tuple[str | float, ...]:
        seconds = [run.seconds for run in runs]
        cpu = [run.cpu_seconds for run in runs]
        return (name, min(seconds), median(seconds), min(cpu), median(cpu), max(run.peak_mib for run in runs))

    def ratio(ours: list[float], bare: list[float]) -> float:
        return median(ours) / median(bare)

    return Table(
        "The whole process",
        ("", "best, s", "median, s", "processor, best, s", "processor, median, s", "peak memory, MiB"),
        (
            row("landing, from the zip", ours),
            row("a bare query, from the unzipped CSV", bare),
            (
                "times",
                min(run.seconds for run in ours) / min(run.seconds for run in bare),
                ratio([run.seconds for run in ours], [run.seconds for run in bare]),
                min(run.cpu_seconds for run in ours) / min(run.cpu_seconds for run in bare),
                ratio([run.cpu_seconds for run in ours], [run.cpu_seconds for run in bare]),
                max(run.peak_mib for run in ours) / max(run.peak_mib for run in bare),
            ),
        ),
    )


def _figures(ours: list[Spent], csv: Path) -> tuple[Figure, ...]:
    def middle(step: str) -> float:
        return float(median(run.result[step] for run in ours))

    rows = ours[0].result["rows"]
    return (
        Figure("rows of the extract", rows, "rows", f"{csv.stat().st_size:,} bytes unzipped"),
        Figure("importing", middle("importing"), "s", "DuckDB, numpy, pyarrow and the readers; median"),
        Figure("reading and judging", middle("reading"), "s", "from the zip to rows of text; median"),
        Figure(
            "writing", middle("writing"), "s", "every landing table of the build, most of them empty; median"
        ),
        Figure("a million rows", middle("reading") / rows * 1e6, "s", "reading and judging"),
    )
