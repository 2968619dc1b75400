"""metadata.json: the CSVs of a release described as CSV on the Web (W3C, tabular metadata)."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nof.project import read_seed
from nof.release.database import Table
from nof.release.files import write_json
from nof.release.published_csv import SHAPES, PublishedFile

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

_DATATYPES: dict[str, str | dict[str, str]] = {
    "BIGINT": "long",
    "INTEGER": "int",
    "DOUBLE": "double",
    "BOOLEAN": {"base": "boolean", "format": "true|false"},
    "DATE": "date",
    "DECIMAL": "decimal",
    "VARCHAR": "string",
}


def write_metadata(
    candidate: Path,
    tables: Sequence[Table],
    files: Sequence[PublishedFile],
    *,
    framework_id: str,
    quarter_id: str,
) -> None:
    """Describe every CSV of the release: columns, headings, types, keys, licence."""
    by_name = {table.name: table for table in tables}
    described = [_published_table(file, by_name[file.shape.table]) for file in files if file.is_written] + [
        _tidy_table(table) for table in tidy_tables(tables)
    ]
    write_json(
        candidate / "metadata.json",
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": f"{framework_label(framework_id)}, recomputed, to {quarter_id}",
            "dc:license": {"@id": LICENCE},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tables": described,
        },
    )


def tidy_tables(tables: Sequence[Table]) -> list[Table]:
    """The tables that get a tidy CSV: all but those that are published in NHS England's shape."""
    published = {shape.table for shape in SHAPES}
    return [table for table in tables if table.name not in published]


def framework_label(framework_id: str) -> str:
    """The framework's name for people, or its id where the seed has no such row."""
    labels = {row["framework_id"]: row["framework_label"] for row in read_seed("framework", "frameworks")}
    return labels.get(framework_id, framework_id)


def _published_table(file: PublishedFile, table: Table) -> dict[str, Any]:
    comments = {column.name: column.comment for column in table.columns}
    return {
        "url": f"csv/{file.name}",
        "dc:title": f"{file.trust_type_label}: {file.shape.title}, in NHS England's layout",
        "tableSchema": {
            "columns": [
                _column(
                    name=re.sub(r"\W", "_", heading),
                    title=heading,
                    datatype="decimal" if name in file.shape.numbers else "string",
                    comment=comments[name],
                )
                for heading, name in file.shape.columns.items()
            ]
        },
    }


def _tidy_table(table: Table) -> dict[str, Any]:
    return {
        "url": f"csv/{table.name}.csv",
        "dc:title": table.name,
        **({"dc:description": table.comment} if table.comment else {}),
        "tableSchema": {
            "columns": [
                _column(
                    name=column.name,
                    title=column.name,
                    datatype=_datatype(column.data_type),
                    comment=column.comment,
                )
                for column in table.columns
            ],
            "primaryKey": list(table.primary_key),
        },
    }


def _column(*, name: str, title: str, datatype: str | dict[str, str], comment: str | None) -> dict[str, Any]:
    described: dict[str, Any] = {"name": name, "titles": [title], "datatype": datatype}
    return described | ({"dc:description": comment} if comment else {})


def _datatype(data_type: str) -> str | dict[str, str]:
    """DuckDB's type in the words of CSV on the Web; one that it has no word for here is described as text."""
    return _DATATYPES.get(data_type.partition("(")[0], "string")
