"""The command on a home with a release: what it says, its exit status, and the home as it was."""

import csv
import json
from pathlib import Path

from harness_home import tree
from harness_session import Nof


def test_the_home_is_byte_for_byte_as_it_was(nof: Nof, bundled_release: Path) -> None:
    home = bundled_release.parents[2]
    before = tree(home)
    status, out, _ = nof("what-if", "ZU8", "OF0079=-4", "--home", home)
    assert status == 0
    assert "Segment 1 -> 3 (average 1.62 -> 1.76, cut point between 1 and 2 1.94 -> 1.94)" in out
    assert "no figure is a real trust's" in out
    assert tree(home) == before


def test_a_file_of_changes_is_answered_for_programs(nof: Nof, bundled_release: Path, tmp_path: Path) -> None:
    home = bundled_release.parents[2]
    changes = tmp_path / "changes.csv"
    changes.write_text("trust,metric,value\nZU8,OF0079,-4\nZY8,OF0082,\n", encoding="utf-8")
    rows = tmp_path / "answer.csv"
    status, out, err = nof("what-if", "--file", changes, "--format", "csv", "--out", rows, "--home", home)
    assert (status, out) == (0, "")
    assert f"Written to {rows}" in err
    with rows.open(encoding="utf-8", newline="") as file:
        found = {(row["trust_code"], row["figure"]): row for row in csv.DictReader(file)}
    assert (found["ZU8", "adjusted_segment"]["before"], found["ZU8", "adjusted_segment"]["after"]) == (
        "1",
        "3",
    )
    assert found["ZU8", "financial_override"]["after"] == "true"
    status, out, _ = nof("what-if", "--file", changes, "--format", "json", "--home", home)
    answer = json.loads(out)
    assert (status, answer["can_be_told"]) == (0, True)
    assert [each["trust_code"] for each in answer["headlines"]] == ["ZU8", "ZY8"]
    assert answer["headlines"][0]["headline"].startswith("Segment 1 -> 3")
    assert len(answer["figures"]) == len(list(csv.DictReader(rows.open(encoding="utf-8", newline=""))))


def test_wrong_use_ends_with_status_2(nof: Nof, bundled_release: Path, tmp_path: Path) -> None:
    home = bundled_release.parents[2]
    before = tree(home)
    for arguments, said in (
        ((), "No change was asked for. Write `nof what-if TRUST OF0013=80`"),
        (("ZU8",), "No change of 'ZU8' was asked for"),
        (("OF0079=-4",), "is no trust: the trust comes first"),
        (("ZU8", "OF0079=-4", "--out", home / "answer.csv"), "is in the home"),
        (("ZU8", "OF0079=-4", "--out", tmp_path), "is a folder"),
        (("ZU8", "OF0079=-4", "--release", "no-such"), "There is no release 'no-such'"),
        (("--file", tmp_path / "gone.csv"), "cannot be read"),
    ):
        status, _, err = nof("what-if", *arguments, "--home", home)
        assert (status, said in err) == (2, True), err
    assert tree(home) == before


def test_a_home_without_a_release_says_how_to_make_one(nof: Nof, tmp_path: Path) -> None:
    status, _, err = nof("what-if", "ZU8", "OF0079=-4", "--home", tmp_path / "nowhere")
    assert (status, "nof run" in err) == (2, True)
