"""metadata.json: the CSVs of a release described as CSV on the Web (W3C, tabular metadata)."""

from collections.abc import Sequence
from typing import Any

from nof.files import write_json
from nof.release.candidate import Candidate
from nof.release.csv_files import CONVENTION, CsvColumn, CsvFile, framework_label
from nof.release.terms import MAKER, read_terms

NAME = "metadata.json"

_BASES = {
    "BIGINT": "long",
    "INTEGER": "int",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DECIMAL": "decimal",
    "VARCHAR": "string",
}


def write_metadata(candidate: Candidate, files: Sequence[CsvFile]) -> None:
    """Describe every CSV of a release: columns, headings, types, units, keys, licence.

    Args:
        candidate: the release.
        files: its CSVs.
    """
    terms = read_terms(is_bundled=candidate.is_bundled)
    write_json(
        candidate.folder / NAME,
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": f"{framework_label(candidate.framework_id)}, recomputed, to {candidate.quarter_id}",
            "dc:identifier": candidate.release_id,
            "dc:description": f"{terms.notice} {CONVENTION}",
            "dc:creator": MAKER,
            "dc:source": terms.source_line,
            "dc:license": {"@id": terms.licence_url},
            "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
            "tables": [_table(file) for file in files],
        },
    )


def _table(file: CsvFile) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in file.columns]}
    if file.primary_key:
        schema["primaryKey"] = list(file.primary_key)
    if file.foreign_keys:
        schema["foreignKeys"] = [
            {
                "columnReference": list(key.columns),
                "reference": {"resource": f"csv/{key.table}.csv", "columnReference": list(key.to_columns)},
            }
            for key in file.foreign_keys
        ]
    described: dict[str, Any] = {"url": file.path, "dc:title": file.title, "tableSchema": schema}
    return described | ({"dc:description": file.description} if file.description else {})


def _column(column: CsvColumn) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": [column.heading],
        "datatype": _datatype(column),
    }
    if column.is_required:
        described["required"] = True
    if column.description:
        described["dc:description"] = column.description
    if column.unit:
        described["schema:unitText"] = column.unit
    return described


def _datatype(column: CsvColumn) -> str | dict[str, str]:
    """A type in the words of CSV on the Web; one that it has no word for here is described as text."""
    base = _BASES.get(column.data_type, "string")
    if base == "boolean":
        return {"base": base, "format": "true|false"}
    limits = {"minimum": column.minimum, "maximum": column.maximum}
    known = {name: limit for name, limit in limits.items() if limit is not None}
    if column.one_of:
        known["format"] = "|".join(column.one_of)
    return {"base": base, **known} if known else base
