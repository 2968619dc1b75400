"""Releases and rooms made on each engine, with all that a comparison needs of them kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from harness_session import LANDED_ON, published_files
from nof import engines, steps
from nof.engines import Choice, Engine, EngineName
from nof.engines.rooms import Rooms
from nof.home import Home
from nof.release.events import read_events
from nof.run import run

OTHERS: tuple[EngineName, ...] = ("postgres", "spark")


@dataclass(frozen=True)
class Made:
    """A whole run.

    Attributes:
        release: its folder.
        rooms: a copy of its build file, with every room.
        scored_on: what the home's events say of it.
    """

    release: Path
    rooms: Path
    scored_on: str


def choice_of(engine: EngineName, folder: Path) -> Choice:
    """Where an engine is for a test: the server that `with-server` has started, or a folder of the test."""
    if engine == "postgres" and not os.environ.get("NOF_POSTGRES_URL"):
        pytest.fail("There is no server: run these tests by `make engines`.")
    return Choice(engine, address=os.environ.get("NOF_POSTGRES_URL", ""), folder=folder / "spark")


def landing_of(nation: str) -> tuple[Path, ...]:
    """The folders that are landed: none for the bundled nation, all there are for the real one."""
    if nation == "bundled":
        return ()
    data = published_files()
    sources = sorted(path for path in (data / "sources").iterdir() if path.is_dir())
    assert sources, f"{data / 'sources'} holds no source publication"
    return (data / "nof_2025_26", *sources)


def made_on(engine: EngineName, nation: str, folder: Path) -> Made:
    """Run the whole way on an engine, and keep the build file, which a run throws away."""
    home, rooms = Home(folder / "home"), folder / "rooms.duckdb"

    def keep(step: str) -> None:
        if step == "Release":  # all rooms are built, and nothing holds the file
            (built,) = home.build.glob("*/build.duckdb")
            shutil.copy(built, rooms)

    request = steps.Request(home=home, landing=landing_of(nation), engine=choice_of(engine, folder))
    outcome = run(request, today=LANDED_ON, progress=keep)
    assert outcome.is_new
    assert all(result.is_passed for result in outcome.gates)
    (event,) = read_events(home)
    return Made(outcome.release, rooms, event.details["scored_on"])


@dataclass(frozen=True)
class Core:
    """An open engine and the rooms that it has begun to build.

    Attributes:
        prepared: the build, with its landing tables.
        rooms: its dbt.
        engine: None for DuckDB.
    """

    prepared: steps.Prepared
    rooms: Rooms
    engine: Engine | None

    @property
    def database(self) -> Path:
        """The build file."""
        return self.prepared.database

    def execute(self, statement: str) -> None:
        """Change a row where the engine keeps it."""
        if self.engine is None:
            with duckdb.connect(str(self.database)) as connection:
                connection.execute(statement)
            return
        self.engine.execute(statement)


@contextmanager
def core_on(engine: EngineName, folder: Path) -> Iterator[Core]:
    """The bundled nation on an engine, landed and nothing built yet."""
    request = steps.Request(home=Home(folder / "home"), engine=choice_of(engine, folder))
    with steps.hold(request.home):
        prepared = steps.prepare(request, today=LANDED_ON)
        with engines.opened(request.engine, prepared.folder) as there:
            steps.write_landing(prepared)
            yield Core(prepared, steps.new_rooms(prepared, there), there)
