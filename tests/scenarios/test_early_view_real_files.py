"""An early view of NHS England's own files, where hundreds of adopted scores are carried forward."""

from pathlib import Path

import pytest
from harness_frameworks import Tables, made_once, release_under

from nof.explain import explain
from nof.explain.model import Explanation

EARLY_VIEW = "nof-2025-26-early-view"
LAST, NEXT = "2025-26-Q4", "2026-27-Q1"


@pytest.fixture(scope="session")
def early(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Tables:
    """The quarter after the newest of which the real files have values, and no source publication."""
    return Tables(
        made_once(
            tmp_path_factory,
            "early-view-real",
            lambda folder: release_under(
                EARLY_VIEW, folder / "home", data_dir / "nof_2025_26", quarter_id=NEXT
            ),
        )
    )


def test_adopted_scores_are_carried_forward_and_released(early: Tables) -> None:
    assert early.ask("select quarter_id from dim_quarter where is_forecast") == [(NEXT,)]
    ((carried, made),) = early.ask(
        "select count(*) filter (score_basis = 'carried_forward'), "
        "count(*) filter (score_basis in ('computed', 'computed_partial_pool')) "
        "from fct_metric where quarter_id = ?",
        [NEXT],
    )
    assert carried > 300 and made > 300
    # What is adopted has the score of the quarter that it says; nothing in this quarter was published.
    assert early.ask(
        "select now.score_quarter_id, count(*) filter (now.metric_score <> earlier.metric_score) "
        "from fct_metric as now inner join fct_metric as earlier using (framework_id, trust_code, metric_id) "
        "where now.quarter_id = ? and earlier.quarter_id = ? and now.score_basis = 'carried_forward' "
        "group by all",
        [NEXT, LAST],
    ) == [(LAST, 0)]


def test_each_score_carried_forward_is_explained_on_the_grid_of_its_own_quarter(early: Tables) -> None:
    trusts = [
        trust_code
        for (trust_code,) in early.ask(
            "select distinct trust_code from fct_metric where quarter_id = ? and is_grid_restored "
            "order by all",
            [NEXT],
        )
    ]
    assert len(trusts) == 61
    for trust_code in trusts:
        told = explain(early.release / "nof.duckdb", trust_code, NEXT)
        assert isinstance(told, Explanation) and "exact grid point" in str(told.metrics)
