"""What a release means to a tool that makes reports: tables, relations between them, measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nof.companions.semantic.names import columns_in_dax, columns_in_sql
from nof.described import DescribedTable, ForeignKey
from nof.release.database import Table
from nof.release.errors import ReleaseRefused

# A release holds one framework, so its tables are told apart without it; tools relate by one column only.
EVERYWHERE = "framework_id"


@dataclass(frozen=True)
class Measure:
    """One measure, as `measures.yml` defines it.

    Attributes:
        name: as people read it.
        table: the table that it is a measure of.
        description: what it says and what to choose before reading it.
        datatype: Integer or Decimal.
        format: how it is shown, in the signs that Excel and Power BI share.
        sql: an aggregate over the columns of its table.
        dax: the same for Power BI.
    """

    name: str
    table: str
    description: str
    datatype: str
    format: str
    sql: str
    dax: str


@dataclass(frozen=True)
class Relation:
    """Rows of one table refer by one column to a row of another.

    Attributes:
        table: the table with many rows.
        column: its column.
        to_table: the table with one row for each value.
        to_column: its column.
        is_active: whether a filter on the one goes to the many. Between two tables there is one such way at
            most, so that no figure depends on which way a tool takes.
    """

    table: str
    column: str
    to_table: str
    to_column: str
    is_active: bool

    @property
    def name(self) -> str:
        """A name for it, the same in no other relation."""
        return f"{self.table}_{self.column}_to_{self.to_table}"


@dataclass(frozen=True)
class SemanticModel:
    """The whole of it.

    Attributes:
        tables: in the order of their names.
        described: what the models say of each table.
        foreign_keys: all of them, by the table that has them.
        relations: those of one column.
        measures: in the order of their definition.
    """

    tables: Sequence[Table]
    described: Mapping[str, DescribedTable]
    foreign_keys: Mapping[str, tuple[ForeignKey, ...]]
    relations: Sequence[Relation]
    measures: Sequence[Measure]

    def unit_of(self, table: str, column: str) -> str | None:
        """What a value of a column counts or is written in, where its model says it."""
        columns = self.described[table].columns if table in self.described else ()
        return next((each.unit for each in columns if each.name == column), None)


def refuse_unknown_columns(measures: Sequence[Measure], tables: Sequence[Table]) -> None:
    """Every column that a measure names is there, in both languages.

    Raises:
        ReleaseRefused: with every name that is not.
    """
    known = {(table.name, name) for table in tables for name in table.column_names}
    unknown = sorted(
        f"{measure.name}: {table}.{column}"
        for measure in measures
        for table, column in columns_in_sql(measure.sql) | columns_in_dax(measure.dax)
        if (table, column) not in known
    )
    if unknown:
        raise ReleaseRefused(
            f"measures.yml names columns that the release does not have: {'; '.join(unknown)}."
        )
