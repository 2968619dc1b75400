"""The CSVs of a release as people and programs are told of them; both kinds of metadata come from this."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.described import DescribedTable, ForeignKey, read_described
from nof.frameworks import frameworks
from nof.release.database import SCHEMA, Column, Table
from nof.release.published_csv import FORECAST_PREFIX, SHAPES, PublishedFile
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb

# What both kinds of metadata say of cells with nothing in them.
CONVENTION = (
    "In the tidy CSVs a cell with nothing in it is null, and empty text is written as two quotes. In those "
    "in NHS England's layout an empty cell is what NHS England's files have there."
)

_EMPTY_TEXT = "''"
_BETWEEN = re.compile(r"CHECK\(\((\w+) BETWEEN (-?[\d.]+) AND (-?[\d.]+)\)\)")
_AT_LEAST = re.compile(r"CHECK\(\((\w+) >= (-?[\d.]+)\)\)")
_ONE_OF = re.compile(r"CHECK\(\((\w+) IN \(((?:'[^']*'(?:, )?)+)\)\)\)")


@dataclass(frozen=True)
class CsvColumn:
    """One column of a CSV.

    Attributes:
        name: a name without spaces.
        heading: as it stands in the file.
        data_type: the type in DuckDB's words, without its size; VARCHAR where the file holds text.
        description: what it means.
        unit: what a value counts or is written in; None where nobody said.
        is_required: whether every cell holds something.
        minimum: no number is lower.
        maximum: no number is higher.
        one_of: every text is one of these.
    """

    name: str
    heading: str
    data_type: str
    description: str | None = None
    unit: str | None = None
    is_required: bool = False
    minimum: str | None = None
    maximum: str | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class CsvFile:
    """One CSV of a release.

    Attributes:
        name: of the file, without its folder and ending.
        title: what it is, in words.
        description: the same at length.
        columns: in their order.
        primary_key: the columns that tell rows apart; none in NHS England's layout.
        foreign_keys: what its rows refer to in other tidy CSVs.
    """

    name: str
    title: str
    description: str | None
    columns: tuple[CsvColumn, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in the release."""
        return f"csv/{self.name}.csv"


def tidy_tables(tables: Sequence[Table]) -> list[Table]:
    """The tables that get a tidy CSV: all but those that are published in NHS England's shape."""
    published = {shape.table for shape in SHAPES}
    return [table for table in tables if table.name not in published]


def framework_label(framework_id: str) -> str:
    """The framework's name for people, or its id where the seed has no such row."""
    labels = {row["framework_id"]: row["framework_label"] for row in frameworks()}
    return labels.get(framework_id, framework_id)


def csv_files(
    connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table], published: Sequence[PublishedFile]
) -> list[CsvFile]:
    """Every CSV of a release: NHS England's layout first, then the tidy ones.

    Args:
        connection: the release's database.
        tables: its tables.
        published: the files in NHS England's layout.
    """
    by_name = {table.name: table for table in tables}
    described = read_described()
    keys = read_foreign_keys(connection)
    limits = _read_limits(connection)
    files = [_published(file, by_name[file.shape.table]) for file in published if file.is_written]
    for table in tidy_tables(tables):
        empty = _with_empty_text(connection, table)
        files.append(
            CsvFile(
                name=table.name,
                title=table.name,
                description=table.comment,
                columns=tuple(
                    _tidy_column(
                        column,
                        described.get(table.name),
                        is_required=not column.is_nullable and column.name not in empty,
                        limits=limits.get((table.name, column.name), {}),
                    )
                    for column in table.columns
                ),
                primary_key=table.primary_key,
                foreign_keys=tuple(_to_check(key, table) for key in keys.get(table.name, ())),
            )
        )
    return files


