"""Where the record room of a home lies, and what is called what in it.

`<home>/records/rtt_waits/rows/period=2026-04/file_id=0123456789ab/part-0.parquet` has the rows of one
extract, `staged/rule=…/period=…/file_id=…/part-0.parquet` the sums of it. Both are partitioned as Hive names
it, so that any engine that reads Parquet reads no month that it is not asked for.
"""

from dataclasses import dataclass
from pathlib import Path

from nof.home import Home
from nof.landing.publications.rtt_layout import (
    BANDS,
    COMMISSIONER,
    FUNCTION,
    PART,
    PROVIDER,
    PROVIDER_NAME,
    PROVIDER_PARENT,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
)
from nof.landing.source_columns import RTT_BANDS

PART_NAME = "part-0.parquet"

# Columns of the rows, by the published headings that they hold. Names and descriptions of codes are not kept:
# nothing judges them, and the codes say the same.
TEXT_COLUMNS = {
    PROVIDER: "provider_code",
    PROVIDER_NAME: "provider_name",
    PROVIDER_PARENT: "provider_parent_code",
    COMMISSIONER: "commissioner_code",
    PART: "part_type",
    FUNCTION: "treatment_function_code",
}
# In the order of the landing columns.
COUNT_COLUMNS = {
    TOTAL: "total",
    TOTAL_ALL: "total_with_unknown_start",
    UNKNOWN: "unknown_start",
    **dict(zip(BANDS, RTT_BANDS, strict=True)),
}


@dataclass(frozen=True)
class Room:
    """The record room of one dataset.

    Attributes:
        root: `<home>/records/<dataset>`; it comes into being with the first extract.
    """

    root: Path

    @property
    def manifest(self) -> Path:
        """One row for each extract, in the order in which they came."""
        return self.root / "manifest.csv"

    @property
    def rows(self) -> Path:
        """One row of Parquet for each published row."""
        return self.root / "rows"

    @property
    def staged(self) -> Path:
        """The sums, by the rule that they were made by."""
        return self.root / "staged"


def room_of(home: Home, dataset: str = "rtt_waits") -> Room:
    """The record room of a home."""
    return Room(home.root / "records" / dataset)


def partition_path(folder: Path, period: str, file_id: str) -> Path:
    """Where the Parquet file of one extract lies below a folder of partitions."""
    return folder / f"period={period}" / f"file_id={file_id}" / PART_NAME
