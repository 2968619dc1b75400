"""Reads NHS England's files without any of the project's code, so that the back-test stands on its own."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

QUARTERS = {f"Q{n} 2025/26": f"2025-26-Q{n}" for n in (1, 2, 3, 4)}


@dataclass(frozen=True)
class Figure:
    """One row of a published file, as far as the back-test needs it."""

    value: Decimal
    rank: int | None
    benchmarks: tuple[Decimal, Decimal, Decimal] | None


def _number(text: str) -> Decimal:
    return Decimal(text.replace("\xa0", " ").strip())


def read_figures(folder: Path, pattern: str) -> dict[tuple[str, str, str], Figure]:
    """Figures by quarter_id, trust code and identifier."""
    figures = {}
    (path,) = (folder / "nof_2025_26").glob(pattern)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = [row["Lower_quartile"], row["Median_value"], row["Upper_quartile"]]
            figures[QUARTERS[row["Quarter"]], row["Trust_code"], row["Metric_ID"]] = Figure(
                value=_number(row["Value"]),
                rank=int(_number(row["Rank"])) if row["Rank"] else None,
                benchmarks=(_number(cells[0]), _number(cells[1]), _number(cells[2])) if all(cells) else None,
            )
    return figures


def read_league_table(folder: Path) -> list[dict[str, str]]:
    """The rows of the published league table sample, as text."""
    (path,) = (folder / "nof_2025_26").glob("*league-table*")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
