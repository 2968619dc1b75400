"""Each room faces its neighbours only: docs/house.md says which, and the files do what it says."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_dbt import compiled
from harness_rooms import (
    Edges,
    allowed,
    differences,
    drawing,
    imports,
    modules_of,
    reaching_back,
    rooms_of,
    round_trips,
    section,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "house.md"
GROUND = "ground"
DRAWN = re.compile(r"^(?:```mermaid.*?^```|DRAWING)$", re.MULTILINE | re.DOTALL)


def table(heading: str) -> Edges:
    return allowed(section(PAGE.read_text(encoding="utf-8"), heading))


def without_ground(edges: Edges) -> Edges:
    return {room: read - {GROUND} for room, read in edges.items()}


def folders(kind: str, ending: str) -> dict[str, str]:
    """The room of each file: the folder under models/ or with seeds/ that it is in."""
    top = ROOT / "models" if kind == "models" else ROOT
    return {path.stem: path.parent.relative_to(top).as_posix() for path in (ROOT / kind).rglob(f"*{ending}")}


def refs(models: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Which room reads which, of models and what dbt takes each to depend on (`seed.nof.domains`)."""
    model_rooms, seed_rooms = folders("models", ".sql"), folders("seeds", ".csv")
    for model, reads in models.items():
        for read in reads:
            kind, _, *names = read.split(".")
            rooms = {"model": model_rooms, "seed": seed_rooms}
            yield model_rooms[model], rooms[kind][names[-1]] if kind in rooms else names[0]


@pytest.fixture(scope="module")
def model_edges(tmp_path_factory: pytest.TempPathFactory) -> Edges:
    models = compiled(tmp_path_factory).models
    return rooms_of(refs({name: query.reads for name, query in models.items()}), {})


@pytest.fixture(scope="module")
def module_rooms() -> dict[str, str]:
    return modules_of(section(PAGE.read_text(encoding="utf-8"), "Package"))


def test_models_read_what_their_rooms_face(model_edges: Edges) -> None:
    assert differences(model_edges, table("Models")) == []


def test_modules_import_what_their_rooms_face(module_rooms: dict[str, str]) -> None:
    found = without_ground(rooms_of(imports(ROOT / "orchestration" / "nof"), module_rooms))
    assert differences(found, table("Package")) == []


def test_what_every_room_stands_on_stands_on_none(module_rooms: dict[str, str]) -> None:
    found = rooms_of(imports(ROOT / "orchestration" / "nof"), module_rooms)
    assert found[GROUND] == set()


def test_no_package_or_module_of_a_room_comes_back_to_itself() -> None:
    # Within a room too: each name at the top of the package by itself.
    found = rooms_of(imports(ROOT / "orchestration" / "nof"), {})
    assert len(found) > 30
    assert round_trips(found) == []


@pytest.mark.parametrize("heading", ["Models", "Package"])
def test_no_room_reaches_back(heading: str) -> None:
    assert round_trips(table(heading)) == []
    assert reaching_back(table(heading)) == []


def test_the_drawings_are_made_from_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    drawings = iter([drawing(table("Models")), drawing(table("Package"))])
    made = DRAWN.sub(lambda _: next(drawings), page)
    if os.environ.get("NOF_WRITE_HOUSE"):
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == made, "Make them anew: NOF_WRITE_HOUSE=1"
    assert next(drawings, None) is None, "A drawing is missing from the page."


PAIRS = [("b", "a"), ("c", "b")]
FACES: Edges = {"a": set(), "b": {"a"}, "c": {"b"}}


@pytest.mark.parametrize(
    ("pairs", "faces", "said"),
    [
        (PAIRS, FACES, []),
        ([*PAIRS, ("c", "a")], FACES, ["c reads a, which it does not face."]),
        (PAIRS, FACES | {"c": {"a", "b"}}, ["c faces a, and reads nothing of it."]),
        ([*PAIRS, ("d", "c")], FACES, ["d is no room of the table."]),
        (PAIRS, FACES | {"d": set()}, ["d is in the table and nowhere else."]),
    ],
)
def test_a_reading_that_is_not_allowed_or_not_there_is_found(
    pairs: list[tuple[str, str]], faces: Edges, said: list[str]
) -> None:
    assert differences(rooms_of(pairs, {}), faces) == said


def test_a_circle_and_a_room_that_reaches_back_are_found() -> None:
    assert round_trips(FACES | {"a": {"c"}}) == ["a", "b", "c"]
    assert reaching_back({"b": {"a"}, "a": set()}) == ["b reads a, which stands below it."]


@pytest.mark.parametrize(
    "text",
    [
        "from nof.landing.cells import CellReader",
        "from nof import landing",
        "import nof.landing.cells",
        "def late():\n    from nof.landing import cells",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nof.landing import cells",
    ],
)
def test_an_import_is_found_wherever_it_stands(tmp_path: Path, text: str) -> None:
    (tmp_path / "nof" / "settings").mkdir(parents=True)
    (tmp_path / "nof" / "settings" / "alerts.py").write_text(text, encoding="utf-8")
    assert list(imports(tmp_path / "nof")) == [("settings", "landing")]


def test_a_model_of_scoring_that_reads_a_context_is_found() -> None:
    pairs = refs({"segments": ["model.nof.capability_ratings", "seed.nof.domains", "source.nof.landing.run"]})
    assert rooms_of(pairs, {})["scoring"] == {"context", "seeds/framework", "landing"}
    assert differences(rooms_of([("scoring", "context")], {}), {"scoring": set(), "context": set()}) == [
        "scoring reads context, which it does not face."
    ]


def test_the_shorter_way_is_left_out_of_a_drawing() -> None:
    assert drawing(FACES | {"c": {"a", "b"}}).splitlines() == [
        "```mermaid", "flowchart LR", '    a["a"] --> b["b"]', '    b["b"] --> c["c"]', "```"
    ]  # fmt: skip
