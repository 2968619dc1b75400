"""What the YAML beside the publication models says of them; whoever describes a table or column asks here."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from nof.errors import NofError
from nof.project import project_root

# Units that the type or the description says already, so that a comment does not repeat them.
PLAIN_UNITS = frozenset({"identifier", "text", "true or false", "word of a closed list", "ISO date"})
PUBLIC = "public"

_REF = re.compile(r"""ref\(\s*['"](\w+)['"]\s*\)""")


class NotDescribed(NofError):
    """A publication model whose YAML does not say what a reader has to know of it (exit status 1)."""


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values are those of a key of another publication table, or empty."""

    columns: tuple[str, ...]
    table: str
    to_columns: tuple[str, ...]

    def __str__(self) -> str:
        """As the dictionary writes it: `dim_trust (framework_id, trust_code)`."""
        return f"{self.table} ({', '.join(self.to_columns)})"


@dataclass(frozen=True)
class DescribedColumn:
    """One column as its model promises it.

    Attributes:
        name: its name.
        description: what it means.
        data_type: its type in DuckDB's words, for example `DECIMAL(6,2)`.
        unit: what a value of it counts or is written in.
        sensitivity: a class of seeds/reference/sensitivity_classes.csv.
        is_nullable: whether it may be empty.
        checks: conditions on it that the database enforces.
    """

    name: str
    description: str
    data_type: str
    unit: str
    sensitivity: str
    is_nullable: bool
    checks: tuple[str, ...]

    @property
    def comment(self) -> str:
        """Description, unit and class in one line, as the files of a release carry it."""
        said = [self.description]
        if self.unit not in PLAIN_UNITS:
            said.append(f"Unit: {self.unit}.")
        if self.sensitivity != PUBLIC:
            said.append(f"Sensitivity: {self.sensitivity}.")
        return " ".join(said)


@dataclass(frozen=True)
class DescribedTable:
    """One publication table as its model promises it.

    Attributes:
        name: its name.
        description: what is in it.
        grain: what one row stands for.
        rule: where its figures come from: a part of the method.
        owner: the role that answers for it.
        sensitivity: the class of the table; a column can be in a stricter one.
        columns: in their order.
        primary_key: the columns that tell rows apart.
        foreign_keys: what else its rows refer to.
        checks: conditions on several columns that the database enforces.
    """

    name: str
    description: str
    grain: str
    rule: str
    owner: str
    sensitivity: str
    columns: tuple[DescribedColumn, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    checks: tuple[str, ...]

    @property
    def comment(self) -> str:
        """Description, grain and rule in one line, as the files of a release carry it."""
        return f"{self.description} One row per {self.grain}. {self.rule[:1].upper()}{self.rule[1:]}."

    def foreign_keys_of(self, column: str) -> tuple[ForeignKey, ...]:
        """The foreign keys that a column tells apart: of a key that shares columns the last one has it.

        Most keys begin with framework_id; what they are about is their last column.
        """
        return tuple(key for key in self.foreign_keys if key.columns[-1] == column)


def read_described(root: Path | None = None) -> dict[str, DescribedTable]:
    """Every publication table by its name, in the order of the names; read once while no file changes.

    Args:
        root: the project's folder; the one in hand where None.

    Raises:
        FileNotFoundError: no model is described.
        NotDescribed: a model or a column lacks something; the first such one is named.
    """
    folder = (root or project_root()) / "models" / "publication"
    tables: list[DescribedTable] = []
    for path in sorted(folder.glob("*.yml")):
        status = path.stat()
        tables += _read_file(path, status.st_mtime_ns, status.st_size)
    if not tables:
        raise FileNotFoundError(f"{folder} describes no model, so there is nothing to make a dictionary of.")
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


@lru_cache(maxsize=512)
def _read_file(path: Path, modified: int, size: int) -> tuple[DescribedTable, ...]:
    """The models of one file; a file that changed is read anew."""
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415 - dbt brings it, without types

    # The reader in C takes a tenth of the time, where PyYAML was built with it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
    return tuple(_table(model, path) for model in content.get("models", []))


def _table(model: dict[str, Any], path: Path) -> DescribedTable:
    place = f"{path.name}: {model['name']}"
    rules = model.get("constraints", [])
    keys = [rule["columns"] for rule in rules if rule["type"] == "primary_key"]
    key = tuple(keys[0]) if keys else ()
    return DescribedTable(
        name=model["name"],
        description=_said(model, "description", place),
        grain=_meta(model, "grain", place),
        rule=_meta(model, "rule", place),
        owner=_meta(model, "owner", place),
        sensitivity=_meta(model, "sensitivity", place),
        columns=tuple(_column(column, key, place) for column in model["columns"]),
        primary_key=key,
        foreign_keys=tuple(
            ForeignKey(tuple(rule["columns"]), _referred(rule["to"], place), tuple(rule["to_columns"]))
            for rule in rules
            if rule["type"] == "foreign_key"
        ),
        checks=_checks(rules),
    )


def _column(column: dict[str, Any], key: tuple[str, ...], place: str) -> DescribedColumn:
    place = f"{place}.{column['name']}"
    rules = column.get("constraints", [])
    return DescribedColumn(
        name=column["name"],
        description=_said(column, "description", place),
        data_type=_said(column, "data_type", place).upper().replace(" ", ""),
        unit=_meta(column, "unit", place),
        sensitivity=_meta(column, "sensitivity", place),
        is_nullable=column["name"] not in key and not any(rule["type"] == "not_null" for rule in rules),
        checks=_checks(rules),
    )


def _checks(rules: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(" ".join(rule["expression"].split()) for rule in rules if rule["type"] == "check")


def _referred(to: str, place: str) -> str:
    found = _REF.fullmatch(to.strip())
    if not found:
        raise NotDescribed(f"{place} has a foreign key to {to!r}: name the model as ref('…').")
    return found.group(1)


def _meta(described: dict[str, Any], name: str, place: str) -> str:
    return _said(described.get("config", {}).get("meta", {}), name, place)


def _said(described: dict[str, Any], name: str, place: str) -> str:
    text = " ".join(str(described.get(name) or "").split())
    if not text:
        raise NotDescribed(f"{place} has no {name}: say it in the YAML beside the model.")
    return text
