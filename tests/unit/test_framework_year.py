"""A framework year is begun with the rows of another: what is copied, what is left, what is refused."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_frameworks import (
    IN_FORCE,
    NEXT,
    ROOT,
    change_seed,
    copy_project,
    read_rows,
    seeds_of_frameworks,
    within,
)

from harness_some import some
from nof.errors import UsageRefused
from nof.framework_year import carry_over
from nof.frameworks import framework, refuse_a_quarter_of_another_framework
from nof.method_check import missing_rows

SEEDS = ROOT / "seeds" / "framework"
BECAUSE = "nof27-02"
# About single quarters, or what a framework is: nobody else's.
OF_A_YEAR = {"observed_cut_points", "pool_sizes", "rounded_scores", "planning_targets"}
OWN = {"frameworks", "assumptions", "method_gaps"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """The seeds of a project of this test's own, in which every gap of the next year is closed."""
    copy = copy_project(tmp_path / "project", whole=False)
    change_seed(copy, "method_gaps", lambda _: [])
    with within(copy):
        yield copy


def rows_of(project: Path, seed: str, framework_id: str) -> list[dict[str, str]]:
    """A framework's rows of a seed."""
    path = project / "seeds" / "framework" / f"{seed}.csv"
    return [row for row in read_rows(path) if row["framework_id"] == framework_id]


def test_each_row_is_copied_once_and_says_that_it_is_assumed(project: Path) -> None:
    had = {seed for seed in seeds_of_frameworks(project) if rows_of(project, seed, NEXT)}
    counts = carry_over(NEXT, IN_FORCE, BECAUSE)
    wanted = {seed for seed in seeds_of_frameworks(project) if rows_of(project, seed, IN_FORCE)}
    assert set(counts) == wanted - OF_A_YEAR - OWN - had
    for seed, count in counts.items():
        base, copies = rows_of(project, seed, IN_FORCE), rows_of(project, seed, NEXT)
        assert len(base) == len(copies) == count > 0, seed
        for old, new in some(zip(base, copies, strict=True)):
            told = {"framework_id": NEXT, "source": f"assumption {BECAUSE}: as in {IN_FORCE}"}
            told["certainty"] = "assumption"
            assert new == old | {name: cell for name, cell in told.items() if name in old}, seed
    # Once is enough: now each seed has rows of the new year, and nothing is written over.
    assert carry_over(NEXT, IN_FORCE, BECAUSE) == {}


def test_the_rows_that_were_there_keep_every_byte(project: Path) -> None:
    for seed in some(carry_over(NEXT, IN_FORCE, BECAUSE)):
        whole = (project / "seeds" / "framework" / f"{seed}.csv").read_bytes()
        assert whole.startswith((SEEDS / f"{seed}.csv").read_bytes()), seed


def test_a_metric_that_is_left_out_is_in_no_row(project: Path) -> None:
    counts = carry_over(NEXT, IN_FORCE, BECAUSE, ["OF0005"])
    for seed in some(counts):
        assert not [row for row in rows_of(project, seed, NEXT) if "OF0005" in row.values()], seed
    all_of_it = {seed: len(rows_of(project, seed, IN_FORCE)) for seed in counts}
    fewer = {seed: all_of_it[seed] - count for seed, count in counts.items() if all_of_it[seed] != count}
    assert fewer["metrics"] == fewer["sensitivity_cases"] == fewer["source_measures"] == 1
    # Three trust types; two tables over 52 weeks, and the whole list.
    assert fewer["metric_applicability"] == fewer["source_measure_terms"] == 3


