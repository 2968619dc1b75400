"""The CSVs in NHS England's own shape: same headers, same conventions, one pair of files per trust type."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nof.frameworks import is_forecast
from nof.project import read_seed
from nof.release.database import SCHEMA
from nof.release.tables import write_csv
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class PublishedShape:
    """One kind of file that NHS England publishes, and the table that holds its rows.

    Attributes:
        table: the publication table.
        title: what the file is, for people.
        file_ending: the end of its name, without `.csv`.
        columns: each heading, in NHS England's order and spelling, and the column of the table under it.
        numbers: columns that are numbers in the table, written as NHS England does: `2.37`, `1.9`, `1.0`.
        order_by: the order of rows in NHS England's own files.
    """

    table: str
    title: str
    file_ending: str
    columns: dict[str, str]
    numbers: frozenset[str]
    order_by: str

    def text_of(self, column: str) -> str:
        """SQL for the text of one column; a double casts to the shortest text, with one decimal at least."""
        name = quoted(column)
        return (
            f"cast(cast({name} as double) as varchar)"
            if column in self.numbers
            else f"cast({name} as varchar)"
        )


# NHS England's layout has no column for it: the name of the file, and of the quarter in each row, say it.
FORECAST_PREFIX = "forecast-"

_TRUST = {
    "Quarter": "quarter_label",
    "Region": "region_label",
    "Trust_type": "trust_type_label",
    "Trust_subtype": "trust_subtype_label",
    "Trust_code": "trust_code",
    "Trust_name": "trust_name",
}

DATA = PublishedShape(
    table="oversight_data",
    title="data",
    file_ending="data",
    columns={
        **_TRUST,
        "Domain": "domain_label",
        "Sub-domain": "sub_domain_label",
        "Metric_ID": "measure_id",
        "Metric_description": "metric_description",
        "Reporting_date": "reporting_date",
        "Units": "unit_label",
        "Value": "value",
        "Median_value": "median_value",
        "Lower_quartile": "lower_quartile",
        "Upper_quartile": "upper_quartile",
        "Rank": "rank",
    },
    numbers=frozenset(),  # all of it is text already
    order_by="quarter_id, measure_id, unit_label, trust_code",
)

LEAGUE_TABLE = PublishedShape(
    table="league_table",
    title="league table",
    file_ending="league-table",
    columns={
        **_TRUST,
        "Average_score": "average_score",
        "Likely_range_of_average_score": "likely_range_of_average_score",
        "Segment": "segment",
        "Trust_in_financial_deficit": "trust_in_financial_deficit",
        "Rank": "rank",
        "Likely_range_of_rank": "likely_range_of_rank",
    },
    numbers=frozenset({"average_score", "segment", "rank"}),
    order_by='quarter_id, "rank" nulls last, trust_code',
)

SHAPES = (DATA, LEAGUE_TABLE)


@dataclass(frozen=True)
class PublishedFile:
    """One file in NHS England's shape: where its rows come from, and how many there are.

    With no rows the file is not written: a header alone would look like a file in which nothing happened.
    """

    name: str
    shape: PublishedShape
    trust_type_id: str
    trust_type_label: str
    row_count: int

    @property
    def is_written(self) -> bool:
        """Whether the release holds this file."""
        return self.row_count > 0


def write_published_csvs(
    connection: "duckdb.DuckDBPyConnection", folder: Path, framework_id: str
) -> list[PublishedFile]:
    """Write the data file and the league table of each trust type that has rows; UTF-8 with BOM, CRLF.

    Returns:
        Every file that a release can hold, also those that have no rows and are not written.
    """
    prefix = FORECAST_PREFIX if is_forecast(framework_id) else ""
    files = []
    for trust_type in sorted(
        read_seed("reference", "trust_types"), key=lambda row: int(row["display_order"])
    ):
        for shape in SHAPES:
            columns = ", ".join(shape.text_of(name) for name in shape.columns.values())
            rows = connection.execute(
                f"select {columns} from {SCHEMA}.{shape.table} "
                f"where framework_id = ? and trust_type_id = ? order by {shape.order_by}",
                [framework_id, trust_type["trust_type_id"]],
            ).fetchall()
            name = f"{prefix}nhs-oversight-framework-{trust_type['file_slug']}-{shape.file_ending}.csv"
            file = PublishedFile(
                name, shape, trust_type["trust_type_id"], trust_type["trust_type_label"], len(rows)
            )
            if file.is_written:
                write_csv(folder / name, list(shape.columns), rows, encoding="utf-8-sig")
            files.append(file)
    return files
