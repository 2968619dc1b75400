"""The names of assets and groups that more than one module of this folder needs."""

from dagster import AssetKey

from nof.gates import GateName
from nof.landing.columns import LANDING_TABLES

# A room's assets are in the group of its name; those of dbt take theirs from the schema they are built into.
CALENDAR_GROUP = "calendar"
LANDING_GROUP = "landing"
RELEASE_GROUP = "release"

INPUTS = AssetKey(["calendar", "inputs_in_hand"])
CANDIDATE = AssetKey(["release", "candidate"])
SITE = AssetKey(["release", "site"])
RELEASE = AssetKey("release")
JOB = "quarterly_release"
FETCH_JOB = "fetch_inputs"
AWAITED_JOB = "look_for_late_inputs"

# Who answers, by role: as the models say in their `owner`, in Dagster's way of writing it.
ENGINEER = "team:warehouse engineer"
SUPPLIER = "team:data supplier"


def landing_keys() -> list[AssetKey]:
    """The landing tables, by the names that dbt's sources have in the graph."""
    return [AssetKey(["landing", table]) for table in LANDING_TABLES]


def gate_group(gate: GateName) -> str:
    """A group for each gate: together they would stand before and behind the same rooms."""
    return f"gate_{gate}"


def gate_key(gate: GateName) -> AssetKey:
    """The asset that stands for a gate having passed."""
    return AssetKey(["gates", gate])
