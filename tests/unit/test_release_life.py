"""Finalising and withdrawing: what is refused, what is written, and where `current` goes."""

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
    land,
    lock_again,
    put_out,
    small_candidate,
    unlock,
)  # fmt: skip
from nof.errors import InputRefused, UsageRefused
from nof.files import remove_tree
from nof.home import Home
from nof.release import InputEntry, ReleaseRefused, find_release, promote, recover, refuse_withdrawn
from nof.release.events import read_events
from nof.release.life import DamagedRelease, finalise, withdraw
from nof.release.listing import list_rows
from nof.release.pick import pick, pick_to_read
from nof.release.prune import prune
from nof.release.seal import named
from nof.release.states import read_states


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.root.exists():
        remove_tree(home.root)


def kinds(home: Home) -> list[tuple[str, str]]:
    return [(event.kind, event.release_id) for event in read_events(home)]


def states(home: Home) -> dict[str, str]:
    return {state.released.release_id: state.state for state in read_states(home)}


def current(home: Home) -> str | None:
    folder = find_release(home)
    text = home.current_text.read_text().strip() if home.current_text.is_file() else None
    assert text == (named(folder) if folder else None)
    return folder.name if folder else None


# --- finalise


@pytest.mark.parametrize("name", ["current", ONE, f"{Q1}/{ONE}", f"{Q1}/{ONE}/"])
def test_a_release_is_named_by_current_by_id_or_by_quarter_and_id(home: Home, name: str) -> None:
    put_out(home, Q1, ONE)
    event, found = finalise(home, name, role=ROLE, reason=REASON)
    assert (event.kind, event.release, event.by_role, event.reason) == (
        "finalised",
        f"{Q1}/{ONE}",
        ROLE,
        REASON,
    )
    assert not found.findings
    assert states(home) == {ONE: "final"}


def test_nothing_in_a_sealed_release_changes_when_it_is_finalised(home: Home) -> None:
    folder = put_out(home, Q1, ONE)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.rglob("*")}
    finalise(home, ONE, role=ROLE, reason=REASON)
    withdraw(home, ONE, role=ROLE, reason=REASON)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_mode) for path in folder.rglob("*")} == before


def test_a_release_that_is_final_already_is_refused_with_who_did_it(home: Home) -> None:
    put_out(home, Q1, ONE)
    finalise(home, ONE, role=ROLE, reason=REASON)
    with pytest.raises(UsageRefused, match=f"is final already, on 20.* by {ROLE}: {REASON}"):
        finalise(home, ONE, role=ROLE, reason=REASON)


def test_a_withdrawn_a_superseded_and_a_pruned_release_are_not_finalised(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q1, TWO)
    with pytest.raises(UsageRefused, match=f"is superseded by {Q1}/{TWO}. Finalise that one"):
        finalise(home, ONE, role=ROLE, reason=REASON)
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    with pytest.raises(UsageRefused, match=r"was withdrawn on .*: wrong file. .*land a corrected file"):
        finalise(home, TWO, role=ROLE, reason=REASON)
    put_out(home, Q1, THREE)
    prune(home, keep=0)
    withdraw(home, THREE, role=ROLE, reason="wrong file")
    with pytest.raises(UsageRefused, match=r"was pruned on .*`nof run --quarter 2025-26-Q1`"):
        finalise(home, ONE, role=ROLE, reason=REASON)
    assert [kind for kind, _ in kinds(home) if kind == "finalised"] == []


def test_a_forecast_is_never_current_and_never_final(home: Home) -> None:
    published = put_out(home, Q1, ONE)
    put_out(home, Q2, TWO, framework_id="nof-2025-26-early-view")
    assert home.current.resolve() == published.resolve()
    with pytest.raises(UsageRefused, match=r"is a forecast \(.*-early-view\) and never becomes final"):
        finalise(home, TWO, role=ROLE, reason=REASON)
    assert [kind for kind, _ in kinds(home) if kind == "finalised"] == []
    # Its place is not that of a release of the same quarter under the framework in force, nor the other way.
    put_out(home, Q2, THREE)
    assert home.current.resolve().name == THREE
    listed = {row["release_id"]: (row["state"], row["is_forecast"]) for row in list_rows(home)}
    assert listed == {
        ONE: ("provisional", "false"),
        TWO: ("provisional", "true"),
        THREE: ("provisional", "false"),
    }


