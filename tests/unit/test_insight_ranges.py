"""Likely ranges, probable segments and changes: by hand, by enumeration, and the same on every machine."""

from collections.abc import Iterable
from itertools import product
from math import sqrt
from typing import Any

import duckdb
import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_macros import macros

# The settings of the framework in force: draws, patterns, random seed, share covered.
DRAWS, PATTERNS = 10000, 10007
SCALE = 10**10
CODES = ("RA1", "RA2", "G6V2S", "QHM", "ZZ9")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    project = compiled_project(tmp_path_factory)
    # Another module may have left the method with fewer draws.
    project.begin_anew()
    return project


def put_units(connection: duckdb.DuckDBPyConnection, trusts: dict[str, Iterable[float]], kind: str) -> None:
    """Units to draw from, as average_weight_units, domain_weight_units and unit_changes hold them."""
    shape = (
        "framework_id varchar, quarter_id varchar, trust_code varchar, trust_type_id varchar, "
        "score_id varchar, resampled varchar, weight_unit_id varchar, unit_score decimal(18, 15)"
    )
    for name in ("average_weight_units", "domain_weight_units", "unit_changes"):
        connection.execute(f"create or replace table insight.{name} ({shape})")
    target = {"score_change": "unit_changes", "average_metric_score": "average_weight_units"}[kind]
    for code, scores in trusts.items():
        for number, score in enumerate(scores):
            connection.execute(
                f"insert into insight.{target} values "
                "('nof-2025-26', '2025-26-Q2', ?, 'acute', 'OF5002', ?, ?, ?)",
                [code, kind, f"OF{number:04}", score],
            )


def make(connection: duckdb.DuckDBPyConnection, project: CompiledProject, *models: str) -> None:
    for name in models:
        relation, query = project.queries[name]
        connection.execute(f"create or replace table {relation} as {query}")


def put_standing(connection: duckdb.DuckDBPyConnection, trusts: dict[str, bool | None]) -> None:
    """Cut points 1.50, 2.50 and 3.50, and trusts with an override, without, or of which it is not known."""
    connection.execute(
        """
        create or replace table scoring.cut_points as
        select
            'nof-2025-26' as framework_id, '2025-26-Q2' as quarter_id, 'OF5002' as score_id,
            'all' as cut_partition_id, n || '/' || (n + 1) as boundary, cast(n as bigint) as segment,
            cast(n + 0.5 as decimal(18, 6)) as cut_point
        from range(1, 4) as numbers (n)
        """
    )
    grain = "'nof-2025-26' as framework_id, '2025-26-Q2' as quarter_id"
    rows = " union all ".join(
        f"select '{code}' as trust_code, cast({'null' if flag is None else flag} as boolean) as flag"
        for code, flag in trusts.items()
    )
    connection.execute(
        f"create or replace table scoring.segments as select {grain}, trust_code, "
        "flag as has_financial_override, cast(3 as bigint) as override_segment_floor, "
        "cast(0 as bigint) as system_segment_steps, 'computed' as league_rank_basis, "
        f"case when flag is not null then cast(1 as bigint) end as league_rank from ({rows})"
    )
    connection.execute(
        f"create or replace table scoring.score_segments as select {grain}, trust_code, "
        "'OF5002' as score_id, 'computed' as segment_basis, 'computed' as cut_point_basis, "
        f"cast(1 as bigint) as score_rank from ({rows})"
    )
    connection.execute(
        f"create or replace table scoring.system_adjustments as select {grain}, '' as trust_code, "
        "cast(4 as bigint) as worst_segment limit 0"
    )


DRAWN = (
    *("resampling_units", "resampling_patterns", "resampled_series", "drawn_places", "drawn_outcomes"),
    "drawn_range_ends",
)


def outcomes(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, dict[int, int]]:
    """Draws by trust and outcome."""
    found: dict[str, dict[int, int]] = {}
    for code, outcome, draws in connection.execute(
        "select trust_code, outcome, draws_counted from insight.drawn_outcomes "
        "inner join insight.resampled_series using (series_number) where outcome_kind = ?",
        [kind],
    ).fetchall():
        found.setdefault(code, {})[outcome] = draws
    return found


