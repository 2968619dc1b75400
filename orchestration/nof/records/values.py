"""Metric values of what is in the record room, by the models that every run makes them with.

Two steps, so that the method stays in one place: the models are first asked which months they take, of a
calendar of the room that counts nobody; then only those months are staged and landed, and the values built.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nof import landing
from nof.errors import UsageRefused
from nof.frameworks import framework
from nof.home import Home
from nof.landing.columns import LANDING_TABLES
from nof.landing.lookups import read_lookups
from nof.landing.model import REGISTER_ENTRIES, FileKind, Landed
from nof.landing.register import read_landed_files
from nof.landing.source_columns import RTT_BANDS, SOURCE_COLUMNS
from nof.landing.vintages import current_vintages
from nof.records.manifest import Partition, current, read_manifest
from nof.records.room import room_of
from nof.records.sql import record_macros
from nof.records.stage import Staging, stage

DATASET: FileKind = "rtt_waits"
VALUE_COLUMNS = (
    *("framework_id", "quarter_id", "trust_code", "measure_id", "numerator", "denominator", "value_rounded"),
    *("value_status", "period_start_date", "period_end_date", "file_id", "row_number"),
)


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
        build = _Build(folder, wanted_framework, quarter_id)
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


class _Build:
    """A private build database that holds records and nothing else of a run but its registers."""

    def __init__(self, folder: Path, framework_id: str, quarter_id: str | None) -> None:
        from nof.warehouse import Warehouse  # noqa: PLC0415 - loads dbt

        self._database = folder / "build.duckdb"
        self._warehouse = Warehouse(self._database, folder / "dbt")
        self._asked = {"framework_id": framework_id, "quarter_id": quarter_id}

    def begin(self, home: Home) -> None:
        """Land the decisions of the home."""
        files = tuple(read_landed_files(home, read_lookups(), kinds=(REGISTER_ENTRIES,)))
        with self._open() as con:
            landing.write_landing(con, Landed(files=files, vintages=current_vintages(files)), **self._asked)

    def take_calendar(self, held: Sequence[Partition]) -> None:
        """Land a row for each month in the room that counts nobody, and build what says which are taken."""
        nobody = {"provider_code": "-", "part_type": "Part_2", "commissioner_group": "english"}
        nobody |= {"row_count": "0", "total_with_unknown_start": "0", RTT_BANDS[0]: "0"}
        names = SOURCE_COLUMNS[DATASET]
        rows = [
            (
                *(each.file_id, "0", "true"),
                *({"period": each.period, **nobody}.get(name, "") for name in names),
            )
            for each in held
        ]
        marks = ", ".join("?" * len(LANDING_TABLES[DATASET]))
        with self._open() as con:
            con.executemany(f"insert into landing.{DATASET} values ({marks})", rows)
            self._list_files(con, held)
        self._warehouse.build("record_months")

    def months_taken(self) -> set[str]:
        """The months that the measures take, as 2026-04."""
        with self._open() as con:
            rows = con.execute(
                "select distinct month_number from measures.measure_months where dataset_id = $dataset "
                "and framework_id = $framework_id and quarter_id = coalesce($quarter_id, quarter_id)",
                {"dataset": DATASET, **self._asked},
            ).fetchall()
        return {f"{number // 12:04}-{number % 12 + 1:02}" for (number,) in rows}

    def take(self, staging: Staging, taken: Sequence[Partition]) -> None:
        """Land the sums of these extracts in the place of the calendar, and build the values."""
        landed = record_macros("duckdb")["staged_as_landed"](
            staging.folder.as_posix(), taken, SOURCE_COLUMNS[DATASET]
        )
        with self._open() as con:
            con.execute(f"delete from landing.{DATASET}")
            con.execute(f"insert into landing.{DATASET} {landed}")
            con.execute(f"delete from landing.files where file_kind = '{DATASET}'")
            self._list_files(con, taken)
        self._warehouse.build("record_values")

    def values(self) -> tuple[tuple[Any, ...], ...]:
        """The values of the measures that are made from the room."""
        with self._open() as con:
            rows = con.execute(
                f"select {', '.join(VALUE_COLUMNS)} from measures.source_values "
                "where framework_id = $framework_id and quarter_id = coalesce($quarter_id, quarter_id) "
                "and measure_id in (select measure_id from framework.source_measures "
                "where dataset_id = $dataset) order by quarter_id, measure_id, trust_code",
                {"dataset": DATASET, **self._asked},
            ).fetchall()
        return tuple(rows)

    def _list_files(self, con: Any, partitions: Sequence[Partition]) -> None:
        # Where no file is listed the bundled nation stands in for what is not landed.
        con.executemany(
            "insert into landing.files values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                tuple(
                    {"file_kind": DATASET, "byte_count": str(each.record_byte_count)}.get(name)
                    or str(getattr(each, name))
                    for name in LANDING_TABLES["files"]
                )
                for each in partitions
            ],
        )

    def _open(self) -> Any:
        import duckdb  # noqa: PLC0415 - heavy

        return duckdb.connect(str(self._database))
