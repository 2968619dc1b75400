"""Series of the quarters in hand: what is charted, and what says why it is not."""

import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_series import RULES

from nof.home import Home
from nof.landing import land


class TestWhatIsInHand:
    def test_the_bundled_nation_has_too_few_points_and_says_so(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        project.build("fct_series", "fct_series_point")
        assert said(project) == {
            ("no_points", "no_points", "no_points"),
            ("too_few_points", "no_target", "too_few_points"),
            ("too_few_points", "too_few_points", "too_few_points"),
        }
        # Every cell with a number is a point, and every cell that applies is of a series.
        assert project.value("select count(*) from publication.fct_series_point") == project.value(
            "select count(*) from scoring.metric_values where cell_status = 'scored' "
            "and value_number is not null"
        )
        assert project.value("select sum(point_count + missing_point_count) from publication.fct_series") == (
            project.value(
                "select count(*) from scoring.metric_values inner join framework.metrics "
                "using (framework_id, metric_id) "
                "where cell_status <> 'not_applicable' and value_kind = 'number'"
            )
        )

    def test_so_it_is_with_nhs_englands_own_files(
        self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path
    ) -> None:
        project = compiled_project(tmp_path_factory)
        home = Home(tmp_path_factory.mktemp("home"))
        project.land(land(home, [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
        project.build("fct_series", "fct_series_point")
        assert {variation for variation, *_ in said(project)} == {"too_few_points", "no_points"}
        assert project.value("select max(point_count) from publication.fct_series") == 4

    def test_longer_series_from_a_seed_with_less_asked_get_icons(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """The whole way with a constant of the seed changed: limits from four points, all provisional."""
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        connection = project.connection
        update = "update framework.series_rules set rule_value = {} where rule_id = 'fewest_points'"
        try:
            connection.execute(update.format(4))
            connection.execute(
                "insert into framework.series_rebases values "
                "('nof-2025-26', 'OF0085', '2025-26-Q3', 'invented', 'invented', 'default')"
            )
            project.build("fct_series", "fct_series_point")
            assert {warning for *_, warning in said(project)} == {
                "no_points",
                "too_few_points",
                "provisional_limits",
            }
            assert (
                project.value(
                    "select count(distinct part_number) from publication.fct_series_point "
                    "where metric_id = 'OF0085'"
                )
                == 2
            )
            assert (
                project.value(
                    "select count(*) from publication.fct_series "
                    "where metric_id = 'OF0085' and series_warning = 'provisional_limits'"
                )
                == 0
            )
            values = [
                float(row[0])
                for row in connection.execute(
                    "select series_value from publication.fct_series_point where trust_code = 'ZY3' "
                    "and metric_id = 'OF0017' order by quarter_id"
                ).fetchall()
            ]
            mean = sum(values) / 4
            ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
            limits = connection.execute(
                "select mean_value, upper_limit from publication.fct_series "
                "where trust_code = 'ZY3' and metric_id = 'OF0017'"
            ).fetchall()
            assert [round(float(figure), 4) for figure in limits[0]] == [
                round(mean, 4),
                round(mean + 2.66 * sum(ranges) / 3, 4),
            ]
        finally:
            connection.execute(update.format(RULES["fewest_points"]))
            connection.execute("delete from framework.series_rebases")


def said(project: CompiledProject) -> set[tuple[Any, ...]]:
    return set(
        project.connection.execute(
            "select distinct variation, assurance, series_warning from publication.fct_series"
        ).fetchall()
    )
