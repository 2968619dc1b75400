"""Quarters in Dagster: the partitions of a release, and when the quarterly schedule releases which."""

from datetime import date
from typing import Any

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    StaticPartitionsDefinition,
)

from nof.definitions.settings import landing_folders
from nof.project import read_seed

# NHS England publishes a quarter before the quarter after it has ended (rules 6), so the first morning of a
# quarter finds the files of the quarter before last.
FIRST_MORNING_OF_A_QUARTER = "0 7 1 1,4,7,10 *"


def release_quarters() -> StaticPartitionsDefinition:
    """One partition for each quarter of seeds/reference/quarters.csv, by its quarter_id."""
    return StaticPartitionsDefinition([row["quarter_id"] for row in read_seed("reference", "quarters")])


def quarter_to_release(day: date) -> str | None:
    """The quarter whose files are out on a day: the one before last.

    Returns:
        Its quarter_id; None where the seed does not reach that far.
    """
    quarters = {row["quarter_id"]: row for row in read_seed("reference", "quarters")}
    for row in quarters.values():
        if row["start_date"] <= day.isoformat() <= row["end_date"]:
            last = quarters.get(row["previous_quarter_id"])
            return last["previous_quarter_id"] or None if last else None
    return None


def quarterly_schedule(job: Any) -> ScheduleDefinition:
    """Release the quarter whose files are out. Off until a person turns it on: it needs a landing folder."""
    return ScheduleDefinition(
        name="quarterly",
        job=job,
        cron_schedule=FIRST_MORNING_OF_A_QUARTER,
        execution_timezone="Europe/London",
        default_status=DefaultScheduleStatus.STOPPED,
        execution_fn=_request,
        description="On the first morning of a quarter, releases the quarter before last from NOF_LANDING.",
    )


def _request(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
    if not landing_folders():
        return SkipReason(
            "NOF_LANDING names no folder, and nobody waits for a release of the invented nation. Name the "
            "folder that the published files are put into, and start Dagster again, or put them into the "
            "home's inbox."
        )
    day = context.scheduled_execution_time.date()
    quarter_id = quarter_to_release(day)
    if quarter_id is None:
        return SkipReason(
            f"seeds/reference/quarters.csv has no quarter before last for {day}. Add the quarters to it."
        )
    return RunRequest(run_key=quarter_id, partition_key=quarter_id)
