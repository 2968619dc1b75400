"""The schedule for who has no sensor at work: a run each morning for a published quarter with new files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster import (
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
)

from nof.definitions.calendar import each_morning, published_quarters
from nof.definitions.settings import home_folder, landing_folders
from nof.errors import NofError
from nof.home import Home
from nof.landing.arrivals import settled_arrivals, snapshot

NAME = "when_published"


def published_schedule(job: Any) -> ScheduleDefinition:
    """Runs each morning. Off until a person turns it on: it needs a landing folder."""
    return each_morning(
        NAME,
        job,
        hour=7,
        requests=_requests,
        description="Each morning, starts a run for each quarter that is published by the publication "
        "calendar and of which NOF_LANDING, or the home's inbox, holds files that are not landed.",
    )


def _requests(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
    day = context.scheduled_execution_time.date()
    try:
        folders = [Path(each) for each in landing_folders()]
        if not folders:
            yield SkipReason(
                "NOF_LANDING names no folder, and the home's inbox holds no file: nobody waits for a release "
                "of the invented nation. Put the published files there."
            )
            return
        now = snapshot(folders)
        # Nobody is asked to wait a minute for a second look at seven in the morning.
        found = settled_arrivals(Home(Path(home_folder())), now, now)
    except NofError as refusal:
        yield SkipReason(str(refusal))
        return
    published = set(published_quarters(day))
    early = sorted({each.quarter_id or "no quarter" for each in found} - published)
    wanted = [each for each in found if each.quarter_id in published]
    if not wanted:
        yield SkipReason(
            f"New files of {', '.join(early)}, which is not published on {day} by "
            "seeds/reference/publication_calendar.csv. Add the day to the seed, or start the job by hand."
            if early
            else "Nothing new."
        )
    for each in wanted:
        yield RunRequest(run_key=f"{each.quarter_id} {each.key}", partition_key=each.quarter_id)
