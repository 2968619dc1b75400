"""The same path on Spark, in one session on this machine: rows summed, held to totals, and made values of.

Run with what `make engines` installs. The SQL of the sums is macros/records.sql for Spark; the values are
built by dbt with the same models and the profile that every build on Spark has.
"""

import os
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nof.home import Home
from nof.landing.columns import LANDING_TABLES
from nof.landing.lookups import read_lookups
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.records.build import counted_in_terms
from nof.records.manifest import Partition, current, read_manifest
from nof.records.room import room_of
from nof.records.sql import record_macros
from nof.records.stage import COUNTS, exclusions_of, find_faults, sums_sql

# Two years at a time.
_MOST_ROWS_AT_ONCE = 5_000_000
_SETTINGS = {
    # 0123456789ab is a text, and 012345678901 is one too.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # An extract is wider than what Spark compiles, or reads in batches, by default.
    "spark.sql.codegen.maxFields": "400",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.sources.default": "parquet",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "3g",
    # The loop over 108 sums is a long method, which the Java machine would else leave uncompiled.
    "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods",
}


def stage_and_value(root: str, folder: str, months: int) -> dict[str, Any]:
    """Sum the current extracts of a home's room, and build the metric values of them.

    Args:
        root: the home.
        folder: for the session's warehouse, the sums (`sums/`) and the values (`values/`), as Parquet.
        months: of the newest so many.

    Returns:
        Rows summed, and `seconds` and `cpu_seconds` of each step.
    """
    scratch, room = Path(folder), room_of(Home(Path(root)))
    held = list(current(read_manifest(room)).values())[-months:]
    exclusions = exclusions_of(read_lookups())
    clock = _Clock()
    session = _session(scratch / "warehouse")
    clock.stop("start", session)
    for number, batch in enumerate(_batches(held)):
        _stage(session, room.rows, scratch / "sums", batch, exclusions, is_first=number == 0)
    clock.stop("staging", session)
    _build_values(session, scratch, held)
    clock.stop("values", session)
    session.stop()
    return {
        "rows": sum(each.row_count for each in held),
        "seconds": clock.seconds,
        "cpu_seconds": clock.cpu_seconds,
    }


class _Clock:
    """Seconds and processor seconds of each step, those of the Java machine with those of this process."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}
        self._began, self._cpu_began = time.perf_counter(), time.process_time()

    def stop(self, step: str, session: Any) -> None:
        java = session._jvm.java.lang.ProcessHandle.current().info().totalCpuDuration().get().toMillis()
        now, cpu_now = time.perf_counter(), time.process_time() + java / 1000
        self.seconds[step], self.cpu_seconds[step] = now - self._began, cpu_now - self._cpu_began
        self._began, self._cpu_began = now, cpu_now


def _session(warehouse: Path) -> Any:
    # Only where Spark is installed.
    from pyspark.sql import SparkSession  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415

    shutil.rmtree(warehouse, ignore_errors=True)
    builder = SparkSession.builder.master("local[2]").config("spark.sql.warehouse.dir", str(warehouse))
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _batches(partitions: Sequence[Partition]) -> list[list[Partition]]:
    batches: list[list[Partition]] = [[]]
    for each in partitions:
        if sum(other.row_count for other in batches[-1]) + each.row_count > _MOST_ROWS_AT_ONCE:
            batches.append([])
        batches[-1].append(each)
    return [batch for batch in batches if batch]


def _stage(
    session: Any,
    rows: Path,
    folder: Path,
    batch: Sequence[Partition],
    exclusions: Sequence[Mapping[str, str]],
    *,
    is_first: bool,
) -> None:
    macros = record_macros("spark")
    sums = session.sql(sums_sql(macros, rows, batch, exclusions)).persist()
    sums.createOrReplaceTempView("sums")
    found = session.sql(macros["sums_in_hand"]("sums", COUNTS)).collect()
    faults = find_faults(batch, {row[0]: tuple(row)[1:] for row in found})
    if faults:
        raise ValueError("\n".join(faults))
    staged = session.sql(macros["staged_sums"]("sums", COUNTS))
    mode = "overwrite" if is_first else "append"
    staged.write.partitionBy("period", "file_id").mode(mode).parquet(str(folder))
    sums.unpersist()


def _build_values(session: Any, scratch: Path, held: Sequence[Partition]) -> None:
    """Land the sums in the session, and build what is built of them: of the months that the measures take."""
    session.sql("create database landing")
    _land(session, scratch, held)
    _build("record_months", scratch)
    rows = session.sql(
        "select distinct month_number from measures.measure_months where dataset_id = 'rtt_waits'"
    ).collect()
    months = {f"{number // 12:04}-{number % 12 + 1:02}" for (number,) in rows}
    _land(session, scratch, [each for each in held if each.period in months])
    _build("record_values", scratch)
    session.table("measures.source_values").write.parquet(str(scratch / "values"))


def _land(session: Any, scratch: Path, partitions: Sequence[Partition]) -> None:
    landed = record_macros("spark")["staged_as_landed"](
        (scratch / "sums").as_posix(), partitions, SOURCE_COLUMNS["rtt_waits"], counted_in_terms()
    )
    for table in ("rtt_waits", "files"):
        session.sql(f"drop table if exists landing.{table}")
    session.sql(f"create table landing.rtt_waits as {landed}")
    # Where no file is listed the bundled nation stands in for what is not landed.
    names = LANDING_TABLES["files"]
    files = [
        tuple({"file_kind": "rtt_waits"}.get(name) or str(getattr(each, name, "")) for name in names)
        for each in partitions
    ]
    columns = ", ".join(f"{name} string" for name in names)
    session.createDataFrame(files, columns).write.saveAsTable("landing.files")


def _build(selector: str, scratch: Path) -> None:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds to load

    from nof.project import project_root  # noqa: PLC0415

    os.environ |= {"NOF_ENGINE_WAREHOUSE": str(scratch / "warehouse"), "DO_NOT_TRACK": "1"}
    built = dbtRunner().invoke(
        [
            *("--quiet", "--no-write-json", "build", "--selector", selector, "--target", "spark"),
            *("--exclude-resource-types", "test", "unit_test"),
            *("--project-dir", str(project_root()), "--profiles-dir", str(project_root())),
            *("--target-path", str(scratch / "target"), "--log-path", str(scratch / "logs")),
        ]
    )
    if not built.success or not built.result:
        raise ValueError(f"dbt build --selector {selector} on Spark: {built.exception or built.result}")
