"""What the bundled nation is made to show, in a release: cut points, deficits, segment 5, the unknown."""

from pathlib import Path

import duckdb


def test_every_bundled_score_is_computed_but_for_the_named_case(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        others = connection.execute(
            "select trust_code, quarter_id, score_id, score_basis from publication.fct_metric "
            "where score_basis <> 'computed'"
        ).fetchall()
        cuts = connection.execute("select distinct cut_point_basis from publication.fct_cut_point").fetchall()
    assert others == [("ZG4", "2025-26-Q4", "OF1067", "published")]
    assert cuts == [("computed",)]


def test_a_deficit_keeps_a_trust_with_the_best_scores_out_of_segment_1(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select unadjusted_segment, has_financial_override, adjusted_segment, "
            "league_rank > (select count(*) from publication.fct_segment as others "
            "where others.quarter_id = mine.quarter_id and others.trust_type_id = mine.trust_type_id "
            "and others.adjusted_segment <= 2) "
            "from publication.fct_segment as mine where trust_code = 'ZA3'"
        ).fetchall()
    assert found == [(1, True, 3, True)] * 4


def test_a_trust_stands_exactly_on_each_cut_point_and_is_inside(bundled_release: Path) -> None:
    """205 scores: (205 - 1) x 0.25 = 51, a whole number, so each quartile is one trust's own score."""
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select cuts.quarter_id, cuts.segment, max(trusts.unadjusted_segment) "
            "from publication.fct_cut_point as cuts inner join publication.fct_segment as trusts "
            "on cuts.quarter_id = trusts.quarter_id and cuts.cut_point = trusts.average_metric_score "
            "where cuts.score_id = 'OF5002' group by 1, 2 order by 1, 2"
        ).fetchall()
    assert rows == [
        (f"2025-26-Q{quarter}", segment, segment) for quarter in (1, 2, 3, 4) for segment in (1, 2, 3)
    ]


def test_a_trust_in_the_programme_is_in_segment_5_and_stays_in_the_league_table(
    bundled_release: Path,
) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select quarter_id, final_segment, final_segment_basis, adjusted_segment between 1 and 4 "
            "from publication.fct_segment where trust_code = 'ZC5' order by 1"
        ).fetchall()
    assert found == [
        ("2025-26-Q1", 5, "published", True),
        ("2025-26-Q2", 5, "published", True),
        ("2025-26-Q3", 5, "decision", True),
        ("2025-26-Q4", 5, "decision", True),
    ]


def test_an_unknown_override_leaves_the_adjusted_segment_open(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select override_basis, unadjusted_segment < 3, adjusted_segment, league_rank "
            "from publication.fct_segment where trust_code = 'ZD6' and quarter_id = '2025-26-Q3'"
        ).fetchall()
        others = connection.execute(
            "select distinct league_rank_basis from publication.fct_segment "
            "where trust_type_id = 'acute' and quarter_id = '2025-26-Q3' and league_rank is not null"
        ).fetchall()
    assert found == [("unknown", True, None, None)]
    assert others == [("computed_partial_pool",)]
