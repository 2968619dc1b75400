"""The tables of a release counted again, in each format, against the row counts of its manifest."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nof.release.database import SCHEMA, open_database
from nof.release.published_csv import SHAPES
from nof.release.tables import count_csv_rows
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

    from nof.release.verify import Verification

DATABASE = "nof.duckdb"


def verify_rows(folder: Path, manifest: Mapping[str, Any], found: "Verification") -> None:
    """Open the database, Parquet and CSV files and count their rows.

    A file that is missing is not said again: the comparison with the manifest has said it.

    Args:
        folder: the release.
        manifest: its manifest.
        found: what is added to.
    """
    tables: Mapping[str, int] = manifest["tables"]
    if (folder / DATABASE).is_file():
        _database(folder / DATABASE, tables, found)
    parquet = {f"parquet/{name}.parquet": count for name, count in tables.items()}
    _count(folder, parquet, _count_parquet, "Parquet", found)
    shaped = {shape.table: shape.file_ending for shape in SHAPES}
    tidy = {f"csv/{name}.csv": count for name, count in tables.items() if name not in shaped}
    _count(folder, tidy, count_csv_rows, "CSV", found)
    for table, ending in shaped.items():
        paths = [output["path"] for output in manifest["outputs"]]
        names = [path for path in paths if path.startswith("csv/") and path.endswith(f"-{ending}.csv")]
        _shaped(folder, names, tables.get(table, 0), f"CSV in NHS England's shape ({ending})", found)


def _database(path: Path, tables: Mapping[str, int], found: "Verification") -> None:
    import duckdb  # noqa: PLC0415

    try:
        with open_database(path) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() "
                "where database_name = current_database() and schema_name = ? order by 1",
                [SCHEMA],
            ).fetchall()
            counts = {
                name: _rows(connection, f"select count(*) from {SCHEMA}.{quoted(name)}") for (name,) in names
            }
    except duckdb.Error as error:
        found.find(DATABASE, f"does not open: {_first_line(error)}")
        return
    for name in sorted(counts.keys() | tables.keys()):
        if name not in counts:
            found.find(DATABASE, f"lacks the table {name}, which the manifest counts.")
        elif name not in tables:
            found.find(DATABASE, f"has a table {name}, which the manifest does not know.")
        elif counts[name] != tables[name]:
            found.find(DATABASE, f"{name} has {counts[name]:,} rows, and the manifest says {tables[name]:,}.")
    good = [name for name in tables if counts.get(name) == tables[name]]
    found.checked.append(
        f"{DATABASE}: opens; {len(good):,} of {len(tables):,} tables have the manifest's rows "
        f"({sum(tables[name] for name in good):,})"
    )


def _count(
    folder: Path, wanted: Mapping[str, int], count: Callable[[Path], int], kind: str, found: "Verification"
) -> None:
    """Compare one file for each table."""
    import duckdb  # noqa: PLC0415

    good = there = 0
    for name, expected in sorted(wanted.items()):
        if not (folder / name).is_file():
            continue
        there += 1
        try:
            rows = count(folder / name)
        except (duckdb.Error, csv.Error, UnicodeDecodeError) as error:
            found.find(name, f"cannot be read as {kind}: {_first_line(error)}")
            continue
        if rows == expected:
            good += 1
        else:
            found.find(name, f"has {rows:,} rows, and the manifest says {expected:,}.")
    found.checked.append(f"{kind}: {good:,} of {there:,} tables have the manifest's rows")


def _shaped(folder: Path, names: list[str], expected: int, shape: str, found: "Verification") -> None:
    """The files in NHS England's shape hold the rows of one table between them."""
    if not all((folder / name).is_file() for name in names) or not (names or expected):
        return
    try:
        rows = sum(count_csv_rows(folder / name) for name in names)
    except (csv.Error, UnicodeDecodeError) as error:
        found.find(names[0], f"or one of its kind cannot be read as CSV: {_first_line(error)}")
        return
    if rows == expected:
        files = f"{len(names):,} file{'' if len(names) == 1 else 's'}"
        found.checked.append(f"{shape}: {expected:,} rows, as in the manifest, in {files}")
    else:
        verb = "has" if len(names) == 1 else "have together"
        found.find(", ".join(names), f"{verb} {rows:,} rows, and the manifest says {expected:,}.")


def _count_parquet(path: Path) -> int:
    import duckdb  # noqa: PLC0415

    with duckdb.connect(config={"threads": 1}) as connection:
        return _rows(connection, f"select count(*) from read_parquet({literal(path)})")


def _rows(connection: "duckdb.DuckDBPyConnection", query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".") + "."
