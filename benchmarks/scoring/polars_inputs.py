"""What the polars scoring reads, and the arithmetic that its rules share."""

from pathlib import Path

import polars as pl
from polars import selectors as cs

CELL = ["quarter_id", "trust_code", "metric_id"]
TRUST = ["quarter_id", "trust_code"]


class Nation:
    """The inputs of a nation, each a lazy frame; numbers are doubles."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, table: str) -> pl.LazyFrame:
        # Everything is of one framework, and where a row of the method comes from moves nothing.
        # Identifiers repeat: as categories they are a number each.
        frame = pl.scan_parquet(self.folder / f"{table}.parquet")
        return frame.drop("framework_id", "source", "certainty", strict=False).with_columns(
            cs.decimal().cast(pl.Float64), (cs.string() & cs.ends_with("_id", "_code")).cast(pl.Categorical)
        )

    def setting(self, name: str) -> float:
        """One number of the framework's own row."""
        return float(self["frameworks"].select(name).collect().item())

    def measure(self, role: str) -> str:
        """The identifier of a summary figure."""
        rows = self["summary_measures"].filter(pl.col("measure_role") == role)
        return str(rows.select("measure_id").collect().item())


def half_up(number: pl.Expr) -> pl.Expr:
    """Half-up to 2 dp; a half that a double misses by its last digits is one."""
    cents = (number.abs() * 100).round(8)
    return number.sign() * (cents + 0.5).floor() / 100


def weakest_basis(nation: Nation, frame: pl.LazyFrame, named: str) -> pl.LazyFrame:
    """Add the basis that the column `weakness_order` stands for."""
    bases = nation["score_bases"].select("weakness_order", pl.col("score_basis").alias(named))
    return frame.join(bases, on="weakness_order", how="left")
