"""The page of the difference: what it says, that it is whole by itself, and what the companion leaves."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from harness_difference import Tables, put_out, read_csv, side_of
from harness_difference_segments import METRIC, Q2, SEGMENT, release

from nof.companions import difference as companion
from nof.difference import Side, compare, write_difference
from nof.difference.figures import SHOWN_MOVES
from nof.files import files_under
from nof.home import Home
from nof.release import Candidate, InputEntry

FILE = {"kind": "oversight_data", "landed_date": "2026-01-01"}
ACUTE = {**FILE, "sha256": "a" * 64, "name": "acute.csv"}
AMBULANCE = {**FILE, "sha256": "b" * 64, "name": "ambulance <v2>.csv"}


def page_of(tmp_path: Path, before: Side | None, now: Side) -> str:
    with compare(before, now) as difference:
        write_difference(difference, tmp_path / "difference")
    return (tmp_path / "difference/index.html").read_text(encoding="utf-8")


def metrics(count: int, value: int) -> list[dict[str, object]]:
    """Metrics of one trust, each with a larger value than the one before it."""
    return [
        {**METRIC, "metric_id": f"OF{n:04}", "score_id": f"OF1{n:03}", "value": str(value * n + 1)}
        for n in range(count)
    ]


class Tags(HTMLParser):
    """Every tag is closed, no id stands twice, and what refers to an id finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "aria-labelledby":
                self.wanted.append(value or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def assert_whole(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert set(tags.wanted) <= set(tags.ids)
    assert tags.headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in zip(tags.headings, tags.headings[1:], strict=False))
    assert "<script" not in page
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert page.count("Not an NHS England publication") == 2


def test_a_page_with_everything_on_it(tmp_path: Path) -> None:
    after = {**SEGMENT, "average_metric_score": "2.60", "unadjusted_segment": 3, "adjusted_segment": 3}
    came = {**SEGMENT, "trust_code": "ZZB"}
    newer = {**SEGMENT, "quarter_id": Q2}
    gone: Tables = {"gone": ("id varchar primary key", [("a",)])}
    before = side_of(tmp_path / "one", {**release([SEGMENT], metrics(14, 1)), **gone}, inputs=(ACUTE,))
    now = side_of(tmp_path / "two", release([after, came, newer], metrics(14, 2)), inputs=(ACUTE, AMBULANCE))
    page = page_of(tmp_path, before, now)
    assert_whole(page)
    assert "The segment of 1 trust moved, in 2025-26-Q1. 1 trust came into or left a quarter" in page
    assert "New: 2025-26-Q2. 1 file is new. The method did not change." in page
    assert "ambulance &lt;v2&gt;.csv (oversight data, landed 2026-01-01)" in page
    assert "2025-26-Q2, 2025-26-Q2/two, 2026-01-01" in page
    # The first value is 1 in both: 13 moved, by the largest share of the old one 14 to 27, then 13 to 25.
    assert (
        f"Metric value: {SHOWN_MOVES} of 13, the largest moves by its share of the old figure first" in page
    )
    values = re.findall(r">Before: </span>([\d.]+)</td><td[^>]*><span[^>]*>Now: </span>([\d.]+)<", page)
    first = values.index(("14.00", "27.00"))
    assert values[first : first + SHOWN_MOVES] == [
        (f"{n + 1}.00", f"{2 * n + 1}.00") for n in range(13, 13 - SHOWN_MOVES, -1)
    ]
    assert "gone: table removed (1 row before, not there now)" in page
    assert "2025-26-Q2 is new as a whole" in page
    (row,) = [row for row in read_csv(tmp_path / "difference/tables.csv") if row["table"] == "fct_segment"]
    assert (row["came"], row["changed"]) == ("2", "1")


def test_a_page_of_a_first_release_and_of_no_difference(tmp_path: Path) -> None:
    one, two = (side_of(tmp_path / name, release([SEGMENT])) for name in ("one", "two"))
    first = page_of(tmp_path / "first", None, one)
    assert_whole(first)
    assert "nothing: there is no release before it" in first
    same = page_of(tmp_path / "same", one, two)
    assert_whole(same)
    assert "No difference: every row of every table is as it was, made from the same files." in same
    assert "No segment moved in a quarter that both releases have." in same
    assert "None: the same tables with the same keys, columns, types and descriptions." in same


def test_a_restated_quarter_names_both_files_and_what_moved(tmp_path: Path) -> None:
    files = "file_id varchar primary key, file_name varchar"
    sides = []
    for name, file_id, value in (("one", "f1", "70"), ("two", "f2", "71")):
        rows = [
            {**METRIC, "trust_type_id": "ambulance", "file_id": file_id, "value": value},
            {**METRIC, "trust_type_id": "ambulance", "file_id": file_id, "metric_id": "OF0006"},
            {**METRIC, "trust_type_id": "ambulance", "file_id": None, "metric_id": "OF0007"},
        ]
        tables = {**release([SEGMENT], rows), "dim_file": (files, [(file_id, f"ambulance-{name}.csv")])}
        sides.append(side_of(tmp_path / name, tables))
    with compare(*sides) as difference:
        (found,) = difference.inputs.restated
        assert (found.old_file, found.new_file) == ("ambulance-one.csv", "ambulance-two.csv")
        assert (found.quarter_id, found.trust_type_id, found.values, found.moved) == (
            "2025-26-Q1",
            "ambulance",
            2,
            1,
        )
    page = page_of(tmp_path, *sides)
    assert "Restated: quarters of which another file now supplies the metric values" in page


def test_the_companion_leaves_its_files_for_a_first_and_for_a_second_release(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    previous = None
    for number, programme in ((1, False), (2, True)):
        candidate = Candidate(
            folder=tmp_path / f"candidate-{number}",
            release_id=str(number) * 16,
            framework_id="nof-2025-26",
            quarter_id=Q2,
            inputs=(InputEntry("a" * 64, "acute.csv", "oversight_data", date(2026, 1, 1)),),
            previous=previous,
            released_date=date(2026, 1, number),
        )
        segment = {
            **SEGMENT,
            "is_in_improvement_programme": programme,
            "final_segment": 5 if programme else 2,
        }
        side_of(candidate.folder, release([segment]))
        companion.write(candidate)
        made = {path.relative_to(candidate.folder).as_posix() for path in files_under(candidate.folder)}
        assert made == {"nof.duckdb", *companion.FILES}
        previous = put_out(home, candidate.release_id, release([segment]))
    (row,) = read_csv(candidate.folder / "difference/segments.csv")
    assert (row["old_final_segment"], row["new_final_segment"], row["method"]) == ("2", "5", "not changed")
    page = (candidate.folder / "difference/index.html").read_text(encoding="utf-8")
    assert f"2025-26-Q2/{'1' * 16}, 2026-01-01" in page


def test_another_method_is_said(tmp_path: Path) -> None:
    one, two = (side_of(tmp_path / name, release([SEGMENT])) for name in ("one", "two"))
    page = page_of(tmp_path, one, replace(two, method_sha256="n" * 64))
    assert "The method changed, and no figure did." in page
    assert "changed: the models, macros or seeds that decide a figure are not the same" in page


@pytest.mark.parametrize("is_bundled", [True, False])
def test_an_invented_nation_is_called_so(tmp_path: Path, is_bundled: bool) -> None:
    page = page_of(tmp_path, None, side_of(tmp_path / "one", release([SEGMENT]), is_bundled=is_bundled))
    assert ("invented nation" in page) is is_bundled
