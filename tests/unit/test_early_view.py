"""Values of another origin than the data files, and a quarter before it is published, without a whole run."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_derived import EARLY_VIEW, IN_FORCE, SOURCE_VALUES, run_under, source_values
from harness_published import LEAGUE_Q4, MENTAL_HEALTH

from nof.errors import InputRefused, UsageRefused
from nof.frameworks import derived_framework, framework, frameworks, is_forecast, seed_rows
from nof.home import Home
from nof.landing import land
from nof.method_check import missing_rows
from nof.project import read_seed
from nof.steps import Prepared, Request, prepare

Q1, Q2, Q3 = "2025-26-Q1", "2025-26-Q2", "2025-26-Q3"
TODAY = date(2026, 7, 1)
VALUES = (
    "select trust_code, metric_id, value_number, value_label, file_id, row_number from scoring.metric_values"
)
SCORES = "select trust_code, metric_id, metric_score from scoring.metric_scores"
CUTS = "select score_id, boundary, cut_point from scoring.cut_points"
SEGMENTS = "select * exclude (framework_id) from scoring.segments"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    return compiled_project(tmp_path_factory)


@pytest.fixture(scope="module")
def first_quarter(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real mental health file cut to its first quarter."""
    folder = tmp_path_factory.mktemp("first-quarter")
    with (data_dir / "nof_2025_26" / MENTAL_HEALTH).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    place = header.index("Quarter")
    with (folder / "nhs-oversight-framework-mental-health-q1.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[place].strip() == "Q1 2025/26")])
    return folder


@pytest.fixture
def forecast(
    project: CompiledProject, first_quarter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CompiledProject]:
    """The second quarter forecast from the first quarter of the real file, with no source publication."""
    project.land(land(Home(tmp_path / "home"), [first_quarter], today=TODAY), few_draws=True)
    source_values(project, monkeypatch, EARLY_VIEW)
    with run_under(project, EARLY_VIEW, Q2):
        yield project


def test_without_newer_values_every_value_is_that_of_the_quarter_before_and_says_so(
    forecast: CompiledProject,
) -> None:
    forecast.build("segments", "metric_scores")
    counts = forecast.connection.execute(
        "select quarter_id, value_origin, value_quarter_id, count(*), count(value_number) "
        "from scoring.metric_values where value_origin is not null group by all order by all"
    ).fetchall()
    (first, second) = counts
    assert first[:3] == (Q1, "framework_file", Q1)
    assert second == (Q2, "carried_forward", Q1, *first[3:])
    assert first[4] > 500
    # Cell by cell the same value from the same row of the file.
    assert not forecast.connection.execute(
        f"{VALUES} where quarter_id = '{Q2}' except {VALUES} where quarter_id = '{Q1}'"
    ).fetchall()


def test_what_was_published_for_the_quarter_before_never_passes_for_this_ones(
    forecast: CompiledProject,
) -> None:
    forecast.build("segments", "cut_points", "scored_quarters", "published_figures")
    bases = {
        (quarter, basis)
        for quarter, basis in forecast.connection.execute(
            "select quarter_id, score_basis from scoring.metric_scores where score_basis is not null "
            "union all select quarter_id, cut_point_basis from scoring.cut_points "
            "union all select quarter_id, override_basis from scoring.financial_overrides "
            "union all select quarter_id, final_segment_basis from scoring.segments "
        ).fetchall()
    }
    assert {basis for quarter, basis in bases if quarter == Q1} >= {"computed", "published", "observed"}
    of_forecast = {basis for quarter, basis in bases if quarter == Q2}
    assert of_forecast & {"published", "observed"} == set()
    assert of_forecast >= {"computed", "carried_forward"}
    # Without news the forecast is of the scores and the cut points of the first quarter.
    for figures in (SCORES, CUTS):
        assert not forecast.connection.execute(
            f"{figures} where quarter_id = '{Q2}' except {figures} where quarter_id = '{Q1}'"
        ).fetchall()
    segments = "select trust_code, unadjusted_segment, adjusted_segment, final_segment from scoring.segments"
    of_first = forecast.connection.execute(f"{segments} where quarter_id = '{Q1}' order by 1").fetchall()
    assert len(of_first) == 61
    assert (
        forecast.connection.execute(f"{segments} where quarter_id = '{Q2}' order by 1").fetchall() == of_first
    )
    assert forecast.value("select quarter_label from scoring.scored_quarters where is_forecast") == (
        "Q2 2025/26 (forecast)"
    )
    # Nothing of the forecast is compared with a publication: there is none.
    assert forecast.value("select count(*) from insight.published_figures") == 0


def test_a_newer_value_is_scored_and_takes_its_published_score_and_every_rank_with_it(
    forecast: CompiledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    forecast.build("metric_values", "metric_scores")
    # A metric with a published score carried forward, and the first trust that has it.
    metric_id, trust_code = forecast.connection.execute(
        "select metric_id, trust_code from scoring.metric_values inner join scoring.metric_scores "
        "using (framework_id, quarter_id, trust_code, metric_id) "
        f"where quarter_id = '{Q2}' and score_basis = 'carried_forward' and value_number is not null "
        "order by all"
    ).fetchall()[0]
    source_values(
        forecast, monkeypatch, EARLY_VIEW, (Q2, trust_code, metric_id, "12.3456789", "part_period", 2, 3)
    )
    forecast.build("metric_values", "metric_scores")
    rows = forecast.connection.execute(
        "select value_number, value_origin, value_quarter_id, months_in_hand, months_expected, "
        "metric_values.published_score, score_basis, metric_values.file_id from scoring.metric_values "
        "inner join scoring.metric_scores using (framework_id, quarter_id, trust_code, metric_id) "
        "where quarter_id = ? and metric_id = ? and trust_code = ?",
        [Q2, metric_id, trust_code],
    ).fetchall()
    assert rows == [
        (Decimal("12.3456789"), "source_publication", Q2, 2, 3, None, "computed_partial_pool", "s1")
    ]
    # Nobody else's value is another, and nobody of the type keeps a rank among values that were.
    others = forecast.connection.execute(
        "select count(*), count(distinct value_origin), min(value_origin), count(published_rank), "
        "count(published_score) from scoring.metric_values where quarter_id = ? and metric_id = ? "
        "and trust_code <> ? and value_number is not null",
        [Q2, metric_id, trust_code],
    ).fetchall()[0]
    assert others[0] > 20 and others[1:4] == (1, "carried_forward", 0) and others[4] > 20
    # The quarter in hand is as published.
    assert (
        forecast.value(
            f"select count(*) from scoring.metric_values where quarter_id = '{Q1}' and file_id = 's1'"
        )
        == 0
    )


def test_a_derived_framework_without_values_of_its_own_gives_the_segments_of_its_base(
    project: CompiledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.land_bundled(few_draws=True)
    source_values(project, monkeypatch, SOURCE_VALUES)
    project.build("segments")
    base = project.rows(f"({SEGMENTS})")
    with run_under(project, SOURCE_VALUES):
        project.build("segments")
        derived = project.rows(f"({SEGMENTS})")
        assert project.connection.execute(
            "select distinct framework_id from scoring.segments"
        ).fetchall() == [(SOURCE_VALUES,)]
    assert len(base) == 4 * 205 and derived == base


def test_only_a_framework_that_says_so_scores_a_value_of_a_source_publication(
    project: CompiledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OF0013 of one invented acute trust, whole in Q1 and in part in Q2, whichever framework has the row."""
    project.land_bundled(few_draws=True)
    project.build("metric_values")
    trust_code = project.value(
        "select min(trust_code) from scoring.metric_values where metric_id = 'OF0013' "
        "and value_number is not null and trust_type_id = 'acute'"
    )
    for framework_id, expected in ((IN_FORCE, "framework_file"), (SOURCE_VALUES, "source_publication")):
        values = (
            (Q1, trust_code, "OF0013", "61.23456", "whole_period", 3, 3),
            (Q2, trust_code, "OF0013", "62.5", "part_period", 1, 3),
        )
        source_values(project, monkeypatch, framework_id, *values)
        if framework_id == IN_FORCE:
            project.build("metric_values")
            found = _origins(project, trust_code)
        else:
            with run_under(project, framework_id):
                project.build("metric_values")
                found = _origins(project, trust_code)
        assert found[0] == expected and set(found[1:]) == {"framework_file"}
    # The build of the framework in force is left to whoever comes next.
    monkeypatch.undo()
    project.build("metric_values")


def _origins(project: CompiledProject, trust_code: str) -> list[str]:
    return [
        origin
        for (origin,) in project.connection.execute(
            "select value_origin from scoring.metric_values where metric_id = 'OF0013' and trust_code = ? "
            "order by quarter_id",
            [trust_code],
        ).fetchall()
    ]


def _prepare(home: Path, *landing: Path, quarter_id: str | None) -> Prepared:
    request = Request(home=Home(home), landing=landing, quarter_id=quarter_id, framework_id=EARLY_VIEW)
    return prepare(request, today=TODAY)


def test_only_the_quarter_after_the_newest_in_hand_is_forecast(first_quarter: Path, tmp_path: Path) -> None:
    assert _prepare(tmp_path / "a", first_quarter, quarter_id=Q2).quarter_id == Q2
    unasked = _prepare(tmp_path / "b", first_quarter, quarter_id=None)
    assert unasked.quarter_id == Q2 and not unasked.is_framework_in_force
    with pytest.raises(UsageRefused, match=r"2025-26-Q1' is in hand.*`nof run --quarter 2025-26-Q1`"):
        _prepare(tmp_path / "c", first_quarter, quarter_id=Q1)
    with pytest.raises(UsageRefused, match="2025-26-Q3' cannot be forecast: only 2025-26-Q2 can"):
        _prepare(tmp_path / "d", first_quarter, quarter_id=Q3)
    with pytest.raises(UsageRefused, match="2024-25-Q4' cannot be forecast: only 2025-26-Q2 can"):
        _prepare(tmp_path / "e", first_quarter, quarter_id="2024-25-Q4")


def test_without_a_data_file_nothing_is_forecast(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    shutil.copy(data_dir / "nof_2025_26" / LEAGUE_Q4, tmp_path / "inbox")
    with pytest.raises(UsageRefused, match="No oversight data is in hand"):
        _prepare(tmp_path / "home", tmp_path / "inbox", quarter_id=Q2)


def test_the_quarter_of_a_forecast_is_no_quarter_to_landing(first_quarter: Path, tmp_path: Path) -> None:
    """What a forecast writes for a quarter, in a file that would otherwise be read."""
    (path,) = first_quarter.iterdir()
    (tmp_path / "inbox").mkdir()
    text = path.read_text(encoding="utf-8").replace("Q1 2025/26", "Q1 2025/26 (forecast)")
    (tmp_path / "inbox" / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match="this is a forecast of an early view, no published quarter"):
        land(Home(tmp_path / "home"), [tmp_path / "inbox"], today=TODAY)


def test_a_derived_framework_has_every_row_of_its_base_and_is_never_in_force() -> None:
    known = {row["framework_id"]: row for row in frameworks()}
    written = {row["framework_id"] for row in read_seed("framework", "frameworks")}
    derived = [known[framework_id] for framework_id in known if framework_id not in written]
    assert [row["framework_id"] for row in derived] == [SOURCE_VALUES, EARLY_VIEW]
    for row in derived:
        assert (row["is_in_force"], row["has_published_figures"]) == ("false", "false")
        assert row["value_origin"] == "source_publication"
        assert missing_rows(row["framework_id"]) == []
        for seed in ("metrics", "pools", "assumptions"):
            own = [{**each, "framework_id": ""} for each in seed_rows(seed, row["framework_id"])]
            assert own == [{**each, "framework_id": ""} for each in seed_rows(seed, IN_FORCE)]
    assert [is_forecast(framework_id) for framework_id in (IN_FORCE, SOURCE_VALUES, EARLY_VIEW)] == [
        False,
        False,
        True,
    ]
    assert derived_framework(IN_FORCE) is None
    assert framework(None)["framework_id"] == IN_FORCE
    with pytest.raises(UsageRefused, match=f"Known: {IN_FORCE}.*{EARLY_VIEW}"):
        framework("nof-1999")
