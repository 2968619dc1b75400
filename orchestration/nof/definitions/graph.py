"""The whole graph: landing, dbt steps with a gate between each and the next, release; what starts the job."""

from dagster import AssetSelection, Definitions, define_asset_job, in_process_executor

from nof.definitions.calendar import quarterly_schedule, release_quarters
from nof.definitions.dbt_models import dbt_step, model_keys, read_manifest
from nof.definitions.gates import gate_asset
from nof.definitions.landing import landing_assets
from nof.definitions.names import JOB, PUBLICATION_GROUP, SCORED_GROUP
from nof.definitions.releasing import release_asset
from nof.definitions.watching import new_files_sensor
from nof.definitions.whole_run import WholeRun


def graph() -> Definitions:
    """Assets, checks, job, schedule and sensor, in the order of `nof.run.run`."""
    quarters = release_quarters()
    manifest = read_manifest()
    staged = dbt_step(
        manifest,
        name="build_staged",
        group=SCORED_GROUP,
        builds="staged",
        shows="resource_type:seed fqn:nof.staging",
        quarters=quarters,
    )
    scored = dbt_step(
        manifest,
        name="build_scored",
        group=SCORED_GROUP,
        builds="scoring",
        shows="fqn:nof.scoring fqn:nof.context fqn:nof.insight",
        behind="landed",
        quarters=quarters,
    )
    publication = dbt_step(
        manifest,
        name="build_publication",
        group=PUBLICATION_GROUP,
        builds="publication",
        shows="fqn:nof.publication",
        behind="scored",
        quarters=quarters,
    )
    job = define_asset_job(
        JOB,
        selection=AssetSelection.all(),
        description="Land, build, gate and publish: the same as `nof run --quarter <partition>`.",
        # A refused input is refused again: a person looks at it, no machine tries once more.
        tags={"dagster/max_retries": "0"},
    )
    return Definitions(
        assets=[
            landing_assets(quarters),
            staged,
            gate_asset("landed", judges=model_keys(staged), quarters=quarters),
            scored,
            gate_asset("scored", judges=model_keys(scored), quarters=quarters),
            publication,
            release_asset(model_keys(publication), quarters),
        ],
        jobs=[job],
        schedules=[quarterly_schedule(job)],
        sensors=[new_files_sensor(job)],
        resources={"whole_run": WholeRun()},
        # One process and one step at a time: the steps share a run and a DuckDB file.
        executor=in_process_executor,
    )
