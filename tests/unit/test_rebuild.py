"""What a rebuild refuses before anything is made, and what it reads from a register; scenarios make it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from harness_home import ONE, Q1, TWO, put_out
from nof.errors import UsageRefused
from nof.files import remove_tree
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.lookups import read_lookups
from nof.landing.register import read_landed_files
from nof.rebuild import _of_register, rebuild

DAYS = (date(2026, 7, 1), date(2026, 7, 8), date(2026, 7, 8))


def rebuilt(source: Home, home: Home) -> list[str]:
    return [each.release for each in rebuild(source, home, progress=lambda _: None)]


@pytest.fixture
def lost(tmp_path: Path, sample_files: Path) -> Home:
    """Three files of the nation's small trust type, landed on two days, two of them in runs of one day."""
    home = Home(tmp_path / "lost")
    names = sorted(path for path in sample_files.iterdir() if "ambulance" in path.name)[:3]
    for path, day in zip(names, DAYS, strict=True):
        inbox = tmp_path / path.stem
        inbox.mkdir()
        shutil.copy(path, inbox)
        register_new_files(home, land(home, [inbox], today=day))
    return home


def test_without_events_there_is_a_run_for_each_day_of_landing(lost: Home) -> None:
    wanted = _of_register(read_landed_files(lost, read_lookups()))
    assert [(each.landed_count, each.day) for each in wanted] == [(1, DAYS[0]), (3, DAYS[1])]
    assert {(each.quarter_id, each.framework_id, each.event) for each in wanted} == {(None, None, None)}


def test_the_old_home_is_not_written_to(lost: Home) -> None:
    with pytest.raises(UsageRefused, match="The new home is the old one"):
        rebuilt(lost, Home(lost.root))


def test_a_folder_without_landed_files_is_no_home(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="Nothing is landed"):
        rebuilt(Home(tmp_path / "empty"), Home(tmp_path / "new"))


def test_a_home_with_other_files_is_not_mixed_with_it(lost: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    inbox = next(folder for folder in tmp_path.iterdir() if "q2" in folder.name)
    register_new_files(other, land(other, [inbox], today=DAYS[0]))
    with pytest.raises(UsageRefused, match=r"holds other files than .* Name a new home"):
        rebuilt(lost, other)


def test_a_home_with_releases_of_its_own_is_in_use(lost: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    for name in (ONE, TWO, "3" * 16):
        put_out(other, Q1, name)
    with pytest.raises(UsageRefused, match="in use: its event"):
        rebuilt(lost, other)
    remove_tree(other.root)
