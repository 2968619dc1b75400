"""What the pandas scoring reads, and the arithmetic that its rules share."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

CELL = ["quarter_id", "trust_code", "metric_id"]
TRUST = ["quarter_id", "trust_code"]
TYPE = ["quarter_id", "trust_type_id"]


class Nation:
    """The inputs of a nation, each a frame; numbers are doubles, and text that repeats is Arrow's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, table: str) -> pd.DataFrame:
        read = pq.read_table(self.folder / f"{table}.parquet")
        # Everything is of one framework, and where a row of the method comes from moves nothing.
        read = read.drop_columns(
            [name for name in ("framework_id", "source", "certainty") if name in read.column_names]
        )
        for place, field in enumerate(read.schema):
            if pa.types.is_decimal(field.type):
                read = read.set_column(place, field.name, pc.cast(read[field.name], pa.float64()))
        return read.to_pandas()

    def setting(self, name: str) -> float:
        """One number of the framework's own row."""
        return float(self["frameworks"][name].iloc[0])

    def measure(self, role: str) -> str:
        """The identifier of a summary figure."""
        rows = self["summary_measures"]
        return str(rows.loc[rows["measure_role"] == role, "measure_id"].iloc[0])


def half_up(numbers: pd.Series) -> pd.Series:
    """Half-up to 2 dp; a half that a double misses by its last digits is one."""
    cents = (numbers.abs() * 100).round(8)
    return np.sign(numbers) * np.floor(cents + 0.5) / 100


def choose(cases: list[tuple[pd.Series, object]], otherwise: object = None) -> np.ndarray:
    """The text of the first case that holds."""
    conditions = [case.fillna(False).astype(bool).to_numpy() for case, _ in cases]
    return np.select(conditions, [np.array(value, dtype=object) for _, value in cases], default=otherwise)
