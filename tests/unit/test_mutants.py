"""The mutation run on small things: what is killed, what survives, and a run that proves nothing fails.

The whole of it is `make mutants`.
"""

from pathlib import Path

import duckdb
import pytest

from mutants import rows, sql
from mutants.killed import Killed
from mutants.project import UnitTest
from mutants.rowkillers import RowKillers
from mutants.verdicts import judge, problems, read_equivalents, table

QUERY = """
with values_in_hand as (select * from "build"."scoring"."given")
select code, case when number >= 78 then 1 else 2 end as score
from values_in_hand
where number is not null
"""
# 78 is on the edge, 79 and 60 are not; of a value that is missing nothing is made.
TEST = UnitTest(
    name="on_the_edge_is_inside",
    model="small",
    fixtures="__dbt__cte__given as "
    "(select * from (values ('A', 78), ('B', 60), ('C', 79), ('D', null)) as t (code, number))",
    columns="code, score",
    expected="select * from (values ('A', 1), ('B', 2), ('C', 1)) as t (code, score)",
)

SURVIVOR = "small.query literal: 78 -> 77 in number >= 78"


def mutants() -> dict[str, sql.SqlMutant]:
    return {mutant.name: mutant for mutant in sql.mutants_of("small", QUERY)}


def killed_by(*tests: UnitTest) -> dict[str, Killed | None]:
    """What the tests make of each mutant of the small query."""
    connection = duckdb.connect()

    def kill(mutant: sql.SqlMutant) -> Killed | None:
        failing = [test for test in tests if not test.passes(connection, mutant.text(QUERY))]
        return Killed("dbt unit test", failing[0].name) if failing else None

    return {verdict.name: verdict.killed for verdict in judge("small", mutants().values(), kill)}


def test_a_mutant_says_where_and_what_it_changes() -> None:
    case = "CASE WHEN number >= 78 THEN 1 ELSE 2 END"
    assert list(mutants()) == [
        "small.query dropped: WHERE NOT number IS NULL -> WHERE TRUE",
        f"small.query branch: else 2 of {case}",
        "small.query swapped: CASE WHEN number >= 78 THEN 1 END <-> else 2",
        "small.query not: NOT number IS NULL -> number IS NULL",
        f"small.query literal: 2 -> 3 in {case}",
        f"small.query literal: 2 -> 1 in {case}",
        "small.query operator: number >= 78 -> number > 78",
        "small.query operator: number >= 78 -> number <= 78",
        "small.query literal: 1 -> 2 in CASE WHEN number >= 78 THEN 1 END",
        "small.query literal: 1 -> 0 in CASE WHEN number >= 78 THEN 1 END",
        "small.query literal: 78 -> 79 in number >= 78",
        "small.query literal: 78 -> 77 in number >= 78",
    ]


def test_a_mutant_is_killed_by_the_test_that_holds_its_rule_and_another_survives() -> None:
    connection = duckdb.connect()
    assert TEST.passes(connection, sql.parsed(QUERY).sql(sql.DIALECT))
    alive = [name for name, killed in killed_by(TEST).items() if killed is None]
    # Nothing is given between 60 and 78: that test would not see the standard one lower.
    assert alive == [SURVIVOR]


def test_a_survivor_a_stale_equivalent_and_no_mutant_at_all_make_the_run_fail() -> None:
    verdicts = judge(
        "small", mutants().values(), lambda each: None if "77" in each.name else Killed("k", "t")
    )
    assert problems(verdicts, {}) == [f"survived: {SURVIVOR}"]
    assert problems(verdicts, {SURVIVOR: "no value lies between"}) == []
    assert problems(verdicts, {SURVIVOR: "", "small.query literal: 78 -> 70": ""}) == [
        "said to be equivalent, and no mutant any more: small.query literal: 78 -> 70"
    ]
    assert problems(verdicts[:1], {verdicts[0].name: ""}) == [
        f"said to be equivalent, and t fails: {verdicts[0].name}"
    ]
    assert problems([], {}) == ["no mutant was made"]
    lines = [[cell.strip() for cell in line.split("|")] for line in table(verdicts, {})]
    assert lines == [
        ["", "mutants", "killed", "equivalent", "surviving", "k"],
        ["small", "12", "11", "0", "1", "11"],
        ["all", "12", "11", "0", "1", "11"],
    ]


def test_an_equivalent_mutant_has_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "equivalent.csv"
    path.write_text("mutant,reason\na,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a stands there twice or has no reason"):
        read_equivalents(path)
    assert all(read_equivalents().values())


def test_a_changed_row_of_the_method_is_noticed_and_the_rows_as_they_are_are_not() -> None:
    killers = RowKillers()
    assert killers.problems() == []
    made = rows.mutants_of("thresholds", killers.seeds["thresholds"])
    # Twenty rows: left out, of another kind, compared the other way, and a step up or down.
    assert len(made) == 20 * 5
    emergency = [mutant for mutant in made if "nof-2025-26 OF0013: threshold 78" in mutant.name]
    assert [mutant.value for mutant in emergency] == ["79", "77"]
    found = {killed.test for mutant in emergency if (killed := killers.of(mutant))}
    assert found == {"test_standards_and_the_floor"}