def test_a_damaged_release_is_not_finalised(home: Home) -> None:
    folder = put_out(home, Q1, ONE)
    unlock(folder)
    (folder / "notes.md").write_text("# Notes of 2222222222222222\n")
    lock_again(folder)
    with pytest.raises(DamagedRelease, match=r"notes\.md: was changed") as refused:
        finalise(home, ONE, role=ROLE, reason=REASON)
    assert refused.value.exit_status == 1
    assert kinds(home) == [("released", ONE)]


def test_a_release_whose_landed_file_is_lost_is_not_finalised(home: Home) -> None:
    entry = land(home, "acute.csv", date(2026, 3, 1))
    put_out(home, Q1, ONE, inputs=(entry,))
    (home.landed / entry.sha256 / entry.name).unlink()
    with pytest.raises(DamagedRelease, match=r"acute\.csv: is missing"):
        finalise(home, ONE, role=ROLE, reason=REASON)


@pytest.mark.parametrize("act", [finalise, withdraw])
def test_without_a_role_or_a_reason_nothing_is_done(home: Home, act: object) -> None:
    put_out(home, Q1, ONE)
    for role, reason in (("", REASON), (ROLE, " "), ("jane@example.org", REASON)):
        with pytest.raises(UsageRefused):
            act(home, ONE, role=role, reason=reason)  # type: ignore[operator]
    assert kinds(home) == [("released", ONE)]


def test_a_name_that_is_none_is_refused_with_what_there_is(home: Home) -> None:
    with pytest.raises(UsageRefused, match=r"no current release.*Make one with `nof run --home"):
        pick(home, "current")
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    with pytest.raises(UsageRefused) as refused:
        pick(home, "no-such-id")
    assert str(refused.value) == (
        f"There is no release 'no-such-id' in {home.root}. There are:\n"
        f"  {Q2}/{TWO}  provisional, {IN_FORCE}\n"
        f"  {Q1}/{ONE}  provisional, {IN_FORCE}"
    )


def test_where_only_drafts_are_they_are_named(home: Home) -> None:
    put_out(home, Q1, ONE, framework_id=DRAFT)
    with pytest.raises(UsageRefused, match="no current release") as refused:
        pick_to_read(home, None)
    assert f"  {Q1}/{ONE}  provisional, {DRAFT}\nName one of them with --release." in str(refused.value)
    assert pick_to_read(home, ONE).release == f"{Q1}/{ONE}"


def test_a_pruned_release_cannot_be_read(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q1, TWO)
    prune(home, keep=0)
    with pytest.raises(UsageRefused, match=rf"{ONE} was pruned on .*its folder is gone"):
        pick_to_read(home, ONE)


# --- withdraw


def test_current_goes_back_to_the_latest_of_the_newest_quarter(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    put_out(home, Q1, THREE)  # an older quarter made later
    put_out(home, Q3, FOUR)
    assert current(home) == FOUR
    done = withdraw(home, "current", role=ROLE, reason="wrong file")
    assert (done.was_current, done.standing_again) == (True, ())
    assert current(home) == TWO
    assert done.current is not None
    assert done.current.release == f"{Q2}/{TWO}"
    withdraw(home, "current", role=ROLE, reason="wrong file")
    assert current(home) == THREE
    withdraw(home, "current", role=ROLE, reason="wrong file")
    assert current(home) == ONE


def test_the_release_whose_place_was_taken_stands_again(home: Home) -> None:
    put_out(home, Q1, ONE)
    finalise(home, ONE, role=ROLE, reason=REASON)
    put_out(home, Q1, TWO)
    assert states(home) == {ONE: "superseded", TWO: "provisional"}
    done = withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert [state.release for state in done.standing_again] == [f"{Q1}/{ONE}"]
    assert states(home) == {ONE: "final", TWO: "withdrawn"}
    assert current(home) == ONE


def test_where_none_is_left_current_is_taken_away(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO, framework_id=DRAFT)
    done = withdraw(home, ONE, role=ROLE, reason="wrong file")
    assert done.current is None
    assert current(home) is None
    assert not home.current.is_symlink()
    assert not home.current_text.exists()
    put_out(home, Q1, THREE)
    assert current(home) == THREE


def test_invented_figures_never_take_the_place_of_real_ones(home: Home) -> None:
    put_out(home, Q3, ONE)  # the bundled nation, for a newer quarter than the files
    entry = land(home, "acute.csv", date(2026, 3, 1))
    put_out(home, Q1, TWO, inputs=(entry,))
    assert current(home) == TWO
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert current(home) is None


def test_a_release_that_is_not_current_is_withdrawn_and_current_stays(home: Home) -> None:
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    done = withdraw(home, f"{Q1}/{ONE}", role=ROLE, reason="wrong file")
    assert (done.was_current, current(home)) == (False, TWO)


def test_a_withdrawn_release_is_not_withdrawn_twice(home: Home) -> None:
    put_out(home, Q1, ONE)
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    with pytest.raises(UsageRefused, match=f"is withdrawn already, on .* by {ROLE}: wrong file"):
        withdraw(home, ONE, role=ROLE, reason="again")


def test_a_damaged_a_superseded_and_a_pruned_release_can_be_withdrawn(home: Home) -> None:
    first = put_out(home, Q1, ONE)
    put_out(home, Q1, TWO)
    put_out(home, Q1, THREE)
    unlock(first)
    (first / "manifest.json").write_text("{")
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    prune(home, keep=0)
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert states(home) == {ONE: "withdrawn", TWO: "withdrawn", THREE: "provisional"}
    assert current(home) == THREE


def test_without_links_the_text_goes_back_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: str, target_is_directory: bool = False) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    withdraw(home, TWO, role=ROLE, reason="wrong file")
    assert current(home) == ONE
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    assert current(home) is None


