"""Sensitivity: a case is the framework with one thing changed, and the base case is the framework itself.

What a case gives is held against the plain statement of the rules, worked out from the start under a method
that has the one thing changed in its own seeds.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, ancestors, compiled_project
from harness_dbt import compiled
from harness_macros import macros
from harness_nations import REPLACED, SmallNation, small_nations
from harness_sql import SqlScoring, sql_scoring
from hypothesis import HealthCheck, Phase, given, seed, settings

from nof.home import Home
from nof.landing import land
from plain_rules import Method, work_out

MODELS = ("sensitivity_counts", "stability")
MOVED = (
    "average_score is distinct from scored_average "
    "or unadjusted_segment is distinct from scored_unadjusted_segment "
    "or adjusted_segment is distinct from scored_adjusted_segment "
    "or league_rank is distinct from scored_league_rank"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    return compiled_project(tmp_path_factory)


@pytest.fixture
def bundled(project: CompiledProject) -> CompiledProject:
    project.land_bundled()
    project.build(*MODELS)
    return project


@pytest.fixture
def real(project: CompiledProject, data_dir: Path, tmp_path: Path) -> CompiledProject:
    project.land(land(Home(tmp_path / "home"), [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
    project.build(*MODELS)
    return project


def test_the_base_case_is_the_bundled_nation_as_scored(bundled: CompiledProject) -> None:
    assert (
        bundled.value(
            f"select count(*) filter (where {MOVED}) from insight.sensitivity where case_id = 'base'"
        )
        == 0
    )
    assert bundled.connection.execute(
        "select distinct cut_treatment, count(*) over () from insight.sensitivity where case_id = 'base'"
    ).fetchall() == [("anew", 4 * 205)]
    # 42 cases of 205 trusts in four quarters, whatever their status.
    assert bundled.value("select count(*) from insight.sensitivity") == 42 * 4 * 205


def test_a_case_that_can_move_nobody_or_only_one_way_does(bundled: CompiledProject) -> None:
    """Outside its cut points nobody is better off, and without an override nobody is worse off."""
    found = {
        row[0]: row[1:]
        for row in bundled.connection.execute(
            "select case_id, sum(better_segment_count), sum(worse_segment_count) "
            "from insight.sensitivity_counts where trust_group_id = 'all' group by 1"
        ).fetchall()
    }
    assert found["base"] == (0, 0)
    assert found["cut_point_outside"][0] == 0 < found["cut_point_outside"][1]
    assert found["override_off"][1] == 0 < found["override_off"][0]
    # 205 trusts and quarters: the place is whole, so the nearest rank is type 7.
    assert found["estimator_nearest_rank"] == (0, 0)


def test_a_case_is_a_row(bundled: CompiledProject) -> None:
    """Several things changed at once, in a row that no model knows of."""
    connection = bundled.connection
    connection.execute("begin")
    try:
        connection.execute(
            "insert into framework.sensitivity_cases (framework_id, case_id, case_kind, left_out_metric_id, "
            "averages_over, cut_pool_id, estimator, is_cut_point_inside) values ('nof-2025-26', "
            "'all_at_once', 'average', 'OF0061', 'domains', 'within_trust_type', 'type_6', false)"
        )
        for name in TopologicalSorter(bundled.parents).static_order():
            if name.startswith(("sensitivity", "case_", "stability")) and name in bundled.queries:
                relation, query = bundled.queries[name]
                connection.execute(f"create or replace table {relation} as {query}")
        found = connection.execute(
            "select count(*), count(adjusted_segment), count(distinct cut_treatment) "
            "from insight.sensitivity where case_id = 'all_at_once'"
        ).fetchone()
        cuts = connection.execute(
            "select count(distinct cut_partition_id), count(*) from insight.case_cut_points "
            "where case_id = 'all_at_once'"
        ).fetchone()
        cases = bundled.value("select distinct case_count from insight.stability")
    finally:
        connection.execute("rollback")
    assert found == (820, 819, 1)
    assert cuts == (3, 3 * 3 * 4)
    assert cases == 42


# The published unadjusted segments and league ranks of Q1 to Q3 that a case reproduces, of 183 of each.
EVIDENCE = {
    "base": (183, 183),
    "cut_point_outside": (183, 183),
    "override_off": (183, 117),
    "rounded_to_3": (183, 155),
    "unrounded": (183, 150),
    "rounded_to_1": (174, 69),
    "pool_by_trust_type": (167, 177),
    "average_of_domains": (164, 38),
}


def test_what_the_published_segments_say_about_the_open_rules(real: CompiledProject) -> None:
    assert real.value(f"select count(*) from insight.sensitivity where case_id = 'base' and ({MOVED})") == 0
    rows = real.connection.execute(
        "select case_id, sum(published_segment_count), sum(agreed_segment_count), sum(agreed_rank_count) "
        "from insight.sensitivity_counts where trust_group_id = 'all' and case_kind <> 'leave_one_out' "
        "group by 1"
    ).fetchall()
    found = {case_id: (segments, ranks) for case_id, count, segments, ranks in rows if count}
    assert found == EVIDENCE
    # The nation is not in hand, so nothing can be said of another estimator, and nothing is.
    silent = {case_id for case_id, count, *_ in rows if not count}
    assert silent == {
        *(f"estimator_type_{number}" for number in (4, 5, 6, 8, 9)),
        "estimator_nearest_rank",
    }
    assert real.connection.execute(
        "select distinct case_status, cut_treatment, unadjusted_segment, league_rank "
        "from insight.sensitivity "
        "where case_kind = 'estimator' and trust_type_id = 'mental_health_and_community'"
    ).fetchall() == [("not_computable", "none", None, None)]


def test_where_the_nation_is_not_whole_a_case_says_what_it_was_cut_by(real: CompiledProject) -> None:
    found = real.connection.execute(
        "select distinct case_kind, cut_treatment, cut_point_basis from insight.sensitivity "
        "where trust_type_id = 'mental_health_and_community' and case_kind <> 'estimator' order by all"
    ).fetchall()
    assert found == [
        ("average", "kept", "observed"),
        ("base", "as_base", "observed"),
        ("inside", "as_base", "observed"),
        ("leave_one_out", "kept", "observed"),
        ("override", "as_base", "observed"),
        ("pool", "anew", "computed"),
        ("rounding", "kept", "observed"),
    ]
    assert (
        real.value(
            "select count(*) from insight.sensitivity where trust_type_id = 'acute' and (case_status "
            "<> 'incomplete' or coalesce(average_score, adjusted_segment, league_rank) is not null)"
        )
        == 0
    )


# A derived method in the statement's own terms -> the case that stands for it.
Change = Callable[[Method], Method]


def _with(table: str, change: Callable[[dict[str, str]], dict[str, str]]) -> Change:
    def derive(method: Method) -> Method:
        rows = [dict(row) for row in method.tables[table]]
        mine = [change(row) if row["framework_id"] == method.framework_id else row for row in rows]
        return Method({**method.tables, table: mine}, method.framework_id)

    return derive


def _without(metric_id: str) -> Change:
    return _with(
        "metrics",
        lambda row: row | {"enters_average": "false"} if row["metric_id"] == metric_id else row,
    )


DERIVED: dict[str, Change] = {
    "cut_point_outside": _with("segmentation", lambda row: row | {"is_cut_point_inside": "false"}),
    "pool_by_trust_type": _with(
        "segmentation",
        lambda row: row | {"cut_pool_id": "within_trust_type"} if row["cut_method"] == "quantile" else row,
    ),
    "override_off": _with("frameworks", lambda row: row | {"override_segment_floor": "1"}),
    "without_OF0082": _without("OF0082"),
    "without_OF0061": _without("OF0061"),
    "without_OF0048": _without("OF0048"),
    "base": lambda method: method,
}


class Cases:
    """The models of the cases on the database in which a small nation was scored."""

    def __init__(self, factory: pytest.TempPathFactory, sql: SqlScoring) -> None:
        models = compiled(factory).models
        parents = {name: set(query.parents) for name, query in models.items()}
        wanted = ancestors(parents, MODELS) | set(MODELS)
        scored = {relation for relation, _ in sql.models}
        self.queries = [
            (models[name].relation, models[name].text)
            for name in TopologicalSorter(parents).static_order()
            if name in wanted and models[name].relation not in scored
        ]
        self.connection = sql.connection
        self.connection.execute("create schema if not exists insight")

    def build(self) -> None:
        for relation, query in self.queries:
            self.connection.execute(f"create or replace table {relation} as {query}")

    def figures(self, case_id: str) -> dict[tuple[str, str], tuple[Any, ...]]:
        """Average, segments and rank by quarter and trust, of those whose cut points are the case's own."""
        rows = self.connection.execute(
            "select quarter_id, trust_code, average_score, unadjusted_segment, adjusted_segment, league_rank "
            "from insight.sensitivity where case_id = ? and cut_treatment in ('anew', 'as_base')",
            [case_id],
        ).fetchall()
        return {row[:2]: row[2:] for row in rows}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[SqlScoring, Cases]:
    sql = sql_scoring(tmp_path_factory)
    return sql, Cases(tmp_path_factory, sql)


