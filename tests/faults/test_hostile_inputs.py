"""Input made to do harm: nothing is run, nothing outside the folder is read, and reading has an end."""

import os
import time
from pathlib import Path

import pytest
from harness_inputs import NAME, TODAY, Refuse, league_row, only, published, row

from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land
from nof.landing.bounds import LARGEST_BYTES, LONGEST_LINE_BYTES, MOST_COLUMNS, find_out_of_bounds

FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)")
UNSEEN = ("\u202etxt.exe", "a\u200bb", "a\tb", "\x1b[2J", "a\x7f", "\ufeffa")


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("column", ["Trust_name", "Region", "Metric_description", "Units"])
def test_what_a_spreadsheet_would_run_is_refused(refuse: Refuse, column: str, text: str) -> None:
    problem = only(refuse(published(row(**{column: text}))))
    assert (problem.row, problem.column, problem.value) == (2, column, text)
    assert problem.message == "this text begins as a formula does, and a spreadsheet would run it."


def test_what_a_spreadsheet_would_run_is_refused_in_a_league_table(refuse: Refuse) -> None:
    problem = only(refuse(published(league_row(Trust_name="=HYPERLINK(A1)"))))
    assert (problem.column, problem.remedy[:20]) == ("Trust_name", "Begin it with a lett")


@pytest.mark.parametrize("text", UNSEEN)
def test_signs_that_nobody_sees_are_refused(refuse: Refuse, text: str) -> None:
    problem = only(refuse(published(row(Trust_name=f"Trust {text}"))))
    assert problem.message.startswith("this text holds a sign that is not seen (U+")
    assert problem.column == "Trust_name"


@pytest.mark.parametrize(
    "text", ["-0.2", "+5", "-", "=", "Q&A - a name", "O'Neill <b>", "'); drop table x;--"]
)
def test_numbers_dashes_and_ordinary_signs_are_text(home: Home, inbox: Path, text: str) -> None:
    """HTML and SQL are only words here: what shows them escapes them, and no query is made of them."""
    (inbox / NAME).write_bytes(published(row(Trust_name=text)))
    assert len(land(home, [inbox], today=TODAY).new_files) == 1


@pytest.mark.parametrize("name", ["=cmd.csv", "@x.csv", "a\nb.csv", "a\u202eb.csv"])
def test_a_name_that_a_program_would_run_or_a_person_misread_is_refused(
    home: Home, inbox: Path, name: str
) -> None:
    (inbox / name).write_bytes(published(row()))
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    problem = only(refused.value)
    assert problem.message.startswith("its name: ")
    assert problem.file == repr(name)


def test_a_link_is_not_followed_wherever_it_leads(home: Home, inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_bytes(b"password,hunter2\n")
    (inbox / NAME).symlink_to(secret)
    (inbox / "gone.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputRefused) as refused:
        land(home, [inbox], today=TODAY)
    assert [each.file for each in refused.value.problems] == ["gone.csv", NAME]
    assert {each.message for each in refused.value.problems} == {
        "this is a link, and what it leads to may lie outside the folder."
    }
    assert "password" not in str(refused.value)
    assert not list(home.root.rglob("*secret*"))
    assert not [path for path in home.root.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are named pipes")
def test_a_pipe_is_not_waited_for(home: Home, inbox: Path) -> None:
    os.mkfifo(inbox / NAME)
    with pytest.raises(InputRefused, match="this is no file that has an end"):
        land(home, [inbox], today=TODAY)


def test_a_file_that_is_too_large_is_not_read(home: Home, inbox: Path) -> None:
    with (inbox / NAME).open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)  # a hole: it takes no room
    began = time.monotonic()
    with pytest.raises(InputRefused, match="the file has 200,000,001 bytes, and 200,000,000 are the most"):
        land(home, [inbox], today=TODAY)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            b",".join(b"c%d" % n for n in range(1_000_000)) + b"\r\n1\r\n", "1,000,000 cells", id="columns"
        ),
        pytest.param(published(row()) + b"x" * 50_000_000, "longer than 1,000,000 bytes", id="line"),
        pytest.param(published(row(Trust_name="y" * 50_000_000)), "longer than 1,000,000 bytes", id="cell"),
    ],
)
def test_what_would_be_read_without_end_is_refused_at_once_and_not_kept(
    home: Home, inbox: Path, content: bytes, said: str
) -> None:
    (inbox / NAME).write_bytes(content)
    began = time.monotonic()
    with pytest.raises(InputRefused, match=said):
        land(home, [inbox], today=TODAY)
    assert time.monotonic() - began < 5
    (folder,) = home.refused.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["reasons.json", "reasons.txt"]


def test_the_bounds_name_the_line_and_let_everything_below_them_through() -> None:
    line = b"a," * 10 + b"\n"
    assert find_out_of_bounds("f", line * 300_000) is None
    long = line * 200_000 + b"b" * (LONGEST_LINE_BYTES + 1) + b"\n" + line
    found = find_out_of_bounds("f", long)
    assert found is not None
    assert found.row == 200_001
    assert find_out_of_bounds("f", line * 5 + b"b" * LONGEST_LINE_BYTES + b"\n") is None
    assert find_out_of_bounds("f", b"b" * LONGEST_LINE_BYTES) is None
    assert find_out_of_bounds("f", b"," * (MOST_COLUMNS - 1)) is None
    assert find_out_of_bounds("f", b"," * MOST_COLUMNS) is not None
    assert find_out_of_bounds("f", b"") is None
