"""Files that would fill the memory or take for ever: refused within seconds, in bounded room."""

import csv
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from harness_inputs import published, row

from harness_session import Counts
from nof.landing.bounds import LARGEST_BYTES
from nof.landing.records import read_records
from nof.persons import person_patterns

LONGEST_SECONDS = 15
# What Python and the seeds take, and the largest file that is read at all.
MOST_BYTES = 150_000_000 + LARGEST_BYTES

# Lands a folder in a process of its own, so that the peak of its memory is that of this file.
_CHILD = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land
inbox, home = map(Path, sys.argv[1:])
began = time.monotonic()
try:
    land(Home(home), [inbox], today=date(2026, 7, 1))
    said = ""
except InputRefused as refused:
    said = str(refused)
status = Path("/proc/self/status")
if status.is_file():  # of this process alone; what getrusage has begins with its parent's
    (line,) = [each for each in status.read_text().splitlines() if each.startswith("VmHWM")]
    peak = int(line.split()[1]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([said, time.monotonic() - began, peak]))
"""


def _sparse(size: int) -> Callable[[Path], None]:
    def make(inbox: Path) -> None:
        with (inbox / "data.csv").open("wb") as file:
            file.truncate(size)  # a hole: it takes no room

    return make


@cache
def _packed() -> bytes:
    """Three hundred megabytes of nothing in one, beside a name that leads out of the folder."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("../../escaped.csv", "Quarter\n")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300_000_000))
    return content.getvalue()


def _bomb(name: str) -> Callable[[Path], None]:
    def make(inbox: Path) -> None:
        (inbox / name).write_bytes(_packed())

    return make


def _bytes(*parts: bytes) -> Callable[[Path], None]:
    def make(inbox: Path) -> None:
        (inbox / "data.csv").write_bytes(b"".join(parts))

    return make


SOUND = published(row())
FILES = {
    "a line of 2 GB": (_sparse(2_000_000_000), "the file has 2,000,000,000 bytes"),
    "a line as long as the largest file": (_sparse(LARGEST_BYTES), "a line is longer than 1,000,000 bytes"),
    "a million columns": (_bytes(b"c," * 1_000_000 + b"\r\n"), "the header has 1,000,001 cells"),
    "lines without number": (
        _bytes(SOUND, b",\n" * 50_000_000),
        "50,000,002 lines, and 500,000 are the most",
    ),
    "a quotation mark that is never closed": (
        _bytes(SOUND, b'"', (b"a" * 999 + b"\n") * 40_000),
        "a cell of this row is longer than 100,000 letters",
    ),
    "an archive without end named .csv": (_bomb("data.csv"), "an Excel workbook or a zip archive"),
    "an archive without end": (_bomb("data.zip"), "a .zip file is not read"),
    "a workbook without end": (_bomb("data.xlsx"), "a .xlsx file is not read"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_soon_and_in_bounded_memory(name: str, tmp_path: Path, counts: Counts) -> None:
    make, wanted = FILES[name]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    make(inbox)
    arguments = [sys.executable, "-c", _CHILD, inbox, tmp_path / "home"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    said, seconds, peak = json.loads(done.stdout)
    counts.append(f"{name}: refused in {seconds:.1f} s, {peak / 1e6:,.0f} MB at most")
    assert wanted in said
    assert seconds < LONGEST_SECONDS
    assert peak < MOST_BYTES
    # Nothing of it is unpacked, and nothing of what nobody looked into is kept.
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {
        path.name for path in inbox.iterdir()
    }
    assert left <= {"reasons.json", "reasons.txt"}


@pytest.mark.parametrize("text", ["a", "a.", "1 ", "Dr A", "@", "a@", "x@a-", "0 ", "( "])
def test_looking_for_persons_takes_no_square_of_the_length(text: str) -> None:
    """A pattern that begins anew at each letter takes minutes for a cell of the length that is allowed."""
    began = time.monotonic()
    assert isinstance(list(person_patterns().in_text(text * (100_000 // len(text)), is_typed=True)), list)
    assert time.monotonic() - began < LONGEST_SECONDS


def test_what_another_library_lets_the_csv_module_read_makes_no_difference() -> None:
    """dbt comes with one that takes the limit away for its whole process, and Dagster lands files there."""
    text = 'a,b\n1,"' + "x" * 150_000
    before = csv.field_size_limit(10**9)
    try:
        said = [str(problem) for problem in read_records("a.csv", text).problems]
        assert csv.field_size_limit() == 10**9
    finally:
        csv.field_size_limit(before)
    assert said == [str(problem) for problem in read_records("a.csv", text).problems]
    assert "a cell of this row is longer than 100,000 letters" in said[0]
