"""What Dagster is shown: nothing disappears unseen, and nothing is published but behind the scored gate."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from dagster import AssetKey, AssetsDefinition, Definitions
from dagster._core.definitions.freshness import TimeWindowFreshnessPolicy

from harness_some import some
from nof.definitions.dbt_models import read_manifest
from nof.definitions.graph import graph
from nof.definitions.listing import PINNED, as_csv, rows
from nof.definitions.names import INPUTS, landing_keys
from nof.definitions.translation import last_built
from nof.definitions.whole_run import WholeRun
from nof.project import project_root, read_seed

GATES = (AssetKey(["gates", "landed"]), AssetKey(["gates", "scored"]))
# In the order in which a run makes them.
RELEASE = (AssetKey(["release", "candidate"]), AssetKey(["release", "site"]), AssetKey("release"))


@pytest.fixture(scope="module")
def manifest() -> Mapping[str, Any]:
    return read_manifest()


@pytest.fixture(scope="module")
def defs(manifest: Mapping[str, Any]) -> Definitions:
    assert manifest["nodes"]
    return graph()


def keys_in(defs: Definitions, room: str) -> set[AssetKey]:
    found = defs.resolve_asset_graph().get_all_asset_keys()
    return {key for key in found if len(key.path) == 2 and key.path[0] == room}


def test_the_definitions_can_be_loaded(defs: Definitions) -> None:
    Definitions.validate_loadable(defs)


def test_everything_that_dagster_is_shown_is_on_the_list(defs: Definitions) -> None:
    pinned = (project_root() / PINNED).read_text(encoding="utf-8")
    assert as_csv(rows(defs)) == pinned, "If that is meant: python -m nof.definitions.listing"
    kinds = Counter(line.partition(",")[0] for line in pinned.splitlines()[1:])
    assert (kinds["job"], kinds["schedule"], kinds["sensor"]) == (3, 3, 1)
    assert kinds["asset"] > 190
    assert kinds["check"] > 300


def test_the_list_shows_what_has_gone(defs: Definitions) -> None:
    assets = [each for each in defs.assets or () if isinstance(each, AssetsDefinition)]
    short = Definitions(assets=assets[1:], resources={"whole_run": WholeRun()})
    gone = set(rows(defs)) - set(rows(short))
    assert {kind for kind, *_ in gone} == {"asset", "check", "job", "schedule", "sensor"}
    assert {row for row in gone if row[0] == "asset"} == {
        ("asset", "calendar/inputs_in_hand", "calendar", "warehouse engineer", "")
    }


def test_every_seed_and_model_of_dbt_is_an_asset_that_a_step_makes(
    defs: Definitions, manifest: Mapping[str, Any]
) -> None:
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] in ("seed", "model")]
    wanted = {AssetKey([node["schema"], node["name"]]) for node in nodes}
    made = set(defs.resolve_asset_graph().executable_asset_keys)
    assert len(wanted) == len(nodes)
    assert made == wanted | set(landing_keys()) | {*GATES, *RELEASE, INPUTS}


def test_every_dbt_test_is_a_blocking_check_of_what_is_built_last(
    defs: Definitions, manifest: Mapping[str, Any]
) -> None:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    checks = defs.resolve_asset_graph().asset_check_keys
    shown = [key for key in checks if key.asset_key not in {*GATES, INPUTS}]
    assert sorted(key.name for key in shown) == sorted(node["name"] for node in tests)
    assert all(defs.resolve_asset_graph().get(key).blocking for key in shown)
    of = {key.name: key.asset_key for key in shown}
    over_several = [node for node in tests if len(node["depends_on"]["nodes"]) > 1]
    assert len(over_several) > 30
    assert of["metric_values_are_the_spine"] == AssetKey(["insight", "spine_counts"])
    assert of["exactly_one_framework_is_in_force"] == AssetKey(["framework", "frameworks"])


def test_a_test_over_several_is_shown_where_the_last_of_them_is_built() -> None:
    def node(*parents: str) -> dict[str, Any]:
        return {"depends_on": {"nodes": list(parents)}}

    nodes = {"seed": {}, "a": node("seed"), "b": node("a"), "c": node("source.landing")}
    assert last_built({"nodes": nodes}, ["seed", "a", "b", "c"]) == "b"
    assert last_built({"nodes": nodes}, ["a", "c"]) == "a"
    # As deep as each other: the name decides, so that it is the same one each time.
    assert last_built({"nodes": {**nodes, "d": node("seed")}}, ["a", "d"]) == "d"


@pytest.mark.parametrize("gate", ["landed", "scored"])
def test_every_suite_is_a_check_of_its_gate_that_says_what_it_claims(defs: Definitions, gate: str) -> None:
    assets, key = defs.resolve_asset_graph(), AssetKey(["gates", gate])
    suites = {path.stem for path in (project_root() / "expectations" / gate).glob("*.json")}
    found = {each.name: assets.get(each) for each in assets.asset_check_keys if each.asset_key == key}
    assert set(found) == {"passes"} | suites
    assert found["passes"].blocking
    if gate == "landed":
        said = found["values_percentages"].description or ""
        assert "A percentage of patients, cases or staff lies between 0 and 100. (critical)" in said


def test_nothing_is_published_but_behind_the_scored_gate(defs: Definitions) -> None:
    assets = defs.resolve_asset_graph()
    landed_gate, scored_gate = GATES
    published = keys_in(defs, "publication")
    assert len(published) > 40
    for key in published:
        assert scored_gate in assets.get(key).parent_keys, key
    for room in ("measures", "scoring", "context", "insight"):
        for key in keys_in(defs, room):
            assert landed_gate in assets.get(key).parent_keys, key
            assert key in assets.get(scored_gate).parent_keys, key
    assert keys_in(defs, "staging") == assets.get(landed_gate).parent_keys
    candidate, site, release = RELEASE
    assert assets.get(candidate).parent_keys == published
    assert assets.get(site).parent_keys == {candidate}
    assert assets.get(release).parent_keys == {candidate, site}


def test_each_room_is_a_group_with_an_owner_and_tables_show_their_columns(defs: Definitions) -> None:
    assets = defs.resolve_asset_graph()
    for key in some(assets.executable_asset_keys):
        node = assets.get(key)
        room = f"gate_{key.path[1]}" if key.path[0] == "gates" else key.path[0]
        assert node.group_name == room, key
        assert len(node.owners) == 1, key
    table = assets.get(AssetKey(["publication", "fct_segment"]))
    columns = {each.name: each for each in table.metadata["dagster/column_schema"].columns}
    assert columns["trust_code"].type == "varchar"
    assert "trust" in (columns["trust_code"].description or "").lower()
    assert table.tags["nof/sensitivity"] == "public"


def test_a_partition_for_each_quarter_and_one_run_at_a_time(defs: Definitions) -> None:
    job = defs.resolve_job_def("quarterly_release")
    assert job.partitions_def is not None
    quarters = job.partitions_def.get_partition_keys()
    in_the_seed = [row["quarter_id"] for row in read_seed("reference", "quarters")]
    assert quarters == in_the_seed[in_the_seed.index("2025-26-Q1") :]
    assert {row["quarter_id"] for row in read_seed("reference", "publication_calendar")} <= set(quarters)
    made = set(defs.resolve_asset_graph().executable_asset_keys) - {INPUTS}
    assert set(job.asset_layer.selected_asset_keys) == made
    assert job.tags["dagster/max_retries"] == "0"
    assert job.executor_def.name == "in_process"
    settings = yaml.safe_load((project_root() / "orchestration" / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["concurrency"]["runs"]["max_concurrent_runs"] == 1
    assert settings["telemetry"]["enabled"] is False


def test_a_release_is_stale_when_the_longest_wait_of_the_calendar_is_over(defs: Definitions) -> None:
    policy = defs.resolve_asset_graph().get(AssetKey("release")).freshness_policy
    assert isinstance(policy, TimeWindowFreshnessPolicy)
    # 12 December 2025 to 31 March 2026 are 109 days; the longest grace is 14.
    assert (policy.warn_window.to_timedelta().days, policy.fail_window.to_timedelta().days) == (110, 124)
