"""The same release from each engine: every cell of every room, and every byte that readers get."""

from pathlib import Path

import pytest

from engines.conftest import MadeOn
from engines.harness_compare import compare_releases, compare_rooms
from engines.harness_made import OTHERS
from harness_session import Counts
from nof.engines import ROOMS, EngineName

NAMED = ("metric_scores", "domain_scores", "delivery_scores", "segments")
EVERY_ROOM = (*ROOMS, "context", "insight", "publication")
EACH = [
    pytest.param(
        engine, nation, marks=[pytest.mark.quick] if (engine, nation) == ("postgres", "bundled") else []
    )
    for nation in ("bundled", "real")
    for engine in OTHERS
]


@pytest.fixture
def reference(made: MadeOn, bundled_reference: Path, nation: str) -> Path:
    return bundled_reference if nation == "bundled" else made("duckdb", nation).release


@pytest.mark.parametrize(("engine", "nation"), EACH)
def test_a_release_is_the_same_bytes_on_each_engine(
    made: MadeOn, reference: Path, engine: EngineName, nation: str, counts: Counts
) -> None:
    there = made(engine, nation)
    assert there.release.name == reference.name
    same, differences = compare_releases(reference, there.release)
    assert not differences
    assert there.scored_on.startswith(f"{engine} ")
    counts.append(f"{nation} on {there.scored_on}: {same} files of the release are the same bytes")


@pytest.mark.parametrize(
    ("engine", "nation"),
    [each for each in EACH if "quick" not in str(each.marks)] + [pytest.param("postgres", "bundled")],
)
def test_every_cell_of_every_room_is_the_same(
    made: MadeOn, engine: EngineName, nation: str, counts: Counts
) -> None:
    there, here = made(engine, nation), made("duckdb", nation)
    found = compare_rooms(here.rooms, there.rooms, EVERY_ROOM)
    assert not found.differences
    for name in NAMED:
        assert found.cells[f"scoring.{name}"] > 0
    assert found.cells["publication.league_table"] > 0
    named = {name: found.cells[f"scoring.{name}"] for name in NAMED} | {
        "league_table": found.cells["publication.league_table"]
    }
    said = ", ".join(f"{name} {count:,}" for name, count in named.items())
    counts.append(f"{nation} on {there.scored_on}: {found.total:,} cells equal, of which {said}")
