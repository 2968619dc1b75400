"""Opens the engine of a run, and lets go of it whatever becomes of the run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nof.engines.engine import Choice, Engine


@contextmanager
def opened(choice: Choice, scratch: Path) -> Iterator[Engine | None]:
    """The engine that was chosen, for the time of a run; None for DuckDB, which the build file itself is.

    Args:
        choice: which engine, and where it is.
        scratch: the private folder of the build.

    Raises:
        EngineRefused: it cannot be used: before anything is built, and with the remedy.
    """
    engine = _open(choice, scratch)
    try:
        yield engine
    finally:
        if engine is not None:
            engine.close()


def _open(choice: Choice, scratch: Path) -> Engine | None:
    if choice.name == "postgres":
        from nof.engines.postgres_engine import PostgresEngine  # noqa: PLC0415 - a client of its own

        return PostgresEngine(choice)
    if choice.name == "spark":
        from nof.engines.spark_engine import SparkEngine  # noqa: PLC0415 - starts a Java machine

        return SparkEngine(choice, scratch)
    return None