def test_a_case_is_what_the_rules_make_of_the_method_so_changed(cases: tuple[SqlScoring, Cases]) -> None:
    sql, derived = cases
    compared = dict.fromkeys(DERIVED, 0)
    moved = dict.fromkeys(DERIVED, 0)

    def compare(nation: SmallNation) -> None:
        sql.score(nation.method, REPLACED, nation.rows, nation.entries)
        derived.build()
        as_scored = derived.figures("base")
        for case_id, change in DERIVED.items():
            said = work_out(change(nation.method), nation.rows, nation.entries)
            for key, ours in derived.figures(case_id).items():
                result = said.trusts[key]
                average = Fraction(result.average.rounded) if result.average else None
                theirs = (average, result.unadjusted, result.adjusted, result.league_rank)
                told = (None if ours[0] is None else Fraction(ours[0]), *ours[1:])
                assert told == theirs, (case_id, key)
                compared[case_id] += told[1] is not None
                moved[case_id] += told[1:] != as_scored.get(key, ours)[1:]

    run = settings(
        max_examples=12,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )(given(small_nations())(compare))
    seed(5)(run)()
    # The test of the test: each case was compared, and each but the base moved somebody.
    assert min(compared.values()) > 10
    assert {case_id for case_id, count in moved.items() if not count} == {"base"}


