"""Metric values of what is in the record room, by the models that every run makes them with.

Two steps, so that the method stays in one place: the models are first asked which months they take, of a
calendar of the room that counts nobody; then only those months are staged and landed, and the values built.
"""

import shutil
from dataclasses import dataclass
from typing import Any

from nof.errors import UsageRefused
from nof.frameworks import framework
from nof.home import Home
from nof.records.build import ValuesBuild
from nof.records.manifest import Partition, current, read_manifest
from nof.records.room import room_of
from nof.records.stage import Staging, stage


@dataclass(frozen=True)
class Values:
    """What was made of the room.

    Attributes:
        rows: cells in the order of VALUE_COLUMNS, by quarter, measure and organisation.
        held: the current extract of each month in the room.
        taken: those of them that the values are made from.
        staging: what had to be read for it.
    """

    rows: tuple[tuple[Any, ...], ...]
    held: tuple[Partition, ...]
    taken: tuple[Partition, ...]
    staging: Staging


def values(
    home: Home,
    *,
    framework_id: str | None = None,
    quarter_id: str | None = None,
    memory_limit: str | None = None,
) -> Values:
    """Make the metric values of one quarter, or of every quarter that there are months of.

    Decisions that are landed in the home (who has merged into whom) count as in a run.

    Args:
        home: the warehouse, locked by the caller.
        framework_id: None for the one in force.
        quarter_id: None for all.
        memory_limit: of DuckDB while it sums rows, as it writes it.

    Raises:
        UsageRefused: nothing is in the room, or no month of it is of the quarter.
        RecordsDamaged: what has to be read is damaged.
        BuildFailed: a model or a test failed.
    """
    room, wanted_framework = room_of(home), framework(framework_id)["framework_id"]
    held = tuple(current(read_manifest(room)).values())
    if not held:
        raise UsageRefused(f"{room.root} holds no records. Land extracts first (nof records land).")
    folder = home.build / "records"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        build = ValuesBuild(folder, wanted_framework, quarter_id)
        build.begin(home)
        build.take_calendar(held)
        months = build.months_taken()
        taken = tuple(each for each in held if each.period in months)
        if not taken:
            raise UsageRefused(
                f"No month in the room is of {quarter_id or 'any quarter'} under {wanted_framework}. There "
                f"are {held[0].period} to {held[-1].period}."
            )
        staging = stage(room, taken, {"memory_limit": memory_limit} if memory_limit else None)
        build.take(staging, taken)
        return Values(build.values(), held, taken, staging)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
