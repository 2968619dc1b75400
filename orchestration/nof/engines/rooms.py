"""The rooms of one build: which engine builds which, and all of them together in the build file.

Seeds, staging, measures and scoring are built by the engine that was asked for. Context, insight and
publication are small and always DuckDB's, on the figures as the engine has made them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from nof.engines.engine import Engine
from nof.engines.typed_rows import columns_of, typed_rows
from nof.warehouse import Warehouse

Progress = Callable[[str], None]
# Its own `create view` and `create table` cost DuckDB nothing where no row is read.
_SHAPES = ("--empty", "--exclude-resource-types", "test", "unit_test")


@dataclass(frozen=True)
class Rooms:
    """The dbt of one build; keep it for the whole run, it reads the project once for each engine.

    Attributes:
        own: dbt on DuckDB, over the build file.
        engine: that builds the heavy rooms; None where DuckDB does.
        theirs: dbt on that engine.
    """

    own: Warehouse
    engine: Engine | None = None
    theirs: Warehouse | None = None

    @classmethod
    def of(cls, database: Path, scratch: Path, engine: Engine | None) -> "Rooms":
        """The rooms of a build file.

        Args:
            database: the build file, with its landing tables.
            scratch: where dbt may put its artefacts and logs.
            engine: that builds the heavy rooms; None where DuckDB does.
        """
        own = Warehouse(database, scratch)
        if engine is None:
            return cls(own)
        theirs = Warehouse(
            database, scratch / engine.name, target=engine.name, environment=engine.environment
        )
        return cls(own, engine, theirs)

    def load(self) -> None:
        """Have the project read, ahead of the first step; raises as `read`."""
        (self.theirs or self.own).load()

    def read(self, progress: Progress) -> None:
        """Build what the landed gate judges.

        Raises:
            NofError: a model or a test failed, or the engine did.
        """
        if self.engine is None or self.theirs is None:
            self.own.build("staged", progress=progress)
            return
        self.engine.write_landing(self.own.database)
        self.theirs.build("staged", progress=progress)
        self.own.invoke("build", "--selector", "core", *_SHAPES)
        bring_back(self.engine, self.own.database, ("staging",))

    def score(self, progress: Progress) -> None:
        """Build what the scored gate judges; raises as `read`."""
        if self.engine is None or self.theirs is None:
            self.own.build("scoring", progress=progress)
            return
        self.figures(progress)
        self.own.build("beside", progress=progress)

    def figures(self, progress: Progress) -> None:
        """Build measures and scoring alone; raises as `read`."""
        if self.engine is None or self.theirs is None:
            self.own.build("core_scoring", progress=progress)
            return
        self.theirs.build("core_scoring", progress=progress)
        bring_back(self.engine, self.own.database, ("measures", "scoring"))

    def publish(self, progress: Progress) -> None:
        """Build what readers get; raises as `read`."""
        self.own.build("publication", progress=progress)


def bring_back(engine: Engine, database: Path, rooms: tuple[str, ...]) -> int:
    """Put the rows of an engine's rooms into the build file, in place of the empty shapes that stand there.

    Args:
        engine: that has built the rooms.
        database: the build file, in which each table and view of the rooms has DuckDB's types.
        rooms: schemas.

    Returns:
        How many rows there are.

    Raises:
        EngineFailed: the engine does not hand over a table.
    """
    with duckdb.connect(str(database)) as connection:
        relations = connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables "
            "where table_schema in (select unnest(?)) order by all",
            [list(rooms)],
        ).fetchall()
        count = 0
        for schema, name, kind in relations:
            relation = f"{schema}.{name}"
            columns = columns_of(connection, f"select * from {relation}")
            connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {relation}")
            with typed_rows(engine, f"select * from {relation}", columns) as rows:
                # An engine has no order of its own; the build has one, whoever built it.
                connection.execute(
                    f"create table {relation} as select * from ({rows}) as answer order by all"
                )
            found = connection.execute(f"select count(*) from {relation}").fetchone()
            assert found is not None
            count += found[0]
        return count
