"""What each scoring model cannot do without, and what only adds to its rows.

A table that a model needs leaves no row when it is empty; without one that only adds, every row is there,
with less said on it. A join of the wrong kind would drop organisations silently, or make rows of nothing.
"""

import pytest
from harness_dbt import compiled
from harness_side_by_side import score_side_by_side
from harness_sql import SqlScoring
from harness_stand_on import ALL, FEWER, NEEDED, NONE, THINNED, differing, read_by, what_is_left


def test_each_scoring_model_stands_on_what_it_needs_and_on_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    project = compiled(tmp_path_factory)
    sql = SqlScoring(project)
    queries = score_side_by_side(sql, project)
    assert queries.keys() == NEEDED.keys()
    for name, query in queries.items():
        assert set(NEEDED[name]) <= set(read_by(query)), name
        assert differing(sql.connection, name, query) == [], name


def test_a_join_of_the_wrong_kind_is_seen(tmp_path_factory: pytest.TempPathFactory) -> None:
    connection = compiled(tmp_path_factory).new_database()
    names = '"build"."framework"."frameworks"', '"build"."framework"."rounded_scores"'
    right = (
        f"select 1 from {names[0]} as f left join {names[1]} as more on f.framework_id = more.framework_id"
    )
    assert what_is_left(connection, right, "rounded_scores") == FEWER
    assert what_is_left(connection, right, "frameworks") == NONE
    wrong = right.replace("left join", "inner join")
    assert what_is_left(connection, wrong, "rounded_scores") == NONE
    assert what_is_left(connection, f"{right} and more.quarter_id = '2025-26-Q5'", "rounded_scores") == ALL
    assert not set(THINNED) - NEEDED.keys()
