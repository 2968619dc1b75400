"""The SQL scoring against the plain statement of the rules, on whole nations and under each framework.

On NHS England's own files the statement is also compared with what was published (test_plain_rules.py); under
the consultation draft nothing was, so that the two statements have only each other.
"""

from collections import Counter

import pytest
from harness_by_hand import rows_of, small_method
from harness_figures import differences, sql_figures, statement_figures
from harness_published import (
    ACUTE_Q3,
    MENTAL_HEALTH,
    MENTAL_HEALTH_Q4,
    bundled_entries,
    bundled_rows,
    method_of_the_seeds,
    published_folder,
    read_csv,
    statement_rows,
)
from harness_sql import SqlScoring, sql_scoring

from plain_rules import Entry, Nation, Row, work_out

ACUTE, MENTAL, AMBULANCE, ICB = "acute", "mental_health_and_community", "ambulance", "icb"
IN_FORCE, DRAFT = "nof-2025-26", "npaf-2025-26-draft"


@pytest.fixture(scope="session")
def sql(tmp_path_factory: pytest.TempPathFactory) -> SqlScoring:
    return sql_scoring(tmp_path_factory)


def real_rows() -> list[Row]:
    folder = published_folder()
    names = (MENTAL_HEALTH, MENTAL_HEALTH_Q4, ACUTE_Q3)
    return [row for name in names for row in statement_rows(read_csv(folder / name))]


def agreed(sql: SqlScoring, framework_id: str, rows: list[Row], entries: list[Entry]) -> Nation:
    """What both statements make of the rows, once it is shown that they make the same."""
    method = method_of_the_seeds(framework_id)
    said = work_out(method, rows, entries)
    sql.score(method, (), rows, entries)
    lines = differences(statement_figures(said), sql_figures(sql, method))
    assert not lines, f"{len(lines)} figures differ, the first of them:\n" + "\n".join(lines[:20])
    return said


def segmented(nation: Nation) -> Counter[str]:
    """How many organisations of each type have a segment, over all quarters."""
    return Counter(result.trust_type_id for result in nation.trusts.values() if result.unadjusted)


def test_they_agree_on_the_published_files_under_the_framework_in_force_and_the_draft(
    sql: SqlScoring,
) -> None:
    rows = real_rows()
    made, drafted = (agreed(sql, framework_id, rows, []) for framework_id in (IN_FORCE, DRAFT))
    # Of the 61 mental health and community trusts four quarters are whole; of the acute ones none is.
    assert segmented(made) == segmented(drafted) == {MENTAL: 4 * 61}
    assert {point.basis for point in made.cut_points.values()} == {"observed"}
    # Nothing was observed under the draft.
    assert {point.basis for point in drafted.cut_points.values()} == {"computed_partial_pool"}
    # The draft takes the metrics of 2025/26 and puts them into other domains (npaf-01 and 02): each score
    # is the same, and so is the mean over all, but for Q1, where only 2025/26 rounds three of them first.
    assert {key: cell.score for key, cell in made.cells.items()} == {
        key: cell.score for key, cell in drafted.cells.items()
    }
    later = [key for key in made.trusts if key[0] != "2025-26-Q1"]
    assert [made.trusts[key].average for key in later] == [drafted.trusts[key].average for key in later]


def test_they_agree_on_the_bundled_nation_under_the_framework_in_force(sql: SqlScoring) -> None:
    made = agreed(sql, IN_FORCE, bundled_rows(), bundled_entries())
    assert segmented(made) == {ACUTE: 4 * 134, MENTAL: 4 * 61, AMBULANCE: 4 * 10}
    assert Counter(made.is_segmented.values()) == {True: 4 * 205, False: 4 * 42}
    # Two quarters carry the flag; in the other two the register says it of every trust.
    assert Counter(result.final_basis for result in made.trusts.values()) == {
        "published": 2 * 205,
        "decision": 2 * 205,
    }


def test_they_agree_on_the_bundled_nation_under_the_draft_which_segments_its_icbs(sql: SqlScoring) -> None:
    made = agreed(sql, DRAFT, bundled_rows(), bundled_entries())
    assert segmented(made) == {ACUTE: 4 * 134, MENTAL: 4 * 61, AMBULANCE: 4 * 10, ICB: 4 * 42}
    assert {point.basis for point in made.cut_points.values()} == {"computed"}
    # Four domains and the average, three boundaries, trusts and ICBs apart, in four quarters.
    assert len(made.cut_points) == 5 * 3 * 2 * 4
    icbs = [result for result in made.trusts.values() if result.trust_type_id == ICB]
    assert {result.system.steps for result in icbs if result.system} == {0, 1}
    # Nothing is published of ICBs; from October an entry for all says that they are not in the programme.
    finals = {(quarter, result.final_basis) for (quarter, _), result in made.trusts.items() if result in icbs}
    assert finals == {
        ("2025-26-Q1", "unknown"),
        ("2025-26-Q2", "unknown"),
        ("2025-26-Q3", "decision"),
        ("2025-26-Q4", "decision"),
    }
    assert all(each.final == (each.adjusted if each.final_basis == "decision" else None) for each in icbs)


def test_a_rule_that_one_of_the_two_applies_in_another_way_is_seen(sql: SqlScoring) -> None:
    # Sickness 1 to 4 and combined finance 1: A is the best of four, segment 1. It has deficit support, so it
    # is limited to 3; the statement is told to limit to 2.
    values = {"A1X": "1", "B1X": "2", "C1X": "3", "D1X": "4"}
    rows = rows_of(MENTAL, "OF0082", values) + rows_of(MENTAL, "OF0079", dict.fromkeys(values, "1"))
    rows += rows_of(MENTAL, "OF0081", dict.fromkeys(values, "0"))
    entries = [Entry("deficit_support", "A1X", "deficit_support", "Received", "2025-04-01")]
    method = small_method()
    sql.score(method, ("organisation_scope", "pool_sizes"), rows, entries)
    made = sql_figures(sql, method)
    assert differences(statement_figures(work_out(method, rows, entries)), made) == []
    other = small_method(seeds={"frameworks": [{**method.framework, "override_segment_floor": "2"}]})
    lines = differences(statement_figures(work_out(other, rows, entries)), made)
    assert "adjusted 2025-26-Q2 A1X: the rules give 2, the SQL gives 3" in lines
    without = differences(statement_figures(work_out(method, rows)), made)
    assert "override limb 2025-26-Q2 A1X: the rules give None, the SQL gives deficit_support" in without
