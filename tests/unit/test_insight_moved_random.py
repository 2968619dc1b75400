"""The parts of a movement on small random nations of two quarters, against the plain statement."""

import os
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from graphlib import TopologicalSorter
from math import ceil

import pytest
from harness_compiled import ancestors
from harness_dbt import Compiled, compiled
from harness_moved import PlainMovement, movement
from harness_nations import QUARTERS, REPLACED, SmallNation, small_nations
from harness_sql import ROOMS, SqlScoring, sql_scoring
from hypothesis import HealthCheck, Phase, given, seed, settings

from plain_rules import Nation, work_out

NEW_NATIONS = os.environ.get("NOF_RANDOM_NATIONS")
TOGETHER = 10
BEFORE, NOW = QUARTERS
# The SQL has fifteen decimals, of each quotient.
NEAR = Fraction(1, 10**12)
# No release came before: nothing can have been restated.
STUB = """
create schema if not exists insight;
create or replace table insight.figure_revisions (
    framework_id varchar, quarter_id varchar, trust_code varchar, measure_id varchar, figure_kind varchar,
    old_figure_text varchar, revision_reason varchar
)
"""


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> SqlScoring:
    scoring = sql_scoring(tmp_path_factory)
    scoring.connection.execute(STUB)
    return scoring


