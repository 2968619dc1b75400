"""CSV on the Web and the Frictionless data package: validators of others accept them and refuse bad ones."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pytest
from csvw import CSVW

from harness_some import some
from nof.release.csv_files import read_foreign_keys, tidy_tables
from nof.release.database import open_database, read_tables

# The W3C validator takes a minute for a whole nation: it sees the beginning of each file. That every cell is
# of the type that the metadata says is shown in test_formats_agree. Frictionless sees every row of a whole
# release in tests/scenarios/test_data_package.py.
LINES = 40


@pytest.fixture(scope="module")
def beginning(bundled_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release's metadata with the first lines of its CSVs; references go to rows that are cut off."""
    folder = tmp_path_factory.mktemp("beginning")
    (folder / "csv").mkdir()
    for path in (bundled_release / "csv").iterdir():
        lines = path.read_bytes().splitlines(keepends=True)
        (folder / "csv" / path.name).write_bytes(b"".join(lines[:LINES]))
    metadata = json.loads((bundled_release / "metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        table["tableSchema"].pop("foreignKeys", None)
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return folder


@pytest.fixture
def spoilt(beginning: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(beginning, tmp_path / "spoilt"))


@pytest.fixture(scope="module")
def database(bundled_release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(bundled_release / "nof.duckdb") as connection:
        yield connection


def is_valid(folder: Path) -> bool:
    try:
        found = CSVW(str(folder / "metadata.json"), validate=True)
        return bool(found.is_valid) and not found.warnings
    except ValueError:  # a key that is there twice
        return False


def test_csv_on_the_web_is_valid(beginning: Path) -> None:
    assert is_valid(beginning)


def change_line(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def wrong_type(folder: Path) -> None:
    header, first, *_ = (folder / "csv" / "fct_segment.csv").read_bytes().decode().split("\r\n")
    score = dict(zip(header.split(","), first.split(","), strict=False))["average_metric_score"]
    change_line(folder / "csv" / "fct_segment.csv", f",{score},", ",two,")


def wrong_heading(folder: Path) -> None:
    change_line(folder / "csv" / "dim_quarter.csv", "quarter_label", "label")


def twice_the_same_key(folder: Path) -> None:
    path = folder / "csv" / "dim_quarter.csv"
    path.write_bytes(path.read_bytes() + path.read_bytes().splitlines(keepends=True)[-1])


@pytest.mark.parametrize("spoil", [wrong_type, wrong_heading, twice_the_same_key])
def test_csv_on_the_web_of_a_file_that_is_not_as_described_is_refused(
    spoilt: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(spoilt)
    assert not is_valid(spoilt)


def package_of(folder: Path, names: set[str]) -> dict[str, Any]:
    """A package of a few resources, copied from a release."""
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [each for each in package["resources"] if each["name"] in names]
    return package


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("2026-03-31", "soon", "type-error"),
        ("Q4 2025/26", "Q4 2025/27", "hash-count"),
    ],
)
def test_a_data_package_whose_file_changed_is_refused(
    bundled_release: Path, tmp_path: Path, old: str, new: str, fault: str
) -> None:
    (tmp_path / "csv").mkdir()
    shutil.copyfile(bundled_release / "csv" / "dim_quarter.csv", tmp_path / "csv" / "dim_quarter.csv")
    (tmp_path / "csv" / "dim_quarter.csv").chmod(0o644)
    package = package_of(bundled_release, {"dim_quarter"})
    package["resources"][0]["schema"].pop("foreignKeys", None)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert frictionless.validate(tmp_path / "datapackage.json").valid
    change_line(tmp_path / "csv" / "dim_quarter.csv", old, new)
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert fault in {found for (found,) in report.flatten(["type"])}


def test_both_say_what_the_release_is_and_on_what_terms(bundled_release: Path) -> None:
    metadata = json.loads((bundled_release / "metadata.json").read_text(encoding="utf-8"))
    package = json.loads((bundled_release / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((bundled_release / "manifest.json").read_text(encoding="utf-8"))
    assert metadata["dc:identifier"] == package["version"] == manifest["release_id"]
    assert metadata["dc:description"] == package["description"]
    assert package["description"].startswith("Not an NHS England publication")
    assert metadata["dc:license"]["@id"] == package["licenses"][0]["path"]
    assert "open-government-licence/version/3" in package["licenses"][0]["path"]
    assert metadata["dc:source"] == package["sources"][0]["title"] != ""


def test_both_describe_the_same_columns_with_the_keys_of_the_database(
    bundled_release: Path, database: duckdb.DuckDBPyConnection
) -> None:
    metadata = json.loads((bundled_release / "metadata.json").read_text(encoding="utf-8"))
    package = json.loads((bundled_release / "datapackage.json").read_text(encoding="utf-8"))
    in_metadata = {table["url"]: table["tableSchema"] for table in metadata["tables"]}
    in_package = {resource["path"]: resource["schema"] for resource in package["resources"]}
    assert in_metadata.keys() == in_package.keys()
    keys = read_foreign_keys(database)
    assert any(keys.values())
    for table in some(tidy_tables(read_tables(database, "nof"))):
        ours, theirs = in_metadata[f"csv/{table.name}.csv"], in_package[f"csv/{table.name}.csv"]
        assert [column["name"] for column in ours["columns"]] == list(table.column_names)
        assert [field["name"] for field in theirs["fields"]] == list(table.column_names)
        assert ours["primaryKey"] == theirs["primaryKey"] == list(table.primary_key)
        assert len(theirs.get("foreignKeys", [])) == len(keys.get(table.name, ()))
        can_be_empty = {column.name for column in table.columns if column.is_nullable}
        for key, reference in zip(keys.get(table.name, ()), ours.get("foreignKeys", []), strict=True):
            assert reference["reference"]["resource"] == f"csv/{key.table}.csv"
            # A key that can be empty is named without the framework: see the column that it tells apart.
            named = list(key.columns[-1:]) if can_be_empty & set(key.columns) else list(key.columns)
            assert reference["columnReference"] == named
            assert reference["reference"]["columnReference"] == list(key.to_columns[-len(named) :])
    score = {each["name"]: each for each in in_package["csv/fct_metric.csv"]["fields"]}["metric_score"]
    assert score["constraints"] == {"minimum": 1.0, "maximum": 4.0}
    assert score["description"] and score["unit"]
