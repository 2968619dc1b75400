"""Runs by the command in a home with a release: nothing new, refused by a gate, of an earlier quarter."""

import csv
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from harness_home import tree
from harness_session import Nof
from nof import steps
from nof.home import Home


@pytest.fixture
def home(sample_release: Path, tmp_path: Path) -> Path:
    """A home of this test's own with the releases of the landed nation in it."""
    copy = tmp_path / "home"
    shutil.copytree(sample_release.parents[2], copy, symlinks=True)
    return copy


def kept(home: Path) -> dict[str, str]:
    """All that a home keeps, but for what a refused run leaves: in `build/`, `refused/` and `quality/`."""
    left = ("build", "refused", "quality")
    return {name: said for name, said in tree(home).items() if not name.startswith(left)}


def changed_copy(
    source: Path, folder: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]
) -> Path:
    """The ambulance Q3 and Q4 file of the bundled nation with other rows, as a second version."""
    folder.mkdir()
    (original,) = source.glob("*ambulance*q3-q4*.csv")
    with original.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    target = folder / original.name.replace(".csv", "-v2.csv")
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(change(rows))
    return target


def test_a_run_without_anything_new_says_so_and_ends_well(nof: Nof, home: Path, sample_files: Path) -> None:
    before = tree(home)
    status, out, _ = nof("run", "--home", home, "--landing", sample_files)
    assert status == 0
    assert "Nothing new to release; this release stands: 2025-26-Q4/" in out
    assert "Nothing changed: it was made of these very inputs, by this method and code." in out
    prepared = steps.prepare(steps.Request(Home(home), (sample_files,)), today=date(2026, 9, 1))
    assert prepared.is_released
    assert not prepared.landed.is_read
    # Two quarters with the published flag, two by the register: 205 trusts each.
    assert "Final segments: 410 decision, 410 published" in out
    assert "568 not_applicable (service_not_run)" in out
    assert "Awaiting a diagnostic review in 2025-26-Q4 (segment 4): 46 (" in out
    assert f"nof explain TRUST QUARTER --home {home}\n" in out
    assert tree(home) == before


def test_a_failing_scored_gate_leaves_the_last_release_untouched(
    nof: Nof, home: Path, sample_files: Path, tmp_path: Path
) -> None:
    """Published averages that the values contradict: agreement falls below its floor, and the run stops."""

    def contradict(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        trusts = {(row["Quarter"], row["Trust_code"]): row for row in rows}
        claimed = {
            "Domain": "Summary",
            "Sub-domain": "Summary",
            "Metric_ID": "OF5002",
            "Metric_description": "Average metric score",
            "Units": "score",
            "Value": "3.99",
            "Rank": "",
        }
        return rows + [row | claimed | {"Reporting_date": row["Quarter"]} for row in trusts.values()]

    changed_copy(sample_files, tmp_path / "inbox", contradict)
    before = kept(home)
    status, _, err = nof("run", "--home", home, "--landing", tmp_path / "inbox")
    assert status == 4
    assert "average_metric_score" in err
    assert "Nothing was published; the last release is untouched." in err
    assert kept(home) == before
    (page,) = (home / "quality").glob("*-refused.html")
    assert "average_metric_score" in page.read_text(encoding="utf-8")
    # And the next run is not held up by what the refused one left.
    status, _, _ = nof("run", "--home", home, "--landing", sample_files)
    assert status == 0
    assert kept(home) == before


def test_the_landed_gate_refuses_a_value_outside_its_range_and_names_the_place(
    nof: Nof, home: Path, sample_files: Path, tmp_path: Path
) -> None:
    def out_of_range(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        place = next(n for n, row in enumerate(rows) if row["Metric_ID"] == "OF0082")
        rows[place] = rows[place] | {"Value": "150.0"}
        return rows

    file = changed_copy(sample_files, tmp_path / "inbox", out_of_range)
    before = kept(home)
    status, _, err = nof("run", "--home", home, "--landing", tmp_path / "inbox")
    assert status == 3
    assert file.name in err
    assert "row " in err
    assert "150" in err
    assert kept(home) == before
    assert any(name.startswith("refused/") for name in tree(home))


def test_an_earlier_quarter_is_released_beside_and_moves_nothing(nof: Nof, home: Path) -> None:
    current = (home / "releases" / "CURRENT").read_text(encoding="utf-8")
    status, out, _ = nof("run", "--home", home, "--quarter", "Q2 2025/26")
    assert status == 0
    assert "2025-26-Q2/" in out
    assert (home / "releases" / "CURRENT").read_text(encoding="utf-8") == current
    (release,) = (home / "releases" / "2025-26-Q2").iterdir()
    assert f"nof explain TRUST QUARTER --release {release.name}" in out
    names = [entry["name"] for entry in json.loads((release / "manifest.json").read_text())["inputs"]]
    assert [name for name in names if "ambulance" in name] == [
        "nhs-oversight-framework-ambulance-trust-data-q1-2025-26.csv",
        "nhs-oversight-framework-ambulance-trust-data-q2-2025-26.csv",
        "nhs-oversight-framework-ambulance-trust-data-q2-2025-26-v2.csv",
    ]
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        quarters = connection.execute(
            "select distinct quarter_id from publication.fct_metric order by 1"
        ).fetchall()
    assert quarters == [("2025-26-Q1",), ("2025-26-Q2",)]
