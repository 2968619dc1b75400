"""Two releases attached read-only in one DuckDB in memory, so that SQL can set them side by side."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nof.difference.side import Side
from nof.release.database import SCHEMA, Table, open_database, read_tables
from nof.release.errors import ReleaseRefused
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

OLD, NEW = "old_release", "new_release"


@dataclass(frozen=True)
class Pair:
    """Both releases in one connection.

    Attributes:
        connection: the DuckDB in memory; what the comparison makes is kept in it.
        before: the publication tables of the release before, by name; none for a first release.
        now: those of the release that is compared with it.
    """

    connection: "duckdb.DuckDBPyConnection"
    before: Mapping[str, Table]
    now: Mapping[str, Table]

    def tables(self, catalog: str) -> Mapping[str, Table]:
        """The tables of one of the two."""
        return self.before if catalog == OLD else self.now

    def selected(self, catalog: str, table: str, columns: Sequence[str]) -> str:
        """SQL that reads columns of a table; those that this release does not have yet are empty.

        A release of an earlier layout can so be compared with one of a later layout.
        """
        found = self.tables(catalog).get(table)
        if found is None:
            return f"select {', '.join(f'null as {quoted(name)}' for name in columns)} where false"
        listed = ", ".join(
            quoted(name) if name in found.column_names else f"null as {quoted(name)}" for name in columns
        )
        return f"select {listed} from {located(catalog, table)}"


def located(catalog: str, table: str) -> str:
    """A publication table of one of the two as SQL names it."""
    return f"{catalog}.{SCHEMA}.{quoted(table)}"


@contextmanager
def open_pair(before: Side | None, now: Side) -> Iterator[Pair]:
    """Attach both releases.

    Raises:
        ReleaseRefused: one of them cannot be opened or holds no tables.
    """
    with open_database(Path(":memory:"), read_only=False) as connection:
        yield Pair(
            connection,
            _attached(connection, before, OLD) if before else {},
            _attached(connection, now, NEW),
        )


def _attached(connection: "duckdb.DuckDBPyConnection", side: Side, catalog: str) -> dict[str, Table]:
    import duckdb  # noqa: PLC0415

    try:
        connection.execute(f"attach {literal(side.database)} as {catalog} (read_only)")
        return {table.name: table for table in read_tables(connection, catalog)}
    except (duckdb.Error, ReleaseRefused) as error:
        raise ReleaseRefused(
            f"No difference can be made from release {side.name}, because {side.database} cannot be read: "
            f"{error!s} Restore its folder from a copy, or withdraw it (`nof withdraw`), so that the last "
            "good release before it is compared."
        ) from error
