"""A record room of invented months, made and worked on once: every step in a process of its own."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.fresh import Spent, child
from benchmarks.records.project import copy_project

KERNELS = "benchmarks.records.kernels"
MEMORY_LIMIT = "2GiB"
# Whole quarters of 180,000 rows a month: 100,440,000 rows. Fewer months try the tests themselves.
MONTHS = int(os.environ.get("NOF_SCALE_MONTHS", "558"))
# Spark on one machine gets a tenth of them.
SPARK_MONTHS = min(MONTHS, 54)


@dataclass(frozen=True)
class Scene:
    """What was done with a room of MONTHS months, in this order.

    Attributes:
        staged: all months but the newest.
        landed: the newest from a CSV, through the reader.
        newest: staged again, with it.
        values: of every quarter.
    """

    home: Path
    project: Path
    folder: Path
    staged: Spent
    landed: Spent
    newest: Spent
    values: Spent


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("scale")
    home, project = folder / "home", copy_project(folder / "project", MONTHS, MEMORY_LIMIT)
    child("benchmarks.records.rooms:make_room", str(home), 1, MONTHS - 1)
    staged = child(f"{KERNELS}:sum_rows", str(home), MEMORY_LIMIT)
    child("benchmarks.records.rooms:write_csv", str(folder / "in" / "newest.csv"), 0)
    landed = child(f"{KERNELS}:land", str(home), str(folder / "in"))
    newest = child(f"{KERNELS}:sum_rows", str(home), MEMORY_LIMIT)
    asked = {"memory_limit": MEMORY_LIMIT, "months": MONTHS, "kept": str(folder / "values.parquet")}
    values = child(f"{KERNELS}:make_values", str(home), str(project), None, asked)
    return Scene(home, project, folder, staged, landed, newest, values)
