"""Measures whole runs: each in a process of its own, with the manifest of dbt not kept and kept."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.fresh import Spent, child
from benchmarks.measured import ROOT, Figure, Part, Settings, Table, Target, at_most
from benchmarks.run.whole import COMPANIONS
from nof.manifests import forget_manifest

SITE = "Site"
MOST_OF_BARE, MOST_OF_FULL = 2.0, 0.25
WHAT = """\
`nof run` on the bundled nation, from a fresh process to the summary on the screen: every quarter landed,
{nodes} nodes built and tested by dbt, both gates, the release in every format, companions, site, promotion.
The split is the run's own: what it says as each step begins, with a clock held to it. Cold is without a
kept manifest of dbt, so that the project is parsed; warm is with one, as every run but the first after a
change of the code. The page cache is as it is.

Beside it the same {nodes} nodes by one `dbtRunner` in a process of its own: one `build` of everything,
publication too (where a run has its gate, the gate's record is put in), cold without and warm with dbt's
own file for partial parsing. A run is compared without its companions and its site, which are listed; the
loading of Great Expectations ({ge:.1f} s alone) goes on while dbt builds, and is in the run's time.

Then the same run again with nothing changed, on the bundled nation and on NHS England's {files} files."""


class Pair(NamedTuple):
    """A run, and the same again with nothing changed."""

    full: Spent
    again: Spent


def measure(settings: Settings) -> Part:
    """Measure the runs, the bare builds, and what comes of a run without anything new."""
    scratch = settings.scratch
    forget_manifest("build")
    cold = None if settings.is_quick else _run(scratch / "cold", [])
    warm_home = scratch / "warm"
    warm = _run(warm_home, [])
    bundled = Pair(warm, _again(warm_home, []))
    if settings.is_quick:
        return Part("run", TITLE, "Only whether it works.", _figures(bundled, None, {}, None))
    assert cold is not None
    bare = _bare(scratch, warm)
    folders = _real_folders()
    real_home = scratch / "real"
    real = Pair(_run(real_home, folders), _again(real_home, folders))
    loading = child("benchmarks.run.whole:load_great_expectations").result
    return Part(
        key="run",
        title=TITLE,
        what=WHAT.format(
            nodes=len(warm.result["nodes"]),
            ge=loading["seconds"],
            files=sum(len(list(Path(each).iterdir())) for each in folders),
        ),
        figures=_figures(bundled, real, bare, loading),
        targets=_targets(cold, bundled, real, bare),
        tables=(_table(cold, warm),),
    )


TITLE = "`nof run` on the bundled nation (part a)"


def _run(home: Path, folders: list[str]) -> Spent:
    spent = child("benchmarks.run.whole:run", str(home), folders)
    if not spent.result["is_new"]:
        raise ValueError(f"The run in {home} released nothing new: it is no whole run.")
    return spent


def _again(home: Path, folders: list[str]) -> Spent:
    spent = child("benchmarks.run.whole:run", str(home), folders)
    if spent.result["is_new"]:
        raise ValueError(f"The second run in {home} released something, and nothing had changed.")
    return spent


def _bare(scratch: Path, run: Spent) -> dict[str, Spent]:
    """The bare build twice, dbt's own parse kept in between; both build what the run has built."""
    built = {}
    for name in ("cold", "warm"):
        database = child("benchmarks.run.bare:land", str(scratch / f"bare-{name}")).result
        spent = child("benchmarks.run.bare:build", database, str(scratch / "dbt"))
        differ = set(spent.result["nodes"]) ^ set(run.result["nodes"])
        if differ or not spent.result["nodes"]:
            raise ValueError(
                f"The run and the bare build differ in {len(differ)} nodes: {sorted(differ)[:5]}"
            )
        built[name] = spent
    return built


def _real_folders() -> list[str]:
    folder = Path(os.environ.get("NOF_DATA_DIR", ROOT.parent / "shared" / "data"))
    folders = [*sorted(folder.glob("nof_*")), *sorted((folder / "sources").glob("*"))]
    if len(folders) < 2:
        raise FileNotFoundError(
            f"{folder} holds no published files. Set NOF_DATA_DIR to the folder of the real files."
        )
    return [str(each) for each in folders]


def _core(run: Spent) -> tuple[float, float]:
    """Seconds and processor seconds of a run without its companions and its site."""
    beside = [
        (seconds, cpu)
        for name, seconds, cpu, is_companion in run.result["steps"]
        if is_companion or name in (COMPANIONS, SITE)
    ]
    return run.seconds - sum(each[0] for each in beside), run.cpu_seconds - sum(each[1] for each in beside)


def _targets(cold: Spent, bundled: Pair, real: Pair, bare: dict[str, Spent]) -> tuple[Target, ...]:
    runs = {"cold": cold, "warm": bundled.full}
    too_long = {
        "reason": "What is not dbt has grown: gates, release and promotion are more than dbt's own time.",
        "next_step": "See in the table which step, and take it out.",
    }
    return (
        *(
            at_most(
                f"a run without companions and site, {name}, to the bare build",
                _core(runs[name])[0] / bare[name].seconds,
                MOST_OF_BARE,
                "times",
                **too_long,
            )
            for name in runs
        ),
        *(
            at_most(
                f"a run with nothing changed, {what}, of the full run",
                pair.again.seconds / pair.full.seconds,
                MOST_OF_FULL,
                "of it",
                reason="Start-up and the hashing of what is landed have grown.",
                next_step="See which import or hash, and take it out.",
            )
            for what, pair in (("bundled nation", bundled), ("real files", real))
        ),
    )


def _figures(
    bundled: Pair, real: Pair | None, bare: dict[str, Spent], loading: dict[str, float] | None
) -> tuple[Figure, ...]:
    def figure(name: str, spent: Spent) -> Figure:
        note = f"{spent.cpu_seconds:.1f} processor seconds, {spent.peak_mib:.0f} MiB"
        return Figure(name, round(spent.seconds, 2), "s", note)

    figures = [
        figure("bundled nation, warm", bundled.full),
        figure("bundled nation, nothing changed", bundled.again),
    ]
    if real:
        figures += [figure("real files", real.full), figure("real files, nothing changed", real.again)]
    figures += [figure(f"bare dbt build, {name}", spent) for name, spent in bare.items()]
    if loading:
        note = f"{loading['cpu_seconds']:.1f} processor seconds; in a run while dbt builds"
        figures.append(Figure("loading Great Expectations alone", round(loading["seconds"], 2), "s", note))
    return tuple(figures)


def _table(cold: Spent, warm: Spent) -> Table:
    def steps(run: Spent) -> dict[str, tuple[float, float, bool]]:
        told: list[Any] = run.result["steps"]
        return {name: (seconds, cpu, is_companion) for name, seconds, cpu, is_companion in told}

    both = {name: (steps(cold)[name], each) for name, each in steps(warm).items()}
    rows: list[tuple[str | float | int, ...]] = [
        (
            f"— {name}" if last[2] else name,
            *(round(part, 2) for one in (first, last) for part in one[:2]),
        )
        for name, (first, last) in both.items()
    ]
    for name, of in (
        ("process, beside the steps", _beside),
        ("whole process", lambda run: (run.seconds, run.cpu_seconds)),
        ("without companions and site", _core),
    ):
        rows.append((name, *(round(part, 2) for run in (cold, warm) for part in of(run))))
    columns = ("step", "cold, s", "cold, processor s", "warm, s", "warm, processor s")
    return Table("Where the time goes", columns, tuple(rows))


def _beside(run: Spent) -> tuple[float, float]:
    told = run.result["steps"]
    return run.seconds - sum(each[1] for each in told), run.cpu_seconds - sum(each[2] for each in told)
