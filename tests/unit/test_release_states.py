"""The state of a release follows from the events alone; each case is a log written by hand."""

import pytest

from nof.release.events import Event, EventKind
from nof.release.states import ReleaseState, last_of_kin, states_of

A, B, C, D = "a", "b", "c", "d"


class Log:
    """A log of events written one after another."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(
        self,
        kind: EventKind,
        release_id: str,
        *,
        quarter: str = "2025-26-Q1",
        framework: str = "f",
        **details: str,
    ) -> "Log":
        if kind == "released":
            details = {"is_bundled": "false", "released_date": "", "manifest_sha256": ""} | details
        self.events.append(
            Event(
                number=len(self.events) + 1,
                kind=kind,
                quarter_id=quarter,
                release_id=release_id,
                framework_id=framework,
                at=f"2026-01-{len(self.events) + 1:02d}T00:00:00+00:00",
                by_role=f"role {len(self.events) + 1}",
                reason=f"{kind} {release_id}",
                details=details,
            )
        )
        return self

    def of(self, release_id: str) -> ReleaseState:
        (found,) = [each for each in states_of(self.events) if each.released.release_id == release_id]
        return found

    def states(self) -> dict[str, str]:
        return {each.released.release_id: each.state for each in states_of(self.events)}


def replaced(*release_ids: str) -> Log:
    """Releases of one quarter, each of which takes the place of the one before."""
    log = Log()
    for before, release_id in zip([None, *release_ids], release_ids, strict=False):
        log.add("released", release_id)
        if before:
            log.add("superseded", before, by=f"2025-26-Q1/{release_id}")
    return log


def test_no_event_no_release() -> None:
    assert states_of([]) == []


def test_a_release_is_provisional_then_final() -> None:
    log = Log().add("released", A)
    state = log.of(A)
    assert (state.state, state.event.by_role, state.event.reason) == ("provisional", "role 1", "released a")
    assert (state.is_good, state.is_protected) == (True, False)
    state = log.add("finalised", A).of(A)
    assert (state.state, state.event.at[:10], state.event.by_role) == ("final", "2026-01-02", "role 2")
    assert (state.is_good, state.is_protected) == (True, True)


def test_a_later_release_supersedes_and_its_withdrawal_voids_that() -> None:
    log = replaced(A, B)
    assert log.states() == {A: "superseded", B: "provisional"}
    assert log.of(A).superseded_by == "2025-26-Q1/b"
    assert log.of(A).event.kind == "superseded"
    log.add("withdrawn", B)
    assert log.states() == {A: "provisional", B: "withdrawn"}
    assert log.of(A).superseded_by is None


def test_a_final_release_that_was_superseded_is_final_again() -> None:
    log = Log().add("released", A).add("finalised", A).add("released", B)
    log.add("superseded", A, by="2025-26-Q1/b")
    assert (log.of(A).state, log.of(A).is_protected) == ("superseded", True)
    log.add("withdrawn", B)
    assert (log.of(A).state, log.of(A).event.by_role) == ("final", "role 2")


def test_the_withdrawal_of_the_one_between_leaves_the_first_superseded_by_the_last() -> None:
    log = replaced(A, B, C).add("withdrawn", B)
    assert log.states() == {A: "superseded", B: "withdrawn", C: "provisional"}
    assert log.of(A).superseded_by == "2025-26-Q1/c"
    log.add("withdrawn", C)
    assert log.states() == {A: "provisional", B: "withdrawn", C: "withdrawn"}


def test_the_withdrawal_of_the_last_brings_back_the_one_before_only() -> None:
    log = replaced(A, B, C).add("withdrawn", C)
    assert log.states() == {A: "superseded", B: "provisional", C: "withdrawn"}
    log.add("released", D).add("superseded", B, by="2025-26-Q1/d")
    assert log.states() == {A: "superseded", B: "superseded", C: "withdrawn", D: "provisional"}
    assert (log.of(A).superseded_by, log.of(B).superseded_by) == ("2025-26-Q1/b", "2025-26-Q1/d")


def test_a_pruned_successor_is_followed_to_the_one_after_it() -> None:
    log = replaced(A, B, C).add("pruned", B)
    assert log.states() == {A: "superseded", B: "pruned", C: "provisional"}
    assert log.of(A).superseded_by == "2025-26-Q1/c"


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        (("finalised",), "final"),
        (("finalised", "superseded"), "superseded"),
        (("superseded", "pruned"), "pruned"),
        (("superseded", "withdrawn"), "withdrawn"),
        (("superseded", "pruned", "withdrawn"), "withdrawn"),
        (("withdrawn", "pruned"), "withdrawn"),
        (("finalised", "withdrawn"), "withdrawn"),
    ],
)
def test_of_several_things_that_are_true_the_gravest_is_the_state(
    kinds: tuple[EventKind, ...], state: str
) -> None:
    log = Log().add("released", A).add("released", B)
    for kind in kinds:
        log.add(kind, A, **({"by": "2025-26-Q1/b"} if kind == "superseded" else {}))
    assert log.of(A).state == state
    assert log.of(A).event.kind == {"final": "finalised"}.get(state, state)
    assert log.of(A).is_good == (state in ("final", "superseded"))


def test_what_was_finalised_is_known_whatever_happened_later() -> None:
    log = Log().add("released", A).add("finalised", A).add("withdrawn", A)
    assert log.of(A).finalised is not None
    assert not log.of(A).is_protected


def test_made_again_a_pruned_release_is_what_it_was_and_keeps_its_place() -> None:
    log = replaced(A, B).add("pruned", A).add("released", A, manifest_sha256="second")
    state = log.of(A)
    assert (state.state, state.order, state.released.number) == ("superseded", 1, 5)
    assert state.released.details["manifest_sha256"] == "second"
    assert [each.released.release_id for each in states_of(log.events)] == [A, B]
    assert [each.released.release_id for each in last_of_kin(states_of(log.events))] == [B]


def test_nothing_lifts_a_withdrawal() -> None:
    log = Log().add("released", A).add("withdrawn", A).add("released", A).add("finalised", A)
    assert log.of(A).state == "withdrawn"


def test_the_last_good_one_stands_in_each_quarter_framework_and_kind() -> None:
    log = replaced(A, B).add("withdrawn", B)
    log.add("released", C, quarter="2025-26-Q2")
    log.add("released", D, framework="another")
    log.add("released", "e", is_bundled="true")
    standing = {each.released.release_id for each in last_of_kin(states_of(log.events))}
    assert standing == {A, C, D, "e"}
