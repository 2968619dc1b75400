"""Figures of a release read from its CSV files by Python alone: what the guides' output is held against.

No DuckDB, no pandas and no SQL in here, so that a guide and this module cannot be wrong in the same way.
"""

import csv
import json
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

Row = tuple[str, ...]


class Figures:
    """What a release says, from `csv/` and `manifest.json`."""

    def __init__(self, release: Path) -> None:
        self.release = release

    def table(self, name: str) -> list[dict[str, str]]:
        """Rows of `csv/<name>.csv`, every cell as text; a byte order mark is no part of the first heading."""
        with (self.release / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """`manifest.json`."""
        content: dict[str, Any] = json.loads((self.release / "manifest.json").read_text(encoding="utf-8"))
        return content

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """`metadata.json`."""
        content: dict[str, Any] = json.loads((self.release / "metadata.json").read_text(encoding="utf-8"))
        return content

    @property
    def is_bundled(self) -> bool:
        """Whether the release is of the bundled, invented nation."""
        return bool(self.manifest["is_bundled"])

    @cached_property
    def quarters(self) -> list[str]:
        """Quarters in the release, oldest first."""
        return sorted(row["quarter_id"] for row in self.table("dim_quarter"))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Codes that tell a line of figures from other lines: trusts, quarters, trust types and metrics."""
        trusts = self.table("dim_trust")
        return frozenset(
            {row["trust_code"] for row in trusts}
            | {row["trust_type_id"] for row in trusts}
            | {row["metric_id"] for row in self.table("dim_metric")}
            | set(self.quarters)
        )

    def league(self, trust_type: str) -> list[dict[str, str]]:
        """The newest quarter of a league table as NHS England lays it out, in the order of rank and code."""
        label = next(
            row["quarter_label"]
            for row in self.table("dim_quarter")
            if row["quarter_id"] == self.quarters[-1]
        )
        rows = [
            row
            for row in self.table(f"nhs-oversight-framework-{trust_type}-league-table")
            if row["Quarter"] == label
        ]
        return sorted(rows, key=lambda row: (Decimal(row["Rank"]), row["Trust_code"]))

    def scores(self, trust_type_id: str) -> dict[str, list[str]]:
        """Average metric score of each trust of a type, one for each quarter in their order."""
        found = {
            (row["trust_code"], row["quarter_id"]): row["average_metric_score"]
            for row in self.table("fct_segment")
            if row["trust_type_id"] == trust_type_id
        }
        trusts = sorted({trust for trust, _ in found})
        return {trust: [found.get((trust, quarter), "") for quarter in self.quarters] for trust in trusts}

    def segment_counts(self, quarter_id: str) -> dict[tuple[str, str], int]:
        """Trusts of each type in each adjusted segment; those without one under the empty segment."""
        counts: dict[tuple[str, str], int] = {}
        for row in self.table("fct_segment"):
            if row["quarter_id"] == quarter_id:
                key = (row["trust_type_id"], row["adjusted_segment"])
                counts[key] = counts.get(key, 0) + 1
        return counts

    def meaning(self, table: str, column: str) -> str:
        """What a column means, by `metadata.json` or, where the table has no tidy CSV, the dictionary."""
        for described in self.metadata["tables"]:
            if described["url"] == f"csv/{table}.csv":
                for each in described["tableSchema"]["columns"]:
                    if each["name"] == column:
                        return str(each["dc:description"])
        path = self.release / "dictionary" / "data-dictionary.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(
                row["description"]
                for row in csv.DictReader(file)
                if (row["table"], row["column"]) == (table, column)
            )
