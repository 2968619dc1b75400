"""The private build that values of records are made in: the models of every run, on the months they take."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nof import landing
from nof.errors import NofError
from nof.home import Home
from nof.landing.columns import LANDING_TABLES
from nof.landing.lookups import read_lookups
from nof.landing.model import REGISTER_ENTRIES, FileKind, Landed
from nof.landing.register import read_landed_files
from nof.landing.source_columns import RTT_BANDS, SOURCE_COLUMNS
from nof.landing.vintages import current_vintages
from nof.project import read_seed
from nof.records.manifest import Partition
from nof.records.sql import record_macros
from nof.records.stage import Staging

DATASET: FileKind = "rtt_waits"
# What some term of a measure counts: the part of the return and the group of commissioners, empty for all.
Counted = dict[str, str]
VALUE_COLUMNS = (
    *("framework_id", "quarter_id", "trust_code", "measure_id", "numerator", "denominator", "value_rounded"),
    *("value_status", "period_start_date", "period_end_date", "file_id", "row_number"),
)


def counted_in_terms() -> list[Counted]:
    """The rows that the measures of the room are made from, as models/measures/rtt_figures.sql calls them.

    The others are not handed over: most of them, of parts that no measure asks for.
    """
    measures = {
        (row["framework_id"], row["measure_id"])
        for row in read_seed("framework", "source_measures")
        if row["dataset_id"] == DATASET
    }
    found = {
        (row["figure_group"], row["figure_subgroup"])
        for row in read_seed("framework", "source_measure_terms")
        if (row["framework_id"], row["measure_id"]) in measures
    }
    return [{"part_type": part, "commissioner_group": group} for part, group in sorted(found)]


class ValuesBuild:
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
            staging.folder.as_posix(), taken, SOURCE_COLUMNS[DATASET], counted_in_terms()
        )
        with self._open() as con:
            con.execute(f"delete from landing.{DATASET}")
            con.execute(f"insert into landing.{DATASET} {landed}")
            self._refuse_empty(con, taken)
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

    def _refuse_empty(self, con: Any, taken: Sequence[Partition]) -> None:
        rows = con.execute(f"select distinct file_id from landing.{DATASET}").fetchall()
        there = {file_id for (file_id,) in rows}
        empty = [each.file_name for each in taken if each.file_id not in there]
        if empty:
            raise NofError(
                f"{', '.join(empty)}: no row is of a part that a measure counts. See what was published."
            )

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
