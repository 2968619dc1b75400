"""Several refusals at once, and what a landing that meets them leaves behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from harness_inputs import HEADER, TODAY, Refuse, only, published, row

from nof.errors import InputRefused, NofError, UsageRefused
from nof.home import Home
from nof.landing import land


def test_all_problems_of_all_files_are_told_together(home: Home, inbox: Path) -> None:
    (inbox / "a.csv").write_bytes(
        published(
            row(Value="bad", Quarter="Q9"),
            row(Metric_ID="OF9999"),
            header=[name for name in HEADER if name != "Units"],
        )
    )
    (inbox / "b.csv").write_bytes(b"")
    (inbox / "c.xlsx").write_bytes(b"PK\x03\x04")
    (inbox / "good.csv").write_bytes(published(row()))
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    told = [(problem.file, problem.row, problem.column) for problem in refused.value.problems]
    assert told == [
        ("a.csv", 1, "Units"),
        ("a.csv", 2, "Quarter"),
        ("a.csv", 2, "Value"),
        ("a.csv", 3, "Metric_ID"),
        ("b.csv", None, None),
        ("c.xlsx", None, None),
    ]
    assert {path.name for path in home.refused.glob("*/*") if path.suffix in (".csv", ".xlsx")} == {
        "a.csv",
        "b.csv",
    }
    assert len(list(home.refused.glob("*/reasons.json"))) == 3


def test_many_problems_are_capped_in_print_and_whole_in_the_reasons(refuse: Refuse, home: Home) -> None:
    refused = refuse(published(*(row(Trust_code=f"Z{number}", Value="bad") for number in range(10, 60))))
    assert len(refused.problems) == 21
    assert "and 30 more." in str(refused.problems[-1])
    (reasons,) = home.refused.glob("*/reasons.txt")
    assert str(reasons) in str(refused.problems[-1])
    assert len(reasons.read_text(encoding="utf-8").splitlines()) == 50


@pytest.mark.parametrize("name", ["data.xlsx", "data.csv.zip", "data.JSON", "data.tsv"])
def test_data_that_is_not_csv_is_refused_by_its_name(refuse: Refuse, name: str) -> None:
    problem = only(refuse(published(row()), name))
    assert "only CSV files are" in problem.message
    assert "save the sheet as CSV" in problem.remedy


def test_a_missing_folder_and_an_empty_one_are_a_wrong_use(home: Home, inbox: Path) -> None:
    with pytest.raises(UsageRefused, match="does not exist"):
        land(home, [inbox / "nowhere"], today=TODAY)
    (inbox / "README.md").write_text("notes", encoding="utf-8")
    with pytest.raises(UsageRefused, match="holds no CSV file"):
        land(home, [inbox], today=TODAY)
    with pytest.raises(UsageRefused, match="is not a folder"):
        land(home, [inbox / "README.md"], today=TODAY)


def test_two_new_files_of_one_vintage_are_refused_naming_both(home: Home, inbox: Path) -> None:
    (inbox / "one.csv").write_bytes(published(row()))
    (inbox / "other.csv").write_bytes(published(row(Value="1.0")))
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    one, other = refused.value.problems
    assert (one.file, other.file) == ("one.csv", "other.csv")
    assert "this file and other.csv both supply oversight_data of acute 2025-26-Q1" in one.message
    assert "-v2" in one.remedy
    # Either of them alone is a sound file, although it has been refused before.
    (inbox / "other.csv").unlink()
    assert [file.file_name for file in land(home, [inbox], today=TODAY).new_files] == ["one.csv"]


def test_a_file_refused_before_does_not_stand_in_the_way_of_a_good_one(home: Home, inbox: Path) -> None:
    (inbox / "bad.csv").write_bytes(published(row(Value="bad")))
    with pytest.raises(InputRefused):
        land(home, [inbox], today=TODAY)
    # Alone it is refused again: the run was asked for nothing that can be used.
    with pytest.raises(InputRefused):
        land(home, [inbox], today=TODAY)
    (inbox / "good.csv").write_bytes(published(row()))
    landed = land(home, [inbox], today=TODAY)
    assert [file.file_name for file in landed.new_files] == ["good.csv"]
    assert [(each.path.name, each.problems[0].value) for each in landed.set_aside] == [("bad.csv", "bad")]
    # A second bad file beside it is news, and stops the run with both.
    (inbox / "worse.csv").write_bytes(b"")
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    assert [problem.file for problem in refused.value.problems] == ["bad.csv", "worse.csv"]


def test_a_damaged_landed_file_stops_the_run_and_names_it(home: Home) -> None:
    (path,) = home.landed.glob("*/sound.csv")
    path.write_bytes(path.read_bytes().replace(b"9.03", b"9.04"))
    with pytest.raises(NofError, match=r"sound\.csv is damaged.*SHA-256") as damaged:
        land(home, [], today=TODAY)
    assert damaged.value.exit_status == 1
    path.unlink()
    with pytest.raises(NofError, match=r"sound\.csv is in the register and cannot be read"):
        land(home, [], today=TODAY)


@pytest.mark.parametrize("spoil", [lambda text: text[:-30], lambda text: "a,b\n1,2\n", lambda text: text * 2])
def test_a_damaged_register_stops_the_run(home: Home, spoil: Callable[[str], str]) -> None:
    home.register.write_text(spoil(home.register.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(NofError, match=r"register\.csv is damaged"):
        land(home, [], today=TODAY)
