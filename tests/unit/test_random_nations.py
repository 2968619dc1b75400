"""The SQL scoring against the plain statement of the rules, on small random nations.

`make test` meets the same nations every time; NOF_RANDOM_NATIONS=500 looks at that many new ones instead, and
NOF_RANDOM_SHRINK=1 makes a failing one as small as it can be, which takes minutes.
"""

import os
from collections import Counter
from pathlib import Path

import pytest
from harness_figures import differences, sql_figures, statement_figures
from harness_nations import REPLACED, SEEDS, SmallNation, small_nations
from harness_sql import SqlScoring
from hypothesis import HealthCheck, Phase, given, settings

from plain_rules import work_out

NEW_NATIONS = os.environ.get("NOF_RANDOM_NATIONS")


@pytest.fixture(scope="session")
def sql(tmp_path_factory: pytest.TempPathFactory) -> SqlScoring:
    folder: Path = tmp_path_factory.mktemp("small-nations")
    return SqlScoring(folder)


def test_the_sql_makes_of_every_small_nation_what_the_rules_say(sql: SqlScoring) -> None:
    seen: Counter[tuple[str, str]] = Counter()

    @settings(
        max_examples=int(NEW_NATIONS or 70),
        deadline=None,
        derandomize=NEW_NATIONS is None,
        # Making a failing nation smaller takes minutes; the message names the differing figures anyway.
        phases=[Phase.generate] + [Phase.shrink] * ("NOF_RANDOM_SHRINK" in os.environ),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(small_nations())
    def compare(nation: SmallNation) -> None:
        said = work_out(nation.method, nation.rows)
        sql.score(nation.method, REPLACED, nation.rows)
        lines = differences(statement_figures(said), sql_figures(sql))
        assert not lines, "\n".join(lines)
        for cell in said.cells.values():
            seen["status", cell.status] += 1
            seen[SEEDS.metrics[cell.metric_id].family, str(cell.basis)] += 1
            seen["restored", str(cell.is_restored)] += 1
        for point in said.cut_points.values():
            seen["cut point", point.basis] += 1
        for result in said.trusts.values():
            seen["override", f"{result.override.basis} {result.override.is_set}"] += 1
            seen["final", "1 or 2" if result.final in (1, 2) else str(result.final)] += 1
            if result.unadjusted and result.override.is_set is None:
                seen["unknown override", "lifts" if result.adjusted is None else "changes nothing"] += 1

    compare()
    # A comparison that never met a case says nothing about it.
    ranked = [name for name, family in SEEDS.families.items() if family.has_ranked_part]
    wanted = [
        (name, basis) for name in ranked for basis in ("computed", "published", "computed_partial_pool")
    ]
    wanted += [(name, basis) for name in ("band", "matrix") for basis in ("computed", "published")]
    wanted += [("status", row["cell_status"]) for row in SEEDS.rows("cell_statuses")]
    wanted += [("cut point", row["cut_point_basis"]) for row in SEEDS.rows("cut_point_bases")]
    wanted += [
        ("override", kind) for kind in ("published True", "derived True", "derived False", "unknown None")
    ]
    wanted += [("final", kind) for kind in ("1 or 2", "3", "4", "5", "None")] + [("restored", "True")]
    wanted += [("unknown override", "lifts"), ("unknown override", "changes nothing")]
    assert [case for case in wanted if not seen[case]] == []
