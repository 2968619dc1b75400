"""The heavy rooms of the bundled nation on each engine: every cell, and a gate that is shown a broken row."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from engines.harness_compare import compare_rooms
from engines.harness_made import OTHERS, Core, core_on
from harness_session import ROOT, Counts
from nof.engines import EngineName
from nof.engines.rooms import bring_back
from nof.gates import GateResult, run_gate
from nof.gates.batches import is_asked_of_engine
from nof.gates.suites import load_suites

pytestmark = pytest.mark.quick
SEEDS = ("framework", "reference", "sample")
COMPARED = ("landing", *SEEDS, "staging", "measures", "scoring")
# A percentage above 100 and a trust that no list has: each is a row of the bundled nation, changed and added.
BROKEN_VALUE = """
    insert into sample.sample_oversight_data
    select
        file_id, 900001 as row_number, is_current_vintage, quarter, region, trust_type, trust_subtype,
        trust_code, trust_name, domain, sub_domain, metric_id, metric_description, reporting_date, units,
        '250' as value, median_value, lower_quartile, upper_quartile, rank
    from sample.sample_oversight_data
    where trust_code = 'ZA0' and metric_id = 'OF0003' and quarter = 'Q1 2025/26'
"""
DOUBLED_SCORE = """
    insert into scoring.metric_scores
    select * from scoring.metric_scores
    where trust_code = 'ZA0' and metric_id = 'OF0003' and quarter_id = '2025-26-Q1'
"""


@dataclass(frozen=True)
class ByDuckdb:
    """What DuckDB has built: a file with the whole rooms, and what the gates say of the broken rows."""

    database: Path
    landed: GateResult
    scored: GateResult


@pytest.fixture(scope="module")
def by_duckdb(tmp_path_factory: pytest.TempPathFactory) -> ByDuckdb:
    folder = tmp_path_factory.mktemp("by-duckdb")
    with core_on("duckdb", folder) as core:
        core.rooms.read(lambda _: None)
        core.rooms.figures(lambda _: None)
        whole = Path(shutil.copy(core.database, folder / "whole.duckdb"))
        scored = broken_scores(core, folder)
        return ByDuckdb(whole, broken_values(core, folder), scored)


@pytest.mark.parametrize("engine", OTHERS)
def test_each_engine_builds_the_same_cells_and_its_rows_are_judged(
    engine: EngineName,
    tmp_path: Path,
    by_duckdb: ByDuckdb,
    counts: Counts,
) -> None:
    with core_on(engine, tmp_path) as core:
        core.rooms.read(lambda _: None)
        core.rooms.figures(lambda _: None)
        assert core.engine is not None
        # A run reads the seeds from the project's own files; here they are brought back too, to be compared.
        bring_back(core.engine, core.database, ("landing", *SEEDS))
        found = compare_rooms(by_duckdb.database, core.database, COMPARED)
        assert not found.differences
        assert len(found.cells) > 140
        scored = found.cells["scoring.metric_scores"]
        counts.append(f"bundled on {engine}: {found.total:,} cells of {len(found.cells)} relations equal, ")
        counts.append(f"  of which scoring.metric_scores {scored:,}")

        assert broken_scores(core, tmp_path) == by_duckdb.scored
        assert broken_values(core, tmp_path) == by_duckdb.landed
        # The file to which the rooms were brought is whole: it was the engine's rows that were judged.
        assert judged(core, "landed", tmp_path, is_engine_asked=False).is_passed


def broken_values(core: Core, folder: Path) -> GateResult:
    """The landed gate over rows of which one is out of bounds; its results are checked for naming it."""
    assert judged(core, "landed", folder).is_passed
    core.execute(BROKEN_VALUE)
    result = judged(core, "landed", folder)
    assert not result.is_passed
    said = " ".join(
        f"{row.expectation_id} {row.first_unexpected}" for row in result.rows if not row.is_passed
    )
    assert "900001" in said
    assert "250" in said
    return result


def broken_scores(core: Core, folder: Path) -> GateResult:
    """The scored gate's suites over scoring alone, over a score that is there twice."""
    assert judged(core, "scored", folder).is_passed
    core.execute(DOUBLED_SCORE)
    result = judged(core, "scored", folder)
    assert not result.is_passed
    failed = [row.expectation_id for row in result.rows if not row.is_passed]
    assert "one_metric_score_per_trust_metric_and_quarter" in failed
    return result


def judged(core: Core, gate: str, folder: Path, *, is_engine_asked: bool = True) -> GateResult:
    """A gate's verdict by those of its suites that read only what the engine holds."""
    suites = folder / "expectations"
    shutil.rmtree(suites, ignore_errors=True)
    for each in ("landed", "scored"):
        (suites / each).mkdir(parents=True)
        for suite in load_suites(ROOT / "expectations", each):
            if is_asked_of_engine(suite):
                shutil.copy(ROOT / "expectations" / each / f"{suite.name}.json", suites / each)
    return run_gate(
        "landed" if gate == "landed" else "scored",
        core.database,
        results_directory=folder / "results",
        expectations_directory=suites,
        engine=core.engine if is_engine_asked else None,
    )
