"""New files as the sensor sees them: settled or not, by quarter, and never twice."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunRequest, build_sensor_context
from harness_inputs import published, row

from nof.definitions.graph import graph
from nof.definitions.watching import LOOK_EVERY_SECONDS
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.arrivals import Snapshot, settled_arrivals, snapshot

Q1, Q2, Q3 = "2025-26-Q1", "2025-26-Q2", "2025-26-Q3"


def of(*quarters: str, trust_type: str = "Acute trust") -> bytes:
    """A sound file with one row for each quarter, such as `Q1 2025/26`."""
    return published(*(row(Quarter=quarter, Trust_type=trust_type) for quarter in quarters))


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    return Home(tmp_path / "empty")


def settled(home: Home, inbox: Path) -> list[tuple[str, tuple[str, ...]]]:
    now = snapshot([inbox])
    return [(each.quarter_id, each.file_names) for each in settled_arrivals(home, now, now)]


def test_files_are_grouped_by_their_newest_quarter_the_oldest_first(empty: Home, inbox: Path) -> None:
    (inbox / "c.csv").write_bytes(of("Q1 2025/26", "Q3 2025/26"))
    (inbox / "a.csv").write_bytes(of("Q1 2025/26", trust_type="Ambulance trust"))
    (inbox / "b.csv").write_bytes(of("Q3 2025/26", trust_type="Ambulance trust"))
    assert settled(empty, inbox) == [(Q1, ("a.csv",)), (Q3, ("b.csv", "c.csv"))]


def test_a_file_that_names_no_quarter_goes_with_the_newest_one(empty: Home, home: Home, inbox: Path) -> None:
    (inbox / "page.csv").write_text("<html>")
    assert settled(empty, inbox) == [("", ("page.csv",))]  # nothing is in hand that it could go with
    assert settled(home, inbox) == [(Q1, ("page.csv",))]  # the quarter that is landed there
    (inbox / "b.csv").write_bytes(of("Q2 2025/26"))
    assert settled(empty, inbox) == [(Q2, ("b.csv", "page.csv"))]


def test_what_is_landed_is_not_new(empty: Home, inbox: Path) -> None:
    (inbox / "a.csv").write_bytes(of("Q1 2025/26"))
    register_new_files(empty, land(empty, [inbox], today=date(2026, 7, 1)))
    assert settled(empty, inbox) == []
    (inbox / "another-name.csv").write_bytes(of("Q1 2025/26"))
    assert settled(empty, inbox) == []
    (inbox / "b.csv").write_bytes(of("Q2 2025/26"))
    assert settled(empty, inbox) == [(Q2, ("b.csv",))]


def test_the_same_contents_have_one_key_under_any_name_and_others_another(empty: Home, inbox: Path) -> None:
    def key() -> str:
        now = snapshot([inbox])
        (only,) = settled_arrivals(empty, now, now)
        return only.key

    file = inbox / "a.csv"
    file.write_bytes(of("Q1 2025/26"))
    first = key()
    file = file.rename(inbox / "b.csv")
    assert key() == first
    file.write_bytes(of("Q1 2025/26") + b"\r\n")
    assert key() != first


@pytest.mark.parametrize("change", ["grows", "comes", "goes"])
def test_a_folder_that_changes_has_not_settled(empty: Home, inbox: Path, change: str) -> None:
    (inbox / "a.csv").write_bytes(of("Q1 2025/26"))
    (inbox / "b.csv").write_bytes(of("Q1 2025/26", trust_type="Ambulance trust"))
    before: Snapshot = snapshot([inbox])
    if change == "grows":
        with (inbox / "a.csv").open("ab") as file:
            file.write(b"\r\n")
    elif change == "comes":
        (inbox / "c.csv").write_bytes(b"x")
    else:
        (inbox / "b.csv").unlink()
    assert settled_arrivals(empty, before, snapshot([inbox])) == []


class Sensor:
    """The sensor of the graph, ticking with the cursor that it left."""

    def __init__(self) -> None:
        self.definitions = graph()
        self.definition = self.definitions.resolve_sensor_def("new_files")
        self.cursor: str | None = None
        self.instance = DagsterInstance.ephemeral()

    def tick(self) -> tuple[list[RunRequest], str]:
        """What it asks for, and why it asks for nothing."""
        with build_sensor_context(
            instance=self.instance, cursor=self.cursor, definitions=self.definitions
        ) as context:
            data = self.definition.evaluate_tick(context)
        self.cursor = data.cursor
        return list(data.run_requests or ()), data.skip_message or ""


@pytest.fixture(scope="module")
def sensor_of_the_graph() -> Sensor:
    return Sensor()


@pytest.fixture
def sensor(sensor_of_the_graph: Sensor, empty: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sensor]:
    monkeypatch.setenv("NOF_HOME", str(empty.root))
    monkeypatch.delenv("NOF_LANDING", raising=False)
    sensor_of_the_graph.cursor = None
    yield sensor_of_the_graph


def test_a_settled_group_starts_one_run_that_names_its_files(sensor: Sensor, empty: Home) -> None:
    assert sensor.tick() == (
        [],
        "No landing folder: name one in NOF_LANDING, or put files into the home's inbox.",
    )
    inbox = empty.root / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "a.csv").write_bytes(of("Q1 2025/26"))
    requests, said = sensor.tick()
    assert (requests, said[:16]) == ([], "Files are coming")
    (request,), _ = sensor.tick()
    assert (request.partition_key, request.tags["nof/new_files"]) == (Q1, "a.csv")
    # Dagster starts a run key once; what has not changed keeps its key, and what was corrected gets another.
    (again,), _ = sensor.tick()
    assert again.run_key == request.run_key
    (inbox / "a.csv").write_bytes(of("Q1 2025/26", "Q2 2025/26"))
    assert sensor.tick()[0] == []
    (corrected,), _ = sensor.tick()
    assert (corrected.partition_key, corrected.run_key == request.run_key) == (Q2, False)
    register_new_files(empty, land(empty, [inbox], today=date(2026, 7, 1)))
    assert sensor.tick() == ([], "Nothing new.")


def test_it_waits_while_a_run_waits_or_works(
    sensor: Sensor, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = empty.root / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "a.csv").write_bytes(of("Q1 2025/26"))
    sensor.tick()
    for status in (DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTED):
        monkeypatch.setattr(sensor, "instance", DagsterInstance.ephemeral())
        sensor.instance.add_run(DagsterRun(job_name="quarterly_release", run_id="1", status=status))
        requests, said = sensor.tick()
        assert (requests, said[:30]) == ([], "A run is waiting or working: n")
    monkeypatch.setattr(sensor, "instance", DagsterInstance.ephemeral())
    ended = DagsterRun(job_name="quarterly_release", run_id="1", status=DagsterRunStatus.FAILURE)
    sensor.instance.add_run(ended)
    assert len(sensor.tick()[0]) == 1


def test_files_that_no_run_can_be_made_of_are_named(sensor: Sensor, empty: Home) -> None:
    inbox = empty.root / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "page.csv").write_text("<html>")
    sensor.tick()
    requests, said = sensor.tick()
    assert (requests, said[:29]) == ([], "page.csv: no quarter is in th")


def test_what_keeps_it_from_looking_is_said(
    sensor: Sensor, empty: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOF_LANDING", str(tmp_path / "gone"))
    requests, said = sensor.tick()
    assert (requests, "does not exist" in said) == ([], True)
    monkeypatch.delenv("NOF_LANDING")
    empty.root.mkdir()
    (empty.root / "nof.toml").write_text("inbx = 1")
    requests, said = sensor.tick()
    assert (requests, "inbx: is no setting" in said) == ([], True)


def test_it_waits_for_a_person_and_looks_every_minute(sensor: Sensor) -> None:
    assert sensor.definition.default_status.value == "STOPPED"
    assert sensor.definition.minimum_interval_seconds == LOOK_EVERY_SECONDS == 60
    assert json.loads(sensor.cursor or "{}") == {}


def test_files_of_a_quarter_before_the_first_published_one_start_nothing(sensor: Sensor, empty: Home) -> None:
    (empty.root / "inbox").mkdir(parents=True)
    (empty.root / "inbox" / "old.csv").write_bytes(of("Q4 2024/25"))
    sensor.tick()
    requests, said = sensor.tick()
    assert requests == []
    assert said.startswith("old.csv: 2024-25-Q4 is before the first quarter that was published (2025-26-Q1).")
