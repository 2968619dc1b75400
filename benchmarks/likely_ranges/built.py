"""The bundled nation up to its likely ranges, and the queries that make these, compiled."""

import json
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

FOLDER = "path:models/insight/likely_ranges"
NO_TESTS = ("--exclude", "resource_type:test", "resource_type:unit_test")
WANTED = "likely_ranges"


@dataclass(frozen=True)
class Model:
    """A model of the likely ranges: what it makes, and by which query."""

    name: str
    relation: str
    query: str


def build(database: str) -> None:
    """Build the bundled nation as far as its likely ranges, and keep their queries beside the file as JSON.

    Args:
        database: the file to make, called build.duckdb.
    """
    from nof.warehouse import Warehouse  # noqa: PLC0415 - dbt takes seconds to load

    path = Path(database)
    warehouse = Warehouse(path, path.parent / "dbt")
    warehouse.invoke("seed", "--select", "path:seeds")
    warehouse.invoke("run", "--select", f"+{WANTED}", *NO_TESTS)
    nodes = {node.name: node for node in warehouse.invoke("compile", "--select", FOLDER, *NO_TESTS)}
    queries_of(path).write_text(json.dumps(_in_order(nodes)), encoding="utf-8")


def queries_of(database: Path) -> Path:
    """Where the queries are."""
    return database.with_suffix(".queries.json")


def models(database: Path) -> list[Model]:
    """What the ranges are made by, parents first."""
    return [Model(**each) for each in json.loads(queries_of(database).read_text(encoding="utf-8"))]


def _in_order(nodes: dict[str, Any]) -> list[dict[str, str]]:
    parents = {
        name: {each.rsplit(".", 1)[-1] for each in node.depends_on.nodes} & nodes.keys()
        for name, node in nodes.items()
    }
    wanted, waiting = set(), [WANTED]
    while waiting:
        name = waiting.pop()
        wanted.add(name)
        waiting.extend(parents[name] - wanted)
    return [
        {"name": name, "relation": nodes[name].relation_name, "query": nodes[name].compiled_code}
        for name in TopologicalSorter(parents).static_order()
        if name in wanted
    ]