def test_a_newer_release_takes_the_place_of_the_current_one_only_if_it_is_for_no_older_quarter(
    home: Home,
) -> None:
    put_out(home, Q2, ONE)
    put_out(home, Q1, TWO)
    assert current(home) == ONE
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    put_out(home, Q1, THREE)  # a withdrawn release for a newer quarter does not stand in its way
    assert current(home) == THREE


# --- not made again


FILE = (InputEntry("a" * 64, "acute.csv", "oversight_data", date(2026, 3, 1)),)


def ask(
    home: Home, release_id: str, inputs: tuple[InputEntry, ...] = FILE, *, is_mended: bool = False
) -> None:
    refuse_withdrawn(
        home, framework_id=IN_FORCE, quarter_id=Q1, release_id=release_id, inputs=inputs, is_mended=is_mended
    )


def test_a_withdrawn_release_is_not_made_again(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    ask(home, ONE)  # a good one is not refused: there is nothing new to release
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    for is_mended in (False, True):
        with pytest.raises(InputRefused) as refused:
            ask(home, ONE, is_mended=is_mended)
        assert refused.value.exit_status == 3
        said = str(refused.value)
        assert said.startswith(f"Release {Q1}/{ONE}: withdrawn on 20")
        assert f"by {ROLE}: wrong file" in said
        assert "Land a corrected file (`nof run --landing FOLDER`), or change the method" in said


def test_the_same_inputs_and_method_under_other_code_need_a_word(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    with pytest.raises(InputRefused, match=r"only code around them differs.*--mended"):
        ask(home, TWO)
    ask(home, TWO, is_mended=True)
    ask(home, TWO, inputs=(*FILE, InputEntry("b" * 64, "acute-v2.csv", "oversight_data", date(2026, 5, 9))))
    with pytest.raises(InputRefused, match="Land files, or change the method"):
        put_out(home, Q1, THREE)  # the bundled nation
        withdraw(home, THREE, role=ROLE, reason="wrong seed")
        ask(home, TWO, inputs=())


def test_once_a_mended_release_stands_the_next_run_needs_no_word(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    withdraw(home, ONE, role=ROLE, reason="a column was wrong")
    put_out(home, Q1, TWO, inputs=FILE)
    ask(home, THREE)


def test_a_withdrawn_release_that_was_pruned_is_not_made_again_either(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    withdraw(home, ONE, role=ROLE, reason="wrong file")
    put_out(home, Q1, TWO, inputs=FILE)
    prune(home, keep=0)
    assert not (home.releases / Q1 / ONE).exists()
    with pytest.raises(InputRefused, match="withdrawn on"):
        ask(home, ONE)
    with pytest.raises(ReleaseRefused, match="was withdrawn, and is never made again"):
        put_out(home, Q1, ONE, inputs=FILE)


def test_a_pruned_release_made_again_stays_superseded_and_leaves_current_alone(home: Home) -> None:
    put_out(home, Q1, ONE, inputs=FILE)
    put_out(home, Q1, TWO, inputs=FILE)
    prune(home, keep=0)
    candidate = small_candidate(home, Q1, ONE, inputs=FILE)
    promote(candidate=candidate, home=home, quarter_id=Q1, release_id=ONE, framework_is_in_force=True)
    assert states(home) == {ONE: "superseded", TWO: "provisional"}
    assert current(home) == TWO
    assert kinds(home)[-2:] == [("pruned", ONE), ("released", ONE)]
    assert read_events(home)[-1].reason == "made again by a run"
    recover(home)
    assert (home.releases / Q1 / ONE / "SUCCESS").is_file()
