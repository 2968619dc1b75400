"""Readers over `releases/current` while twenty releases come in a row, and a publisher that they catch."""

import shutil
import time
from pathlib import Path

import duckdb
import pytest

from load.harness_load import Line, readers
from load.marks import MARKS, Mixed, number_of, query_set

RELEASES = 20
KINDS = ("database",) * 5 + ("parquet",) * 2 + ("text",)
LONGEST_SECONDS = 20.0  # eight readers and a publisher on two cores; a wait for a lock would have no end


def test_eight_readers_over_current_while_twenty_releases_come(
    line: Line, tmp_path: Path, counts: list[str]
) -> None:
    line.make()
    with readers(KINDS, str(line.home.releases), tmp_path) as found:
        began = time.monotonic()
        for _ in range(RELEASES):
            line.make()
        took = time.monotonic() - began
    found.assert_exact(last=RELEASES + 1, at_least_seen=3)
    assert found.longest < LONGEST_SECONDS
    assert max(line.promoting) < LONGEST_SECONDS
    seen = [len(each["seen"]) for each in found.found]
    counts.append(
        f"load, files: {len(KINDS)} readers, {RELEASES} releases in {took:.0f} s: {found.sets} query sets, "
        f"0 errors, 0 mixed; each saw {min(seen)} to {max(seen)} releases; longest to open and read "
        f"{found.longest:.2f} s, longest promotion {max(line.promoting):.2f} s"
    )


def test_the_same_readers_catch_files_overwritten_in_place(
    line: Line, tmp_path: Path, counts: list[str]
) -> None:
    """A publisher that copies one release over another, file by file, as many do."""
    first, second = line.make(), line.make()
    releases = tmp_path / "in-place" / "releases"
    current = releases / "current"
    shutil.copytree(first, current, copy_function=shutil.copyfile)
    for folder in (current, *current.rglob("*/")):
        folder.chmod(0o755)
    with readers(("database", "parquet", "parquet", "parquet"), str(releases), tmp_path) as found:
        for release in (second, first) * 4:
            for path in [*sorted(release.rglob("*.parquet")), release / "nof.duckdb"]:
                shutil.copyfile(path, current / path.relative_to(release))
                time.sleep(0.005)
    assert found.mixed or found.errors
    assert any("parquet" in each for each in found.mixed), "no reader saw two releases in one query set"
    counts.append(
        f"load, files overwritten in place: caught, {len(found.mixed)} query sets of two releases, "
        f"{len(found.errors)} errors in {found.sets} that worked"
    )


def test_a_query_set_of_two_releases_is_seen(line: Line) -> None:
    """Without chance: half of the tables of one release, half of the other."""
    first, second = line.make(), line.make()
    connection = duckdb.connect()
    for release, number in ((first, 1), (second, 2)):
        assert (
            query_set(
                lambda query: connection.execute(query).fetchall(),
                lambda table, release=release: f"'{release}/parquet/{table}.parquet'",
            )
            == number
        )
    for odd in MARKS:
        with pytest.raises(Mixed):
            query_set(
                lambda query: connection.execute(query).fetchall(),
                lambda table, odd=odd: f"'{first if table == odd else second}/parquet/{table}.parquet'",
            )
    with pytest.raises(Mixed):
        number_of([(1, 1, 0, 5), (None, None, 0, 0)])  # an empty table
    with pytest.raises(Mixed):
        number_of([(1, 1, 0, 5), (1, 1, 2, 5)])  # rows that show no release
