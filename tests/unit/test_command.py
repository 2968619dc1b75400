"""The command as a person uses it: exit statuses, what it says, and what it leaves behind."""

import csv
import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from nof.cli import main

Nof = Callable[..., tuple[int, str, str]]


@pytest.fixture
def nof(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Nof:
    """Run the command in this process: exit status, standard output, standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nof", *(str(each) for each in arguments)])
        monkeypatch.setenv("COLUMNS", "120")
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def home(sample_release: Path, tmp_path: Path) -> Path:
    """A home of this test's own with one release in it."""
    copy = tmp_path / "home"
    shutil.copytree(sample_release.parents[2], copy, symlinks=True)
    return copy


def tree(folder: Path) -> dict[str, str]:
    """Every file and link of a folder by its content, so that two moments can be compared byte for byte."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


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
    assert "Nothing new to release" in out
    # Two quarters with the published flag, two by the register: 205 trusts each.
    assert "Final segments: 410 decision, 410 published" in out
    assert "568 not_applicable (service_not_run)" in out
    assert "Awaiting a diagnostic review in 2025-26-Q4 (segment 4): 46 (" in out
    assert "nof explain TRUST QUARTER\n" in out
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
    before = tree(home)
    status, _, err = nof("run", "--home", home, "--landing", tmp_path / "inbox")
    assert status == 4
    assert "average_metric_score" in err
    assert "Nothing was published; the last release is untouched." in err
    after = tree(home)
    assert {name: digest for name, digest in after.items() if not name.startswith("build/")} == before
    # And the next run is not held up by what the refused one left.
    status, _, _ = nof("run", "--home", home, "--landing", sample_files)
    assert status == 0
    assert tree(home) == before


def test_the_landed_gate_refuses_a_value_outside_its_range_and_names_the_place(
    nof: Nof, home: Path, sample_files: Path, tmp_path: Path
) -> None:
    def out_of_range(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        place = next(n for n, row in enumerate(rows) if row["Metric_ID"] == "OF0082")
        rows[place] = rows[place] | {"Value": "150.0"}
        return rows

    file = changed_copy(sample_files, tmp_path / "inbox", out_of_range)
    before = tree(home)
    status, _, err = nof("run", "--home", home, "--landing", tmp_path / "inbox")
    assert status == 3
    assert file.name in err
    assert "row " in err
    assert "150" in err
    after = tree(home)
    assert {n: d for n, d in after.items() if not n.startswith(("build/", "refused/"))} == before
    assert any(name.startswith("refused/") for name in after)


def test_a_file_that_cannot_be_read_is_refused_with_status_3(nof: Nof, home: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "nhs-oversight-framework-acute-trust-data.csv").write_text("<html>404</html>", encoding="utf-8")
    before = tree(home)
    status, _, err = nof("run", "--home", home, "--landing", inbox)
    assert status == 3
    assert "nhs-oversight-framework-acute-trust-data.csv" in err
    after = {n: d for n, d in tree(home).items() if not n.startswith("refused/")}
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--quarter", "Q5 2025/26"), "is no quarter"),
        (("run", "--quarter", "2027-28-Q1"), "is not in hand"),
        (("run", "--framework", "nof-1999"), "Known: nof-2025-26"),
        (("run", "--landing", "no-such-folder"), "no-such-folder"),
        (("run", "--no-such-option"), "No such option"),
        (("explain", "ZZZ", "2025-26-Q4"), "ZZZ"),
        (("explain", "ZA3", "2019-20-Q1"), "quarter"),
    ],
)
def test_wrong_use_ends_with_status_2_and_says_what_is_known(
    nof: Nof, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, _, err = nof(*arguments, "--home", home)
    assert (status, said in err) == (2, True), err


def test_explain_without_a_release_says_how_to_make_one(nof: Nof, tmp_path: Path) -> None:
    status, _, err = nof("explain", "ZA3", "2025-26-Q4", "--home", tmp_path / "nowhere")
    assert status == 2
    assert "nof run" in err


def test_releases_names_the_current_one(nof: Nof, home: Path) -> None:
    status, out, _ = nof("releases", "--home", home)
    assert status == 0
    assert "current" in out
    assert (home / "releases" / "CURRENT").read_text(encoding="utf-8").strip().split("/")[1] in out


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


def test_sample_writes_the_bundled_nation(nof: Nof, tmp_path: Path) -> None:
    status, out, _ = nof("sample", tmp_path / "files")
    assert status == 0
    assert len(list((tmp_path / "files").glob("*.csv"))) == len(out.split())


def test_explain_walks_from_the_segment_to_file_and_row(nof: Nof, home: Path) -> None:
    status, out, _ = nof("explain", "ZA3", "Q4 2025/26", "--home", home)
    assert status == 0
    for step in ("segment", "override", "cut point", "average", "row"):
        assert step in out.lower()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ZC5", "2025-26-Q4"), 'row 288: "In the programme" from 2025-07-01'),
        (("ZC5", "2025-26-Q2"), "The register agrees."),
        (("ZB1", "2025-26-Q3"), "the other one rests on an input that is confidential"),
        (("ZM3", "2025-26-Q4", "--metric", "OF0023"), '"Does not run it" (elective care)'),
        (("ZX1", "2025-26-Q4"), "does not segment organisations of this type"),
    ],
)
def test_explain_says_why_beyond_the_score(
    nof: Nof, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Why it is 5, on which limb the override fired, why a metric is missing, why an ICB has no segment."""
    status, out, _ = nof("explain", *arguments, "--home", home)
    assert (status, said in " ".join(out.split())) == (0, True), out
