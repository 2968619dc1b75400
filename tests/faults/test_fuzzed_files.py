"""Any bytes as a file: rows that equal the file's, or a refusal in words. Nothing else, nowhere else.

NOF_FUZZ is how many of each kind are tried, such as 5000; without it as many as `make test` has time for.
"""

import csv
import io
import os
import tempfile
import time
from pathlib import Path

import pytest
from harness_fuzz import SOUND, files
from harness_inputs import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from harness_session import Counts
from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.columns import ODS_PLACES, PUBLISHED_COLUMNS
from nof.landing.model import ODS_TRUSTS, LandedFile

TRIED = int(os.environ.get("NOF_FUZZ", "120"))
LONGEST_SECONDS = 5.0


def _outcome(name: str, content: bytes) -> str:
    """Land a file and judge what came of it: `landed` or `refused`."""
    with tempfile.TemporaryDirectory() as folder:
        inbox, home = Path(folder) / "inbox", Home(Path(folder) / "home")
        inbox.mkdir()
        (inbox / name).write_bytes(content)
        began = time.monotonic()
        try:
            landed = land(home, [inbox], today=TODAY)
        except InputRefused as refused:
            assert refused.problems
            for problem in refused.problems:
                assert problem.file
                assert problem.message
                assert problem.remedy
            # One line for each problem, and none that a terminal would obey.
            lines = str(refused).split("\n")
            assert len(lines) == len(refused.problems)
            assert all(line.replace("\u00a0", " ").isprintable() for line in lines)
            outcome = "refused"
        else:
            (file,) = landed.files
            assert _cells(file) == _read_apart(file, content)
            register_new_files(home, landed)
            again = land(home, [inbox], today=TODAY)
            assert not again.new_files
            assert [each.table for each in again.files] == [file.table]
            assert again.vintages == landed.vintages
            outcome = "landed"
        assert time.monotonic() - began < LONGEST_SECONDS
        # Nothing beside the home, and the file as it was.
        assert {path.name for path in Path(folder).iterdir()} <= {"inbox", "home"}
        assert [path.name for path in inbox.iterdir()] == [name]
        assert (inbox / name).read_bytes() == content
        return outcome


def _cells(file: LandedFile) -> dict[int, dict[str, str]]:
    names = [column.name for column in PUBLISHED_COLUMNS[file.file_kind]]
    return {
        number: dict(zip(names, cells, strict=True))
        for number, cells in zip(file.table.row_numbers, file.table.rows, strict=True)
    }


def _read_apart(file: LandedFile, content: bytes) -> dict[int, dict[str, str]]:
    """The landed rows again, as the csv module reads them without any of landing's code."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    table = list(csv.reader(io.StringIO(text, newline="")))
    # What a file says outside its cells: the month in its name, the quarter in its summary.
    outside = {"as_at": "2026-07"} if file.file_kind == ODS_TRUSTS else {}
    places, first = dict(ODS_PLACES), 0
    if file.file_kind != ODS_TRUSTS:
        headings = [heading.replace("\u00a0", " ").strip(" ").casefold() for heading in table[0]]
        published = {column.name: column.published.casefold() for column in PUBLISHED_COLUMNS[file.file_kind]}
        places = {name: headings.index(heading) for name, heading in published.items() if heading in headings}
        if "quarter" in published and "quarter" not in places:
            outside = {"quarter": "Q1 2025/26"}
        first = 1
    read = {
        number: {name: table[number - 1][place] for name, place in places.items()} | outside
        for number in file.table.row_numbers
    }
    filled = [cells for cells in table[first:] if any(cell.strip() for cell in cells)]
    assert len(filled) == file.row_count == len(read) + file.repeated_row_count
    return read


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_lands(name: str) -> None:
    assert _outcome(name, SOUND[name]) == "landed"


@pytest.mark.parametrize("name", SOUND)
def test_any_bytes_are_landed_as_they_are_or_refused_in_words(name: str, counts: Counts) -> None:
    outcomes: list[str] = []

    @settings(
        max_examples=TRIED,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def tried(data: DataObject) -> None:
        outcomes.append(_outcome(name, data.draw(files(name))))

    tried()
    landed = outcomes.count("landed")
    counts.append(f"fuzzed {name}: {len(outcomes)} tried, {landed} landed, {len(outcomes) - landed} refused")
    # Otherwise nothing was tried of what lands, or of what is refused.
    assert min(landed, len(outcomes) - landed) >= len(outcomes) // 50
