"""The totals of the fault suite are shown bad cases: a loss, a wrong release, too few tries."""

import pytest
from harness_tally import KILLS, PROMISED_KILLS, PROMISED_KINDS, Tally, lines_of, shortcomings


@pytest.fixture(autouse=True)
def nothing_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make faults` promises its own numbers while these tests run."""
    monkeypatch.delenv(PROMISED_KILLS, raising=False)
    monkeypatch.delenv(PROMISED_KINDS, raising=False)


def rows(**changes: int) -> list[dict[str, object]]:
    """Three kills and a fault of another kind, all survived, but for the changes to the kills."""
    kills, other = Tally(KILLS, "promote"), Tally("disk full", "promote")
    kills.tried = kills.survived = 3
    other.tried = other.survived = 1
    for name, count in changes.items():
        setattr(kills, name, count)
    return [kills.reported, other.reported]


def test_all_survived_and_nothing_promised_is_well() -> None:
    assert shortcomings(rows()) == []
    tried, *counts = lines_of(rows())[-4:]
    assert tried.startswith("Tried: 3 kills, and 1 faults of 1 other kinds")
    assert counts == ["Survived: 4 of 4", "Releases lost: 0", "Wrong releases published: 0"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lost": 1}, "releases lost: 1"),
        ({"wrong": 2}, "wrong releases published: 2"),
        ({"survived": 2}, "faults not survived: 1"),
    ],
)
def test_harm_is_a_shortcoming(changes: dict[str, int], said: str) -> None:
    assert shortcomings(rows(**changes)) == [said]


def test_fewer_than_promised_is_a_shortcoming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROMISED_KILLS, "4")
    monkeypatch.setenv(PROMISED_KINDS, "2")
    assert shortcomings(rows()) == [
        "only 3 kills hit, and 4 are promised",
        "only 1 other kinds of fault, and 2 are promised",
    ]


def test_a_kill_that_missed_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROMISED_KILLS, "3")
    assert shortcomings(rows(tried=2, survived=2, missed=1)) == ["only 2 kills hit, and 3 are promised"]
