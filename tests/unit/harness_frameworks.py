"""Copies of the project whose seeds can be changed, and runs in them: how a framework is added and tried."""

import csv
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from nof.home import Home
from nof.run import run
from nof.steps import Request

LANDED_ON = date(2026, 7, 1)
ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "frameworks" / "nof-2026-27-fixture"
IN_FORCE, DRAFT, NEXT = "nof-2025-26", "npaf-2025-26-draft", "nof-2026-27"
# What a project is to dbt and to the package, besides the seeds.
PARTS = (
    *("dbt_project.yml", "profiles.yml", "selectors.yml", "models", "macros", "expectations", "tests/dbt"),
    *("site/templates", "site/assets", "docs/methodology"),
)

Row = dict[str, str]


def copy_project(folder: Path, *, whole: bool = True) -> Path:
    """The project in a folder of its own; without `whole` the seeds alone, for what only reads them."""
    folder.mkdir(parents=True)
    for part in PARTS if whole else ("dbt_project.yml",):
        source = ROOT / part
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change_seed(project: Path, name: str, change: Callable[[list[Row]], list[Row]]) -> None:
    """Write a seed of seeds/framework anew with other rows; its columns stay."""
    path = project / "seeds" / "framework" / f"{name}.csv"
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = change(read_rows(path))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def add_fixture(project: Path) -> None:
    """Fill what is not in hand of 2026/27 with the labelled fixture, and close its gaps."""
    for path in sorted(FIXTURE.glob("*.csv")):
        added = read_rows(path)
        change_seed(project, path.stem, lambda rows, added=added: rows + added)  # type: ignore[misc]
    change_seed(project, "method_gaps", lambda rows: [row for row in rows if row["framework_id"] != NEXT])


def seeds_of_frameworks(project: Path) -> list[str]:
    """The seeds whose rows belong to a framework."""
    return [
        path.stem
        for path in sorted((project / "seeds" / "framework").glob("*.csv"))
        if path.read_text(encoding="utf-8").startswith("framework_id,")
    ]


@contextmanager
def within(project: Path) -> Iterator[None]:
    """Let the package find another project than the one it is installed from."""
    before = os.environ.get("NOF_PROJECT_DIR")
    os.environ["NOF_PROJECT_DIR"] = str(project)
    try:
        yield
    finally:
        if before is None:
            del os.environ["NOF_PROJECT_DIR"]
        else:
            os.environ["NOF_PROJECT_DIR"] = before


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """What takes half a minute to make: made by one worker, read by all; `make` is given an empty folder."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    folder = (factory.getbasetemp().parent if is_worker else factory.getbasetemp()) / f"framework-{name}"
    with FileLock(f"{folder}.lock"):
        made = folder / "made"
        if not made.exists():
            folder.mkdir()
            made.write_text(str(make(folder)), encoding="utf-8")
        return Path(made.read_text(encoding="utf-8"))


def release_under(framework_id: str, home: Path, *landing: Path, quarter_id: str | None = None) -> Path:
    """Run the whole way under a framework, as `nof run --framework` does, on a day of its own."""
    request = Request(home=Home(home), landing=landing, quarter_id=quarter_id, framework_id=framework_id)
    return run(request, today=LANDED_ON, progress=lambda _: None).release


@dataclass(frozen=True)
class Tables:
    """The tables of a release, to be asked in SQL."""

    release: Path

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query whose tables are those of the release."""
        with duckdb.connect(str(self.release / "nof.duckdb"), read_only=True) as connection:
            connection.execute("use publication")
            return connection.execute(query, list(parameters)).fetchall()

    def frameworks(self) -> set[str]:
        """Every framework that any row of any table is of."""
        names = self.ask(
            "select table_name from information_schema.columns "
            "where table_schema = 'publication' and column_name = 'framework_id'"
        )
        union = " union ".join(f"select framework_id from {name}" for (name,) in names)
        return {framework for (framework,) in self.ask(union)}


def type_7(scores: Sequence[float], share: float) -> float:
    """The quantile by linear interpolation, worked out from its definition."""
    ordered = sorted(scores)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def copy_home(release: Path, folder: Path) -> Path:
    """The home that a release is in, once more: what a run does there is of no consequence to others."""
    shutil.copytree(release.parents[2], folder, symlinks=True)
    return folder
