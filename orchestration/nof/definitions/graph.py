"""The whole graph: landing, dbt steps with a gate after each of two, release; and what starts the jobs."""

from dagster import AssetSelection, Definitions, define_asset_job, in_process_executor

from nof.definitions.awaited import awaited_asset, awaited_schedule
from nof.definitions.calendar import release_quarters
from nof.definitions.dbt_models import dbt_step, model_keys, read_manifest
from nof.definitions.fetching import fetch_job, fetch_schedule
from nof.definitions.gates import gate_asset
from nof.definitions.landing import landing_assets
from nof.definitions.names import AWAITED_JOB, INPUTS, JOB
from nof.definitions.published import published_schedule
from nof.definitions.releasing import release_assets
from nof.definitions.telling import tell_what_stopped_it
from nof.definitions.watching import new_files_sensor
from nof.definitions.whole_run import WholeRun


def graph() -> Definitions:
    """Assets, checks, jobs, schedules and sensor; the assets of a release in the order of `nof.run.run`."""
    quarters = release_quarters()
    manifest = read_manifest()
    staged = dbt_step(
        manifest,
        name="build_staged",
        builds="staged",
        shows="resource_type:seed fqn:nof.staging",
        quarters=quarters,
    )
    scored = dbt_step(
        manifest,
        name="build_scored",
        builds="scoring",
        shows="fqn:nof.measures fqn:nof.scoring fqn:nof.context fqn:nof.insight",
        behind="landed",
        quarters=quarters,
    )
    publication = dbt_step(
        manifest,
        name="build_publication",
        builds="publication",
        shows="fqn:nof.publication",
        behind="scored",
        quarters=quarters,
    )
    release_job = define_asset_job(
        JOB,
        selection=AssetSelection.all() - AssetSelection.assets(INPUTS),
        description="Land, build, gate and publish: the same as `nof run --quarter <partition>`.",
        # A refused input is refused again: a person looks at it, no machine tries once more.
        tags={"dagster/max_retries": "0"},
        hooks={tell_what_stopped_it},
    )
    awaited_job = define_asset_job(
        AWAITED_JOB,
        selection=AssetSelection.assets(INPUTS),
        description="Say what is late, since when, and who is asked: the same as `nof status --alert`.",
    )
    fetching = fetch_job(quarters)
    return Definitions(
        assets=[
            awaited_asset(),
            landing_assets(quarters),
            staged,
            gate_asset("landed", judges=model_keys(staged), quarters=quarters),
            scored,
            gate_asset("scored", judges=model_keys(scored), quarters=quarters),
            publication,
            *release_assets(model_keys(publication), quarters),
        ],
        jobs=[release_job, awaited_job, fetching],
        schedules=[fetch_schedule(fetching), published_schedule(release_job), awaited_schedule(awaited_job)],
        sensors=[new_files_sensor(release_job)],
        resources={"whole_run": WholeRun()},
        # One process and one step at a time: the steps share a run and a DuckDB file.
        executor=in_process_executor,
    )
