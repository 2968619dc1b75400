"""The SQL scoring against the plain statement of the rules, on whole nations and under each framework.

On NHS England's own files the statement is also compared with what was published (test_plain_rules.py); under
the consultation draft nothing was, so that the two statements have only each other.
"""

from collections import Counter

import pytest
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
