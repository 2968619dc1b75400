"""Fetching in Dagster: each morning the files of the quarters that are published, into the inbox."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dagster import (
    JobDefinition,
    OpExecutionContext,
    PartitionsDefinition,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    job,
    op,
)

from nof.definitions.calendar import each_morning, published_quarters
from nof.definitions.names import FETCH_JOB
from nof.definitions.settings import home_folder
from nof.definitions.whole_run import refusals_as_failures
from nof.fetch import fetch
from nof.home import Home
from nof.settings import FILE_NAME, read_settings
from nof.status import awaited_inputs


def fetch_job(quarters: PartitionsDefinition[str]) -> JobDefinition:
    """Fetch the files of one quarter from the addresses in nof.toml: the same as `nof fetch`."""

    @op(
        description="All files of the quarter come into the inbox, or none. An address that fails is tried "
        "again by itself."
    )
    def fetch_files(context: OpExecutionContext) -> None:
        home = Home(Path(home_folder()))
        with refusals_as_failures():
            found = fetch(home, read_settings(home), context.partition_key, progress=context.log.info)
        for each in found:
            context.log.info(f"{each.file.name}: {each.outcome.replace('_', ' ')}, {each.byte_count:,} bytes")
        context.add_output_metadata(
            {"new_or_changed": [each.file.name for each in found if each.outcome != "as_before"]}
        )

    @job(
        name=FETCH_JOB,
        partitions_def=quarters,
        description="Fetch the files of a quarter into the inbox; nothing is landed by it. The sensor "
        "new_files starts a run of what has come.",
    )
    def fetch_inputs() -> None:
        fetch_files()

    return fetch_inputs


def quarters_to_fetch(home: Home, day: date) -> list[str]:
    """The quarters to fetch on a day: published, named in nof.toml, and not all in hand, or the newest one.

    The newest is asked for even when it is in hand: that is how a restatement is found. A server that gives
    validators is asked only whether anything has changed.
    """
    named = {each.quarter for each in read_settings(home).fetch.files}
    published = [each for each in published_quarters(day) if each in named]
    open_quarters = {each.quarter_id for each in awaited_inputs(home, on=day) if each.is_open}
    return [each for each in published if each in open_quarters or each == published[-1]]


def fetch_schedule(job: JobDefinition) -> ScheduleDefinition:
    """Fetches each morning. Off until a person turns it on: it needs addresses."""
    return each_morning(
        FETCH_JOB,
        job,
        hour=6,
        requests=_requests,
        description="Each morning, fetches the quarters that the publication calendar says are out and that "
        "are not in hand, and the newest one to see whether it was restated.",
    )


def _requests(context: ScheduleEvaluationContext) -> Iterator[RunRequest | SkipReason]:
    home = Home(Path(home_folder()))
    day = context.scheduled_execution_time.date()
    wanted = quarters_to_fetch(home, day)
    if not wanted:
        yield SkipReason(
            f"{home.root / FILE_NAME} names no file of a quarter that is published on {day} by "
            "seeds/reference/publication_calendar.csv. Add a [[fetch.files]] for each, or the day to the "
            "seed."
        )
    for quarter_id in wanted:
        yield RunRequest(run_key=f"{quarter_id} {day}", partition_key=quarter_id)