@pytest.fixture(scope="module")
def movements(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    return list(of_movements(compiled(tmp_path_factory)))


def of_movements(project: Compiled) -> Iterator[tuple[str, str]]:
    """Relation and query of each model of movements, parents first."""
    parents = {name: set(query.parents) for name, query in project.models.items()}
    wanted = ancestors(parents, ["segment_movements"]) | {"segment_movements"}
    stubbed = ancestors(parents, ["figure_revisions"]) | {"figure_revisions"}
    for name in TopologicalSorter(parents).static_order():
        query = project.models[name]
        if name in wanted and query.room not in ROOMS and name not in stubbed:
            yield query.relation, query.text


def differences(sql: SqlScoring, nation: SmallNation, said: Nation, seen: Counter[str]) -> list[str]:
    """Where the SQL and the plain statement differ, and what does not add up."""
    lines = []
    columns = ("trust_code", "part_id", "metric_id", "score_effect", "is_of_unrounded")
    parts = sql.read("insight.score_movements", columns)
    names = ("trust_code", "movement_status", "score_change", "score_change_unrounded", "segment_change")
    more = ("adjusted_segment_now", "unadjusted_segment_at_old_cut_points", "main_cause_id", "quarter_id")
    rows = [row for row in sql.read("insight.segment_movements", (*names, *more)) if row["quarter_id"] == NOW]
    steps = sql.read("insight.segment_steps", ("trust_code", "segment_steps"))
    changing = {row["metric_id"] for row in nation.method.rows("thresholds") if row["first_quarter_id"]}
    seen["another standard"] += sum(
        part["part_id"] == "method" and part["metric_id"] in changing for part in parts
    )
    for row in rows:
        trust = row["trust_code"]
        seen[row["movement_status"]] += 1
        seen[f"cause {row['main_cause_id']}"] += 1
        mine = [part for part in parts if part["trust_code"] == trust]
        ends = [said.trusts.get((quarter_id, trust)) for quarter_id in QUARTERS]
        averages = [end.average if end else None for end in ends]
        if averages[0] is None or averages[1] is None:
            lines += [f"{trust} has parts and no two averages"] * bool(mine)
            continue
        whole = sum(part["score_effect"] for part in mine)
        unrounded = sum(part["score_effect"] for part in mine if part["is_of_unrounded"])
        if (whole, unrounded) != (row["score_change"], row["score_change_unrounded"]):
            lines.append(f"{trust} {whole} {unrounded} {row}")
        if Fraction(row["score_change"]) != averages[1].rounded - averages[0].rounded:
            lines.append(f"{trust} {row['score_change']} is no change of the rounded averages")
        lines += unequal(trust, movement(nation.method, said, QUARTERS, trust), mine, row, seen)
        if row["movement_status"] == "compared":
            walked = sum(step["segment_steps"] for step in steps if step["trust_code"] == trust)
            change = (ends[1].adjusted or 0) - (ends[0].adjusted or 0) if ends[0] and ends[1] else None
            if not walked == change == row["segment_change"]:
                lines.append(f"{trust} walked {walked}, is {change}: {row}")
    return lines


def unequal(
    trust: str,
    plain: PlainMovement,
    parts: list[dict[str, object]],
    row: dict[str, object],
    seen: Counter[str],
) -> list[str]:
    """Where the parts of one trust are not those of the plain statement."""
    lines = []
    found: dict[tuple[str, str], Fraction] = {("entered", ""): Fraction(0), ("left", ""): Fraction(0)}
    for part in parts:
        name, effect = str(part["part_id"]), Fraction(str(part["score_effect"]))
        metric_id = "" if name in ("entered", "left") else str(part["metric_id"] or "")
        seen[name] += 1
        if metric_id not in plain.doubtful and name != "rounding":
            found[name, metric_id] = found.get((name, metric_id), Fraction(0)) + effect
    if found.keys() != plain.parts.keys():
        lines.append(f"{trust}: {sorted(found.keys() ^ plain.parts.keys())}")
    lines += [
        f"{trust} {key}: {float(found[key])} is {float(plain.parts[key])}"
        for key in found.keys() & plain.parts.keys()
        if abs(found[key] - plain.parts[key]) > NEAR
    ]
    said_at = row["unadjusted_segment_at_old_cut_points"]
    if row["movement_status"] == "compared" and said_at != plain.at_old_cut_points:
        lines.append(f"{trust} stands in {said_at} by the old cut points, {plain.at_old_cut_points}")
    return lines


WANTED = (
    *("own", "own_or_pool", "entered", "left", "pool", "method", "rounding"),
    *("compared", "segment_open", "incomplete", "another standard"),
    *(f"cause {cause}" for cause in ("own", "metric_set", "cut_points", "override", "unchanged")),
    *("cause held_by_override", "cause cancelled_out", "cause pool"),
)


def test_the_parts_of_every_small_nation_add_up_and_are_what_they_say(
    sql: SqlScoring, movements: list[tuple[str, str]]
) -> None:
    seen: Counter[str] = Counter()

    def compare(nation: SmallNation) -> None:
        said = work_out(nation.method, nation.rows, nation.entries)
        sql.score(nation.method, REPLACED, nation.rows, nation.entries)
        for relation, query in movements:
            sql.connection.execute(f"create or replace table {relation} as {query}")
        lines = differences(sql, nation, said, seen)
        assert not lines, "\n".join(lines)

    for number in range(ceil(int(NEW_NATIONS or 40) / TOGETHER)):
        run = settings(
            max_examples=TOGETHER,
            deadline=None,
            database=None,
            phases=[Phase.generate] + [Phase.shrink] * ("NOF_RANDOM_SHRINK" in os.environ),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(given(small_nations(spans=(QUARTERS,)))(compare))
        (run if NEW_NATIONS else seed(number)(run))()
    assert [case for case in WANTED if not seen[case]] == [], seen


def test_a_part_that_is_not_the_plain_one_is_found() -> None:
    plain = PlainMovement(Fraction(1, 10), {("own", "OF0082"): Fraction(1, 10)})
    plain.parts |= {("entered", ""): Fraction(0), ("left", ""): Fraction(0)}
    row: dict[str, object] = {"movement_status": "segment_open", "unadjusted_segment_at_old_cut_points": None}
    part: dict[str, object] = {"part_id": "own", "metric_id": "OF0082", "score_effect": "0.100000000000000"}
    assert unequal("ZA0", plain, [part], row, Counter()) == []
    assert unequal("ZA0", plain, [part | {"score_effect": "0.1001"}], row, Counter()) != []
    assert unequal("ZA0", plain, [part | {"part_id": "pool"}], row, Counter()) != []
    assert unequal("ZA0", plain, [], row, Counter()) != []
    assert unequal("ZA0", plain, [part], row | {"movement_status": "compared"}, Counter()) == []
    assert unequal(
        "ZA0",
        plain,
        [part],
        {"movement_status": "compared", "unadjusted_segment_at_old_cut_points": 2},
        Counter(),
    )
