"""The names of assets and groups that more than one module of this folder needs."""

from dagster import AssetKey

from nof.gates import GateName
from nof.landing.columns import LANDING_TABLES

LANDING_GROUP = "landing"
GATES_GROUP = "gates"
SCORED_GROUP = "scored"
PUBLICATION_GROUP = "publication"
RELEASE_GROUP = "release"

RELEASE = AssetKey("release")
JOB = "quarterly_release"


def landing_keys() -> list[AssetKey]:
    """The landing tables, by the names that dbt's sources have in the graph."""
    return [AssetKey(["landing", table]) for table in LANDING_TABLES]


def gate_key(gate: GateName) -> AssetKey:
    """The asset that stands for a gate having passed."""
    return AssetKey(["gates", gate])
