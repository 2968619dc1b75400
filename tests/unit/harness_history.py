"""Releases one after the other in seconds: compiled models, and of each release what the next one reads.

Nothing is gated, assembled or sealed; what a later release takes over goes through write_lineage as in a run.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from harness_compiled import CompiledProject

from nof.home import Home
from nof.landing import land, register_new_files
from nof.release import Lineage
from nof.release.previous import CARRIED, write_lineage

TABLES = (*CARRIED.values(), "dim_file", "fct_published_version", "fct_revision")


class History:
    """One home and its releases; each has the tables of TABLES, and `more`, in a nof.duckdb of its own."""

    def __init__(self, project: CompiledProject, folder: Path, more: Sequence[str] = ()) -> None:
        self.project = project
        self.tables = (*TABLES, *more)
        self.home = Home(folder / "home")
        self.folder = folder
        self.releases: list[Path] = []

    def release(
        self, *landing: Path, day: date, has_changed_method: bool = False, changes: Sequence[str] = ()
    ) -> Path:
        """Land, build and keep a release that follows the one before it; `changes` are made to its seeds."""
        landed = land(self.home, landing, today=day)
        register_new_files(self.home, landed)
        before = self.releases[-1] if self.releases else None
        release_id = f"r{len(self.releases) + 1}"
        connection = self.project.connection
        self.project.land(landed, few_draws=True)
        write_lineage(
            connection,
            Lineage(before, before.name if before else None, day, has_changed_method),
            release_id=release_id,
        )
        connection.execute("begin")
        try:
            for statement in changes:
                assert connection.execute(statement).fetchone() != (0,), f"changed nothing: {statement}"
            self.project.build(*self.tables)
            folder = self.folder / "2025-26-Q4" / release_id
            folder.mkdir(parents=True)
            self._keep(folder / "nof.duckdb")
        finally:
            connection.execute("rollback")
        self.releases.append(folder)
        return folder

    def _keep(self, path: Path) -> None:
        tables = {
            name: self.project.connection.execute(f"from publication.{name}").to_arrow_table()
            for name in self.tables
        }
        with duckdb.connect(str(path)) as kept:
            kept.execute("create schema publication")
            for name, rows in tables.items():
                kept.register("rows_to_keep", rows)
                kept.execute(f"create table publication.{name} as from rows_to_keep")
                kept.unregister("rows_to_keep")


def ask(release: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query whose tables are those of a release."""
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        connection.execute("use publication")
        return connection.execute(query).fetchall()
