"""datapackage.json: the CSVs of a release as a Frictionless data package (tabular data package)."""

from collections.abc import Sequence
from typing import Any

from nof.files import sha256_of, write_json
from nof.release.candidate import Candidate
from nof.release.csv_files import CONVENTION, CsvColumn, CsvFile, framework_label
from nof.release.terms import MAKER, read_terms

NAME = "datapackage.json"

_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "DECIMAL": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "VARCHAR": "string",
}


def write_datapackage(candidate: Candidate, files: Sequence[CsvFile]) -> None:
    """Describe every CSV of a release with its hash; the CSVs are written already.

    Args:
        candidate: the release.
        files: its CSVs.
    """
    terms = read_terms(is_bundled=candidate.is_bundled)
    write_json(
        candidate.folder / NAME,
        {
            "profile": "tabular-data-package",
            "name": f"nhs-oversight-framework-{candidate.quarter_id.lower()}",
            "id": candidate.release_id,
            "version": candidate.release_id,
            "title": f"{framework_label(candidate.framework_id)}, recomputed, to {candidate.quarter_id}",
            "description": f"{terms.notice} {CONVENTION}",
            "keywords": ["NHS Oversight Framework", "NHS trusts", "segments", "league tables"],
            "contributors": [{"title": MAKER, "role": "author"}],
            "licenses": [{"name": "OGL-UK-3.0", "title": terms.licence, "path": terms.licence_url}],
            "sources": [{"title": terms.source_line}],
            "resources": [_resource(candidate, file) for file in files],
        },
    )


def _resource(candidate: Candidate, file: CsvFile) -> dict[str, Any]:
    path = candidate.folder / file.path
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in file.columns],
        "missingValues": [""],
    }
    if file.primary_key:
        schema["primaryKey"] = list(file.primary_key)
    if file.foreign_keys:
        schema["foreignKeys"] = [
            {
                "fields": list(key.columns),
                "reference": {"resource": key.table, "fields": list(key.to_columns)},
            }
            for key in file.foreign_keys
        ]
    described: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": file.name,
        "title": file.title,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }
    return described | ({"description": file.description} if file.description else {})


def _field(column: CsvColumn) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.heading, "type": _TYPES.get(column.data_type, "string")}
    if described["type"] == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.description:
        described["description"] = column.description
    if column.unit:
        described["unit"] = column.unit
    constraints = _constraints(column, described["type"])
    return described | ({"constraints": constraints} if constraints else {})


def _constraints(column: CsvColumn, kind: str) -> dict[str, Any]:
    """What every cell of a column keeps to, as the database enforces it."""
    number = int if kind == "integer" else float
    found: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.minimum is not None:
        found["minimum"] = number(column.minimum)
    if column.maximum is not None:
        found["maximum"] = number(column.maximum)
    if column.one_of:
        found["enum"] = list(column.one_of)
    return found
