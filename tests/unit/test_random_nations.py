"""The SQL scoring against the plain statement of the rules, on small random nations.

`make test` meets the same nations every time; NOF_RANDOM_NATIONS=500 looks at that many new ones instead, and
NOF_RANDOM_SHRINK=1 makes a failing one as small as it can be, which takes minutes.
"""

import os
from collections import Counter
from math import ceil

import pytest
from harness_figures import differences, sql_figures, statement_figures
from harness_nations import ICB, IN_FORCE, REPLACED, SmallNation, small_nations
from harness_sql import SqlScoring, sql_scoring
from hypothesis import HealthCheck, Phase, given, seed, settings

from plain_rules import Nation, work_out
from plain_rules.registers import DECIDING

NEW_NATIONS = os.environ.get("NOF_RANDOM_NATIONS")
# From the eleventh on hypothesis mostly varies the nations that it has already made.
TOGETHER = 10
SEEDS = IN_FORCE.method


@pytest.fixture(scope="session")
def sql(tmp_path_factory: pytest.TempPathFactory) -> SqlScoring:
    return sql_scoring(tmp_path_factory)


def note(seen: Counter[tuple[str, str]], nation: SmallNation, said: Nation) -> None:
    """Count the cases that a nation met."""
    for (_, code, register, _), entry in said.in_force.items():
        seen["in force", register] += 1
        seen["in force for all", str(entry.is_for_all)] += 1
        seen["in force for an ICB", str(code.startswith("Z"))] += 1
    for runs in said.runs_service.values():
        seen["runs service", str(runs)] += 1
    for cell in said.cells.values():
        seen["status", cell.status] += 1
        seen["reason", str(cell.missing_reason)] += 1
        seen[nation.method.metrics[cell.metric_id].family, str(cell.basis)] += 1
        seen["restored", str(cell.is_restored)] += 1
        seen["part of the pool", str(cell.partition)] += cell.rank is not None
        if nation.method.families[nation.method.metrics[cell.metric_id].family].threshold_kind:
            threshold = nation.method.threshold(cell.metric_id, cell.quarter_id)
            seen["standard from", threshold["first_quarter_id"]] += cell.value is not None
    for (_, _, part, _), point in said.cut_points.items():
        seen["cut point", point.basis] += 1
        seen["cut in", part] += 1
    for result in said.trusts.values():
        seen["override", f"{result.override.basis} {result.override.is_set}"] += 1
        seen["limb", str(result.override.limb)] += 1
        seen["final", "1 or 2" if result.final in (1, 2) else str(result.final)] += 1
        seen["final basis", f"{result.final_basis} {result.final == 5}"] += 1
        if result.unadjusted and result.override.is_set is None:
            seen["unknown override", "lifts" if result.adjusted is None else "changes nothing"] += 1
        if result.trust_type_id == ICB and result.adjusted:
            seen["ICB", f"steps {result.system.steps if result.system else None}"] += 1
    for is_segmented in said.is_segmented.values():
        seen["segmented", str(is_segmented)] += 1


def wanted() -> list[tuple[str, str]]:
    """The cases that must have been met: a comparison that never met one says nothing about it."""
    ranked = [name for name, family in SEEDS.families.items() if family.has_ranked_part]
    statuses = {row["cell_status"] for row in SEEDS.rows("cell_statuses")} - {"in_hand"}
    return [
        *((name, basis) for name in ranked for basis in ("computed", "published", "computed_partial_pool")),
        *((name, basis) for name in ("band", "matrix") for basis in ("computed", "published")),
        *(("status", status) for status in sorted(statuses)),
        *(("reason", row["missing_reason_id"]) for row in SEEDS.rows("missing_reasons")),
        # What is carried forward is of a forecast, which the plain rules do not make.
        *(
            ("cut point", row["cut_point_basis"])
            for row in SEEDS.rows("cut_point_bases")
            if row["cut_point_basis"] != "carried_forward"
        ),
        *(("standard from", first) for first in ("", "2025-26-Q1", "2025-26-Q2")),
        *(("cut in", part) for part in ("all", "acute", "mental_health_and_community", ICB)),
        *(("part of the pool", part) for part in ("all", "acute", "ambulance", ICB)),
        *(("override", f"published {flag}") for flag in (True, False)),
        *(("override", f"derived {flag}") for flag in (True, False)),
        ("override", "unknown None"),
        *(("limb", limb) for limb in ("deficit", "deficit_support", "deficit_and_deficit_support")),
        ("limb", "not_shown"),
        *(("final", kind) for kind in ("1 or 2", "3", "4", "5", "None")),
        *(
            ("final basis", f"{basis} {flag}")
            for basis in ("published", "decision")
            for flag in (True, False)
        ),
        ("final basis", "unknown False"),
        ("restored", "True"),
        *(("unknown override", what) for what in ("lifts", "changes nothing")),
        *(("in force", register) for register in DECIDING),
        *(("in force for all", flag) for flag in ("True", "False")),
        ("in force for an ICB", "True"),
        *(("runs service", flag) for flag in ("True", "False")),
        *(("ICB", f"steps {steps}") for steps in (0, 1, 2)),
        *(("segmented", flag) for flag in ("True", "False")),
    ]


def test_the_sql_makes_of_every_small_nation_what_the_rules_say(sql: SqlScoring) -> None:
    seen: Counter[tuple[str, str]] = Counter()

    def compare(nation: SmallNation) -> None:
        said = work_out(nation.method, nation.rows, nation.entries)
        sql.score(nation.method, REPLACED, nation.rows, nation.entries)
        lines = differences(statement_figures(said), sql_figures(sql, nation.method))
        assert not lines, "\n".join(lines)
        note(seen, nation, said)

    for number in range(ceil(int(NEW_NATIONS or 70) / TOGETHER)):
        run = settings(
            max_examples=TOGETHER,
            deadline=None,
            database=None,
            # Making a failing nation smaller takes minutes; the message names the differing figures anyway.
            phases=[Phase.generate] + [Phase.shrink] * ("NOF_RANDOM_SHRINK" in os.environ),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(given(small_nations())(compare))
        (run if NEW_NATIONS else seed(number)(run))()
    assert [case for case in wanted() if not seen[case]] == []
