"""`nof diff` as a person uses it: what it says, in each format, and its exit status."""

import csv
import io
import json
from pathlib import Path

import pytest
from harness_difference import BEFORE, NOW, Tables, put_out
from harness_difference_segments import SEGMENT, release

from harness_home import unlock
from harness_session import Nof
from nof.home import Home

FIRST, SECOND, THIRD = "1" * 16, "2" * 16, "3" * 16
PROGRAMME = {"is_in_improvement_programme": True, "final_segment": 5, "final_segment_basis": "decision"}


def tables(things: Tables, **change: object) -> Tables:
    made = {**things, **release([{**SEGMENT, **change}])}
    columns, _ = made["dim_trust"]
    return {**made, "dim_trust": (columns, [(f"ZZ{letter}", f"Trust {letter}") for letter in "ABCDE"])}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with three releases, to be read only: the second moved from the first, the third is as it."""
    home = Home(tmp_path_factory.mktemp("diff") / "home")
    first = put_out(home, FIRST, tables(BEFORE))
    second = put_out(home, SECOND, tables(NOW, **PROGRAMME), previous=first)
    put_out(home, THIRD, tables(NOW, **PROGRAMME), previous=second)
    return home


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (FIRST, SECOND),
        (f"2025-26-Q2/{FIRST}", f"2025-26-Q2/{SECOND}"),
        ("previous", SECOND),
        (FIRST, "current"),
    ],
)
def test_it_says_what_moved_and_why(nof: Nof, home: Home, before: str, now: str) -> None:
    status, out, _ = nof("diff", before, now, "--home", home.root)
    assert status == 0
    assert f"From 2025-26-Q2/{FIRST} to 2025-26-Q2/{THIRD if now == 'current' else SECOND}" in out
    assert "The segment of 1 trust moved, in 2025-26-Q1. 1 figure moved" in out
    assert "ZZA Trust A" in out
    assert "2 to 5" in out
    assert "What is known of the improvement programme changed" in out
    (line,) = [line for line in out.splitlines() if "things" in line]
    assert [cell.strip() for cell in line.strip("│ ").split("│")] == ["things", "4", "4", "1", "1", "2"]


def test_figures_that_moved_are_named_where_no_segment_did(nof: Nof, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = put_out(home, FIRST, tables(BEFORE))
    put_out(home, SECOND, tables(BEFORE, average_metric_score="2.15"), previous=first)
    status, out, _ = nof("diff", "--home", home.root)
    assert status == 0
    assert "No segment moved. 1 figure moved in quarters that were there before." in out
    assert "Figures that moved, the largest moves first" in out
    (line,) = [line for line in out.splitlines() if "Average metric score" in line]
    cells = [cell.strip() for cell in line.strip("│ ").split("│")]
    assert cells == ["Average metric score", "2025-26-Q1", "ZZA", "", "2.10", "2.15"]
    _, out, _ = nof("diff", "--home", home.root, "--trust", "ZZB")
    assert "Figures that moved" not in out


def test_other_descriptions_are_counted_and_shown_when_asked_for(nof: Nof, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = put_out(home, FIRST, BEFORE)
    put_out(home, SECOND, BEFORE, previous=first, comment="Other words")
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root)
    assert "Other words" not in out
    assert "Described anew: 1 tables and columns; --table shows those of one" in out
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--table", "things")
    assert "things: described anew, none to Other words" in out


def test_by_itself_it_compares_the_current_release_with_the_one_before(nof: Nof, home: Home) -> None:
    status, out, _ = nof("diff", "--home", home.root)
    assert status == 0
    assert out.splitlines()[0] == f"From 2025-26-Q2/{SECOND} to 2025-26-Q2/{THIRD}"
    assert "No difference: every row of every table is as it was, made from the same files." in out


def test_the_other_way_round_what_came_went(nof: Nof, home: Home) -> None:
    status, out, _ = nof("diff", SECOND, FIRST, "--home", home.root, "--format", "json")
    found = json.loads(out)
    assert status == 0
    (segment,) = found["segments"]
    assert (segment["old_final_segment"], segment["new_final_segment"]) == ("5", "2")
    came = [change["key"] for change in found["changes"] if change["change"] == "came"]
    assert came == ["quarter_id=2025-26-Q1; trust_code=ZZD"]


def test_a_release_and_itself(nof: Nof, home: Home) -> None:
    status, out, _ = nof("diff", "current", THIRD, "--home", home.root)
    assert (status, out.startswith(f"No difference: both are 2025-26-Q2/{THIRD}")) == (0, True)
    status, out, err = nof("diff", "current", THIRD, "--home", home.root, "--format", "csv")
    assert (status, out) == (0, "table,quarter_id,trust_code,key,change,column,old,new\r\n")
    assert "No difference" in err


def test_csv_is_what_the_release_holds_and_can_be_narrowed(nof: Nof, home: Home, tmp_path: Path) -> None:
    status, out, err = nof(
        "diff", FIRST, SECOND, "--home", home.root, "--format", "csv", "--out", tmp_path / "x"
    )
    assert status == 0
    assert f"Written to {tmp_path / 'x'}" in err
    assert out.encode() == (tmp_path / "x/changes.csv").read_bytes()
    assert sorted(path.name for path in (tmp_path / "x").iterdir())[-2:] == ["segments.csv", "tables.csv"]
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--format", "csv", "--trust", "ZZB")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert [(row["table"], row["column"], row["old"], row["new"]) for row in rows] == [
        ("things", "score", "1.50", "2.25"),
        ("things", "day", "2026-01-01", ""),
    ]
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--format", "csv", "--table", "fct_segment")
    assert {row["table"] for row in csv.DictReader(io.StringIO(out, newline=""))} == {"fct_segment"}


def test_json_keeps_null_and_tells_everything(nof: Nof, home: Home) -> None:
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--format", "json", "--table", "things")
    found = json.loads(out)
    assert (found["before"], found["now"]) == (f"2025-26-Q2/{FIRST}", f"2025-26-Q2/{SECOND}")
    assert (found["is_different"], found["is_method_changed"]) == (True, False)
    assert [(table["table"], table["came"]) for table in found["tables"]] == [("things", 1)]
    assert found["changes"][1] == {
        "table": "things",
        "quarter_id": "2025-26-Q1",
        "trust_code": "ZZB",
        "key": "quarter_id=2025-26-Q1; trust_code=ZZB",
        "change": "changed",
        "column": "day",
        "old": "2026-01-01",
        "new": None,
    }


def test_a_table_and_a_trust_show_their_changes(nof: Nof, home: Home) -> None:
    status, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--table", "things", "--trust", "ZZB")
    assert status == 0
    assert "score" in out
    assert "2.25" in out
    assert "ZZE" not in out
    _, out, _ = nof("diff", FIRST, SECOND, "--home", home.root, "--table", "fct_metric")
    assert "No row of it came, went or changed." in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("9" * 16, SECOND), "There is no release '9999999999999999'"),
        (
            ("previous", FIRST),
            f"2025-26-Q2/{FIRST} is the first release of its kind: there is none before it",
        ),
        (("previous", "previous"), "name one of the two"),
        ((FIRST, SECOND, "--table", "fct_nothing"), "Neither release has a table 'fct_nothing'"),
        ((FIRST, SECOND, "--trust", "XXX"), "Neither release has a trust 'XXX'"),
        ((FIRST, SECOND, "--format", "xml"), "xml"),
        ((FIRST, SECOND, "--out", __file__), "is a file. Name a folder"),
    ],
)
def test_wrong_use_is_exit_status_2(nof: Nof, home: Home, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = nof("diff", *arguments, "--home", home.root)
    assert status == 2
    assert said in err


def test_a_damaged_release_is_not_compared(nof: Nof, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    folder = put_out(home, FIRST, BEFORE)
    put_out(home, SECOND, NOW, previous=folder)
    unlock(folder)
    (folder / "added.txt").write_text("x")
    status, _, err = nof("diff", FIRST, SECOND, "--home", home.root)
    assert status == 1
    assert "differs from its manifest in added.txt" in err
    assert "Restore its folder from a copy" in err
