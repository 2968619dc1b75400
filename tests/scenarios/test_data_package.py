"""The Frictionless data package of a whole release: a validator of others reads every row of every file."""

from pathlib import Path

import frictionless

from harness_some import some
from nof.release.csv_files import tidy_tables
from nof.release.database import open_database, read_tables


def test_the_data_package_is_valid_with_its_hashes_keys_and_every_row(bundled_release: Path) -> None:
    report = frictionless.validate(bundled_release / "datapackage.json")
    assert report.flatten(["name", "type", "message"]) == []
    assert {task.name for task in report.tasks} == {path.stem for path in (bundled_release / "csv").iterdir()}
    for task in report.tasks:
        assert (task.stats["bytes"], task.stats["sha256"]) != (None, None)
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    with open_database(bundled_release / "nof.duckdb") as database:
        for table in some(tidy_tables(read_tables(database, "nof"))):
            count = database.execute(f"select count(*) from publication.{table.name}").fetchall()[0][0]
            assert rows[table.name] == count, table.name
