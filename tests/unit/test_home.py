"""The layout of a home is a contract, and one run at a time works in it."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from nof.errors import NofError, UsageRefused
from nof.home import Home


def test_the_layout_is_the_one_promised(tmp_path: Path) -> None:
    home = Home(tmp_path)
    promised = {
        "landed": "landed",
        "register": "landed/register.csv",
        "refused": "refused",
        "build": "build",
        "events": "events",
        "releases": "releases",
        "current": "releases/current",
        "current_text": "releases/CURRENT",
        "release_list": "releases/releases.csv",
    }
    for name, place in promised.items():
        assert getattr(home, name).relative_to(tmp_path).as_posix() == place


def test_a_home_does_not_change(tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        Home(tmp_path).root = tmp_path / "other"  # type: ignore[misc]


def test_a_second_run_is_told_which_lock_is_held(tmp_path: Path) -> None:
    home = Home(tmp_path / "new" / "home")
    with home.lock(), pytest.raises(NofError) as refused, Home(home.root).lock(wait_seconds=0.05):
        pass
    assert str(home.lock_file) in str(refused.value)
    assert refused.value.exit_status == 1


def test_the_lock_is_free_again_after_a_run_that_failed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(ZeroDivisionError), home.lock():
        raise ZeroDivisionError
    with home.lock(wait_seconds=0.05):
        assert home.root.is_dir()


def test_two_homes_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with Home(tmp_path / "one").lock(), Home(tmp_path / "other").lock(wait_seconds=0.05):
        pass


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageRefused, match="not a folder"), Home(tmp_path / "file").lock():
        pass
