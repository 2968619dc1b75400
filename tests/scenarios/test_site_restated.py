"""What changed since the release before: nothing for a first release, else what its difference says."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from browser.harness_pages import faults, parse
from nof.difference.segments import REASONS
from nof.release.database import open_database
from nof.site.changes.revised import SHOWN, revised
from nof.site.changes.since_release import since_release
from nof.site.look import environment
from nof.site.model import DataFile, Page
from nof.site.pages.changes import make
from nof.site.released import Released
from nof.site.write import render

HOSTILE = "\"><script>alert('x')</script> & O'Brien"


@contextmanager
def read(release: Path, folder: Path | None = None) -> Iterator[Released]:
    """A copy, as one process opens a database in one way only; the difference of the folder, if named."""
    with TemporaryDirectory() as copied:
        path = shutil.copy(release / "nof.duckdb", copied)
        with open_database(Path(path)) as connection:
            yield Released(folder or release, connection)


def segments(release: Path) -> list[dict[str, str]]:
    with (release / "difference" / "segments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def has_moved(row: dict[str, str]) -> bool:
    names = ("unadjusted_segment", "adjusted_segment", "final_segment")
    return any(row[f"old_{name}"] != row[f"new_{name}"] for name in names)


def test_a_first_release_has_none_before_it(bundled_release: Path) -> None:
    with read(bundled_release) as released:
        assert since_release(released).previous_release_id is None


def test_what_moved_since_the_release_before_is_its_difference(restated_releases: tuple[Path, Path]) -> None:
    first, second = restated_releases
    with read(second) as released:
        found = since_release(released)
        names = {trust.name for trust in released.trusts.values()}
    assert found.previous_release_id == first.name
    assert found.previous_quarter == "Q4 2025/26"
    assert not found.has_changed_method
    assert len(found.files) == 1 and found.files[0].endswith("-v2.csv (new)")
    rows = segments(second)
    moved = [row for row in rows if has_moved(row)]
    assert moved and found.moved_count == len(moved)
    assert found.other_count == len(rows) - len(moved) > 0
    assert found.moved is not None and found.tables is not None and found.columns is None
    shown = {(line.attributes["data-trust"], line.attributes["data-quarter"]) for line in found.moved.lines}
    assert shown == {(row["trust_code"], row["quarter_id"]) for row in moved}
    told = {str(line.cells[-1].content) for line in found.moved.lines}
    assert any(REASONS["cut_points"][1:] in text for text in told)
    assert all(any(name in str(line.cells[0].content) for name in names) for line in found.moved.lines)
    assert found.data is not None and len(found.data.rows) == len(rows)


def test_revisions_are_counted_by_reason_and_the_first_shown_are_segments(
    restated_releases: tuple[Path, Path],
) -> None:
    with read(restated_releases[1]) as released:
        found = revised(released)
        ((total,),) = released.connection.execute("select count(*) from fct_revision").fetchall()
    assert found.total == total > SHOWN
    assert found.counts is not None and found.largest is not None and found.data is not None
    counted = [each.content for line in found.counts.lines for each in line.cells[1:]]
    assert sum(each for each in counted if isinstance(each, int)) == total
    assert len(found.largest.lines) == SHOWN
    assert found.largest.lines[0].attributes["data-kind"] == "final_segment"
    assert len(found.data.rows) == total


def test_the_page_of_a_restated_release_is_sound_and_says_which_release_is_before_it(
    restated_releases: tuple[Path, Path],
) -> None:
    first, second = restated_releases
    with read(second) as released:
        outputs = list(make(released))
        page = next(each for each in outputs if isinstance(each, Page))
        html = render(page, environment(), released)
    assert faults(html) == []
    text = " ".join(each for each, _ in parse(html).texts)
    assert f"The release before is {first.name}" in text
    assert len([each for each in outputs if isinstance(each, DataFile)]) == 3


def test_texts_of_a_difference_are_shown_and_not_run(
    restated_releases: tuple[Path, Path], tmp_path: Path
) -> None:
    second = restated_releases[1]
    (tmp_path / "difference").mkdir()
    rows = [{**row, "trust_name": HOSTILE, "trust_code": HOSTILE} for row in segments(second)]
    with (tmp_path / "difference" / "segments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "difference" / "changes.csv").write_text(
        "table,quarter_id,trust_code,key,change,column,old,new\n"
        "dim_file,,,file_id=<script>x</script>,went,,x,\n"
        "dim_quarter,<script>y</script>,,x,came,,,x\n",
        encoding="utf-8",
    )
    (tmp_path / "difference" / "tables.csv").write_text(
        "table,rows_before,rows_now,came,went,changed,unchanged,comparison\n"
        "<script>z</script>,1,1,0,0,1,0,row by row\n",
        encoding="utf-8",
    )
    (tmp_path / "difference" / "columns.csv").write_text(
        "table,column,change,old,new\n<script>t</script>,c,came,,<script>u</script>\n", encoding="utf-8"
    )
    with read(second, tmp_path) as released:
        page = next(each for each in make(released) if isinstance(each, Page))
        html = render(page, environment(), released)
    found = parse(html)
    assert all(each.attributes.get("src") for each in found.of("script"))
    text = " ".join(each for each, _ in found.texts)
    assert HOSTILE in text
    for each in "xyztu":
        assert f"<script>{each}</script>" in text


def test_a_release_that_says_it_has_one_before_it_and_carries_no_difference_is_an_error(
    restated_releases: tuple[Path, Path], tmp_path: Path
) -> None:
    with read(restated_releases[1], tmp_path) as released, pytest.raises(FileNotFoundError):
        since_release(released)
