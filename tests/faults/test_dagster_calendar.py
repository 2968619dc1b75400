"""Dagster follows the calendar: what it fetches and starts each morning, and what it says is late."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dagster import (
    AssetCheckEvaluation,
    DagsterInstance,
    DefaultScheduleStatus,
    Definitions,
    ExecuteInProcessResult,
    RunRequest,
    build_schedule_context,
)
from harness_inputs import published, row

from harness_some import some
from harness_web import answer, web
from nof.definitions.graph import graph
from nof.home import Home
from nof.landing.register import REGISTER_COLUMNS, write_register
from nof.project import read_seed

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return graph()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = Home(tmp_path / "dagster_home")
    home.root.mkdir()
    monkeypatch.setenv("NOF_HOME", str(home.root))
    monkeypatch.delenv("NOF_LANDING", raising=False)
    return home


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as made:
        yield made


def tick(definitions: Definitions, schedule: str, day: str) -> tuple[list[RunRequest], str]:
    moment = datetime.fromisoformat(f"{day}T07:00").replace(tzinfo=LONDON)
    repository = definitions.get_repository_def()
    with build_schedule_context(scheduled_execution_time=moment, repository_def=repository) as context:
        data = definitions.resolve_schedule_def(schedule).evaluate_tick(context)
    return list(data.run_requests or ()), data.skip_message or ""


def test_every_schedule_waits_for_a_person_and_ticks_each_morning_in_london(definitions: Definitions) -> None:
    schedules = {each.name: each for each in definitions.get_repository_def().schedule_defs}
    assert {name: each.cron_schedule for name, each in schedules.items()} == {
        "fetch_inputs": "0 6 * * *",
        "when_published": "0 7 * * *",
        "look_for_late_inputs": "0 8 * * *",
    }
    for each in schedules.values():
        assert each.default_status == DefaultScheduleStatus.STOPPED
        assert each.execution_timezone == "Europe/London"


def test_a_run_starts_on_the_day_of_publication_where_its_files_are_there(
    definitions: Definitions, empty: Home
) -> None:
    inbox = empty.root / "inbox"
    inbox.mkdir()
    for entry in some(read_seed("reference", "publication_calendar")):
        label = entry["quarter_id"][-2:] + " " + entry["quarter_id"][:7].replace("-", "/")
        (inbox / "data.csv").write_bytes(published(row(Quarter=label)))
        (request,), said = tick(definitions, "when_published", entry["publication_date"])
        assert (request.partition_key, said) == (entry["quarter_id"], "")
        # Whatever the day, the same files start one run.
        assert tick(definitions, "when_published", "2027-01-04")[0][0].run_key == request.run_key


def test_files_of_a_quarter_that_is_not_published_start_nothing_by_themselves(
    definitions: Definitions, empty: Home
) -> None:
    (empty.root / "inbox").mkdir()
    (empty.root / "inbox" / "data.csv").write_bytes(published(row(Quarter="Q4 2025/26")))
    requests, said = tick(definitions, "when_published", "2026-06-20")
    assert requests == []
    assert said.startswith("New files of 2025-26-Q4, which is not published on 2026-06-20")
    assert "publication_calendar.csv" in said


def test_the_schedule_does_not_release_the_invented_nation(definitions: Definitions, empty: Home) -> None:
    requests, said = tick(definitions, "when_published", "2026-06-22")
    assert requests == []
    assert "Put the published files there." in said


def named(home: Home, *entries: tuple[str, str]) -> None:
    """A nof.toml with one file for each quarter and address."""
    lines = [
        f'[[fetch.files]]\nquarter = "{quarter}"\naddress = "{address}"\n' for quarter, address in entries
    ]
    (home.root / "nof.toml").write_text("".join(lines), encoding="utf-8")


def test_what_is_published_and_not_in_hand_is_fetched_each_morning(
    definitions: Definitions, empty: Home
) -> None:
    named(
        empty,
        ("2025-26-Q1", "https://example.org/q1.csv"),
        ("2025-26-Q3", "https://example.org/q3.csv"),
        ("2025-26-Q4", "https://example.org/q4.csv"),
    )
    requests, _ = tick(definitions, "fetch_inputs", "2026-04-01")
    assert [each.partition_key for each in requests] == ["2025-26-Q1", "2025-26-Q3"]
    # Once a morning and quarter, however often the schedule is asked.
    assert [each.run_key for each in requests] == ["2025-26-Q1 2026-04-01", "2025-26-Q3 2026-04-01"]


def test_nothing_to_fetch_is_said_with_what_to_do(definitions: Definitions, empty: Home) -> None:
    requests, said = tick(definitions, "fetch_inputs", "2026-04-01")
    assert requests == []
    assert f"{empty.root / 'nof.toml'} names no file" in said


def test_the_job_fetches_into_the_inbox_and_fails_in_its_own_words(
    definitions: Definitions, empty: Home, instance: DagsterInstance
) -> None:
    body = published(row())

    def fetch() -> ExecuteInProcessResult:
        return definitions.resolve_job_def("fetch_inputs").execute_in_process(
            partition_key="2025-26-Q1", instance=instance, raise_on_error=False
        )

    with web() as server:
        named(empty, ("2025-26-Q1", f"{server.address}/q1.csv"))
        server.pages["/q1.csv"] = [answer(200, body), answer(404)]
        assert fetch().success
        assert (empty.root / "inbox" / "q1.csv").read_bytes() == body
        failed = fetch()
    assert not failed.success
    (failure,) = [event for event in failed.all_node_events if event.is_step_failure]
    said = failure.step_failure_data.user_failure_data
    assert said is not None
    assert "answers 404" in (said.description or "")


def looked(definitions: Definitions, instance: DagsterInstance, day: str) -> ExecuteInProcessResult:
    return definitions.resolve_job_def("look_for_late_inputs").execute_in_process(
        instance=instance,
        run_config={"ops": {"calendar__inputs_in_hand": {"config": {"day": day}}}},
        raise_on_error=False,
    )


def checks_of(result: ExecuteInProcessResult) -> dict[str, AssetCheckEvaluation]:
    return {each.check_name: each for each in result.get_asset_check_evaluations()}


def test_what_is_late_fails_a_check_that_names_who_is_asked(
    definitions: Definitions, empty: Home, instance: DagsterInstance
) -> None:
    del empty
    checks = checks_of(looked(definitions, instance, "2025-09-17"))
    late = checks["nothing_is_late"]
    assert not late.passed
    # Data files are late from the eighth day on; league tables, with fourteen days of grace, are not yet.
    assert late.metadata["late"].value == 3
    assert (late.description or "").startswith("3 inputs are late: ask the Head of performance analysis for")
    first, *_ = late.metadata["late_inputs"].value.records
    assert (first.data["quarter"], first.data["trust type"]) == ("2025-26-Q1", "Acute trust")
    assert (first.data["due"], first.data["late from"]) == ("2025-09-09", "2025-09-17")
    released = checks["the_newest_published_quarter_is_released"]
    assert not released.passed
    assert (released.description or "").startswith(
        "2025-26-Q1 is published, and the current release is of no"
    )


def test_a_late_month_of_a_source_publication_in_use_fails_the_check_once(
    definitions: Definitions, empty: Home, instance: DagsterInstance
) -> None:
    """The survey of 2024 is in hand; that of 2025 is late from 15 April 2026 on, for two quarters."""
    entry = dict.fromkeys(REGISTER_COLUMNS, "1") | {"landed_date": "2026-04-01"}
    survey = {"landed_order": "1", "file_kind": "staff_survey_results", "vintages": "2024"}
    empty.landed.mkdir()
    write_register(empty, [entry | survey])
    late = checks_of(looked(definitions, instance, "2026-04-15"))["nothing_is_late"].metadata
    records = [each.data for each in late["late_inputs"].value.records]
    (found,) = [each for each in records if each["period"]]
    assert (found["file"], found["period"], found["trust type"]) == ("NHS Staff Survey", "2025", "")
    assert late["late"].value == len(records)


def test_before_the_first_publication_nothing_is_late(
    definitions: Definitions, empty: Home, instance: DagsterInstance
) -> None:
    del empty
    checks = checks_of(looked(definitions, instance, "2025-09-08"))
    assert all(each.passed for each in checks.values())
    assert checks["nothing_is_late"].description == "Nothing is late."


def test_a_day_that_is_none_is_refused(
    definitions: Definitions, empty: Home, instance: DagsterInstance
) -> None:
    del empty
    result = looked(definitions, instance, "tomorrow")
    assert not result.success
