"""Frameworks added in a copy of the project, under seeds/ only: 2026/27 by its fixture, and a derived one."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from harness_frameworks import (
    FIXTURE,
    IN_FORCE,
    NEXT,
    ROOT,
    Row,
    Tables,
    add_fixture,
    change_seed,
    copy_home,
    copy_project,
    made_once,
    read_rows,
    release_under,
    seeds_of_frameworks,
    type_7,
    within,
)

from harness_some import some
from nof.home import Home
from nof.release import list_releases
from nof.release.find import find_current
from nof.release.seal import read_manifest

DERIVED = "nof-2025-26-try"
QUARTERS = tuple(f"2025-26-Q{number}" for number in (1, 2, 3, 4))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with rows added under seeds/: the fixture, and a derived framework."""

    def make(folder: Path) -> Path:
        copy = copy_project(folder / "project")
        add_fixture(copy)
        for seed in seeds_of_frameworks(copy):
            change_seed(copy, seed, lambda rows, seed=seed: rows + derived_rows(seed, rows))  # type: ignore[misc]
        return copy

    return made_once(tmp_path_factory, "project", make)


def derived_rows(seed: str, rows: list[Row]) -> list[Row]:
    """The framework in force once more, with one standard changed and cut points within trust type."""
    changed = {
        "frameworks": {"is_in_force": "false", "has_published_figures": "false"},
        "segmentation": {"cut_pool_id": "within_trust_type"},
        # What was observed are the national cut points.
        "observed_cut_points": None,
    }
    columns = changed.get(seed, {})
    if columns is None:
        return []
    copies = [row | columns | {"framework_id": DERIVED} for row in rows if row["framework_id"] == IN_FORCE]
    return [
        row | {"threshold": "70"} if seed == "thresholds" and row["metric_id"] == "OF0013" else row
        for row in copies
    ]


