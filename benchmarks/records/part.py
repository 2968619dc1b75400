"""Part `records`: 100 million rows of invented extracts from landing to metric values, on two engines."""

from pathlib import Path

from benchmarks.fresh import Spent, child
from benchmarks.measured import Figure, Part, Settings, Table, at_most
from benchmarks.records.project import copy_project, quarter_of
from benchmarks.records.synthetic import ROWS_A_MONTH, Month

# Whole quarters. A month is of the size of April 2026, so these are 46 years: of rows, not of history.
MONTHS, QUICK_MONTHS = 558, 6
# Spark sums about ten times more slowly on one machine: a tenth of the rows shows the path.
SPARK_MONTHS = 54
MEMORY_LIMIT = "2GiB"
_MOST_MIB = 6 * 1024
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
    before = child(f"{_KERNELS}:sum_rows", str(home), MEMORY_LIMIT)
    _same("rows staged", before.result["rows"], ROWS_A_MONTH * (months - 1))

    child("benchmarks.records.rooms:write_csv", str(scratch / "in" / "newest.csv"), 0)
    landed = child(f"{_KERNELS}:land", str(home), str(scratch / "in"))
    again = child(f"{_KERNELS}:land", str(home), str(scratch / "in"))
    _same("rows landed", (landed.result["rows"], again.result["rows"]), (ROWS_A_MONTH, 0))
    newest = child(f"{_KERNELS}:sum_rows", str(home), MEMORY_LIMIT)
    _same("rows of the new month", newest.result["rows"], ROWS_A_MONTH)

    values = _values(home, project, None, months, scratch / "values.parquet")
    one = _values(home, project, quarter_of(Month(0).period), months, scratch / "one.parquet")
    newest_quarter = [Month(number).period for number in range(3)]
    asked = child(f"{_KERNELS}:ask", str(home), newest_quarter).result
    asked_of_all = child(
        f"{_KERNELS}:ask", str(home), [Month(number).period for number in range(months)]
    ).result

    spark = child(
        "benchmarks.records.spark:stage_and_value",
        *(str(home), str(scratch / "spark"), spark_months),
        environment={"NOF_PROJECT_DIR": str(project)},
    )
    equal = child(
        f"{_KERNELS}:compare",
        before.result["folder"],
        str(scratch / "values.parquet"),
        str(scratch / "spark"),
    ).result
    _same("cells that differ between DuckDB and Spark", equal["differ"], 0)
    if not equal["rows"]:
        raise FiguresDiffer("No row was compared between DuckDB and Spark.")

    rows = ROWS_A_MONTH * months
    seconds = spark.result["seconds"]
    peak = max(each.peak_mib for each in (before, landed, newest, values, one))
    return Part(
        key="records",
        title="Record-level scale",
        what=(
            f"{rows:,} invented rows in {months} months of the size and shape of a referral to treatment "
            f"full extract ({made.result['bytes'] / 1e9:.1f} GB of Parquet), each step in a process of its "
            f"own, DuckDB with memory_limit {MEMORY_LIMIT}. Landing is the real reader, from CSV, with all "
            "its checks; the other months are written straight to Parquet. Staging reads every row once and "
            "holds treatment functions to total rows. Values are the "
            f"{values.result['values']:,} of OF0003 and OF0023 by the project's own models; every one is the "
            "one that follows from how the rows were made. All "
            f"{equal['cells']:,} cells that Spark made of the newest {spark_months} months are DuckDB's."
        ),
        figures=(
            Figure(
                "Landing, for a million rows",
                landed.seconds / ROWS_A_MONTH * 1e6,
                "s",
                "one month, with start",
            ),
            Figure("Staging, for a million rows", before.seconds / (rows - ROWS_A_MONTH) * 1e6, "s"),
            Figure("Values of every quarter, for a million rows held", values.seconds / rows * 1e6, "s"),
            Figure("Most memory of any step on DuckDB", peak, "MiB"),
            Figure("Landing the same file again", again.seconds, "s", "nothing is read or written"),
            Figure("Staging after one new month", newest.seconds, "s", f"{ROWS_A_MONTH:,} rows read"),
            Figure(
                "Spark: staging, for a million rows", seconds["staging"] / spark.result["rows"] * 1e6, "s"
            ),
            Figure("Spark: values, for a million rows", seconds["values"] / spark.result["rows"] * 1e6, "s"),
        ),
        targets=(
            at_most("100 million rows to metric values within memory", peak, _MOST_MIB, "MiB"),
            at_most(
                "Unchanged files are not staged again: rows read beside those of the new month",
                *(newest.result["rows"] - ROWS_A_MONTH, 0, "rows"),
            ),
        ),
        tables=(
            _steps(before, newest, values, one, spark),
            Table(
                "Pruning",
                ("asked for", "months taken", "rows taken", "rows held", "rows summed for it"),
                tuple(
                    (
                        name,
                        each.result["months"],
                        each.result["rows"],
                        each.result["held"],
                        each.result["read"],
                    )
                    for name, each in (("every quarter", values), ("the newest quarter", one))
                ),
                "OF0003 and OF0023 take the last month of a quarter; the others are not opened.",
            ),
            Table(
                "A question to the rows: over 52 weeks by treatment function",
                ("of", "files opened", "seconds"),
                (
                    ("the newest quarter", asked["files"], round(asked["seconds"], 2)),
                    ("every month", asked_of_all["files"], round(asked_of_all["seconds"], 2)),
                ),
            ),
        ),
    )


def _values(home: Path, project: Path, quarter_id: str | None, months: int, kept: Path) -> Spent:
    asked = {"memory_limit": MEMORY_LIMIT, "months": months, "kept": str(kept)}
    spent = child(f"{_KERNELS}:make_values", str(home), str(project), quarter_id, asked)
    _same(f"values of {quarter_id or 'every quarter'} that are wrong", spent.result["wrong"], 0)
    return spent


def _steps(before: Spent, newest: Spent, values: Spent, one: Spent, spark: Spent) -> Table:
    named = (
        ("DuckDB: staging of all but the newest month", before.result["rows"], before),
        ("DuckDB: staging of the newest month", newest.result["rows"], newest),
        ("DuckDB: values of every quarter", values.result["rows"], values),
        ("DuckDB: values of the newest quarter", one.result["rows"], one),
        ("Spark: staging and values", spark.result["rows"], spark),
    )
    return Table(
        "Steps",
        ("step", "rows", "seconds", "processor seconds", "most memory, MiB"),
        tuple(
            (name, rows, round(each.seconds, 1), round(each.cpu_seconds, 1), round(each.peak_mib))
            for name, rows, each in named
        ),
        "Rows are those that the step stands on.",
    )


def _same(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise FiguresDiffer(f"{what}: {found}, and not {wanted}.")
