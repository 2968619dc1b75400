"""A file of changes: what it may look like, and refusals that name file, row, column, value and remedy."""

from pathlib import Path

import pytest
from harness_what_if import Q4, bundled_nation

from nof.errors import UsageRefused
from nof.whatif import Change, WhatIf
from nof.whatif.changes_file import read_changes_file


def _file(folder: Path, text: str) -> Path:
    path = folder / "changes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_as_a_spreadsheet_saves_it_is_read(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        '\ufeffMetric,Trust,Value,Quarter\r\nOF0013,ZA1,80,\r\n,,,\r\nOF0082," ZY8 ",,Q3 2025/26\r\n',
    )
    assert read_changes_file(path, Q4) == [
        Change("ZA1", "OF0013", "80", Q4, file="changes.csv", row=2),
        Change("ZY8", "OF0082", None, "Q3 2025/26", file="changes.csv", row=4),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trust,metric\nZA1,OF0013\n", "changes.csv, row 1: there is no column value."),
        ("trust,metric,value,colour\nZA1,OF0013,80,red\n", "row 1, column colour: this column is not known."),
        ("trust,metric,value,value\nZA1,OF0013,80,81\n", "row 1, column value: this column is there twice."),
        (
            "trust,metric,value\nZA1,OF0013,1,234\n",
            "row 2: the row has 4 cells and the header 3. Put a value",
        ),
        ("trust,metric,value\n,OF0013,80\n", "row 2, column trust, value '': the cell is empty."),
        ("trust,metric,value\n", "changes.csv: the file asks for no change."),
        ("", "changes.csv, row 1: there is no column trust."),
        ('trust,metric,value\n"ZA1,OF0013,80\n', "changes.csv: this is no CSV in UTF-8"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageRefused) as refusal:
        read_changes_file(_file(tmp_path, text))
    assert said in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="cannot be read"):
        read_changes_file(tmp_path / "gone.csv")
    with pytest.raises(UsageRefused, match="cannot be read"):
        read_changes_file(tmp_path)


def test_what_cannot_be_asked_is_named_with_its_place_and_all_of_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nation: WhatIf = bundled_nation(tmp_path_factory)
    path = _file(tmp_path, "trust,metric,value\nZA1,OF0013,abc\nZY1,OF0013,80\nZA2,OF9999,1\nZA3,OF0013,70\n")
    with pytest.raises(UsageRefused) as refusal:
        nation.ask(read_changes_file(path))
    first, second, third = str(refusal.value).splitlines()
    assert first.startswith("changes.csv, row 2, column value, value 'abc': text in a number column.")
    assert second.startswith("changes.csv, row 3, column metric, value 'OF0013': OF0013")
    assert third.startswith("changes.csv, row 4, column metric, value 'OF9999': 'OF9999' is no metric")
    beyond = _file(tmp_path, "trust,metric,value\nZA3,OF0013,70\nZA1,OF0013,180\n")
    with pytest.raises(
        UsageRefused, match=r"changes\.csv, row 3, column value, value '180': OF0013: A percentage"
    ):
        nation.ask(read_changes_file(beyond))
    late = _file(tmp_path, "trust,metric,value,quarter\nZA3,OF0013,70,2031-32-Q1\n")
    with pytest.raises(UsageRefused, match=r"changes\.csv, row 2, column quarter, value '2031-32-Q1'"):
        nation.ask(read_changes_file(late))
