"""Whatever the capability register says, nothing scored changes: shown on the nation, and by what reads it.

Rules 7, capability: a rating informs the entry to segment 5, which is a decision of another register, and the
response; it never changes segments 1 to 4.
"""

import re
from pathlib import Path

import pytest
from harness_dbt import compiled
from harness_published import ROOT
from harness_sql import SqlScoring

SCORING = sorted((ROOT / "models" / "scoring").glob("*.sql"))
RATINGS = "register in ('capability_rating', 'icb_assessment')"
ENTRIES = "sample.sample_register_entries"
# Every provider rated anew, in each subject, from before the first quarter on.
RATED_ANEW = f"""
    insert into {ENTRIES}
    select
        'anew', cast(row_number() over () as varchar), 'true', subjects.register_id, trusts.trust_code,
        subjects.subject_id, ratings.value_label, '2025-01-01', '', '', 'Role', 'Reason', 'Source'
    from (
        select distinct trust_code from sample.sample_oversight_data
        where trust_type <> 'Integrated care board'
    ) as trusts
    cross join reference.register_subjects as subjects
    inner join reference.register_values as ratings
        on subjects.register_id = ratings.register_id and subjects.subject_id = ratings.subject_id
    where subjects.register_id = 'capability_rating' and ratings.value_id in {{ratings}}
"""
# What the register is made to say, and how many trusts then have an overall rating at the end of Q4.
CHANGES = {
    "everyone is rated best": (
        [f"delete from {ENTRIES} where {RATINGS}", RATED_ANEW.format(ratings="('green', 'confirmed')")],
        205,
    ),
    "everyone is rated worst": (
        [f"delete from {ENTRIES} where {RATINGS}", RATED_ANEW.format(ratings="('red', 'not_confirmed')")],
        205,
    ),
    "every rating is withdrawn": ([f"update {ENTRIES} set entry_status = 'Withdrawn' where {RATINGS}"], 0),
}


class Nation:
    """The bundled nation, scored again after each change of its register; a change is undone afterwards."""

    def __init__(self, sql: SqlScoring) -> None:
        self.sql = sql
        for path in sorted((ROOT / "seeds" / "sample").glob("sample_*.csv")):
            sql.connection.execute(
                f"insert into sample.{path.stem} select * from read_csv('{path}', all_varchar = true)"
            )
        sql.connection.execute(f"create table main.entries_as_bundled as from {ENTRIES}")

    def scored(self, changes: list[str]) -> dict[str, tuple[object, ...]]:
        """How many rows each table of the scoring room has, and a sum over all of them in any order."""
        self.sql.connection.execute(f"delete from {ENTRIES}")
        self.sql.connection.execute(f"insert into {ENTRIES} from main.entries_as_bundled")
        for change in changes:
            touched = self.sql.connection.execute(change).fetchone()
            assert touched and touched[0] > 0, f"changed nothing: {change}"
        for relation, query in self.sql.models:
            self.sql.connection.execute(f"create or replace table {relation} as {query}")
        return {
            path.stem: self.sql.connection.execute(
                f"select count(*), sum(hash(scored)) from scoring.{path.stem} as scored"
            ).fetchall()[0]
            for path in SCORING
        }

    def column(self, query: str) -> list[object]:
        """One column of what was scored last."""
        return [value for (value,) in self.sql.connection.execute(query).fetchall()]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    # A database of its own: what the tests of small nations use must stay as it is.
    return Nation(SqlScoring(compiled(tmp_path_factory)))


@pytest.fixture(scope="module")
def as_bundled(nation: Nation) -> dict[str, tuple[object, ...]]:
    return nation.scored([])


@pytest.mark.parametrize("change", CHANGES)
def test_no_score_and_no_segment_moves(
    nation: Nation, as_bundled: dict[str, tuple[object, ...]], change: str
) -> None:
    statements, rated_count = CHANGES[change]
    scored = nation.scored(statements)
    assert nation.column(
        "select count(*) from scoring.register_in_force where register_id = 'capability_rating'"
        " and subject_id = 'overall' and quarter_id = '2025-26-Q4'"
    ) == [rated_count]
    # Other ratings are in force, and that is all: what is segmented is segmented alike, in all four segments.
    moved = {name for name in as_bundled if scored[name] != as_bundled[name]}
    assert moved == {"register_in_force"}
    assert scored["segments"][0] == 4 * 205
    assert nation.column(
        "select distinct adjusted_segment from scoring.segments where adjusted_segment is not null order by 1"
    ) == [1, 2, 3, 4]


def test_a_decision_of_the_programme_does_move_the_final_segment(
    nation: Nation, as_bundled: dict[str, tuple[object, ...]]
) -> None:
    """The comparison sees a segment move: entry to the programme is the decision that a rating informs."""
    scored = nation.scored(
        [
            f"update {ENTRIES} set value = 'In the programme'"
            " where register = 'improvement_programme' and organisation_code = 'ALL'"
        ]
    )
    assert scored["segments"] != as_bundled["segments"]
    assert scored["delivery_scores"] == as_bundled["delivery_scores"]
    assert nation.column(
        "select final_segment from scoring.segments where quarter_id = '2025-26-Q4' and trust_code = 'ZA0'"
    ) == [5]


@pytest.mark.parametrize("model", SCORING, ids=lambda model: model.stem)
def test_no_scoring_model_reads_a_rating_or_the_context_room(model: Path) -> None:
    sql = model.read_text(encoding="utf-8")
    context = {path.stem for path in (ROOT / "models" / "context").glob("*.sql")}
    assert context
    assert not context & set(re.findall(r"ref\('(\w+)'\)", sql))
    assert not re.search(r"capability|icb_assessment", sql)
    if model.stem != "register_in_force":
        assert "stg_register__entries" not in sql
        # Whoever reads what is in force reads one register of it, by its name.
        read = re.findall(r"ref\('register_in_force'\) }}\n    where register_id = '(\w+)'", sql)
        assert len(read) == sql.count("ref('register_in_force')")
