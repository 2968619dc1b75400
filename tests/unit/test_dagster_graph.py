"""What Dagster is shown: nothing disappears unseen, and nothing is published but behind the scored gate."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dagster import (
    AssetKey,
    DefaultScheduleStatus,
    Definitions,
    RunRequest,
    SkipReason,
    build_schedule_context,
)

from nof.definitions.calendar import quarter_to_release
from nof.definitions.dbt_models import read_manifest
from nof.definitions.graph import graph
from nof.project import read_seed

LANDING = {
    "files",
    "league_table",
    "lineage",
    "ods_trusts",
    "oversight_data",
    "previous_cut_points",
    "previous_metrics",
    "previous_quality",
    "previous_segments",
    "previous_versions",
    "register_entries",
    "run_settings",
}
GATES = {"landed", "scored"}
STAGING = {
    "stg_nhse__files",
    "stg_nhse__league_table",
    "stg_nhse__league_table_vintages",
    "stg_nhse__oversight_data",
    "stg_nhse__oversight_data_vintages",
    "stg_ods__trusts",
    "stg_register__entries",
}
SCORING = {
    "benchmarks",
    "cut_points",
    "delivery_scores",
    "domain_scores",
    "financial_overrides",
    "matrix_scores",
    "metric_parts",
    "metric_pools",
    "metric_scores",
    "metric_values",
    "organisation_quarters",
    "programme_memberships",
    "register_in_force",
    "run_scope",
    "score_segments",
    "segments",
    "service_applicability",
    "system_adjustments",
    "system_area_scores",
    "trust_quarters",
    "trust_type_completeness",
    "value_ranks",
    "value_scores",
}
CONTEXT = {
    "board_lines",
    "capability_ratings",
    "context_benchmarks",
    "context_completeness",
    "context_ranks",
    "context_values",
    "icb_code_successions",
    "known_dates",
    "like_for_like",
    "organisation_changes",
    "organisation_groups",
    "organisation_icbs",
    "organisation_snapshots",
    "organisation_successors",
    "organisations",
    "possible_segments",
    "priority_area_scores",
    "register_entries_in_hand",
    "responses",
    "target_progress",
    "winter_assurance",
    "withheld_parts",
}
INSIGHT = {
    "agreement",
    "figure_changes",
    "figure_evidence",
    "figure_parts",
    "figure_revisions",
    "figure_versions",
    "figures",
    "input_changes",
    "metric_input_changes",
    "pool_changes",
    "published_changes",
    "published_figures",
    "published_revisions",
    "published_versions",
    "recomputed_figures",
    "reconciliation",
    "revisions",
    "spine_counts",
    "standing_changes",
    "this_release",
}
PUBLICATION = {
    "board_view",
    "dim_domain",
    "dim_file",
    "dim_metric",
    "dim_organisation",
    "dim_organisation_group",
    "dim_organisation_icb",
    "dim_quarter",
    "dim_release",
    "dim_trust",
    "dq_result",
    "fct_capability",
    "fct_completeness",
    "fct_context",
    "fct_cut_point",
    "fct_domain",
    "fct_figure_version",
    "fct_like_for_like",
    "fct_metric",
    "fct_organisation_change",
    "fct_published_version",
    "fct_reconciliation",
    "fct_register_entry",
    "fct_response",
    "fct_revision",
    "fct_segment",
    "fct_system_area",
    "fct_target",
    "fct_winter_assurance",
    "fct_withheld",
    "league_table",
    "method_assumptions",
    "method_cell_statuses",
    "method_consequences",
    "method_core_metrics",
    "method_frameworks",
    "method_label_bands",
    "method_matrix_cells",
    "method_missing_reasons",
    "method_override_inputs",
    "method_planning_targets",
    "method_priority_areas",
    "method_registers",
    "method_scoring_families",
    "method_summary_measures",
    "method_system_rules",
    "method_value_bands",
    "oversight_data",
    "wide_view",
}


@pytest.fixture(scope="module")
def manifest() -> Mapping[str, Any]:
    return read_manifest()


@pytest.fixture(scope="module")
def defs(manifest: Mapping[str, Any]) -> Definitions:
    assert manifest["nodes"]
    return graph()


def keys_in(defs: Definitions, room: str) -> set[str]:
    found = defs.resolve_asset_graph().get_all_asset_keys()
    return {key.path[1] for key in found if len(key.path) == 2 and key.path[0] == room}


def test_the_definitions_can_be_loaded(defs: Definitions) -> None:
    Definitions.validate_loadable(defs)


def test_every_room_shows_all_its_assets(defs: Definitions) -> None:
    assert keys_in(defs, "landing") == LANDING
    assert keys_in(defs, "gates") == GATES
    assert keys_in(defs, "staging") == STAGING
    assert keys_in(defs, "scoring") == SCORING
    assert keys_in(defs, "context") == CONTEXT
    assert keys_in(defs, "insight") == INSIGHT
    assert keys_in(defs, "publication") == PUBLICATION
    assert AssetKey("release") in defs.resolve_asset_graph().get_all_asset_keys()


def test_every_seed_and_model_of_dbt_is_an_asset_that_a_step_makes(
    defs: Definitions, manifest: Mapping[str, Any]
) -> None:
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("seed", "model")]
    wanted = {AssetKey([node["schema"], node["name"]]) for node in nodes}
    made = set(defs.resolve_asset_graph().executable_asset_keys)
    own = {AssetKey(["landing", name]) for name in LANDING} | {AssetKey(["gates", name]) for name in GATES}
    assert len(wanted) == len(nodes)
    assert made == wanted | own | {AssetKey("release")}


def test_every_dbt_test_of_one_model_is_a_blocking_check_and_so_are_the_gates(
    defs: Definitions, manifest: Mapping[str, Any]
) -> None:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    # A singular test over several models belongs to none: it stops the build of its step all the same.
    wanted = {
        node["name"] for node in tests if node.get("attached_node") or len(node["depends_on"]["nodes"]) == 1
    }
    checks = defs.resolve_asset_graph().asset_check_keys
    gates = {(("gates", gate), "passes") for gate in GATES}
    assert {(tuple(key.asset_key.path), key.name) for key in checks if key.name == "passes"} == gates
    assert {key.name for key in checks} - {"passes"} == wanted
    assert len(checks) == len(wanted) + len(gates)
    assert all(defs.resolve_asset_graph().get(key).blocking for key in checks)


def test_nothing_is_published_but_behind_the_scored_gate(defs: Definitions) -> None:
    assets = defs.resolve_asset_graph()
    scored_gate, landed_gate = AssetKey(["gates", "scored"]), AssetKey(["gates", "landed"])
    for name in PUBLICATION:
        assert scored_gate in assets.get(AssetKey(["publication", name])).parent_keys, name
    for room, names in (("scoring", SCORING), ("context", CONTEXT), ("insight", INSIGHT)):
        for name in names:
            key = AssetKey([room, name])
            assert landed_gate in assets.get(key).parent_keys, name
            assert key in assets.get(scored_gate).parent_keys, name
    assert {AssetKey(["staging", name]) for name in STAGING} == assets.get(landed_gate).parent_keys
    published = {AssetKey(["publication", name]) for name in PUBLICATION}
    assert assets.get(AssetKey("release")).parent_keys == published


def test_two_groups_of_dbt_between_landing_and_release(defs: Definitions) -> None:
    assets = defs.resolve_asset_graph()
    groups = {key.path[0]: assets.get(key).group_name for key in assets.executable_asset_keys}
    assert groups == {
        "landing": "landing",
        "framework": "scored",
        "reference": "scored",
        "sample": "scored",
        "staging": "scored",
        "scoring": "scored",
        "context": "scored",
        "insight": "scored",
        "publication": "publication",
        "gates": "gates",
        "release": "release",
    }


def test_one_job_one_schedule_one_sensor_and_a_partition_for_each_quarter(defs: Definitions) -> None:
    repository = defs.get_repository_def()
    assert [name for name in repository.job_names if not name.startswith("__")] == ["quarterly_release"]
    assert [each.name for each in repository.schedule_defs] == ["quarterly"]
    assert [each.name for each in repository.sensor_defs] == ["new_files"]
    job = defs.resolve_job_def("quarterly_release")
    assert job.partitions_def is not None
    assert job.partitions_def.get_partition_keys() == [
        row["quarter_id"] for row in read_seed("reference", "quarters")
    ]
    assert set(job.asset_layer.selected_asset_keys) == set(defs.resolve_asset_graph().executable_asset_keys)
    assert job.tags["dagster/max_retries"] == "0"
    assert job.executor_def.name == "in_process"


def tick(defs: Definitions, moment: datetime) -> RunRequest | SkipReason:
    repository = defs.get_repository_def()
    with build_schedule_context(scheduled_execution_time=moment, repository_def=repository) as context:
        data = defs.resolve_schedule_def("quarterly").evaluate_tick(context)
    if data.skip_message:
        return SkipReason(data.skip_message)
    (request,) = data.run_requests or []
    return request


def test_the_schedule_waits_for_a_person_and_ticks_on_the_first_morning_of_a_quarter(
    defs: Definitions,
) -> None:
    schedule = defs.resolve_schedule_def("quarterly")
    assert schedule.default_status == DefaultScheduleStatus.STOPPED
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 7 1 1,4,7,10 *", "Europe/London")


def test_the_first_tick_after_a_publication_releases_what_was_published(
    defs: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOF_LANDING", "published")
    for row in read_seed("reference", "publication_calendar"):
        published = date.fromisoformat(row["publication_date"])
        month = (published.month - 1) // 3 * 3 + 4
        year, month = published.year + month // 13, (month - 1) % 12 + 1
        request = tick(defs, datetime(year, month, 1, 7, tzinfo=ZoneInfo("Europe/London")))
        assert isinstance(request, RunRequest)
        assert request.partition_key == row["quarter_id"], row
        assert request.run_key == row["quarter_id"]


def test_the_schedule_does_not_release_the_invented_nation(
    defs: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOF_LANDING", raising=False)
    skipped = tick(defs, datetime(2026, 7, 1, 7, tzinfo=ZoneInfo("Europe/London")))
    assert isinstance(skipped, SkipReason)
    assert "NOF_LANDING" in str(skipped.skip_message)


def test_the_schedule_says_where_the_seed_of_quarters_ends(
    defs: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOF_LANDING", "published")
    skipped = tick(defs, datetime(2040, 1, 1, 7, tzinfo=ZoneInfo("Europe/London")))
    assert isinstance(skipped, SkipReason)
    assert "quarters.csv" in str(skipped.skip_message)


def test_the_quarter_before_last_begins_with_the_third_of_the_seed() -> None:
    quarters = read_seed("reference", "quarters")
    days = [date.fromisoformat(row["start_date"]) for row in quarters]
    assert [quarter_to_release(day) for day in days[:3]] == [None, None, quarters[0]["quarter_id"]]
