"""semantic-model.json: the model for any tool, in the layout of Apache Ossie (Open Semantic Interchange)."""

import json
from typing import Any

from nof.companions.semantic.model import Measure, SemanticModel
from nof.release.candidate import Candidate
from nof.release.csv_files import framework_label
from nof.release.database import SCHEMA, Column, Table
from nof.release.terms import read_terms

# The version of the layout, which is a draft; readers look here first.
VERSION = "0.2.0.dev0"
_VENDOR = "NOF"
_TYPES = {
    "BIGINT": "Integer",
    "INTEGER": "Integer",
    "DOUBLE": "Float",
    "DECIMAL": "Decimal",
    "BOOLEAN": "Boolean",
    "DATE": "Date",
    "VARCHAR": "String",
}


def neutral_model(model: SemanticModel, candidate: Candidate) -> dict[str, Any]:
    """The content of the file.

    Args:
        model: the model.
        candidate: the release.
    """
    terms = read_terms(is_bundled=candidate.is_bundled)
    described = {
        "name": "nhs_oversight_framework",
        "description": f"{framework_label(candidate.framework_id)}, recomputed, to {candidate.quarter_id}. "
        f"{terms.notice}",
        "datasets": [_dataset(model, table) for table in model.tables],
        "relationships": [
            {
                "name": f"{table}_{key.columns[-1]}_to_{key.table}",
                "from": table,
                "to": key.table,
                "from_columns": list(key.columns),
                "to_columns": list(key.to_columns),
            }
            for table, keys in sorted(model.foreign_keys.items())
            for key in keys
        ],
        "metrics": [_metric(measure) for measure in model.measures],
        "custom_extensions": [
            _extension(
                release_id=candidate.release_id,
                licence=terms.licence,
                licence_url=terms.licence_url,
                source=terms.source_line,
                notice=terms.notice,
            )
        ],
    }
    return {"version": VERSION, "semantic_model": [described]}


def _dataset(model: SemanticModel, table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": table.name,
        "source": f"nof.{SCHEMA}.{table.name}",
        "primary_key": list(table.primary_key),
        "fields": [_field(model, table, column) for column in table.columns],
    }
    return described | ({"description": table.comment} if table.comment else {})


def _field(model: SemanticModel, table: Table, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "expression": _in_sql(column.name),
        "datatype": _TYPES.get(column.data_type.partition("(")[0], "Opaque"),
    }
    if column.comment:
        described["description"] = column.comment
    unit = model.unit_of(table.name, column.name)
    if unit:
        described["custom_extensions"] = [_extension(unit=unit)]
    return described


def _metric(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "description": measure.description,
        "datatype": measure.datatype,
        "expression": _in_sql(measure.sql),
        "custom_extensions": [_extension(dax=measure.dax, format=measure.format, table=measure.table)],
    }


def _in_sql(expression: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": "ANSI_SQL", "expression": expression}]}


def _extension(**facts: str) -> dict[str, str]:
    """What the layout has no word for; it takes it as JSON in a text."""
    return {"vendor_name": _VENDOR, "data": json.dumps(facts, ensure_ascii=False, sort_keys=True)}
