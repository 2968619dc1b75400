"""A standard that changes in the course of a year: one row more of one seed, in a copy of the project."""

from collections.abc import Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from harness_frameworks import (
    IN_FORCE,
    ROOT,
    Row,
    Tables,
    change_seed,
    copy_project,
    made_once,
    release_under,
    within,
)
from rich.console import Console

from harness_some import some
from nof.explain import explain, render
from nof.explain.figures import plain
from nof.release.seal import read_manifest

# 4-hour, 78 % from the start.
METRIC, FIRST, STANDARD = "OF0013", "2025-26-Q3", 80
BEFORE, AFTER = ("2025-26-Q1", "2025-26-Q2"), ("2025-26-Q3", "2025-26-Q4")
SCORES = """
    select quarter_id, trust_code, metric_id, value, metric_score_unrounded, threshold, is_threshold_met
    from fct_metric where metric_id {sign} ? and quarter_id in (?, ?) order by 1, 2, 3
"""
PARTS = """
    select trust_code, part_id, coalesce(metric_id, ''), score_effect
    from fct_score_movement where quarter_id = ? and part_id in ('own', 'pool', 'own_or_pool', 'left')
"""


def with_the_change(rows: list[Row]) -> list[Row]:
    """The seed with one row more."""
    (now,) = [row for row in rows if (row["framework_id"], row["metric_id"]) == (IN_FORCE, METRIC)]
    return [*rows, now | {"first_quarter_id": FIRST, "threshold": str(STANDARD)}]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the standard rises in the third quarter."""

    def make(folder: Path) -> Path:
        copy = copy_project(folder / "project")
        change_seed(copy, "thresholds", with_the_change)
        return copy

    return made_once(tmp_path_factory, "standard", make)


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Tables:
    """The bundled nation by it."""

    def make(folder: Path) -> Path:
        with within(project):
            return release_under(IN_FORCE, folder / "home")

    return Tables(made_once(tmp_path_factory, "standard-changed", make))


@pytest.fixture(scope="session")
def bundled(bundled_release: Path) -> Tables:
    """The bundled nation as it is."""
    return Tables(bundled_release)


def test_it_is_one_row_and_the_code_is_the_same(
    project: Path, changed: Tables, bundled_release: Path
) -> None:
    different = {
        path.relative_to(project).as_posix(): path
        for path in project.rglob("*")
        if path.is_file()
        and "target" not in path.parts
        and path.read_bytes() != (ROOT / path.relative_to(project)).read_bytes()
    }
    assert set(different) == {"seeds/framework/thresholds.csv"}
    (path,) = different.values()
    lines = (ROOT / "seeds" / "framework" / "thresholds.csv").read_text(encoding="utf-8").splitlines()
    added = path.read_text(encoding="utf-8").splitlines()[len(lines) :]
    assert added == [f"{IN_FORCE},{METRIC},{FIRST},standard,at_least,{STANDARD},rules 1 standards,default"]
    ours, before = read_manifest(changed.release), read_manifest(bundled_release)
    assert ours["code"]["sha256"] == before["code"]["sha256"]
    assert ours["seeds"] != before["seeds"]


def test_nothing_else_is_scored_otherwise(changed: Tables, bundled: Tables) -> None:
    others = SCORES.format(sign="<>")
    for quarters in (BEFORE, AFTER):
        assert changed.ask(others, (METRIC, *quarters)) == bundled.ask(others, (METRIC, *quarters))
    own = SCORES.format(sign="=")
    assert changed.ask(own, (METRIC, *BEFORE)) == bundled.ask(own, (METRIC, *BEFORE))
    assert changed.ask(own, (METRIC, *AFTER)) != bundled.ask(own, (METRIC, *AFTER))


def test_from_its_quarter_on_the_metric_is_scored_by_the_new_standard(changed: Tables) -> None:
    found = changed.ask(SCORES.format(sign="="), (METRIC, *AFTER))
    for quarter_id in AFTER:
        mine = [row for row in found if row[0] == quarter_id and row[3] is not None]
        missing = sorted((row[3] for row in mine if row[3] < STANDARD), reverse=True)
        assert any(value >= 78 for value in missing)
        for _, trust, _, value, score, threshold, is_met in some(mine):
            assert (threshold, is_met) == (STANDARD, value >= STANDARD)
            by_hand = Decimal(1)
            if value < STANDARD:
                by_hand = 2 + Decimal(2) * missing.index(value) / (len(missing) - 1)
            assert abs(score - by_hand) < Decimal("1e-12"), (quarter_id, trust, value)


def near(ours: Sequence[tuple[object, ...]], theirs: Sequence[tuple[object, ...]]) -> bool:
    """Whether both have the same parts, each as large but for the last decimals."""
    effects = [{row[:3]: Decimal(str(row[3])) for row in rows} for rows in (ours, theirs)]
    return effects[0].keys() == effects[1].keys() and all(
        abs(effect - effects[1][key]) < Decimal("1e-12") for key, effect in effects[0].items()
    )


def test_what_the_standard_did_is_of_the_method_and_everything_adds_up(
    changed: Tables, bundled: Tables
) -> None:
    # The trust's own figures and the others do what they did by the standard of the quarter before.
    # What entered is not among them: it is measured against the average of the others, which moved.
    assert near(changed.ask(PARTS, (FIRST,)), bundled.ask(PARTS, (FIRST,)))
    of_method = (
        "select distinct metric_id from fct_score_movement where part_id = 'method' and quarter_id = ?"
    )
    assert changed.ask(of_method, (FIRST,)) == [(METRIC,)]
    assert bundled.ask(of_method, (FIRST,)) == changed.ask(of_method, (AFTER[1],)) == []
    # The residual of each trust and quarter.
    assert changed.ask(
        "select count(*), count(*) filter (where effect <> score_change) from ("
        "select trust_code, quarter_id, sum(score_effect) as effect from fct_score_movement group by all"
        ") inner join fct_segment_movement using (trust_code, quarter_id)"
    ) == [(205 * 3, 0)]


def test_who_met_the_old_standard_and_misses_the_new_one_is_told_so(changed: Tables) -> None:
    trust, before, now, effect, score = changed.ask(
        "select trust_code, earlier.value, later.value, score_effect, later.metric_score_unrounded "
        "from fct_metric as later "
        "inner join fct_metric as earlier using (framework_id, trust_code, metric_id) "
        "inner join fct_score_movement as part using (framework_id, trust_code, metric_id) "
        "where later.quarter_id = ? and earlier.quarter_id = ? and part.quarter_id = later.quarter_id "
        "and metric_id = ? and part_id = 'method' and earlier.value between 78 and 79.99 "
        "and later.value between 78 and 79.99 order by 1 limit 1",
        (FIRST, BEFORE[1], METRIC),
    )[0]
    # From 1, which it would have kept, by its weight among those of the trust.
    ((divisor,),) = changed.ask(
        "select count(distinct weight_group_id) from fct_metric "
        "where trust_code = ? and quarter_id = ? and enters_average and cell_status = 'scored'",
        (trust, FIRST),
    )
    assert abs(effect - (score - 1) / divisor) < Decimal("1e-12")
    for quarter_id, value, said in ((BEFORE[1], before, ">= 78"), (FIRST, now, "< 80")):
        told = StringIO()
        explanation = explain(changed.release / "nof.duckdb", trust, quarter_id)
        render(explanation, Console(file=told, width=200), metric=METRIC)
        assert f"{plain(value)} {said}" in told.getvalue(), (trust, quarter_id)


def test_readers_are_told_since_when(changed: Tables) -> None:
    assert changed.ask(
        "select quarter_id, first_quarter_id, threshold from method_thresholds where metric_id = ? "
        "order by quarter_id",
        (METRIC,),
    ) == [
        *((quarter_id, None, 78) for quarter_id in BEFORE),
        *((quarter_id, FIRST, STANDARD) for quarter_id in AFTER),
    ]
    assert changed.ask("select threshold from dim_metric where metric_id = ?", (METRIC,)) == [(STANDARD,)]
    page = (changed.release / "site" / "metric" / f"{METRIC}.html").read_text(encoding="utf-8")
    assert "At least 80% since Q3 2025/26, 78 before" in page
