"""Every format of a release, opened by a reader that is not DuckDB, agrees with nof.duckdb cell by cell."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from harness_some import some
from nof.project import read_seed
from nof.release.csv_files import tidy_tables
from nof.release.database import Table, open_database, read_tables
from nof.release.published_csv import SHAPES, PublishedShape
from nof.sql import quoted

QUARTER_ORDER = {shape.table: shape.order_by for shape in SHAPES}


@pytest.fixture(scope="module", params=["bundled_release", "real_release"])
def release(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="module")
def database(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(release / "nof.duckdb") as connection:
        yield connection


@pytest.fixture(scope="module")
def tables(database: duckdb.DuckDBPyConnection) -> list[Table]:
    return read_tables(database, "nof")


def as_arrow(database: duckdb.DuckDBPyConnection, table: Table) -> pa.Table:
    """A table in the order of its key."""
    query = f"select * from publication.{quoted(table.name)} order by {table.order_by}"
    return database.execute(query).to_arrow_table()


def differing(one: pa.Table, other: pa.Table) -> list[str]:
    """The columns in which two tables of the same rows differ, and by how many cells."""
    if one.num_rows != other.num_rows or one.column_names != other.column_names:
        return [f"{one.num_rows} rows of {one.column_names}, {other.num_rows} of {other.column_names}"]
    found = []
    for name in one.column_names:
        left, right = one[name].combine_chunks(), other[name].combine_chunks()
        if left.type != right.type:
            found.append(f"{name}: {left.type} and {right.type}")
        elif not left.equals(right):
            cells = sum(a != b for a, b in zip(left.to_pylist(), right.to_pylist(), strict=True))
            found.append(f"{name}: {cells} cells")
    return found


def test_parquet_agrees_in_every_cell_and_type(
    release: Path, database: duckdb.DuckDBPyConnection, tables: list[Table]
) -> None:
    assert {path.stem for path in (release / "parquet").iterdir()} == {table.name for table in tables}
    faults = {}
    for table in tables:
        path = release / "parquet" / f"{table.name}.parquet"
        wanted = as_arrow(database, table)
        faults[table.name] = differing(pyarrow.parquet.read_table(path), wanted)
        in_polars = polars.read_parquet(path)
        if not in_polars.equals(polars.DataFrame(wanted)):
            faults[table.name].append("polars reads something else")
    assert {name: found for name, found in faults.items() if found} == {}


def test_tidy_csvs_agree_in_every_cell_when_read_with_the_types_of_the_database(
    release: Path, database: duckdb.DuckDBPyConnection, tables: list[Table]
) -> None:
    faults = {}
    for table in tidy_tables(tables):
        wanted = as_arrow(database, table)
        read = read_tidy(release / "csv" / f"{table.name}.csv", wanted.schema)
        faults[table.name] = differing(read, wanted)
    assert {name: found for name, found in faults.items() if found} == {}


def read_tidy(path: Path, schema: pa.Schema) -> pa.Table:
    """A tidy CSV by the convention that its metadata states: nothing is null, two quotes are empty text."""
    return pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            true_values=["true"],
            false_values=["false"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def test_tidy_csvs_are_rfc_4180_byte_by_byte(release: Path, tables: list[Table]) -> None:
    for table in some(tidy_tables(tables)):
        content = (release / "csv" / f"{table.name}.csv").read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), table.name
        assert content.endswith(b"\r\n"), table.name
        outside = b"".join(content.split(b'"')[::2])  # what stands outside quotes
        assert content.count(b'"') % 2 == 0, table.name
        assert outside.count(b"\r\n") == outside.count(b"\r") == outside.count(b"\n"), table.name
        with (release / "csv" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            assert {len(row) for row in csv.reader(file, strict=True)} == {len(table.columns)}, table.name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.table)
def test_csvs_in_the_layout_of_nhs_england_agree_in_every_cell(
    release: Path, database: duckdb.DuckDBPyConnection, shape: PublishedShape
) -> None:
    slugs = {row["trust_type_id"]: row["file_slug"] for row in read_seed("reference", "trust_types")}
    columns = ", ".join(quoted(name) for name in shape.columns.values())
    compared = 0
    for trust_type, slug in slugs.items():
        path = release / "csv" / f"nhs-oversight-framework-{slug}-{shape.file_ending}.csv"
        wanted = database.execute(
            f"select {columns} from publication.{shape.table} where trust_type_id = ? "
            f"order by {shape.order_by}",
            [trust_type],
        ).fetchall()
        assert path.is_file() == bool(wanted)
        if not wanted:
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == list(shape.columns)
        assert len(rows) == len(wanted)
        numbers = [name in shape.numbers for name in shape.columns.values()]
        for row, cells in some(zip(rows, wanted, strict=True)):
            assert row == [
                as_published(text, cell, is_number=is_number)
                for text, cell, is_number in zip(row, cells, numbers, strict=True)
            ]
        compared += len(rows)
    total = database.execute(f"select count(*) from publication.{shape.table}").fetchall()[0][0]
    assert compared == total


def as_published(text: str, cell: object, *, is_number: bool) -> str:
    """What a cell is to say: numbers by their value, with one decimal at least; nothing as nothing."""
    if cell is None:
        return ""
    if not is_number:
        return str(cell)
    return text if float(text) == float(str(cell)) and "." in text else f"not {cell}"


def test_the_comparison_notices_a_changed_cell_and_a_null_that_became_empty_text(
    release: Path, database: duckdb.DuckDBPyConnection, tables: list[Table], tmp_path: Path
) -> None:
    table = next(each for each in tables if each.name == "fct_segment")
    wanted = as_arrow(database, table)
    good = (release / "csv" / "fct_segment.csv").read_bytes().decode()
    header, *rows = good.split("\r\n")
    number = next(number for number, row in enumerate(rows) if '"' not in row)
    cells = dict(zip(header.split(","), rows[number].split(","), strict=True))
    changed = tmp_path / "changed.csv"

    def faults_with(**new: str) -> list[str]:
        line = ",".join((cells | new).values())
        lines = [header, *rows[:number], line, *rows[number + 1 :]]
        changed.write_text("\r\n".join(lines), encoding="utf-8", newline="")
        return differing(read_tidy(changed, wanted.schema), wanted)

    nothing = next(
        name
        for name, cell in cells.items()
        if not cell and pa.types.is_string(wanted.schema.field(name).type)
    )
    assert faults_with() == []
    assert faults_with(average_metric_score="3.99") == ["average_metric_score: 1 cells"]
    assert faults_with(**{nothing: '""'}) == [f"{nothing}: 1 cells"]
