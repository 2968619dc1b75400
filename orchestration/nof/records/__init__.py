"""The record room of a home: monthly extracts row by row, as partitions of Parquet, and their sums."""

from nof.records.land import Arrival, land_records
from nof.records.manifest import Partition, RecordsDamaged, check, current, read_manifest
from nof.records.room import Room, room_of
from nof.records.stage import Staging, stage

__all__ = [
    "Arrival",
    "Partition",
    "RecordsDamaged",
    "Room",
    "Staging",
    "check",
    "current",
    "land_records",
    "read_manifest",
    "room_of",
    "stage",
]
