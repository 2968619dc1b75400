"""Part `records`: 100 million rows of invented extracts from landing to metric values, on two engines."""

import shutil
from pathlib import Path

from benchmarks.fresh import Spent, child
from benchmarks.measured import Part, Settings
from benchmarks.records.project import copy_project, quarter_of
from benchmarks.records.synthetic import PROVIDERS, ROWS_A_MONTH, Month
from benchmarks.records.told import Measured, told
from nof.home import Home
from nof.records import room_of

# Whole quarters. A month is of the size of April 2026, so these are 46 years: of rows, not of history.
MONTHS, QUICK_MONTHS = 558, 6
# A tenth shows the path on Spark, which takes several times the processor's time on one machine.
SPARK_MONTHS = 54
MEMORY_LIMIT = "2GiB"
_KERNELS = "benchmarks.records.kernels"


class FiguresDiffer(Exception):
    """What was measured did not come to the figures that it must come to."""


def measure(settings: Settings) -> Part:
    """Every step in a process of its own, each held to figures that are known by hand."""
    months = QUICK_MONTHS if settings.is_quick else MONTHS
    spark_months = min(months, SPARK_MONTHS)
    home, scratch = settings.scratch / "home", settings.scratch
    project = copy_project(scratch / "project", months, MEMORY_LIMIT)
    made = child("benchmarks.records.rooms:make_room", str(home), 1, months - 1)
    unlimited = _stage(home, None, months - 1)
    shutil.rmtree(room_of(Home(home)).staged)
    before = _stage(home, MEMORY_LIMIT, months - 1)

    child("benchmarks.records.rooms:write_csv", str(scratch / "in" / "newest.csv"), 0)
    landed = child(f"{_KERNELS}:land", str(home), str(scratch / "in"))
    again = child(f"{_KERNELS}:land", str(home), str(scratch / "in"))
    _same("rows landed", (landed.result["rows"], again.result["rows"]), (ROWS_A_MONTH, 0))
    newest = _stage(home, MEMORY_LIMIT, 1)

    asked_for = {"memory_limit": MEMORY_LIMIT, "months": months, "kept": str(scratch / "values.parquet")}
    values = _values(home, project, None, asked_for)
    other = {"kept": str(scratch / "other.parquet")}
    one = _values(home, project, quarter_of(Month(0).period), asked_for | other)
    free = copy_project(scratch / "free", months, None)
    unlimited_values = _values(home, free, None, asked_for | other | {"memory_limit": None})
    newest_quarter = [Month(number).period for number in range(3)]
    asked = child(f"{_KERNELS}:ask", str(home), newest_quarter).result
    every_month = [Month(number).period for number in range(months)]
    asked_of_all = child(f"{_KERNELS}:ask", str(home), every_month).result

    spark = child(
        "benchmarks.records.spark:stage_and_value",
        *(str(home), str(scratch / "spark"), spark_months),
        environment={"NOF_PROJECT_DIR": str(project)},
    )
    _same("rows that Spark summed", spark.result["rows"], ROWS_A_MONTH * spark_months)
    equal = child(
        f"{_KERNELS}:compare",
        before.result["folder"],
        str(scratch / "values.parquet"),
        str(scratch / "spark"),
    ).result
    _same("cells that differ between DuckDB and Spark", equal["differ"], 0)
    # Five parts of two groups of commissioners in a month, and two values in a quarter.
    _same("rows compared", equal["rows"], PROVIDERS * (spark_months * 10 + spark_months // 3 * 2))
    return told(
        Measured(
            months=months,
            spark_months=spark_months,
            memory_limit=MEMORY_LIMIT,
            parquet_bytes=made.result["bytes"],
            unlimited=unlimited,
            unlimited_values=unlimited_values,
            before=before,
            landed=landed,
            again=again,
            newest=newest,
            values=values,
            one=one,
            spark=spark,
            asked=asked,
            asked_of_all=asked_of_all,
            equal=equal,
        )
    )


def _stage(home: Path, memory_limit: str | None, months: int) -> Spent:
    spent = child(f"{_KERNELS}:sum_rows", str(home), memory_limit)
    _same("rows staged", spent.result["rows"], ROWS_A_MONTH * months)
    return spent


def _values(home: Path, project: Path, quarter_id: str | None, asked: dict[str, object]) -> Spent:
    spent = child(f"{_KERNELS}:make_values", str(home), str(project), quarter_id, asked)
    _same(f"values of {quarter_id or 'every quarter'} that are wrong", spent.result["wrong"], 0)
    return spent


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise FiguresDiffer(f"{what}: {found}, and not {wanted}.")
