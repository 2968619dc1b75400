"""The record room of a home: monthly extracts row by row, as partitions of Parquet, and what is summed of them."""

from nof.records.land import Arrival, land_records
from nof.records.manifest import Partition, read_manifest
from nof.records.stage import Staging, stage

__all__ = ["Arrival", "Partition", "Staging", "land_records", "read_manifest", "stage"]
