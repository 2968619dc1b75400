"""The log of events: numbered, chained, appended to only; whatever was done to it by hand is seen."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from nof.errors import NofError
from nof.home import Home
from nof.release.events import Event, append_event, read_events, settle_events


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def add(home: Home, kind: str = "released", release_id: str = "1" * 16, **details: str) -> Event:
    return append_event(
        home,
        kind,  # type: ignore[arg-type]
        quarter_id="2025-26-Q1",
        release_id=release_id,
        framework_id="nof-2025-26",
        by_role="nof",
        reason="made by a run: “Q1”",
        details=details,
    )


def names(home: Home) -> list[str]:
    return sorted(path.name for path in home.events.iterdir())


def test_a_home_without_events_has_none(home: Home) -> None:
    assert read_events(home) == []
    settle_events(home)
    assert not home.events.exists()


def test_events_are_numbered_named_and_read_as_they_were_written(home: Home) -> None:
    written = [add(home, manifest_sha256="a" * 64), add(home, "withdrawn"), add(home, release_id="2" * 16)]
    assert [event.number for event in written] == [1, 2, 3]
    assert read_events(home) == written
    assert names(home) == [
        f"000001-released-2025-26-Q1-{'1' * 16}.json",
        f"000002-withdrawn-2025-26-Q1-{'1' * 16}.json",
        f"000003-released-2025-26-Q1-{'2' * 16}.json",
        "LAST",
    ]
    assert written[1].release == f"2025-26-Q1/{'1' * 16}"
    assert written[0].at.endswith("+00:00")


def test_each_event_holds_the_hash_of_the_file_before_it(home: Home) -> None:
    add(home)
    second = add(home, "finalised")
    first_file = (home.events / names(home)[0]).read_bytes()
    assert json.loads(first_file)["before_sha256"] == ""
    assert second.before_sha256 == sha256(first_file).hexdigest()


def test_earlier_events_are_never_written_again(home: Home) -> None:
    add(home)
    first = home.events / names(home)[0]
    before = first.stat().st_mtime_ns, first.stat().st_ino
    add(home, "finalised")
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == before


def three(home: Home) -> list[Path]:
    for kind in ("released", "finalised", "withdrawn"):
        add(home, kind)
    return sorted(home.events.glob("*.json"))


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_changed_event_is_refused(home: Home, number: int) -> None:
    path = three(home)[number]
    path.write_text(path.read_text().replace("made by a run", "made by hand"))
    with pytest.raises(NofError, match=r"is damaged.*put the folder back from a copy"):
        read_events(home)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_removed_event_is_refused_the_last_one_too(home: Home, number: int) -> None:
    three(home)[number].unlink()
    with pytest.raises(NofError, match="is damaged"):
        read_events(home)


def test_no_event_at_all_where_there_were_some_is_refused(home: Home) -> None:
    for path in three(home):
        path.unlink()
    with pytest.raises(NofError, match="LAST is damaged: it names 000003-withdrawn"):
        read_events(home)


def test_an_event_and_the_mark_taken_away_together_are_refused(home: Home) -> None:
    three(home)[2].unlink()
    (home.events / "LAST").unlink()
    with pytest.raises(NofError, match="LAST is damaged: it is missing"):
        read_events(home)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (f"000002-pruned-2025-26-Q1-{'1' * 16}.json", "its name is not what it says"),
        (f"000004-finalised-2025-26-Q1-{'1' * 16}.json", "its name is not what it says"),
        ("notes.json", "its name is not what it says"),
    ],
)
def test_a_copied_event_is_refused(home: Home, name: str, why: str) -> None:
    events = three(home)
    (home.events / name).write_bytes(events[1].read_bytes())
    with pytest.raises(NofError, match=why):
        read_events(home)


def test_an_added_event_that_does_not_follow_is_refused(home: Home) -> None:
    events = three(home)
    content = json.loads(events[2].read_text()) | {"number": 4, "kind": "finalised"}
    (home.events / f"000004-finalised-2025-26-Q1-{'1' * 16}.json").write_text(json.dumps(content))
    with pytest.raises(NofError, match="it does not follow the event before it"):
        read_events(home)


def test_two_events_added_by_hand_in_a_right_chain_are_refused(home: Home) -> None:
    """One beyond the mark may be what a kill left; two never are."""
    events = three(home)
    last = events[2]
    for number in (4, 5):
        content = json.loads(events[2].read_text()) | {
            "number": number,
            "before_sha256": sha256(last.read_bytes()).hexdigest(),
        }
        last = home.events / f"{number:06d}-withdrawn-2025-26-Q1-{'1' * 16}.json"
        last.write_text(json.dumps(content))
    with pytest.raises(NofError, match="which is not the newest event"):
        read_events(home)


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"number": 1}', '{"unknown": 1}', "\xff"],
)
def test_a_file_that_is_no_event_is_refused(home: Home, content: str) -> None:
    path = three(home)[1]
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(NofError, match=f"{path.name} is damaged: it cannot be read"):
        read_events(home)


def test_an_unknown_kind_is_refused(home: Home) -> None:
    add(home)
    (path,) = home.events.glob("*.json")
    path.rename(home.events / path.name.replace("released", "blessed"))
    renamed = next(home.events.glob("*.json"))
    renamed.write_text(renamed.read_text().replace('"released"', '"blessed"'))
    with pytest.raises(NofError, match="its name is not what it says"):
        read_events(home)


def test_a_kill_between_the_event_and_the_mark_is_no_damage(home: Home) -> None:
    add(home)
    mark = (home.events / "LAST").read_bytes()
    add(home, "finalised")
    (home.events / "LAST").write_bytes(mark)
    assert len(read_events(home)) == 2
    add(home, "withdrawn")
    assert [event.kind for event in read_events(home)] == ["released", "finalised", "withdrawn"]
    assert (home.events / "LAST").read_text().startswith("000003-withdrawn")


def test_the_first_event_may_have_no_mark_yet(home: Home) -> None:
    add(home)
    (home.events / "LAST").unlink()
    assert len(read_events(home)) == 1
    settle_events(home)
    assert (home.events / "LAST").is_file()


def test_a_reader_beside_a_writer_never_takes_it_for_damage(home: Home) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        writing = pool.submit(lambda: [add(home) for _ in range(60)])
        counts = [0]
        while not writing.done():
            counts.append(len(read_events(home)))
        assert len(writing.result()) == 60
    assert counts == sorted(counts)
    assert len(read_events(home)) == 60


def test_nothing_is_appended_to_a_damaged_log(home: Home) -> None:
    three(home)[1].unlink()
    before = names(home)
    with pytest.raises(NofError, match="is damaged"):
        add(home)
    assert names(home) == before
