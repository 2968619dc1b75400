"""Files that do not make a whole quarter: a release says what it has not got, and does not fail for it."""

import shutil
from pathlib import Path

import duckdb
import pytest

from harness_session import Nof

ACUTE = "*acute-trust-data-q3*partial*.csv"
MENTAL_HEALTH = "*mental-health-and-community-trust-data-q1-q3*.csv"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def released(nof: Nof, home: Path, inbox: Path, data_dir: Path, *patterns: str) -> tuple[Path, str]:
    """The release made of the files of these patterns, and what the command said."""
    for pattern in patterns:
        (path,) = (data_dir / "nof_2025_26").glob(pattern)
        shutil.copy(path, inbox)
    status, out, err = nof("run", "--home", home, "--landing", inbox)
    assert status == 0, err
    return (home / "releases" / "current").resolve(), out


def counted(release: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_newest_quarter_may_have_a_trust_type_that_is_not_complete(
    nof: Nof, tmp_path: Path, inbox: Path, data_dir: Path
) -> None:
    release, out = released(nof, tmp_path / "home", inbox, data_dir, ACUTE, MENTAL_HEALTH)
    assert "Incomplete, so without average, segment and league rank: acute in 2025-26-Q3" in out
    assert counted(
        release,
        "select trust_type_id, count(*), count(adjusted_segment) from publication.fct_segment "
        "where quarter_id = '2025-26-Q3' group by all order by all",
    ) == [("acute", 134, 0), ("mental_health_and_community", 61, 61)]


def test_a_quarter_in_which_no_trust_has_an_average_is_released_as_that(
    nof: Nof, tmp_path: Path, inbox: Path, data_dir: Path
) -> None:
    release, out = released(nof, tmp_path / "home", inbox, data_dir, ACUTE)
    assert "Incomplete, so without average, segment and league rank: acute in 2025-26-Q3" in out
    (row,) = counted(
        release,
        "select count(*), count(average_metric_score), count(adjusted_segment), count(league_rank) "
        "from publication.fct_segment",
    )
    assert row == (134, 0, 0, 0)
    # The file's own values still stand there, scored among those in hand, and say so.
    (bases,) = counted(
        release, "select count(*) from publication.fct_metric where score_basis = 'computed_partial_pool'"
    )
    assert bases == (715,)
