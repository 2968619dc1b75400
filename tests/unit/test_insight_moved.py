"""Why it moved: the parts add up on the bundled nation and on NHS England's files, restated ones included."""

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_history import History, ask

from nof.home import Home
from nof.landing import land

TABLES = ("fct_score_movement", "fct_segment_movement", "fct_segment")
STEPS = (
    *("restated", "method_since_release", "own", "own_or_pool", "metric_set"),
    *("pool", "method", "cut_points", "override", "system"),
)
# What does not add up: movements whose parts, or whose steps, are not the change between the figures.
SCORE_RESIDUALS = """
select count(*), max(abs(total - (coalesce(now.average_metric_score, 0) - told))),
    max(abs(unrounded_total - score_change_unrounded)),
    count(*) filter (where now.average_metric_score is null or movement_told <> told)
from (
    select framework_id, quarter_id, trust_code, sum(score_effect) as total,
        sum(score_effect) filter (where is_of_unrounded) as unrounded_total
    from {schema}fct_score_movement group by all
)
inner join (
    select *, average_metric_score_before_as_released as movement_told,
        average_metric_score_now - score_change as told
    from {schema}fct_segment_movement
) using (framework_id, quarter_id, trust_code)
inner join {schema}fct_segment as now using (framework_id, quarter_id, trust_code)
"""
SEGMENT_RESIDUALS = f"""
select count(*), count(*) filter (
    where segment_change is distinct from {" + ".join(f"{step}_steps" for step in STEPS)}
    or adjusted_segment_now is distinct from now.adjusted_segment
    or adjusted_segment_before is distinct from earlier.adjusted_segment
)
from {{schema}}fct_segment_movement as movements
inner join {{schema}}fct_segment as now using (framework_id, quarter_id, trust_code)
inner join {{schema}}fct_segment as earlier
    on movements.earlier_quarter_id = earlier.quarter_id and movements.trust_code = earlier.trust_code
where movements.movement_status = 'compared'
"""


def read(project: CompiledProject, query: str) -> list[tuple[Any, ...]]:
    return project.connection.execute(query.format(schema="publication.")).fetchall()


def parts_of(project: CompiledProject, trust: str, quarter_id: str) -> dict[tuple[str, str], Decimal]:
    """The parts of one trust that are not nought, by part and metric."""
    return {
        (part, metric or ""): effect
        for part, metric, effect in read(
            project,
            "select part_id, metric_id, score_effect from {schema}fct_score_movement "
            f"where trust_code = '{trust}' and quarter_id = '{quarter_id}' and score_effect <> 0",
        )
    }


def near(numerator: int, denominator: int) -> Any:
    return pytest.approx(Decimal(numerator) / Decimal(denominator), abs=Decimal("1e-12"))