@pytest.fixture(scope="session")
def next_year(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Tables:
    """A quarter of the bundled nation under 2026/27, filled with the labelled fixture."""

    def make(folder: Path) -> Path:
        with within(project):
            return release_under(NEXT, folder / "home", quarter_id=QUARTERS[0])

    return Tables(made_once(tmp_path_factory, "next-year", make))


@pytest.fixture(scope="session")
def derived(tmp_path_factory: pytest.TempPathFactory, project: Path, bundled_release: Path) -> Tables:
    """The bundled nation under the derived framework, in a home that has a current release already."""

    def make(folder: Path) -> Path:
        home = copy_home(bundled_release, folder / "home")
        with within(project):
            return release_under(DERIVED, home)

    return Tables(made_once(tmp_path_factory, "derived", make))


def test_fixed_thresholds_put_trusts_and_boards_into_segments(next_year: Tables) -> None:
    assert next_year.frameworks() == {NEXT}
    thresholds = {
        partition: [
            Decimal(row["threshold"])
            for row in read_rows(FIXTURE / "segment_thresholds.csv")
            if (row["score_id"], row["cut_partition_id"]) == ("OF5002", partition)
        ]
        for partition in ("all", "icb")
    }
    found = next_year.ask(
        "select trust_type_id = 'icb', average_metric_score, unadjusted_segment, cut_point_basis, "
        "segment_basis from fct_segment"
    )
    assert len(found) == 205 + 42
    for is_icb, average, segment, basis, segment_basis in found:
        beyond = sum(average > cut for cut in thresholds["icb" if is_icb else "all"])
        assert (segment, basis, segment_basis) == (1 + beyond, "fixed", "computed"), (is_icb, average)
    assert {(is_icb, segment) for is_icb, _, segment, *_ in found} == {
        (is_icb, segment) for is_icb in (True, False) for segment in (1, 2, 3, 4)
    }
    # A score exactly on a threshold is inside, for trusts and for boards; a cent beyond it is not.
    named = {
        "ZG0": ("2.05", 1),
        "ZM1": ("2.06", 2),
        "ZJ3": ("2.30", 2),
        "ZK4": ("2.59", 3),
        "ZX7": ("2.20", 1),
    }
    told = next_year.ask(
        "select trust_code, average_metric_score, unadjusted_segment from fct_segment "
        f"where trust_code in ({', '.join(['?'] * len(named))})",
        list(named),
    )
    assert {code: (str(average), segment) for code, average, segment in told} == named


def test_fixed_thresholds_do_not_depend_on_who_is_in_hand(next_year: Tables) -> None:
    written = {
        (row["score_id"], row["cut_partition_id"], row["boundary"]): Decimal(row["threshold"])
        for row in read_rows(FIXTURE / "segment_thresholds.csv")
    }
    cuts = {
        (score_id, partition, boundary): cut_point
        for score_id, partition, boundary, cut_point in next_year.ask(
            "select score_id, cut_partition_id, boundary, cut_point from fct_cut_point"
        )
    }
    assert cuts == written
    assert next_year.ask("select distinct cut_point_basis, quantile, trusts_counted from fct_cut_point") == [
        ("fixed", None, 0)
    ]


def test_a_framework_was_added_under_seeds_only_and_the_code_is_the_same(
    project: Path, derived: Tables, bundled_release: Path
) -> None:
    changed = {
        path.relative_to(project).parts[0]
        for path in project.rglob("*")
        if path.is_file()
        and "target" not in path.parts
        and path.read_bytes() != (ROOT / path.relative_to(project)).read_bytes()
    }
    assert changed == {"seeds"}
    ours, before = read_manifest(derived.release), read_manifest(bundled_release)
    assert ours["code"]["sha256"] == before["code"]["sha256"]
    assert ours["seeds"] != before["seeds"]
    assert ours["framework_id"] == DERIVED


def test_the_release_of_another_framework_stands_beside_the_current_one_and_never_moves_it(
    derived: Tables, bundled_release: Path
) -> None:
    home = Home(derived.release.parents[2])
    current = find_current(home)
    assert current is not None
    assert current.name == bundled_release.name
    assert home.current_text.read_text(encoding="utf-8").strip() == f"2025-26-Q4/{bundled_release.name}"
    assert {(each.framework_id, each.quarter_id, each.is_current) for each in list_releases(home)} == {
        (IN_FORCE, "2025-26-Q4", True),
        (DERIVED, "2025-26-Q4", False),
    }
    assert derived.frameworks() == {DERIVED}
    assert Tables(current).frameworks() == {IN_FORCE}


def test_under_the_derived_framework_one_metric_is_scored_by_its_new_standard_and_no_other_changes(
    derived: Tables, bundled_release: Path
) -> None:
    query = (
        "select quarter_id, trust_code, metric_id, value, metric_score_unrounded from fct_metric "
        "where cell_status = 'scored' and enters_average order by 1, 2, 3"
    )
    ours, before = derived.ask(query), Tables(bundled_release).ask(query)
    assert [row for row in ours if row[2] != "OF0013"] == [row for row in before if row[2] != "OF0013"]
    for quarter_id in QUARTERS:
        mine = {code: (value, score) for q, code, m, value, score in ours if (q, m) == (quarter_id, "OF0013")}
        missing = sorted((value for value, _ in mine.values() if value < 70), reverse=True)
        between = [value for value, _ in mine.values() if 70 <= value < 78]
        assert between
        for value, score in some(mine.values()):
            place = missing.index(value) if value < 70 else None
            by_hand = Decimal(1) if place is None else 2 + Decimal(2) * place / (len(missing) - 1)
            assert abs(score - by_hand) < Decimal("1e-12"), (quarter_id, value)


def test_under_the_derived_framework_each_trust_type_has_cut_points_of_its_own(derived: Tables) -> None:
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    for quarter_id, trust_type_id, average in derived.ask(
        "select quarter_id, trust_type_id, average_metric_score from fct_segment"
    ):
        scores[quarter_id, trust_type_id].append(float(average))
    cuts = derived.ask(
        "select quarter_id, cut_partition_id, quantile, cut_point from fct_cut_point "
        "where score_id = 'OF5002'"
    )
    assert len(cuts) == 4 * 3 * 3
    for quarter_id, partition, quantile, cut_point in cuts:
        by_hand = type_7(scores[quarter_id, partition], float(quantile))
        assert float(cut_point) == pytest.approx(by_hand, abs=1e-6)
    # Ten ambulance trusts: the cuts lie after the third, the fifth and the seventh, where none ties.
    quarter_of_ten = derived.ask(
        "select unadjusted_segment, count(*) from fct_segment where trust_type_id = 'ambulance' "
        "and quarter_id = '2025-26-Q3' group by 1 order by 1"
    )
    assert quarter_of_ten == [(1, 3), (2, 2), (3, 2), (4, 3)]
