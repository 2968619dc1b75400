"""Each scoring model over tables that no single run makes: of two frameworks, or with one of them empty.

No row of one framework may reach a figure of the other (rules 7). A table that a model needs leaves no row
when it is empty; without one that only adds, every row is there with less said on it: a join of the wrong
kind would drop organisations silently, or make rows of nothing.
"""

from collections.abc import Mapping

import duckdb
import pytest
from harness_dbt import compiled
from harness_side_by_side import BOTH, score_side_by_side
from harness_sql import SqlScoring
from harness_stand_on import ALL, FEWER, NEEDED, NONE, THINNED, differing, read_by, what_is_left

from harness_some import some

Both = tuple[duckdb.DuckDBPyConnection, Mapping[str, str]]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    """A database with the tables of both frameworks, and the queries over them."""
    project = compiled(tmp_path_factory)
    sql = SqlScoring(project)
    queries = score_side_by_side(sql, project)
    scored = {name for name, query in project.models.items() if query.room == "scoring"}
    # A run is of one framework.
    assert scored - queries.keys() == {"run_scope"}
    return sql.connection, queries


def test_each_scoring_model_keeps_two_frameworks_apart(both: Both) -> None:
    connection, queries = both
    for name, query in some(queries.items()):
        frameworks = connection.execute(f"select distinct framework_id from {BOTH}.{name}").fetchall()
        assert len(frameworks) == 2, name
        more = f"(({query}) except all from {BOTH}.{name})"
        fewer = f"(from {BOTH}.{name} except all ({query}))"
        assert connection.execute(f"select count(*) from ({more} union all {fewer})").fetchone() == (0,), name


def test_each_scoring_model_stands_on_what_it_needs_and_on_nothing_else(both: Both) -> None:
    connection, queries = both
    assert queries.keys() == NEEDED.keys()
    assert not set(THINNED) - NEEDED.keys()
    for name, query in queries.items():
        assert set(NEEDED[name]) <= set(read_by(query)), name
        assert differing(connection, name, query) == [], name


def test_a_join_of_the_wrong_kind_is_seen(both: Both) -> None:
    connection, _ = both
    names = '"build"."framework"."frameworks"', '"build"."framework"."rounded_scores"'
    right = (
        f"select 1 from {names[0]} as f left join {names[1]} as more on f.framework_id = more.framework_id"
    )
    assert what_is_left(connection, right, "rounded_scores") == FEWER
    assert what_is_left(connection, right, "frameworks") == NONE
    wrong = right.replace("left join", "inner join")
    assert what_is_left(connection, wrong, "rounded_scores") == NONE
    assert what_is_left(connection, f"{right} and more.quarter_id = '2025-26-Q5'", "rounded_scores") == ALL
