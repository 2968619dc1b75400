"""What the part `records` measured, as its section of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.fresh import Spent
from benchmarks.measured import Figure, Part, Table, Target, at_least, at_most
from benchmarks.records.synthetic import DIFFERENT_MONTHS, ROWS_A_MONTH

_MOST_MIB, _MOST_ROWS = 6 * 1024, 100_000_000
WHAT = """\
{rows:,} invented rows in {months} months of the size and shape of a referral to treatment full extract
({gigabytes:.1f} GB of Parquet; {different} months differ, the others repeat them), each step in a process of
its own, DuckDB with memory_limit {memory_limit} and once with its own limit, four fifths of the memory.
Landing is the real reader, from CSV, with all its checks, of one month; the others are written straight to
Parquet. Staging reads every row once and holds treatment functions to total rows. Values are the {values:,}
of OF0003 and OF0023 by the project's own models; every one is the one that follows from how the rows were
made. Spark has two cores in one session, and {spark_months} months of them, with 3 GiB for its Java machine.
All {cells:,} cells of sums and values that it made are DuckDB's."""


@dataclass(frozen=True)
class Measured:
    """Every step, and what was asked of it.

    Attributes:
        months, spark_months: how many there were for each engine.
        memory_limit: of DuckDB, but in what is `unlimited`.
        parquet_bytes: of all rows but those of the newest month.
        before, newest: staging of all but the newest month, and of that one.
        unlimited, unlimited_values: `before` and `values` without `memory_limit`.
        landed, again: the newest month from its CSV, and once more.
        values, one: of every quarter, and of the newest.
        spark: sums and values in one session.
        asked, asked_of_all: a question to the rows of a quarter, and of every month.
        equal: what was compared between the engines.
    """

    months: int
    spark_months: int
    memory_limit: str
    parquet_bytes: int
    unlimited: Spent
    unlimited_values: Spent
    before: Spent
    landed: Spent
    again: Spent
    newest: Spent
    values: Spent
    one: Spent
    spark: Spent
    asked: dict[str, Any]
    asked_of_all: dict[str, Any]
    equal: dict[str, int]

    @property
    def rows(self) -> int:
        """In the room."""
        return ROWS_A_MONTH * self.months

    @property
    def peak_mib(self) -> float:
        """The most memory of a step on DuckDB that had a limit."""
        return max(each.peak_mib for each in (self.before, self.landed, self.newest, self.values, self.one))


def told(measured: Measured) -> Part:
    """The section."""
    return Part(
        key="records",
        title="Record-level scale",
        what=WHAT.format(
            rows=measured.rows,
            months=measured.months,
            gigabytes=measured.parquet_bytes / 1e9,
            different=min(DIFFERENT_MONTHS, measured.months),
            memory_limit=measured.memory_limit,
            values=measured.values.result["values"],
            spark_months=measured.spark_months,
            cells=measured.equal["cells"],
        ),
        figures=tuple(_figures(measured)),
        targets=_targets(measured),
        tables=(_steps(measured), _pruning(measured), _questions(measured)),
    )


def _figures(measured: Measured) -> Iterator[Figure]:
    staged = measured.rows - ROWS_A_MONTH
    for name, staging, values in (
        (f"DuckDB, {measured.memory_limit}", measured.before, measured.values),
        ("DuckDB, its own limit", measured.unlimited, measured.unlimited_values),
    ):
        seconds = (staging.seconds / staged + values.seconds / measured.rows) * 1e6
        cpu = (staging.cpu_seconds / staged + values.cpu_seconds / measured.rows) * 1e6
        yield Figure(f"{name}: rows to values, a million rows", seconds, "s", _processor(cpu))
    millions = measured.spark.result["rows"] / 1e6
    yield Figure(
        "Spark: rows to values, a million rows",
        *(measured.spark.seconds / millions, "s", _processor(measured.spark.cpu_seconds / millions)),
    )
    millions = ROWS_A_MONTH / 1e6
    yield Figure(
        "Landing from CSV, a million rows",
        *(measured.landed.seconds / millions, "s", _processor(measured.landed.cpu_seconds / millions)),
    )
    yield Figure("Landing the same file again", measured.again.seconds, "s", "nothing is read or written")
    yield Figure("Most memory of a step on DuckDB with the limit", measured.peak_mib, "MiB")
    yield Figure("Most memory of Spark's Java machine", measured.spark.peak_mib, "MiB")


