"""The retention rule: what it never lets go, what it keeps beside, and what is left of what goes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from harness_home import DRAFT, FOUR, ONE, Q1, Q2, Q3, REASON, ROLE, THREE, TWO, land, put_out
from nof.errors import UsageRefused
from nof.files import files_under, remove_tree
from nof.home import Home
from nof.release import find_release, list_releases
from nof.release.events import read_events
from nof.release.life import finalise, withdraw
from nof.release.prune import KEPT_BESIDE, judge, prune
from nof.release.states import read_states


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.root.exists():
        remove_tree(home.root)


def ids(*numbers: int) -> set[str]:
    return {str(number) * 16 for number in numbers}


def several(home: Home, count: int, quarter_id: str = Q1) -> None:
    for number in range(1, count + 1):
        put_out(home, quarter_id, str(number) * 16)


def there(home: Home) -> set[str]:
    return {info.release_id for info in list_releases(home)}


def verdicts(home: Home, keep: int = KEPT_BESIDE) -> dict[str, tuple[bool, str]]:
    return {each.state.released.release_id[0]: (each.is_kept, each.why) for each in judge(home, keep)}


def test_the_newest_two_are_kept_beside_the_one_that_stands(home: Home) -> None:
    several(home, 5)
    assert verdicts(home) == {
        "5": (True, "current"),
        "4": (True, "superseded, one of the 2 newest others"),
        "3": (True, "superseded, one of the 2 newest others"),
        "2": (False, "superseded, not one of the 2 newest others"),
        "1": (False, "superseded, not one of the 2 newest others"),
    }
    assert there(home) == ids(1, 2, 3, 4, 5)  # judging removes nothing
    prune(home)
    assert there(home) == ids(3, 4, 5)


@pytest.mark.parametrize(
    ("keep", "left"), [(0, ids(4)), (1, ids(3, 4)), (3, ids(1, 2, 3, 4)), (9, ids(1, 2, 3, 4))]
)
def test_as_many_are_kept_as_asked_for(home: Home, keep: int, left: set[str]) -> None:
    several(home, 4)
    prune(home, keep)
    assert there(home) == left


def test_less_than_none_and_no_home_are_wrong_use(home: Home) -> None:
    with pytest.raises(UsageRefused, match="--keep is -1"):
        judge(home, -1)
    with pytest.raises(UsageRefused, match="There is no release in"):
        judge(home)


def test_what_was_finalised_is_never_pruned_unless_it_was_withdrawn(home: Home) -> None:
    put_out(home, Q1, ONE)
    finalise(home, ONE, role=ROLE, reason=REASON)
    put_out(home, Q1, TWO)
    finalise(home, TWO, role=ROLE, reason=REASON)
    put_out(home, Q1, THREE)
    assert verdicts(home, 0)["1"] == (True, "was finalised")
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    prune(home, keep=0)
    assert there(home) == ids(1, 3)
    finalise(home, THREE, role=ROLE, reason=REASON)
    put_out(home, Q2, FOUR)
    assert verdicts(home, 0)["3"] == (True, "final")


def test_the_last_good_one_of_each_quarter_and_framework_stays(home: Home) -> None:
    several(home, 2)
    put_out(home, Q2, THREE)
    put_out(home, Q2, FOUR, framework_id=DRAFT)
    put_out(home, Q2, "5" * 16, framework_id=DRAFT)
    put_out(home, Q3, "6" * 16)
    prune(home, keep=0)
    assert there(home) == ids(2, 3, 5, 6)


def test_the_bundled_nation_does_not_push_out_landed_files(home: Home) -> None:
    entry = land(home, "acute.csv", date(2026, 3, 1))
    put_out(home, Q1, ONE, inputs=(entry,))
    put_out(home, Q1, TWO)
    prune(home, keep=0)
    assert there(home) == ids(1, 2)


def test_withdrawn_ones_count_among_the_others_and_go_when_the_rule_lets_them(home: Home) -> None:
    several(home, 4)
    withdraw(home, FOUR, role=ROLE, reason="wrong file")
    assert verdicts(home, 1) == {
        "4": (True, "withdrawn, the newest of the others"),
        "3": (True, "current"),
        "2": (False, "superseded, not the newest of the others"),
        "1": (False, "superseded, not the newest of the others"),
    }
    prune(home, keep=0)
    assert there(home) == ids(3)
    states = {state.released.release_id[0]: state.state for state in read_states(home)}
    assert states == {"1": "pruned", "2": "pruned", "3": "provisional", "4": "withdrawn"}


def test_where_every_release_of_a_quarter_is_withdrawn_none_of_them_is_good(home: Home) -> None:
    several(home, 2)
    for name in (ONE, TWO):
        withdraw(home, name, role=ROLE, reason="wrong file")
    prune(home, keep=0)
    assert there(home) == set()
    assert not (home.releases / Q1).exists()


def test_the_current_one_stays_whatever_else_is_true_of_it(home: Home) -> None:
    """`current` pointed by hand at a superseded release: readers have it open."""
    several(home, 3)
    home.current.unlink()
    home.current.symlink_to(f"{Q1}/{ONE}")
    assert verdicts(home, 0)["1"] == (True, "current")
    prune(home, keep=0)
    assert there(home) == ids(1, 3)


def test_what_is_pruned_leaves_its_event_and_what_was_landed(home: Home) -> None:
    entry = land(home, "acute.csv", date(2026, 3, 1))
    folder = put_out(home, Q1, ONE, inputs=(entry,))
    size = sum(path.stat().st_size for path in files_under(folder))
    second = put_out(home, Q1, TWO, inputs=(entry,))
    kept = {path: path.stat().st_mtime_ns for path in second.rglob("*")}
    assert [each.byte_count for each in judge(home, 0)][1] == size
    prune(home, keep=0)
    event = read_events(home)[-1]
    assert (event.kind, event.release_id, event.by_role) == ("pruned", ONE, "nof")
    assert event.reason == "retention rule: superseded, and no other is kept"
    assert event.details == {"byte_count": str(size)}
    assert not folder.exists()
    assert not list(home.build.glob("pruned-*"))
    assert (home.landed / entry.sha256 / "acute.csv").is_file()
    assert {path: path.stat().st_mtime_ns for path in second.rglob("*")} == kept
    assert find_release(home) == second


def test_where_nothing_goes_nothing_is_written(home: Home) -> None:
    several(home, 3)
    events, listed = len(read_events(home)), home.release_list.read_bytes()
    assert all(each.is_kept for each in prune(home))
    assert (len(read_events(home)), home.release_list.read_bytes()) == (events, listed)
    prune(home, keep=0)
    events = len(read_events(home))
    prune(home, keep=0)
    assert len(read_events(home)) == events


def test_a_release_whose_folder_was_lost_is_not_pruned_and_not_counted(home: Home) -> None:
    several(home, 4)
    remove_tree(home.releases / Q1 / THREE)
    assert set(verdicts(home, 1)) == {"1", "2", "4"}
    prune(home, keep=1)
    assert there(home) == ids(2, 4)
