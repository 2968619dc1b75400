"""The models that score, compiled by dbt once, and the order in which each stands on others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from nof.warehouse import Warehouse

# What answers are read from; everything else that is built, these stand on.
WANTED = ("segments", "benchmarks", "value_ranks")
TYPED_ROWS = "stg_nhse__oversight_data"
# A question changes values of trusts. It changes neither which trusts there are, nor which files are whole,
# nor what a register or a published decision says.
NOT_MOVED = (
    "forecast_quarters",
    "run_scope",
    "organisation_quarters",
    "trust_type_completeness",
    "programme_memberships",
    "register_in_force",
)
_FOLDERS = ("path:models/staging", "path:models/measures", "path:models/scoring")
_SEEDS = ("path:seeds/framework", "path:seeds/reference", "path:seeds/sample")
_NO_TESTS = ("--exclude", "resource_type:test", "resource_type:unit_test")


@dataclass(frozen=True)
class Model:
    """One model: the relation that it makes, its query, and the models that it reads."""

    name: str
    relation: str
    query: str
    parents: frozenset[str]

    @property
    def statement(self) -> str:
        """What makes it anew."""
        return f"create or replace table {self.relation} as {self.query}"


@dataclass(frozen=True)
class Compiled:
    """The models in an order in which each comes after those that it reads.

    Attributes:
        all: every model that the wanted ones stand on.
        moving: those of them that a changed value can move.
    """

    all: tuple[Model, ...]
    moving: tuple[Model, ...]

    def named(self, name: str) -> Model:
        """The model with this name."""
        return next(model for model in self.all if model.name == name)


def compile_models(warehouse: Warehouse) -> Compiled:
    """Put the seeds into the build database of `warehouse`, and compile the models that score.

    Raises:
        BuildFailed: dbt cannot read the project.
    """
    warehouse.invoke("seed", "--select", *_SEEDS)
    found = {
        node.name: Model(
            name=node.name,
            relation=node.relation_name,
            query=node.compiled_code,
            parents=frozenset(
                each.rsplit(".", 1)[-1] for each in node.depends_on.nodes if each.startswith("model.")
            ),
        )
        for node in warehouse.invoke("compile", "--select", *_FOLDERS, *_NO_TESTS)
    }
    parents = {name: model.parents for name, model in found.items()}
    wanted = _standing_on(parents, WANTED)
    ordered = [name for name in TopologicalSorter(parents).static_order() if name in wanted]
    moving = {TYPED_ROWS}
    for name in ordered:
        if parents[name] & moving and name not in NOT_MOVED:
            moving.add(name)
    return Compiled(
        all=tuple(found[name] for name in ordered),
        moving=tuple(found[name] for name in ordered if name in moving - {TYPED_ROWS}),
    )


def _standing_on(parents: Mapping[str, Iterable[str]], models: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(models)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(parents[name])
    return found