@pytest.mark.parametrize(
    ("estimator", "share", "place"),
    [
        # Of 10 scores: (10 + count_offset) p + position_offset, no lower than 1 and no higher than 10.
        ("type_4", "0.25", "2.5"),
        ("type_4", "0.05", "1"),
        ("type_5", "0.25", "3"),
        ("type_6", "0.25", "2.75"),
        ("type_6", "0.95", "10"),
        ("type_7", "0.25", "3.25"),
        ("type_8", "0.25", "2.9166666666"),
        ("type_9", "0.25", "2.9375"),
        ("nearest_rank", "0.25", "3"),
        ("nearest_rank", "0.30", "3"),
    ],
)
def test_the_place_of_a_quantile(project: CompiledProject, estimator: str, share: str, place: str) -> None:
    expression = macros().quantile_place(
        "cast(10 as bigint)",
        f"cast({share} as decimal(6, 4))",
        "count_offset",
        "position_offset",
        "is_rounded_up",
    )
    assert project.value(
        f"select {expression} from framework.quantile_estimators where estimator = '{estimator}'"
    ) == Decimal(place)


@pytest.mark.parametrize(
    ("places", "rounded"), [(0, "2"), (1, "2.3"), (2, "2.35"), (3, "2.345"), (10, "2.345")]
)
def test_rounding_to_as_many_places_as_a_column_says(
    project: CompiledProject, places: int, rounded: str
) -> None:
    expression = macros().round_half_up_to("cast('2.345' as decimal(18, 15))", str(places))
    assert project.value(f"select {expression}") == Decimal(rounded)