def read_foreign_keys(connection: "duckdb.DuckDBPyConnection") -> dict[str, tuple[ForeignKey, ...]]:
    """The foreign keys that the database enforces, by the table that has them.

    Args:
        connection: the release's database.
    """
    keys: dict[str, list[ForeignKey]] = {}
    for table, columns, to_table, to_columns in connection.execute(
        "select table_name, constraint_column_names, referenced_table, referenced_column_names "
        "from duckdb_constraints() where database_name = current_database() and schema_name = ? "
        "and constraint_type = 'FOREIGN KEY' order by all",
        [SCHEMA],
    ).fetchall():
        keys.setdefault(table, []).append(ForeignKey(tuple(columns), to_table, tuple(to_columns)))
    return {table: tuple(found) for table, found in keys.items()}


def _to_check(key: ForeignKey, table: Table) -> ForeignKey:
    """A key as readers of CSV can check it.

    In SQL a key with an empty column refers to nothing; validators of CSV look for a row with the empty
    column. Of such a key only the columns that can be empty are named: a release holds one framework, so that
    they tell rows apart without it.
    """
    can_be_empty = {column.name for column in table.columns if column.is_nullable}
    pairs = list(zip(key.columns, key.to_columns, strict=True))
    kept = [(own, other) for own, other in pairs if own in can_be_empty] or pairs
    return ForeignKey(tuple(own for own, _ in kept), key.table, tuple(other for _, other in kept))


def _published(file: PublishedFile, table: Table) -> CsvFile:
    comments = {column.name: column.comment for column in table.columns}
    forecast = "Forecast. " if file.name.startswith(FORECAST_PREFIX) else ""
    return CsvFile(
        name=file.name.removesuffix(".csv"),
        title=f"{forecast}{file.trust_type_label}: {file.shape.title}, in NHS England's layout",
        description=table.comment,
        columns=tuple(
            CsvColumn(
                name=re.sub(r"\W", "_", heading),
                heading=heading,
                data_type="DECIMAL" if name in file.shape.numbers else "VARCHAR",
                description=comments[name],
            )
            for heading, name in file.shape.columns.items()
        ),
    )


def _tidy_column(
    column: Column, described: DescribedTable | None, *, is_required: bool, limits: Mapping[str, object]
) -> CsvColumn:
    units = {each.name: each.unit for each in described.columns} if described else {}
    return CsvColumn(
        name=column.name,
        heading=column.name,
        data_type=column.data_type.partition("(")[0],
        description=column.comment,
        unit=units.get(column.name),
        is_required=is_required,
        **limits,  # type: ignore[arg-type]
    )


def _with_empty_text(connection: "duckdb.DuckDBPyConnection", table: Table) -> set[str]:
    """Columns with empty text, which a reader of CSV takes for nothing."""
    texts = [column.name for column in table.columns if column.data_type == "VARCHAR"]
    if not texts:
        return set()
    found = connection.execute(
        f"select {', '.join(f'count(*) filter ({quoted(name)} = {_EMPTY_TEXT})' for name in texts)} "
        f"from {SCHEMA}.{quoted(table.name)}"
    ).fetchall()[0]
    return {name for name, count in zip(texts, found, strict=True) if count}


def _read_limits(connection: "duckdb.DuckDBPyConnection") -> dict[tuple[str, str], dict[str, object]]:
    """What the database lets a column hold, where the check is of a kind that metadata has a word for."""
    limits: dict[tuple[str, str], dict[str, object]] = {}
    for table, check in connection.execute(
        "select table_name, constraint_text from duckdb_constraints() "
        "where database_name = current_database() and schema_name = ? and constraint_type = 'CHECK'",
        [SCHEMA],
    ).fetchall():
        if found := _BETWEEN.fullmatch(check):
            limits.setdefault((table, found[1]), {}).update(minimum=found[2], maximum=found[3])
        elif found := _AT_LEAST.fullmatch(check):
            limits.setdefault((table, found[1]), {}).update(minimum=found[2])
        elif found := _ONE_OF.fullmatch(check):
            words = tuple(re.findall(r"'([^']*)'", found[2]))
            limits.setdefault((table, found[1]), {}).update(one_of=words)
    return limits