def test_a_standard_that_rose_within_the_year_is_carried_as_it_ends(project: Path) -> None:
    def raised(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        (row,) = (each for each in rows if (each["framework_id"], each["metric_id"]) == (IN_FORCE, "OF0013"))
        return [*rows, row | {"first_quarter_id": "2025-26-Q3", "threshold": "80"}]

    change_seed(project, "thresholds", lambda rows: [row for row in rows if row["framework_id"] != NEXT])
    change_seed(project, "thresholds", raised)
    carry_over(NEXT, IN_FORCE, BECAUSE)
    (row,) = (row for row in rows_of(project, "thresholds", NEXT) if row["metric_id"] == "OF0013")
    assert (row["first_quarter_id"], row["threshold"]) == ("", "80")
    assert len(rows_of(project, "thresholds", NEXT)) == len(rows_of(project, "thresholds", IN_FORCE)) - 1


def test_what_is_named_as_a_gap_stays_one(tmp_path: Path) -> None:
    copy = copy_project(tmp_path / "project", whole=False)
    gaps = {row["seed_name"] for row in rows_of(copy, "method_gaps", NEXT)}
    with within(copy):
        counts = carry_over(NEXT, IN_FORCE, BECAUSE)
        assert {problem.file for problem in missing_rows(NEXT)} >= {
            f"seeds/framework/{each}.csv" for each in gaps
        }
    assert {"metrics", "segment_thresholds"} <= gaps
    assert counts
    assert not gaps & set(counts)


def test_what_only_the_manual_can_say_is_asked_for_by_name(project: Path) -> None:
    carry_over(NEXT, IN_FORCE, BECAUSE)
    said = [str(problem) for problem in missing_rows(NEXT)]
    seeds = {match[1] for each in said if (match := re.match(r"seeds/framework/(\w+)\.csv", each))}
    # ICBs are segmented by thresholds, which nobody was before.
    assert seeds == {
        *("core_metrics", "metric_applicability", "pool_trust_types", "segment_thresholds", "segmentation"),
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("nof-2027-28", IN_FORCE, BECAUSE), "'nof-2027-28' has no row in seeds/framework/frameworks.csv"),
        ((NEXT, "nof-2024-25", BECAUSE), "'nof-2024-25' has no row"),
        ((NEXT, NEXT, BECAUSE), "cannot be like itself"),
        ((NEXT, IN_FORCE, "npaf-01"), "has no assumption 'npaf-01'.*nof27-01, nof27-02, nof27-03"),
        ((NEXT, IN_FORCE, BECAUSE, ["OF0005", "OF9999"]), "has no metric 'OF9999' to leave out"),
    ],
)
def test_what_is_not_in_the_seeds_is_refused_and_nothing_written(
    project: Path, asked: tuple[str, str, str], said: str
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.csv")}
    with pytest.raises(UsageRefused, match=said):
        carry_over(*asked)
    assert {path: path.read_bytes() for path in project.rglob("*.csv")} == before


def test_the_command_says_how_many_rows_went_where(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nof.framework_year", NEXT, "--like", IN_FORCE, "--because", BECAUSE],
        capture_output=True,
        text=True,
        check=True,
    )
    *seeds, total = done.stdout.splitlines()
    assert "seeds/framework/metrics.csv: 37 rows" in seeds
    assert total.startswith(f"{sum(int(each.split()[-2]) for each in seeds)} rows in {len(seeds)} files.")


def test_the_framework_in_force_scores_its_own_quarters_and_any_other_every_one() -> None:
    known = framework(None)
    refuse_a_quarter_of_another_framework(known, "2025-26-Q1")
    refuse_a_quarter_of_another_framework(known, "2026-27-Q4")  # until it has a last quarter
    refuse_a_quarter_of_another_framework(framework(NEXT), "2025-26-Q4")
    with pytest.raises(UsageRefused, match=r"from 2025-26-Q1 on, and 2024-25-Q4 is none.* Land data files"):
        refuse_a_quarter_of_another_framework(known, "2024-25-Q4")


def test_once_another_year_is_in_force_the_bundled_nation_is_refused_and_its_framework_named() -> None:
    next_in_force = {**framework(NEXT), "is_in_force": "true"}
    with pytest.raises(UsageRefused, match=r"nof-2026-27, the framework in force.*--framework nof-2025-26"):
        refuse_a_quarter_of_another_framework(next_in_force, "2025-26-Q4")
    ended = {**framework(None), "last_quarter_id": "2025-26-Q4"}
    with pytest.raises(UsageRefused, match=r"from 2025-26-Q1 to 2025-26-Q4, .*--framework nof-2026-27"):
        refuse_a_quarter_of_another_framework(ended, "2026-27-Q1")
