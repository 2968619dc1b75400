"""Which release a new one follows, and the day it counts from."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from harness_home import (
    DRAFT,
    FOUR,
    IN_FORCE,
    ONE,
    Q1,
    Q2,
    Q3,
    REASON,
    ROLE,
    THREE,
    TWO,
    lock_again,
    put_out,
    unlock,
)
from nof.files import remove_tree
from nof.home import Home
from nof.project import project_root
from nof.release import InputEntry, Lineage, find_lineage, recover
from nof.release.life import withdraw
from nof.release.lineage import bundled_dates
from nof.release.prune import prune
from nof.release.seal import read_manifest
from nof.release.states import read_states

TODAY = date(2026, 7, 20)
FILE = (InputEntry("a" * 64, "acute.csv", "oversight_data", date(2026, 3, 1)),)
LATER = (*FILE, InputEntry("b" * 64, "acute-v2.csv", "oversight_data", date(2026, 5, 9)))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.root.exists():
        remove_tree(home.root)


def lineage(home: Home, quarter_id: str, release_id: str = FOUR, **more: object) -> Lineage:
    asked = {"framework_id": IN_FORCE, "is_bundled": False, "inputs": FILE, "today": TODAY} | more
    return find_lineage(home, quarter_id=quarter_id, release_id=release_id, **asked)  # type: ignore[arg-type]


def test_the_first_release_follows_none(home: Home) -> None:
    first = lineage(home, Q1)
    assert (first.previous, first.previous_release_id, first.has_changed_method) == (None, None, False)
    assert first.released_date == date(2026, 3, 1)


def test_a_release_follows_the_last_one_of_its_quarter_or_of_an_earlier_one(home: Home) -> None:
    first = put_out(home, Q1, ONE, inputs=FILE)
    again = put_out(home, Q1, TWO, inputs=LATER)
    assert lineage(home, Q1).previous == again
    assert lineage(home, Q2).previous == again
    newer = put_out(home, Q3, THREE, inputs=LATER)
    assert lineage(home, Q3).previous == newer
    assert lineage(home, Q2).previous == again  # never one for a newer quarter
    assert lineage(home, Q2).previous_release_id == TWO
    assert first.is_dir()


def test_another_framework_and_the_bundled_nation_are_other_lines(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q1, TWO, inputs=FILE, framework_id=DRAFT)
    assert lineage(home, Q2).previous is None
    assert lineage(home, Q2, is_bundled=True, inputs=()).previous_release_id == ONE
    assert lineage(home, Q2, framework_id=DRAFT).previous_release_id == TWO


def test_a_withdrawn_release_and_one_that_is_gone_are_not_followed(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    put_out(home, Q1, TWO, inputs=LATER)
    third = put_out(home, Q1, THREE, inputs=LATER)
    withdraw(home, THREE, role=ROLE, reason="wrong file")
    assert lineage(home, Q1).previous_release_id == TWO
    remove_tree(home.releases / Q1 / TWO)  # by hand: no event says so
    assert lineage(home, Q1).previous_release_id == ONE
    assert third.is_dir()


def test_a_pruned_release_is_not_followed(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    put_out(home, Q1, TWO, inputs=LATER)
    put_out(home, Q1, THREE, inputs=LATER)
    prune(home, keep=0)
    withdraw(home, THREE, role=ROLE, reason="wrong file")
    assert lineage(home, Q1).previous is None


def test_the_day_is_that_of_the_newest_file(home: Home) -> None:
    assert lineage(home, Q1, inputs=LATER).released_date == date(2026, 5, 9)
    put_out(home, Q1, ONE, inputs=FILE, released_date=date(2026, 3, 1))
    assert lineage(home, Q1, inputs=LATER).released_date == date(2026, 5, 9)


def test_where_a_release_of_that_day_is_there_it_is_the_day_of_the_run(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE, released_date=date(2026, 3, 1))
    assert lineage(home, Q1).released_date == TODAY
    put_out(home, Q1, TWO, inputs=LATER, released_date=date(2026, 5, 9))
    assert lineage(home, Q1).released_date == TODAY  # an older file after a newer one: not back in time
    # A withdrawn release was known all the same, and a clock that was put back changes nothing.
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert lineage(home, Q1, inputs=LATER).released_date == TODAY
    assert lineage(home, Q1, inputs=LATER, today=date(2020, 1, 1)).released_date == date(2026, 5, 9)


def test_another_line_has_days_of_its_own(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE, released_date=date(2026, 3, 1))
    assert lineage(home, Q1, framework_id=DRAFT).released_date == date(2026, 3, 1)
    assert lineage(home, Q1, is_bundled=True, inputs=()).released_date == max(bundled_dates())


def test_a_release_made_again_after_a_prune_takes_the_place_and_the_day_that_it_had(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE, released_date=date(2026, 3, 1))
    put_out(home, Q1, TWO, inputs=LATER, released_date=date(2026, 5, 9), previous=home.releases / Q1 / ONE)
    put_out(home, Q1, THREE, inputs=LATER, released_date=TODAY)
    withdraw(home, THREE, role=ROLE, reason=REASON)
    put_out(home, Q1, FOUR, inputs=LATER, released_date=TODAY)
    prune(home, keep=1)  # 4 stands, 3 is the newest other, 2 and 1 go
    assert not (home.releases / Q1 / TWO).exists()
    again = lineage(home, Q1, TWO, inputs=LATER)
    assert again.released_date == date(2026, 5, 9)
    assert again.previous is None  # 1 was pruned as well; 3 and 4 were made after it
    assert lineage(home, Q1, ONE).released_date == date(2026, 3, 1)
    assert lineage(home, Q1, "5" * 16).previous_release_id == FOUR


def test_the_method_has_changed_where_a_model_a_macro_or_a_method_seed_did(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    for name in ("models", "macros", "seeds", "expectations"):
        shutil.copytree(project_root() / name, project / name)
    for name in ("dbt_project.yml", "selectors.yml"):
        shutil.copyfile(project_root() / name, project / name)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(project))
    made = put_out(home, Q1, ONE, inputs=FILE)
    assert lineage(home, Q1).has_changed_method is False

    def change(name: str) -> bool:
        path = project / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        changed = lineage(home, Q1).has_changed_method
        path.write_bytes(before)
        return changed

    assert change("models/scoring/metric_scores.sql")
    assert change("seeds/framework/thresholds.csv")
    assert change(next((project / "macros").glob("*.sql")).relative_to(project).as_posix())
    assert not change("seeds/sample/_sample.yml")
    assert not change("dbt_project.yml")
    assert not change("models/publication/fct_metric.sql")
    assert len(read_manifest(made)["code"]["method_sha256"]) == 64


def test_an_older_home_gets_its_events_before_it_is_asked(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    remove_tree(home.events)
    assert lineage(home, Q1).previous is None
    recover(home)
    assert lineage(home, Q1).previous_release_id == ONE


def test_a_release_of_the_first_layout_is_followed_too(home: Home) -> None:
    """It has no event, and its manifest says neither its day nor its method."""
    first = put_out(home, Q1, ONE, inputs=LATER)
    remove_tree(home.root / "events")
    unlock(first)
    manifest = json.loads((first / "manifest.json").read_text())
    for name in ("released_date", "is_bundled", "previous_release"):
        del manifest[name]
    del manifest["code"]["method_sha256"]
    (first / "manifest.json").write_text(json.dumps(manifest))
    lock_again(first)
    recover(home)
    (state,) = read_states(home)
    assert (state.release, state.state) == (f"{Q1}/{ONE}", "provisional")
    assert state.released.details["released_date"] == "2026-05-09"
    following = lineage(home, Q2, inputs=LATER)
    assert following.previous == first
    assert following.has_changed_method is True