def test_no_two_codes_meet_the_patterns_in_the_same_order() -> None:
    stride, offset = (
        getattr(macros(), name)("code", str(PATTERNS)) for name in ("trust_stride", "trust_offset")
    )
    digits = "".join(f"('{each}')," for each in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")[:-1]
    # Every code of three; those of five, with the same arithmetic, are below the product of the two moduli.
    (twice, codes) = duckdb.execute(
        f"""
        with letters (letter) as (values {digits}),
        codes as (
            select a.letter || b.letter || c.letter as code
            from letters as a, letters as b, letters as c
        )
        select count(*) - count(distinct ({stride}) * {PATTERNS} + ({offset})), count(*) from codes
        """
    ).fetchone() or (None, None)
    assert (twice, codes) == (0, 36**3)
    assert (PATTERNS - 1) * PATTERNS > 37**5


def test_the_draws_are_the_same_without_vectors_and_with_any_number_of_threads(
    project: CompiledProject,
) -> None:
    connection = project.connection
    trusts = dict(zip(CODES, [(1, 2.5, 4), (1.25, 3), (2,), (1, 1, 4), (3.3333333333, 1, 2)], strict=True))
    put_units(connection, trusts, "average_metric_score")
    put_standing(connection, dict.fromkeys(trusts, False))
    make(connection, project, *DRAWN)
    first = connection.execute("select * from insight.drawn_outcomes order by all").fetchall()
    parts = ("series", "units", "patterns")
    sources = ("resampled_series", "resampling_units", "resampling_patterns")
    named = ", ".join(
        f"{part} as (from insight.{source})" for part, source in zip(parts, sources, strict=True)
    )
    totals = {
        name: connection.execute(
            f"with {named}, {getattr(macros(), name)(*parts)} from drawn_totals order by all"
        ).fetchall()
        for name in ("duckdb__drawn_totals", "default__drawn_totals")
    }
    assert len(totals["duckdb__drawn_totals"]) == len(trusts) * DRAWS
    assert totals["duckdb__drawn_totals"] == totals["default__drawn_totals"]
    for threads in (1, 3):
        connection.execute(f"set threads = {threads}")
        make(connection, project, *DRAWN)
        assert connection.execute("select * from insight.drawn_outcomes order by all").fetchall() == first
    connection.execute("reset threads")


@pytest.mark.parametrize("scores", [(1.0, 4.0), (1.0, 2.0, 4.0), (1.0, 1.5, 2.25, 4.0)])
def test_draws_fall_as_often_as_counting_every_possible_draw_says(
    project: CompiledProject, scores: tuple[float, ...]
) -> None:
    connection = project.connection
    put_units(connection, {"RA1": scores}, "average_metric_score")
    put_standing(connection, {"RA1": False})
    make(connection, project, *DRAWN)
    possible: dict[int, int] = {}
    for drawn in product(scores, repeat=len(scores)):
        hundredths = int(sum(drawn) / len(drawn) * 100 + 0.5)
        possible[hundredths] = possible.get(hundredths, 0) + 1
    found = outcomes(connection, "score_hundredths")["RA1"]
    assert set(found) == set(possible) and sum(found.values()) == DRAWS
    for hundredths, ways in possible.items():
        share = ways / len(scores) ** len(scores)
        assert abs(found[hundredths] / DRAWS - share) < 4 * sqrt(share * (1 - share) / DRAWS)


def test_one_score_is_sure_and_two_are_not(project: CompiledProject) -> None:
    connection = project.connection
    put_units(connection, {"RA1": [2.335], "RA2": [1, 4]}, "average_metric_score")
    put_standing(connection, {"RA1": False, "RA2": False})
    make(connection, project, *DRAWN)
    ends = dict(
        connection.execute(
            "select trust_code || outcome_kind, range_low || ' to ' || range_high "
            "from insight.drawn_range_ends inner join insight.resampled_series using (series_number)"
        ).fetchall()
    )
    # 2.335 is 2.34 half-up. Of two scores a quarter of the draws are both the better, a quarter the worse.
    assert ends["RA1score_hundredths"] == "234 to 234"
    assert ends["RA2score_hundredths"] == "100 to 400"
    # RA1 is second where RA2 draws 1, and first elsewhere: both ends are more than one in forty.
    assert (ends["RA1rank"], ends["RA2rank"]) == ("1 to 2", "1 to 2")


def test_trusts_draw_independently_of_each_other(project: CompiledProject) -> None:
    connection = project.connection
    put_units(connection, {"RA1": [1, 4], "RA2": [1, 4]}, "average_metric_score")
    put_standing(connection, {"RA1": False, "RA2": False})
    make(connection, project, *DRAWN)
    # Of two alike, one is strictly behind the other in 5 of 16 draws: (1 - 6/16) / 2.
    ranks = outcomes(connection, "rank")
    for code in ("RA1", "RA2"):
        assert abs(ranks[code][2] / DRAWS - 5 / 16) < 4 * sqrt(5 / 16 * 11 / 16 / DRAWS)


def test_an_override_holds_in_every_draw_and_an_unknown_one_leaves_the_segment_open(
    project: CompiledProject,
) -> None:
    connection = project.connection
    trusts = {"RA1": [1, 4], "RA2": [1, 4], "RA3": [1, 4]}
    put_units(connection, trusts, "average_metric_score")
    put_standing(connection, {"RA1": False, "RA2": True, "RA3": None})
    make(connection, project, *DRAWN)
    connection.execute(
        "create or replace view probabilities as "
        "select trust_code, adjusted_segment, sum(draws_counted) as draws "
        "from insight.drawn_outcomes inner join insight.drawn_places "
        "on outcome = score_hundredths and drawn_outcomes.series_number = drawn_places.series_number "
        "inner join insight.resampled_series "
        "on resampled_series.series_number = drawn_outcomes.series_number "
        "where outcome_kind = 'score_hundredths' group by all"
    )

    def share(code: str, segment: int | None) -> float:
        row = connection.execute(
            "select coalesce(sum(draws), 0) from probabilities "
            "where trust_code = ? and adjusted_segment is not distinct from ?",
            [code, segment],
        ).fetchone()
        return float(row[0]) / DRAWS if row else 0.0

    # 1.00 is in segment 1, 2.50 on the second cut and so in 2, 4.00 in 4; an override lifts two of them to 3.
    for segment, expected in ((1, 0.25), (2, 0.5), (4, 0.25)):
        assert share("RA1", segment) == pytest.approx(expected, abs=0.03)
    assert share("RA2", 1) == share("RA2", 2) == 0.0
    assert share("RA2", 3) + share("RA2", 4) == 1.0
    assert share("RA3", 1) == share("RA3", 2) == 0.0 and share("RA3", None) == pytest.approx(0.75, abs=0.03)
    # Nobody is ranked against a trust whose segment is unknown.
    assert set(outcomes(connection, "rank")) == {"RA1", "RA2"}


@pytest.mark.parametrize(
    ("changes", "is_significant", "better"),
    [
        ([-0.2] * 5, True, 2000),  # every draw is better
        ([0.0] * 5, False, 0),
        ([-0.3, 0.3, -0.3, 0.3], False, None),
        ([-0.3] * 9 + [0.1], True, None),
        ([0.5], True, 0),
    ],
)
def test_a_change_is_more_than_noise_where_nearly_every_draw_goes_one_way(
    project: CompiledProject, changes: list[float], is_significant: bool, better: int | None
) -> None:
    connection = project.connection
    put_units(connection, {"RA1": changes}, "score_change")
    make(
        connection, project, "resampling_units", "resampling_patterns", "drawn_changes", "drawn_change_ranges"
    )
    row: Any = connection.execute(
        "select is_significant, draws_better, change_low, change_high from insight.drawn_change_ranges"
    ).fetchone()
    assert row[0] is is_significant
    assert better is None or row[1] == better
    assert (
        float(row[2]) <= sum(changes) / len(changes) + 0.005
        and float(row[3]) >= sum(changes) / len(changes) - 0.005
    )
