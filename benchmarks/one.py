"""One part, in this process: `python -m benchmarks.one PART --on DAY --results DIR`; `benchmarks` runs it."""

import importlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.machine import machine
from benchmarks.measured import Settings
from benchmarks.parts import listed
from benchmarks.results_kept import Result, keep

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    part: str,
    *,
    on: Annotated[str, typer.Option()],
    results: Annotated[Path, typer.Option()],
    release: Annotated[Path | None, typer.Option()] = None,
    quick: Annotated[bool, typer.Option()] = False,
) -> None:
    """Measure, and write the result whole."""
    load = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory(prefix=f"nof-bench-{part}-") as scratch:
        settings = Settings(is_quick=quick, release=release and release.resolve(), scratch=Path(scratch))
        try:
            measured = importlib.import_module(listed(part).module).measure(settings)
        finally:
            empty(Path(scratch))
    if measured.key != part:
        raise ValueError(f"Part {part!r} calls itself {measured.key!r}.")
    typer.echo(f"{part}: {keep(Result(measured, on, machine(), load), results)}")


def empty(folder: Path) -> None:
    """Take away what a folder holds, sealed releases too, which are read-only."""
    for found, _, _ in os.walk(folder):
        Path(found).chmod(0o700)
    for held in folder.iterdir():
        if held.is_dir() and not held.is_symlink():
            shutil.rmtree(held)
        else:
            held.unlink()


if __name__ == "__main__":
    app()
