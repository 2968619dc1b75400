"""The calendar in Dagster: a partition for each quarter, and how old the newest release may be."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dagster import (
    DefaultScheduleStatus,
    FreshnessPolicy,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    StaticPartitionsDefinition,
)

from nof.project import read_seed

Requests = Callable[[ScheduleEvaluationContext], Iterator[RunRequest | SkipReason]]


def release_quarters() -> StaticPartitionsDefinition:
    """One partition for each quarter from the first one that was published on, by its quarter_id.

    Those to come are in it too: a quarter may be there before its day is in the publication calendar.
    """
    first = min(row["quarter_id"] for row in read_seed("reference", "publication_calendar"))
    quarters = [row["quarter_id"] for row in read_seed("reference", "quarters")]
    return StaticPartitionsDefinition([each for each in quarters if each >= first])


def published_quarters(day: date) -> list[str]:
    """The quarters published by a day, by seeds/reference/publication_calendar.csv, in their order."""
    return sorted(
        row["quarter_id"]
        for row in read_seed("reference", "publication_calendar")
        if row["publication_date"] <= day.isoformat()
    )


def release_freshness() -> FreshnessPolicy:
    """A release is stale when the longest time between two publications has passed, and the days of grace."""
    days = sorted(
        date.fromisoformat(row["publication_date"]) for row in read_seed("reference", "publication_calendar")
    )
    longest = max((later - earlier for earlier, later in pairwise(days)), default=timedelta())
    grace = max(int(row["days_of_grace"]) for row in read_seed("reference", "awaited_inputs"))
    return FreshnessPolicy.time_window(
        warn_window=longest + timedelta(days=1), fail_window=longest + timedelta(days=grace + 1)
    )


def each_morning(
    name: str, job: Any, *, hour: int, description: str, requests: Requests | None = None
) -> ScheduleDefinition:
    """A schedule that ticks each morning, London time; off until a person turns it on.

    Args:
        name: of the schedule.
        job: that it starts.
        hour: of the morning.
        description: what it does.
        requests: the runs of a tick; one without a partition where it is left out.
    """
    return ScheduleDefinition(
        name=name,
        job=job,
        cron_schedule=f"0 {hour} * * *",
        execution_timezone="Europe/London",
        default_status=DefaultScheduleStatus.STOPPED,
        description=description,
        execution_fn=requests,
    )
