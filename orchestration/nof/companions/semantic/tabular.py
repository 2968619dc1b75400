"""model.bim: the same for Power BI, as a tabular model in TMSL that reads the Parquet files."""

import re
from typing import Any

from nof.companions.semantic.model import EVERYWHERE, Measure, Relation, SemanticModel
from nof.release.candidate import Candidate
from nof.release.csv_files import framework_label
from nof.release.database import Column, Table
from nof.release.terms import read_terms

COMPATIBILITY_LEVEL = 1567
# The parameter that says where the release lies, and what stands there until it is set.
FOLDER = "ReleaseFolder"
_EXAMPLE = r"C:\nof\releases\current"

# Type in the model, and type in M. A decimal of Power BI has four places only, so that these are doubles.
_TYPES = {
    "BIGINT": ("int64", "Int64.Type"),
    "INTEGER": ("int64", "Int64.Type"),
    "DOUBLE": ("double", "type number"),
    "DECIMAL": ("double", "type number"),
    "BOOLEAN": ("boolean", "type logical"),
    "DATE": ("dateTime", "type date"),
    "VARCHAR": ("string", "type text"),
}
_SCALE = re.compile(r"DECIMAL\(\d+,\s*(\d+)\)")
# Tables that explain the method or repeat what others hold: there, but not in the way of who makes a report.
_HIDDEN = ("method_", "oversight_data", "dim_file")


def tabular_model(model: SemanticModel, candidate: Candidate) -> dict[str, Any]:
    """The content of the file.

    Args:
        model: the model.
        candidate: the release.
    """
    terms = read_terms(is_bundled=candidate.is_bundled)
    hidden = {(relation.table, relation.column) for relation in model.relations if relation.is_active}
    facts = {"release_id": candidate.release_id, "licence": terms.licence, "licence_url": terms.licence_url}
    return {
        "name": "NHS Oversight Framework",
        "compatibilityLevel": COMPATIBILITY_LEVEL,
        "model": {
            "culture": "en-GB",
            "sourceQueryCulture": "en-GB",
            "defaultPowerBIDataSourceVersion": "powerBI_V3",
            "discourageImplicitMeasures": True,
            "dataAccessOptions": {"legacyRedirects": True, "returnErrorValuesAsNull": True},
            "description": f"{framework_label(candidate.framework_id)}, recomputed, to "
            f"{candidate.quarter_id}. {terms.notice} {terms.source_line}",
            "expressions": [
                {
                    "name": FOLDER,
                    "kind": "m",
                    "description": "The folder of the release, without a backslash at its end.",
                    "expression": f'"{_EXAMPLE}" meta '
                    '[IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]',
                }
            ],
            "tables": [_table(model, table, hidden) for table in model.tables],
            "relationships": [_relationship(relation) for relation in model.relations],
            "annotations": [{"name": name, "value": value} for name, value in facts.items()],
        },
    }


def _table(model: SemanticModel, table: Table, hidden: set[tuple[str, str]]) -> dict[str, Any]:
    measures = [_measure(measure) for measure in model.measures if measure.table == table.name]
    described: dict[str, Any] = {
        "name": table.name,
        "columns": [
            _column(
                column,
                is_hidden=column.name == EVERYWHERE or (table.name, column.name) in hidden,
            )
            for column in table.columns
        ],
        "partitions": [
            {"name": table.name, "mode": "import", "source": {"type": "m", "expression": _in_m(table)}}
        ],
    }
    if table.comment:
        described["description"] = table.comment
    if measures:
        described["measures"] = measures
    if table.name.startswith(_HIDDEN):
        described["isHidden"] = True
    return described


def _column(column: Column, *, is_hidden: bool) -> dict[str, Any]:
    kind = _TYPES.get(column.data_type.partition("(")[0], _TYPES["VARCHAR"])[0]
    described: dict[str, Any] = {
        "name": column.name,
        "dataType": kind,
        "sourceColumn": column.name,
        "summarizeBy": "none",
    }
    shown = _format(column.data_type)
    if shown:
        described["formatString"] = shown
    if column.comment:
        described["description"] = column.comment
    if is_hidden:
        described["isHidden"] = True
    return described


def _format(data_type: str) -> str | None:
    """How a number or a date is shown, in as many decimals as its type has, four at most."""
    if found := _SCALE.match(data_type):
        return f"#,##0.{'0' * min(2, int(found[1]))}{'#' * max(0, min(4, int(found[1])) - 2)}"
    return {"BIGINT": "#,##0", "INTEGER": "#,##0", "DATE": "yyyy-mm-dd"}.get(data_type)


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "description": measure.description,
        "expression": measure.dax,
        "formatString": measure.format,
    }


def _relationship(relation: Relation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": relation.name,
        "fromTable": relation.table,
        "fromColumn": relation.column,
        "toTable": relation.to_table,
        "toColumn": relation.to_column,
    }
    return described | ({} if relation.is_active else {"isActive": False})


def _in_m(table: Table) -> list[str]:
    """The query that reads the table's Parquet file and settles the types of its columns."""
    types = ", ".join(
        f'{{"{column.name}", {_TYPES.get(column.data_type.partition("(")[0], _TYPES["VARCHAR"])[1]}}}'
        for column in table.columns
    )
    return [
        "let",
        f'    Source = Parquet.Document(File.Contents({FOLDER} & "\\parquet\\{table.name}.parquet")),',
        f"    Typed = Table.TransformColumnTypes(Source, {{{types}}})",
        "in",
        "    Typed",
    ]
