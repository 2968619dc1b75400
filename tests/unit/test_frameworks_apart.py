"""Two frameworks in one set of tables: no row of one reaches a figure of the other (rules 7)."""

import pytest
from harness_dbt import compiled
from harness_side_by_side import BOTH, score_side_by_side
from harness_sql import SqlScoring

LEFT_OUT = {"run_scope"}


def test_each_scoring_model_keeps_two_frameworks_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = compiled(tmp_path_factory)
    sql = SqlScoring(project)
    queries = score_side_by_side(sql, project)
    scored = {name for name, query in project.models.items() if query.room == "scoring"}
    assert scored - queries.keys() == LEFT_OUT
    for name, query in queries.items():
        frameworks = sql.connection.execute(f"select distinct framework_id from {BOTH}.{name}").fetchall()
        differing = (
            f"(({query}) except all from {BOTH}.{name}) union all (from {BOTH}.{name} except all ({query}))"
        )
        assert len(frameworks) == 2, name
        assert sql.connection.execute(f"select count(*) from ({differing})").fetchone() == (0,), name