def _processor(seconds: float) -> str:
    return f"{seconds:.2f} processor seconds"


def _targets(measured: Measured) -> tuple[Target, ...]:
    spark = measured.spark.result
    minutes = spark["cpu_seconds"]["staging"] / spark["rows"] * _MOST_ROWS / 60
    return (
        at_least("rows to metric values on DuckDB", measured.rows, _MOST_ROWS, "rows"),
        at_least(
            "the same on Spark on this machine",
            *(spark["rows"], _MOST_ROWS, "rows"),
            reason=f"Spark was given {measured.spark_months} of {measured.months} months: at what staging of "
            f"these took, all would take it {minutes:.0f} processor minutes.",
            next_step="`SPARK_MONTHS` in `benchmarks/records/part.py` made `MONTHS`, on a machine that is "
            "doing nothing else. It works on 5 million rows at a time, so that memory does not stand in the "
            "way.",
        ),
        at_most("within memory, on DuckDB", measured.peak_mib, _MOST_MIB, "MiB"),
        at_most("rows of DuckDB and Spark that differ", measured.equal["differ"], 0, "rows"),
        at_most(
            "unchanged files are not staged again: rows read beside those of the new month",
            *(measured.newest.result["rows"] - ROWS_A_MONTH, 0, "rows"),
        ),
    )


def _steps(measured: Measured) -> Table:
    limited, spark = f"DuckDB, {measured.memory_limit}", measured.spark.result
    steps: list[tuple[str, int, float, float, float | None]] = [
        (name, rows, spent.seconds, spent.cpu_seconds, spent.peak_mib)
        for name, rows, spent in (
            ("landing of one month", ROWS_A_MONTH, measured.landed),
            (f"{limited}: staging of the other months", measured.before.result["rows"], measured.before),
            (f"{limited}: staging of one new month", measured.newest.result["rows"], measured.newest),
            (f"{limited}: values of every quarter", measured.rows, measured.values),
            (f"{limited}: values of the newest quarter", measured.one.result["rows"], measured.one),
            ("DuckDB: staging of the other months", measured.unlimited.result["rows"], measured.unlimited),
            ("DuckDB: values of every quarter", measured.rows, measured.unlimited_values),
        )
    ]
    steps += [
        (f"Spark: {step}", spark["rows"], spark["seconds"][step], spark["cpu_seconds"][step], None)
        for step in ("start", "staging", "values")
    ]
    whole = measured.spark
    steps.append(("Spark: whole process", spark["rows"], whole.seconds, whole.cpu_seconds, whole.peak_mib))
    return Table(
        "Steps",
        ("step", "rows", "s", "processor, s", "s, a million", "processor s, a million", "most memory, MiB"),
        tuple(
            (
                *(name, rows, round(seconds, 1), round(cpu, 1)),
                *(round(seconds / rows * 1e6, 2), round(cpu / rows * 1e6, 2)),
                "" if peak is None else round(peak),
            )
            for name, rows, seconds, cpu, peak in steps
        ),
        "Rows are those that the step stands on; the sums of staging are what values are made from.",
    )


def _pruning(measured: Measured) -> Table:
    named = (("every quarter", measured.values.result), ("the newest quarter", measured.one.result))
    return Table(
        "Pruning",
        ("asked for", "months taken", "rows taken", "rows held", "rows summed for it"),
        tuple((name, each["months"], each["rows"], each["held"], each["read"]) for name, each in named),
        "OF0003 and OF0023 take the last month of a quarter; the others are not opened.",
    )


def _questions(measured: Measured) -> Table:
    named = (("the newest quarter", measured.asked), ("every month", measured.asked_of_all))
    return Table(
        "A question to the rows: over 52 weeks by treatment function",
        ("of", "files opened", "s"),
        tuple((name, each["files"], round(each["seconds"], 2)) for name, each in named),
    )
