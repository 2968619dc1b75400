"""Two builds, and two releases, compared cell by cell and byte by byte."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import duckdb

# What holds the hash of the one file that is not the same bytes in two runs of DuckDB either
# (docs/decisions/0009-the-database-file-is-not-byte-identical.md).
NOT_BYTES = {"nof.duckdb", "manifest.json", "SUCCESS"}


@dataclass
class Compared:
    """What a comparison of two build files found.

    Attributes:
        cells: relation -> how many cells were compared.
        differences: in words, one for each relation that differs.
    """

    cells: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All cells."""
        return sum(self.cells.values())


def compare_rooms(one: Path, other: Path, rooms: tuple[str, ...]) -> Compared:
    """Compare every row of every relation, each as often as it occurs, and the type of every column.

    Args:
        one: DuckDB's build file, with its views.
        other: another engine's, to which all rooms were brought as tables.
        rooms: schemas to compare.
    """
    found = Compared()
    # Views of a build file name their database by the name that it had.
    with duckdb.connect() as connection:
        for path, name in ((one, "build"), (other, "other")):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        relations = {
            name: {
                (schema, table): (columns, kinds)
                for schema, table, columns, kinds in connection.execute(
                    "select schema_name, table_name, list(column_name order by column_index), "
                    "list(data_type order by column_index) from duckdb_columns() "
                    "where database_name = ? and schema_name in (select unnest(?)) group by all",
                    [name, list(rooms)],
                ).fetchall()
            }
            for name in ("build", "other")
        }
        if relations["build"].keys() != relations["other"].keys():
            odd = sorted(relations["build"].keys() ^ relations["other"].keys())
            found.differences.append(f"only on one side: {odd}")
        for (schema, table), (columns, kinds) in sorted(relations["build"].items()):
            relation = f"{schema}.{table}"
            there = relations["other"].get((schema, table))
            if there is None:
                continue
            if there != (columns, kinds):
                found.differences.append(f"{relation}: columns {columns} {kinds} and {there}")
                continue
            found.cells[relation] = _compare(connection, relation, len(columns), found.differences)
    return found


def _compare(connection: duckdb.DuckDBPyConnection, relation: str, width: int, differences: list[str]) -> int:
    (count,) = connection.execute(f"select count(*) from build.{relation}").fetchone() or (0,)
    for left, right in (("build", "other"), ("other", "build")):
        rows = connection.execute(
            f"select * from {left}.{relation} except all select * from {right}.{relation} limit 2"
        ).fetchall()
        if rows:
            differences.append(f"{relation}: in {left} alone {rows}")
    return int(count) * width


def compare_releases(one: Path, other: Path) -> tuple[int, list[str]]:
    """Compare two releases.

    Returns:
        How many files are the same bytes, and what differs, in words.
    """
    left, right = _files(one), _files(other)
    differences = [f"only in one: {name}" for name in sorted(left.keys() ^ right.keys())]
    same = [name for name in left.keys() & right.keys() if left[name] == right[name]]
    differences += sorted(left.keys() & right.keys() - set(same) - NOT_BYTES)
    manifests = [json.loads((each / "manifest.json").read_text()) for each in (one, other)]
    for manifest in manifests:
        # Its size too: of what DuckDB leaves between the segments, and of nothing else.
        manifest["outputs"] = [each for each in manifest["outputs"] if each["path"] != "nof.duckdb"]
    if manifests[0] != manifests[1]:
        differences.append("manifest.json, beside what it says of nof.duckdb")
    tables = compare_ordered(one / "nof.duckdb", other / "nof.duckdb")
    return len(same), differences + tables


def compare_ordered(one: Path, other: Path) -> list[str]:
    """The tables of two databases of releases that differ in a row, or in the order of their rows."""
    contents = []
    for path in (one, other):
        with duckdb.connect(str(path), read_only=True) as connection:
            names = connection.execute(
                "select schema_name, table_name from duckdb_tables() order by all"
            ).fetchall()
            contents.append(
                {
                    f"{schema}.{name}": sha256(
                        repr(connection.execute(f"select * from {schema}.{name}").fetchall()).encode()
                    ).hexdigest()
                    for schema, name in names
                }
            )
    assert contents[0], f"{one} holds no table"
    return [
        f"nof.duckdb, {name}"
        for name in sorted(contents[0].keys() | contents[1].keys())
        if contents[0].get(name) != contents[1].get(name)
    ]


def _files(release: Path) -> dict[str, str]:
    return {
        path.relative_to(release).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.rglob("*"))
        if path.is_file()
    }
