"""The sensor that sees new files in the landing folders and starts one run for each settled quarter."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster import (
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
)

from nof.definitions.calendar import release_quarters
from nof.definitions.landing import shortened
from nof.definitions.names import JOB
from nof.definitions.settings import home_folder, landing_folders
from nof.errors import NofError
from nof.home import Home
from nof.landing.arrivals import settled_arrivals, snapshot

LOOK_EVERY_SECONDS = 60
UNFINISHED = (
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
)


def new_files_sensor(job: Any) -> SensorDefinition:
    """Looks into the landing folders every minute. Off until a person turns it on.

    A file counts as settled when nothing in the folders has changed from one look to the next. The same
    contents never start a second run: a refused file starts one again when it has been corrected.
    """
    return SensorDefinition(
        name="new_files",
        job=job,
        evaluation_fn=_look,
        minimum_interval_seconds=LOOK_EVERY_SECONDS,
        default_status=DefaultSensorStatus.STOPPED,
        description="Starts a run for each quarter that new files in NOF_LANDING, or in the home's inbox, "
        "bring, once they have stopped changing.",
    )


def _look(context: SensorEvaluationContext) -> Iterator[RunRequest | SkipReason]:
    try:
        folders = [Path(each) for each in landing_folders()]
        if not folders:
            yield SkipReason(
                "No landing folder: name one in NOF_LANDING, or put files into the home's inbox."
            )
            return
        before, now = json.loads(context.cursor or "{}"), snapshot(folders)
        context.update_cursor(json.dumps(now))
        if context.instance.get_runs_count(RunsFilter(job_name=JOB, statuses=list(UNFINISHED))):
            # What it is landing counts as new until it ends, and would start a second run for nothing.
            yield SkipReason("A run is waiting or working: new files are looked at when it has ended.")
            return
        found = settled_arrivals(Home(Path(home_folder())), before, now)
    except NofError as refusal:
        yield SkipReason(str(refusal))
        return
    if before != now:
        yield SkipReason("Files are coming: a run starts when nothing has changed from one look to the next.")
    elif not found:
        yield SkipReason("Nothing new.")
    elif not found[0].quarter_id:
        names = ", ".join(found[0].file_names)
        yield SkipReason(
            f"{names}: no quarter is in them, and none is in hand. Land data files of a quarter with them."
        )
        return
    quarters = release_quarters().get_partition_keys()
    for each in found:
        if each.quarter_id not in quarters:
            names = ", ".join(each.file_names)
            yield SkipReason(
                f"{names}: {each.quarter_id} is before the first quarter that was published "
                f"({quarters[0]}). Take them out of the folder, or land them with `nof run`."
            )
            continue
        yield RunRequest(
            run_key=f"{each.quarter_id} {each.key}",
            partition_key=each.quarter_id,
            # A run names its inputs before it has made anything of them.
            tags={"nof/new_files": shortened(", ".join(each.file_names))},
        )
