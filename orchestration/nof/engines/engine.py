"""What an engine beside DuckDB has to be able to do, and how it says that it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nof.errors import NofError, UsageRefused
from nof.settings.engine import EngineName

ENGINES: tuple[EngineName, ...] = ("duckdb", "postgres", "spark")
# The schemas that an engine holds of a build, made anew by each run.
ROOMS = ("landing", "gates", "framework", "reference", "sample", "staging", "measures", "scoring")


class EngineRefused(UsageRefused):
    """The engine asked for cannot be used (exit status 2): a package, a program or a server is missing."""


class EngineFailed(NofError):
    """The engine broke off while it was at work (exit status 1)."""


@dataclass(frozen=True)
class Choice:
    """Which engine makes the figures, and where it is.

    Attributes:
        name: of the engine.
        address: the URL of a PostgreSQL database, as libpq takes it; may hold a password.
        folder: where Spark keeps what is landed and what it builds; None for one within the build.
    """

    name: EngineName = "duckdb"
    address: str = ""
    folder: Path | None = None

    def __repr__(self) -> str:
        """Without the address: it may hold a password."""
        return f"Choice({self.name})"


DUCKDB = Choice()


class Engine(Protocol):
    """An engine that builds seeds, staging, measures and scoring of one run, held by that run alone."""

    name: EngineName

    @property
    def version(self) -> str:
        """The version of the engine itself, for people."""

    @property
    def environment(self) -> Mapping[str, str]:
        """What profiles.yml, and the client that dbt uses, read to find the engine."""

    def write_landing(self, build: Path) -> None:
        """Copy the landing tables of a build file, and remove what an earlier run has left.

        Raises:
            EngineRefused: where they would go stands something that is not of an earlier run.
            EngineFailed: the engine does not take them.
        """

    def execute(self, statement: str) -> object:
        """Have a statement carried out; raises EngineFailed where it is not."""

    def answer(self, sql: str, folder: Path) -> str:
        """Have a query answered into files.

        Args:
            sql: a query that the engine understands as it stands.
            folder: an empty folder for the files; who asks removes it.

        Returns:
            What DuckDB reads the files by, in a `from`. Its columns have the names of the query's, and each
            value is exactly the engine's, or text that stands for exactly that.

        Raises:
            EngineFailed: the engine does not answer.
        """

    def close(self) -> None:
        """Let go of the engine; what it holds of the build stays there until the next run."""
