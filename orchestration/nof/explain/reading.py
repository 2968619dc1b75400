"""Reading the rows of a quarter: those about one organisation, or about all with each table asked once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Query:
    """What is asked of a release; written once, whoever it is asked about.

    Attributes:
        body: a select with a place for the framework and one for the quarter; no order.
        key: the column of it that says whom a row is about.
        order_by: the order of the rows about one.
        is_of_quarter: whether there is a place for the quarter.
    """

    body: str
    key: str
    order_by: str
    is_of_quarter: bool = True


def rows_of_table(table: str, order_by: str, key: str = "trust_code") -> Query:
    """All columns of a table that has framework and quarter."""
    body = f"select * from publication.{table} where framework_id = ? and quarter_id = ?"
    return Query(body, key, order_by)


class QuarterRows:
    """The rows of a framework and quarter.

    Attributes:
        framework_id: the framework.
        quarter_id: the quarter.
    """

    def __init__(
        self, connection: "duckdb.DuckDBPyConnection", framework_id: str, quarter_id: str, *, of_all: bool
    ) -> None:
        """Prepare to read.

        Args:
            connection: the release.
            framework_id: the framework.
            quarter_id: the quarter.
            of_all: whether many will be asked about: then the first question reads the rows about all.
        """
        self.framework_id, self.quarter_id = framework_id, quarter_id
        self._connection = connection
        self._of_all = of_all
        self._read: dict[Query, Mapping[str, tuple[Row, ...]]] = {}

    def about(self, query: Query, key: str) -> tuple[Row, ...]:
        """The rows about one organisation, or whatever the query's key says."""
        if not self._of_all:
            text = f"select * from ({query.body}) where {query.key} = ? order by {query.order_by}"
            return all_rows(self._connection, text, *self._parameters(query), key)
        if query not in self._read:
            self._read[query] = self._grouped(query)
        return self._read[query].get(key, ())

    def _grouped(self, query: Query) -> Mapping[str, tuple[Row, ...]]:
        text = f"select * from ({query.body}) order by {query.order_by}"
        groups: dict[str, list[Row]] = {}
        for row in all_rows(self._connection, text, *self._parameters(query)):
            groups.setdefault(row[query.key], []).append(row)
        return {key: tuple(rows) for key, rows in groups.items()}

    def _parameters(self, query: Query) -> tuple[str, ...]:
        return (self.framework_id, self.quarter_id) if query.is_of_quarter else (self.framework_id,)