class TestBundledNation:
    """The invented nation: 205 trusts, four quarters, everything in hand by value."""

    @pytest.fixture(scope="class")
    def bundled(self, tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        project.build(*TABLES)
        return project

    def test_the_parts_of_every_trust_add_up_to_the_last_decimal(self, bundled: CompiledProject) -> None:
        assert read(bundled, SCORE_RESIDUALS) == [(615, 0, 0, 0)]
        assert read(bundled, SEGMENT_RESIDUALS) == [(613, 0)]

    def test_a_residual_would_be_seen(self, bundled: CompiledProject) -> None:
        connection = bundled.connection
        connection.execute("begin")
        try:
            where = "where part_id = 'own' and metric_id = 'OF0082' and trust_code = 'ZY3'"
            connection.execute(
                f"update publication.fct_score_movement set score_effect = score_effect + 1e-15 {where}"
            )
            connection.execute(
                "update publication.fct_segment_movement set own_steps = own_steps + 1 "
                "where trust_code = 'ZY3' and quarter_id = '2025-26-Q3'"
            )
            ((_, residual, unrounded, _),) = read(bundled, SCORE_RESIDUALS)
            assert (residual, unrounded) == (Decimal("1e-15"), Decimal("1e-15"))
            assert read(bundled, SEGMENT_RESIDUALS) == [(613, 1)]
        finally:
            connection.execute("rollback")

    def test_every_trust_and_quarter_says_whether_it_moved(self, bundled: CompiledProject) -> None:
        assert read(
            bundled,
            "select quarter_id, movement_status, count(*) from {schema}fct_segment_movement "
            "group by all order by all",
        ) == [
            ("2025-26-Q1", "no_earlier_quarter", 205),
            ("2025-26-Q2", "compared", 205),
            ("2025-26-Q3", "compared", 204),
            ("2025-26-Q3", "segment_open", 1),
            ("2025-26-Q4", "compared", 204),
            ("2025-26-Q4", "segment_open", 1),
        ]

    def test_a_score_that_moves_by_two_values_and_their_pools_by_hand(self, bundled: CompiledProject) -> None:
        """ZY3 has seven metrics in both quarters, and two of them moved.

        UN0003: sixth of ten; its new value would have been fifth; it is fourth, as others fell behind.
        OF0082: 192nd of 205; its new value would have been 196th, and it is 195th.
        """
        found = parts_of(bundled, "ZY3", "2025-26-Q3")
        assert found.pop(("rounding", "")) == pytest.approx(Decimal("-0.00106"), abs=Decimal("0.00001"))
        assert found == {
            ("own", "UN0003"): near(-3, 9 * 7),
            ("pool", "UN0003"): near(-3, 9 * 7),
            ("own", "OF0082"): near(3 * 4, 204 * 7),
            ("pool", "OF0082"): near(-3, 204 * 7),
        }
        assert read(
            bundled,
            "select pool_rank_before, pool_rank_own, pool_rank_now from {schema}fct_score_movement "
            "where trust_code = 'ZY3' and quarter_id = '2025-26-Q3' and part_id = 'own' "
            "and metric_id in ('UN0003', 'OF0082') order by metric_id",
        ) == [(192, 196, 195), (6, 5, 4)]

    def test_a_value_that_did_not_change_has_no_part_of_its_own(self, bundled: CompiledProject) -> None:
        """What the score of an unchanged value does is the pool's."""
        assert read(
            bundled,
            "select count(*) from {schema}fct_score_movement where part_id = 'own' and score_effect <> 0 "
            "and value_before = value_now",
        ) == [(0,)]

    def test_rounding_before_averaging_is_the_method_in_q2_alone(self, bundled: CompiledProject) -> None:
        assert read(
            bundled,
            "select quarter_id, list(distinct metric_id order by metric_id) from {schema}fct_score_movement "
            "where part_id = 'method' group by all",
        ) == [("2025-26-Q2", ["OF0005", "OF0016", "OF0063"])]

    def test_an_override_that_was_set_moves_the_segment_and_nothing_else_does(
        self, bundled: CompiledProject
    ) -> None:
        """ZY3's average went from 2.19 to 2.10, within segment 2; the override was set and made it 3."""
        assert read(
            bundled,
            "select unadjusted_segment_before, unadjusted_segment_now, adjusted_segment_before, "
            "adjusted_segment_now, override_steps, main_cause_id, is_only_cause "
            "from {schema}fct_segment_movement where trust_code = 'ZY3' and quarter_id = '2025-26-Q3'",
        ) == [(2, 2, 2, 3, 1, "override", True)]

    def test_a_cut_point_that_moved_past_an_average_is_the_cause(self, bundled: CompiledProject) -> None:
        """ZY1's 2.62 would have been in segment 3 by the cut points of Q2, and is in 4."""
        assert read(
            bundled,
            "select average_metric_score_now, unadjusted_segment_before, "
            "unadjusted_segment_at_old_cut_points, unadjusted_segment_now, main_cause_id "
            "from {schema}fct_segment_movement "
            "where trust_code = 'ZY1' and quarter_id = '2025-26-Q3'",
        ) == [(Decimal("2.62"), 3, 3, 4, "cut_points")]

    def test_nothing_is_restated_in_a_first_release(self, bundled: CompiledProject) -> None:
        assert read(
            bundled,
            "select count(*) from {schema}fct_score_movement "
            "where part_id in ('restated_input', 'restated_pool', 'changed_method')",
        ) == [(0,)]


class TestPublishedFiles:
    """NHS England's files: mental health and community trusts in four quarters, acute trusts incomplete."""

    @pytest.fixture(scope="class")
    def real(self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> CompiledProject:
        folder = tmp_path_factory.mktemp("moved-real")
        project = compiled_project(tmp_path_factory)
        files = sorted((data_dir / "nof_2025_26").glob("*.csv"))
        inbox = folder / "inbox"
        inbox.mkdir()
        for path in files:
            shutil.copy(path, inbox)
        project.land(land(Home(folder / "home"), [inbox], today=date(2026, 6, 30)))
        project.build(*TABLES)
        return project

    def test_the_parts_of_every_trust_add_up_to_the_last_decimal(self, real: CompiledProject) -> None:
        assert read(real, SCORE_RESIDUALS) == [(183, 0, 0, 0)]
        assert read(real, SEGMENT_RESIDUALS) == [(183, 0)]

    def test_incomplete_acute_trusts_are_not_compared(self, real: CompiledProject) -> None:
        assert read(
            real,
            "select quarter_id, trust_type_id, movement_status, count(*) from {schema}fct_segment_movement "
            "where quarter_id > '2025-26-Q1' group by all order by all",
        ) == [
            ("2025-26-Q2", "mental_health_and_community", "compared", 61),
            ("2025-26-Q3", "acute", "incomplete", 134),
            ("2025-26-Q3", "mental_health_and_community", "compared", 61),
            ("2025-26-Q4", "acute", "incomplete", 134),
            ("2025-26-Q4", "mental_health_and_community", "compared", 61),
        ]

    def test_where_scores_are_adopted_own_and_pool_are_not_told_apart(self, real: CompiledProject) -> None:
        """The pools that cross trust types are not in hand; those within the type are."""
        adopted = read(
            real,
            "select distinct metric_id from {schema}fct_score_movement "
            "where part_id = 'own_or_pool' order by 1",
        )
        assert [metric for (metric,) in adopted] == [
            "OF0005", "OF0016", "OF0041", "OF0057", "OF0063", "OF0082", "OF0086",
        ]  # fmt: skip
        assert read(
            real,
            "select distinct metric_id from {schema}fct_score_movement "
            "where part_id = 'pool' and score_effect <> 0 and movement_basis = 'computed' order by 1",
        ) == [("OF0061",), ("OF0084",)]

    def test_what_moved_the_segments(self, real: CompiledProject) -> None:
        """14 of 61 segments changed in Q2, 2 of them by the override."""
        assert read(
            real,
            "select quarter_id, count(*) filter (where segment_change <> 0), "
            "count(*) filter (where main_cause_id = 'override') from {schema}fct_segment_movement "
            "where movement_status = 'compared' group by all order by all",
        ) == [("2025-26-Q2", 14, 2), ("2025-26-Q3", 14, 1), ("2025-26-Q4", 20, 1)]


class TestRestated:
    """NHS England's files, then one restated value and rank in Q3, then another floor in the method."""

    METRIC, LABEL = "OF0061", "Q3 2025/26"

    @pytest.fixture(scope="class")
    def third(self, data_dir: Path) -> dict[str, str]:
        """The row of the third best trust of the staff survey metric in Q3."""
        (path,) = (data_dir / "nof_2025_26").glob("*mental-health-and-community-trust-data-q1-q3-2025-26.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(
                row | {"row": str(number)}
                for number, row in enumerate(csv.DictReader(file), start=2)
                if (row["Metric_ID"], row["Quarter"], row["Rank"]) == (self.METRIC, self.LABEL, "3.0")
            )

    @pytest.fixture(scope="class")
    def releases(
        self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path, third: dict[str, str]
    ) -> list[Path]:
        folder = tmp_path_factory.mktemp("moved-restated")
        inboxes = [folder / name for name in ("first", "restated")]
        for inbox in inboxes:
            inbox.mkdir()
        files = sorted((data_dir / "nof_2025_26").glob("*mental-health-and-community-trust-data*.csv"))
        for path in files:
            shutil.copy(path, inboxes[0])
        (source,) = (path for path in files if "q1-q3" in path.name)
        lines = source.read_bytes().decode("utf-8-sig").split("\r\n")
        cells = next(csv.reader([lines[int(third["row"]) - 1]]))
        # As the 40th: a made up value between those of its neighbours is not needed, the rank decides.
        cells[16] = "40.0"
        lines[int(third["row"]) - 1] = ",".join(cells)
        (inboxes[1] / f"{source.stem}-v2.csv").write_bytes("\r\n".join(lines).encode("utf-8-sig"))
        history = History(compiled_project(tmp_path_factory), folder / "releases", more=TABLES)
        history.release(inboxes[0], day=date(2026, 6, 21))
        history.release(inboxes[1], day=date(2026, 7, 1))
        floor = "update framework.thresholds set threshold = 85 where metric_id = 'OF0057'"
        history.release(day=date(2026, 7, 8), has_changed_method=True, changes=[floor])
        return history.releases

    @staticmethod
    def told(release: Path, quarter_id: str) -> dict[str, tuple[Decimal, int]]:
        """Average and adjusted segment of each trust as a release says them."""
        return {
            trust: (average, segment)
            for trust, average, segment in ask(
                release,
                "select trust_code, average_metric_score, adjusted_segment from fct_segment "
                f"where quarter_id = '{quarter_id}'",
            )
        }

    def test_a_first_release_has_nothing_restated(self, releases: list[Path]) -> None:
        assert restated(releases[0]) == {}

    @pytest.mark.parametrize("number", [1, 2])
    def test_the_newest_movement_begins_where_readers_were_told(
        self, releases: list[Path], number: int
    ) -> None:
        """From Q3 as the release before said it to Q4 now; only those whose Q3 changed have such a part."""
        before, now = (self.told(release, "2025-26-Q3") for release in releases[number - 1 : number + 1])
        newest = self.told(releases[number], "2025-26-Q4")
        moved = {
            trust: now[trust][0] - before[trust][0] for trust in now if now[trust][0] != before[trust][0]
        }
        found = restated(releases[number])
        assert moved and {trust: effect for trust, (_, effect) in found.items()} == moved
        rows = ask(
            releases[number],
            "select trust_code, score_change, segment_change, restated_steps + method_since_release_steps "
            "from fct_segment_movement where quarter_id = '2025-26-Q4'",
        )
        assert {row[0]: row[1:] for row in rows} == {
            trust: (
                newest[trust][0] - before[trust][0],
                newest[trust][1] - before[trust][1],
                now[trust][1] - before[trust][1],
            )
            for trust in newest
        }
        assert ask(releases[number], SCORE_RESIDUALS.format(schema="")) == [(183, 0, 0, 0)]
        # The quarter before stands otherwise in the table of segments now.
        assert ask(releases[number], SEGMENT_RESIDUALS.format(schema="")) == [(183, 0)]

    def test_whose_input_it_was_is_told(self, releases: list[Path], third: dict[str, str]) -> None:
        kinds = {trust: part for trust, (part, _) in restated(releases[1]).items()}
        assert kinds.pop(third["Trust_code"]) == "restated_input"
        assert kinds and set(kinds.values()) == {"restated_pool"}

    def test_another_method_is_told_as_such(self, releases: list[Path]) -> None:
        assert {part for part, _ in restated(releases[2]).values()} == {"changed_method"}


def restated(release: Path) -> dict[str, tuple[str, Decimal]]:
    """What is restated in a release's movements, by trust: which part, and its effect."""
    rows = ask(
        release,
        "select quarter_id, trust_code, part_id, score_effect from fct_score_movement "
        "where part_id in ('restated_input', 'restated_pool', 'changed_method')",
    )
    assert {quarter_id for quarter_id, *_ in rows} <= {"2025-26-Q4"}
    return {trust: (part, effect) for _, trust, part, effect in rows}
