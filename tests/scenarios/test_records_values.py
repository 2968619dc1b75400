"""Values made of the record room: those that a run makes of the same extract, of the months taken."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_records import extract, land, publish
from typer.testing import CliRunner

from nof import landing
from nof.cli import app
from nof.errors import UsageRefused
from nof.home import Home
from nof.records import current, read_manifest, room_of
from nof.records.build import VALUE_COLUMNS
from nof.records.values import Values, values
from nof.warehouse import Warehouse

QUARTER = "2026-27-Q1"
VALUES_MADE = "select {columns} from measures.source_values where measure_id in ('OF0003', 'OF0023')"


@pytest.fixture(scope="module")
def home(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The real extract of April 2026, and one small invented one of the March before it, which is damaged."""
    folder = tmp_path_factory.mktemp("values")
    home = Home(folder / "home")
    land(home, data_dir / "sources" / "referral_to_treatment")
    land(home, publish(folder / "in", march__csv=extract("March-2026")))
    room = room_of(home)
    current(read_manifest(room))["2026-03"].path(room).write_bytes(b"PAR1")
    return home


@pytest.fixture(scope="module")
def made(home: Home) -> Values:
    return values(home, quarter_id=QUARTER)


def test_values_are_those_of_the_extract(made: Values) -> None:
    """The worked example of docs/methodology/sources-referral-to-treatment.md, worked out from the file."""
    found = {(row[2], row[3]): row[4:7] for row in made.rows}
    assert len(found) == 2 * 528
    assert found["R0A", "OF0003"] == (Decimal(1_480), Decimal(167_994), Decimal("0.88"))
    assert found["R0A", "OF0023"] == (Decimal(105_760), Decimal(167_994), Decimal("62.95"))
    assert found["RRK", "OF0023"] == (Decimal(62_017), Decimal(90_728), Decimal("68.35"))
    totals = {
        measure: tuple(sum(row[place] for row in made.rows if row[3] == measure) for place in (4, 5))
        for measure in ("OF0003", "OF0023")
    }
    assert totals == {"OF0003": (97_388, 7_093_502), "OF0023": (4_607_182, 7_093_502)}


def test_a_damaged_month_that_is_not_taken_is_not_opened(made: Values) -> None:
    assert [each.period for each in made.held] == ["2026-03", "2026-04"]
    assert [each.period for each in made.taken] == ["2026-04"]
    assert made.staging.rows_read == 180_781


def test_every_cell_is_the_one_that_a_run_makes(made: Values, data_dir: Path, tmp_path: Path) -> None:
    database = tmp_path / "build.duckdb"
    folder = data_dir / "sources" / "referral_to_treatment"
    landed = landing.land(Home(tmp_path / "home"), [folder], today=date(2026, 7, 1))
    with duckdb.connect(str(database)) as con:
        landing.write_landing(con, landed, framework_id=None, quarter_id=None)
    warehouse = Warehouse(database, tmp_path / "dbt")
    for selector in ("record_months", "record_values"):
        warehouse.build(selector)
    query = VALUES_MADE.format(columns=", ".join(VALUE_COLUMNS))
    with duckdb.connect(str(database), read_only=True) as con:
        run_made: list[Any] = con.execute(query).fetchall()
    assert sorted(run_made) == sorted(made.rows)


def test_a_quarter_without_months_is_refused_in_words(home: Home) -> None:
    with pytest.raises(UsageRefused, match=r"No month in the room is of 2025-26-Q3.*2026-03 to 2026-04"):
        values(home, quarter_id="2025-26-Q3")


def test_the_commands_say_what_is_there_and_what_it_comes_to(home: Home) -> None:
    def said(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["records", *arguments, "--home", str(home.root)])
        assert result.exit_code == 0, result.output
        return result.output

    assert "180,792 records" in said("list")
    assert said("list", "--format", "csv").splitlines()[0].startswith("landed_order,period,file_id")
    shown = said("values", "--quarter", QUARTER)
    assert "97,388" in shown and "7,093,502" in shown
    assert "1 of 2 months are taken, 180,781 of 180,792 rows" in shown
    with pytest.raises(Exception, match="is damaged"):
        CliRunner().invoke(app, ["records", "check", "--home", str(home.root)], catch_exceptions=False)
