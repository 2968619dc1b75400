"""`python -m benchmarks [PART…]`: measures, each part in a process of its own, and writes its result."""

import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.measured import ROOT
from benchmarks.one import empty
from benchmarks.parts import PARTS, Listed, listed
from benchmarks.results_kept import RESULTS

QUICK_RESULTS = ROOT / "target" / "benchmarks"


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    parts: Annotated[list[str] | None, typer.Argument(help="Parts to measure; all by default.")] = None,
    *,
    quick: Annotated[
        bool, typer.Option(help="Only show that each part works; the results go to target/benchmarks/.")
    ] = False,
    release: Annotated[
        Path | None, typer.Option(help="A release of the bundled nation; made first by default.")
    ] = None,
    results: Annotated[Path | None, typer.Option(help="Another folder for the results.")] = None,
    on: Annotated[str | None, typer.Option(help="Day of measuring, YYYY-MM-DD; today by default.")] = None,
) -> None:
    """Measure, and write benchmarks/results/PART.json.

    A part that fails leaves its old result, and the command fails.
    """
    try:
        chosen = [listed(key) for key in parts] if parts else list(PARTS)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from error
    options = ["--results", str(results or (QUICK_RESULTS if quick else RESULTS))]
    options += ["--on", on or date.today().isoformat()]
    options += ["--quick"] if quick else []
    with tempfile.TemporaryDirectory(prefix="nof-bench-") as scratch:
        if release is None and any(part.reads_release for part in chosen):
            typer.echo("making a release of the bundled nation")
            release = _made(Path(scratch) / "home")
        options += ["--release", str(release)] if release else []
        failed = [part.key for part in chosen if not _measured(part, options)]
        empty(Path(scratch))
    if failed:
        typer.echo(f"Failed, and left as they were: {', '.join(failed)}", err=True)
        raise typer.Exit(1)


def _measured(part: Listed, options: list[str]) -> bool:
    """Measure one part in a process of its own; whether it worked."""
    missing = [name for name in part.needs if not _is_installed(name)]
    if missing:
        names = ", ".join(missing)
        typer.echo(f"{part.key}: not installed: {names}. `make engines` says how to get them.", err=True)
        return False
    typer.echo(f"{part.key}: measuring")
    command = [sys.executable, "-m", "benchmarks.one", part.key, *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _made(home: Path) -> Path:
    command = [sys.executable, "-m", "nof", "run", "--home", str(home)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return (home / "releases" / "current").resolve()


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    app()
