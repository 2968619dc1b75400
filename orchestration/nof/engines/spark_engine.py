"""Apache Spark as the engine of a run: a session in this process, over a folder of Parquet files.

Spark's own settings (spark-defaults.conf, SPARK_CONF_DIR) say where it computes; without any, on all cores of
this machine.
"""

import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from nof.engines.engine import ROOMS, Choice, EngineFailed, EngineRefused
from nof.engines.needed import refuse_without_packages
from nof.settings.engine import EngineName
from nof.sql import literal

# What marks a folder as one that a run may empty.
MARK = ".nof-spark"
LOCK = ".nof-spark.lock"
# Read when the Java machine or the session starts; what else a build wants, profiles.yml says.
_STARTED_WITH = {
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.sources.default": "parquet",
    # The nation is small: more parts are more files and more waiting, not more speed.
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# What Java logs before Spark has read its own level: warnings about this machine that nobody can act on.
_LOGGED = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c: %m%n
"""


class SparkEngine:
    """One session of Spark, for the time of one run."""

    name: EngineName = "spark"

    def __init__(self, choice: Choice, scratch: Path) -> None:
        """Take the folder for this run, and start Spark.

        Raises:
            EngineRefused: a package or Java is missing, the folder holds what no run has put there, another
                run is at work in it, or Spark does not start.
        """
        refuse_without_packages("spark", "pyspark", "dbt.adapters.spark")
        _refuse_without_java()
        self._folder = (choice.folder or scratch / "spark").resolve()
        self._lock = _taken(self._folder)
        try:
            self._session = _started(self._folder / "warehouse")
        except BaseException:
            self._lock.release()
            raise

    @property
    def version(self) -> str:
        """As Spark says it, for example 4.1.4."""
        return str(self._session.version)

    @property
    def environment(self) -> Mapping[str, str]:
        """Where dbt's client, which finds this very session, takes the tables to be."""
        return {"NOF_ENGINE_WAREHOUSE": str(self._folder / "warehouse")}

    def write_landing(self, build: Path) -> None:
        """Copy the landing tables of a build file as Parquet, and make them known to the session."""
        for room in ROOMS:
            self.execute(f"create schema if not exists {room}")
        with duckdb.connect(str(build), read_only=True) as source:
            tables = source.execute(
                "select table_name from duckdb_tables() where schema_name = 'landing' order by all"
            ).fetchall()
            for (table,) in tables:
                folder = self._folder / "landing" / table
                folder.mkdir(parents=True)
                source.execute(f"copy landing.{table} to {literal(folder / 'rows.parquet')} (format parquet)")
                self.execute(f"create table landing.{table} using parquet location '{folder.as_uri()}'")

    def answer(self, sql: str, folder: Path) -> str:
        """Have a query answered into Parquet files."""
        place = folder / "rows"
        frame = self.execute(sql)
        try:
            frame.write.parquet(place.as_uri())
        except Exception as error:  # Spark's, or that of the bridge to Java: they have no class in common
            raise _failed(error) from None
        return f"read_parquet({literal(place / '*.parquet')})"

    def close(self) -> None:
        """Stop the session and give the folder to the next run; the Java machine ends with this process."""
        try:
            self._session.stop()
        finally:
            self._lock.release()

    def execute(self, statement: str) -> Any:
        """Have a statement carried out; a query comes back as a frame that is not read yet."""
        try:
            return self._session.sql(statement)
        except Exception as error:  # as above
            raise _failed(error) from None


def _refuse_without_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and (Path(home) / "bin" / "java").is_file()):
        raise EngineRefused(
            "Spark needs Java 17 or 21, and there is none. Install it (Debian: openjdk-17-jre-headless) or "
            "set JAVA_HOME."
        )


def _taken(folder: Path) -> FileLock:
    """The lock on a folder, which is empty but for its marks."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise EngineRefused(
            f"{folder} holds files that no run has put there, and Spark's folder is emptied by each run. "
            "Name an empty one: `folder` under [engine] in nof.toml."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise EngineRefused(f"Another run is at work in {folder}. Wait for its end.") from None
    for name in ("landing", "warehouse"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return lock


def _started(warehouse: Path) -> Any:
    from pyspark.conf import SparkConf  # noqa: PLC0415 - an engine of its own, seconds to load
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if SparkSession.getActiveSession() is not None:
        raise EngineRefused("A session of Spark is open in this process already. Stop it first.")
    # A statement that fails is said by who asked for it, once.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    said = SparkConf()
    builder = SparkSession.builder.appName("nof run").config("spark.sql.warehouse.dir", warehouse.as_uri())
    if not said.contains("spark.driver.extraJavaOptions"):
        logged = warehouse.parent / "log4j2.properties"
        logged.write_text(_LOGGED, encoding="ascii")
        builder = builder.config(
            "spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={logged.as_uri()}"
        )
    for name, value in _STARTED_WITH.items():
        builder = builder.config(name, value)
    if not said.contains("spark.master"):
        builder = builder.master("local[*]")
    try:
        return builder.getOrCreate()
    except Exception as error:  # as above
        raise EngineRefused(f"Spark does not start: {_said(error)}") from None


def _failed(error: Exception) -> EngineFailed:
    return EngineFailed(f"Spark: {_said(error)}")


def _said(error: Exception) -> str:
    """The first line of what Spark says: the rest is the stack of another language."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
