"""How Dagster shows what dbt knows: a group for each room, owners, tags, and a place for every test."""

from collections.abc import Mapping
from typing import Any

from dagster import AssetCheckSpec, AssetKey, AssetSpec
from dagster_dbt import DagsterDbtTranslator

UNIQUE_ID = "dagster_dbt/unique_id"

Manifest = Mapping[str, Any]


class Translator(DagsterDbtTranslator):  # type: ignore[misc] # dagster-dbt is not followed by mypy
    """Puts the assets of a step into the groups of their rooms and behind its gate."""

    def __init__(self, gate: AssetKey | None) -> None:
        super().__init__()
        self.gate = gate

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The room, which is the schema."""
        return str(dbt_resource_props["schema"])

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """What it is, its grain and its rule, and where it is written; the SQL itself is in that file."""
        meta = _meta(dbt_resource_props)
        parts = [dbt_resource_props.get("description") or "", dbt_resource_props["original_file_path"]]
        for name in ("rule", "grain"):
            if meta.get(name):
                parts.insert(1, f"**{name.capitalize()}**: {meta[name]}")
        return "\n\n".join(part for part in parts if part)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """The role that dbt_project.yml or the model names."""
        owner = _meta(dbt_resource_props).get("owner")
        return [f"team:{owner}"] if owner else []

    def get_tags(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, str]:
        """Those of dbt, and the class of what a table holds."""
        sensitivity = _meta(dbt_resource_props).get("sensitivity")
        own = {"nof/sensitivity": str(sensitivity)} if sensitivity else {}
        return {**super().get_tags(dbt_resource_props), **own}

    def get_asset_spec(self, manifest: Manifest, unique_id: str, project: Any) -> AssetSpec:
        """As dagster-dbt has it, and behind the gate."""
        spec: AssetSpec = super().get_asset_spec(manifest, unique_id, project)
        behind = {dep.asset_key for dep in spec.deps}
        if self.gate is None or spec.key == self.gate or self.gate in behind:
            return spec
        return spec.merge_attributes(deps=[self.gate])

    def get_asset_check_spec(
        self, asset_spec: AssetSpec, manifest: Manifest, unique_id: str, project: Any
    ) -> AssetCheckSpec | None:
        """A test of one model as dagster-dbt shows it; one over several as a check of the last that is built.

        dagster-dbt shows no test over several models: it would stop the build unseen.
        """
        parents = _parents(manifest, unique_id)
        if manifest["nodes"][unique_id].get("attached_node") or len(parents) == 1:
            found: AssetCheckSpec | None = super().get_asset_check_spec(
                asset_spec, manifest, unique_id, project
            )
            return found
        if asset_spec.metadata[UNIQUE_ID] != last_built(manifest, parents):
            return None
        keys = {self.get_asset_spec(manifest, each, project).key for each in parents}
        return AssetCheckSpec(
            manifest["nodes"][unique_id]["name"],
            asset=asset_spec.key,
            description=manifest["nodes"][unique_id].get("description") or None,
            additional_deps=keys - {asset_spec.key},
            metadata={UNIQUE_ID: unique_id},
            blocking=True,
        )


def last_built(manifest: Manifest, unique_ids: list[str]) -> str:
    """Of several seeds and models the one that is built last: the deepest in the graph, then by name."""
    return max(unique_ids, key=lambda each: (_depth(manifest, each, {}), each))


def _depth(manifest: Manifest, unique_id: str, known: dict[str, int]) -> int:
    if unique_id not in known:
        known[unique_id] = 1 + max(
            (_depth(manifest, each, known) for each in _parents(manifest, unique_id)), default=0
        )
    return known[unique_id]


def _parents(manifest: Manifest, unique_id: str) -> list[str]:
    """Seeds and models that a node reads; what is landed belongs to no step of dbt."""
    parents = manifest["nodes"][unique_id].get("depends_on", {}).get("nodes", [])
    return sorted({each for each in parents if each in manifest["nodes"]})


def _meta(node: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = node.get("config", {}).get("meta") or node.get("meta") or {}
    return found
