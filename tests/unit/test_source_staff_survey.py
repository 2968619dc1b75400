"""NHS Staff Survey, organisational results: the real workbook against the published values and ranks."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from harness_staff_survey import HEADER, NAME, stage

from harness_session import published_files
from harness_some import some
from nof.home import Home
from nof.landing import land, write_landing
from nof.landing.lookups import read_lookups
from nof.landing.model import Period, Readable
from nof.landing.publications.staff_survey_layout import RESULTS
from nof.landing.reader import read_file

DAY = date(2026, 7, 1)
WORKBOOK = "sources/staff_survey/nss24-organisational-results.xlsx"
PROMISE, THEMES = RESULTS


@pytest.fixture(scope="module")
def real() -> Readable:
    path = published_files() / WORKBOOK
    found = read_file(path.name, path.read_bytes(), read_lookups())
    assert isinstance(found, Readable)
    return found


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The real workbook through landing and staging, and beside it the two published oversight files."""
    folder = tmp_path_factory.mktemp("survey")
    (folder / "inbox").mkdir()
    (folder / "inbox" / NAME).write_bytes((published_files() / WORKBOOK).read_bytes())
    with duckdb.connect() as con:
        landed = land(Home(folder / "home"), [folder / "inbox"], today=DAY)
        write_landing(con, landed, framework_id=None, quarter_id=None)
        stage(con)
        for name, pattern in (("mental_health", "*q1-q3*.csv"), ("acute", "*acute*partial*.csv")):
            (path,) = (published_files() / "nof_2025_26").glob(pattern)
            con.execute(f"create table {name} as from read_csv(?, all_varchar = true)", [str(path)])
        yield con


def test_the_real_workbook(real: Readable) -> None:
    """263 organisations on each of two sheets, and 22 and 8 results of each."""
    assert (real.row_count, real.repeated_row_count, len(real.table.rows)) == (526, 0, 263 * 30)
    assert real.vintages == (Period("staff_survey_results", "2024"),)
    rows = {
        (row[1], row[5]): (number, row)
        for row, number in zip(real.table.rows, real.table.row_numbers, strict=True)
    }
    assert rows["TAF", "PP3_2"] == (
        266,
        (
            *("2024", "TAF", "Camden and Islington NHS Foundation Trust"),
            "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts",
            *("Occupation Group", "PP3_2", "Raising concerns", "839", "6.185343161887993"),
        ),
    )
    assert rows["RYX", "Staff Engagement"][1][-2:] == ("2695", "7.270741559697586")
    assert rows["0AR", "M_1"] == (
        6,
        (
            *("2024", "0AR", "NHS North of England CSU", "CSUs", "Unweighted"),
            *("M_1", "Thinking about leaving", "1217", "5.113325116406465"),
        ),
    )


def test_the_real_workbook_staged(staged: duckdb.DuckDBPyConnection) -> None:
    assert staged.sql(
        "select count(*), count(distinct organisation_code), count(distinct result_id), count(score), "
        "count(*) filter (is_suppressed), min(respondent_count), min(survey_year), max(survey_year) "
        "from survey"
    ).fetchall() == [(7890, 263, 30, 7890, 0, 60, 2024, 2024)]
    groups = staged.sql(
        "select benchmark_group_label, any_value(weighting_label), count(*) from survey "
        "where result_id = 'PP3_2' group by all having count(distinct weighting_label) = 1 order by 3 desc, 1"
    ).fetchall()
    assert [(weighting, count) for _, weighting, count in groups] == [
        *(("Occupation Group", 122), ("Occupation Group", 50), ("Unweighted", 41), ("Occupation Group", 14)),
        *(("Occupation Group", 13), ("Occupation Group", 11), ("Occupation Group", 6), ("Unweighted", 4)),
        *(("Unweighted", 1), ("Occupation Group", 1)),
    ]
    # Nothing is lost between the workbook and staging: sixteen decimals.
    assert staged.sql(
        "select cast(score as varchar) from survey where organisation_code = 'R1F1' and result_id = 'PP3_2'"
    ).fetchall() == [("5.9303327705736630",)]


def compared(
    con: duckdb.DuckDBPyConnection, published: str, metric: str, result: str
) -> list[tuple[Any, ...]]:
    """By quarter: trusts, those in the workbook under their code, those whose value agrees at 2 dp."""
    return con.execute(
        f"""select Quarter, count(*), count(score),
            count(*) filter (round(score, 2) = cast(Value as decimal(9, 2))),
            string_agg(Trust_code, ' ') filter (score is null)
        from {published} left join survey on Trust_code = organisation_code and result_id = ?
        where trim(Metric_ID) = ? group by 1 order by 1""",
        [result, metric],
    ).fetchall()


@pytest.mark.parametrize(("metric", "result"), [("OF0061", "PP3_2"), ("OF0084", "Staff Engagement")])
def test_the_published_values_are_those_of_the_workbook(
    staged: duckdb.DuckDBPyConnection, metric: str, result: str
) -> None:
    assert compared(staged, "mental_health", metric, result) == [
        (f"Q{quarter} 2025/26", 61, 60, 60, "G6V2S") for quarter in (1, 2, 3)
    ]
    assert compared(staged, "acute", metric, result) == [("Q3 2025/26", 129, 128, 128, "R1F")]


@pytest.mark.parametrize(("metric", "result"), [("OF0061", "PP3_2"), ("OF0084", "Staff Engagement")])
@pytest.mark.parametrize("successor", ["cast(Value as decimal(28, 16))", "predecessor.score"])
def test_the_published_ranks_come_from_the_unrounded_values(
    staged: duckdb.DuckDBPyConnection, metric: str, result: str, successor: str
) -> None:
    """With the published value of G6V2S in its place, and with that of Camden and Islington (TAF)."""
    ranked = staged.execute(
        f"""with ranked as (
            select Quarter, cast(cast("Rank" as double) as bigint) as published,
                rank() over (partition by Quarter order by coalesce(own.score, {successor}) desc) as computed
            from mental_health
            left join survey as own on own.organisation_code = Trust_code and own.result_id = $1
            left join survey as predecessor
                on predecessor.organisation_code = 'TAF' and predecessor.result_id = $1
            where Metric_ID = $2
        )
        select Quarter, count(*), count(*) filter (published = computed) from ranked group by 1 order by 1""",
        [result, metric],
    ).fetchall()
    assert ranked == [(f"Q{quarter} 2025/26", 61, 61) for quarter in (1, 2, 3)]


@pytest.mark.parametrize(("metric", "result"), [("OF0061", "PP3_2"), ("OF0084", "Staff Engagement")])
def test_the_published_median_and_quartiles_come_from_the_unrounded_values(
    staged: duckdb.DuckDBPyConnection, metric: str, result: str
) -> None:
    """Of all 61, with the score of Camden and Islington (TAF) for G6V2S."""
    quarters = staged.execute(
        """select count(distinct Trust_code),
            count(distinct Lower_quartile || Median_value || Upper_quartile),
            [any_value(Lower_quartile), any_value(Median_value), any_value(Upper_quartile)] =
            list_transform(quantile_cont(cast(score as double), [0.25, 0.5, 0.75]), q -> printf('%.2f', q))
        from mental_health
        inner join survey on result_id = ? and organisation_code = if(Trust_code = 'G6V2S', 'TAF', Trust_code)
        where Metric_ID = ? group by Quarter""",
        [result, metric],
    ).fetchall()
    assert quarters == [(61, 1, True)] * 3


@pytest.mark.parametrize(
    ("published", "trust", "metric", "result", "parts", "value"),
    [
        ("mental_health", "G6V2S", "OF0061", "PP3_2", ("TAF", "RRP"), ("6.19", "6.40", "6.32")),
        ("mental_health", "G6V2S", "OF0084", "Staff Engagement", ("TAF", "RRP"), ("6.77", "6.98", "6.90")),
        ("acute", "R1F", "OF0061", "PP3_2", ("R1F1", "R1F2"), ("5.93", "5.66", "5.90")),
        ("acute", "R1F", "OF0084", "Staff Engagement", ("R1F1", "R1F2"), ("6.49", "6.05", "6.44")),
    ],
)
def test_the_two_that_are_not_in_it_have_the_value_of_one_part(
    staged: duckdb.DuckDBPyConnection,
    published: str,
    trust: str,
    metric: str,
    result: str,
    parts: tuple[str, str],
    value: tuple[str, str, str],
) -> None:
    """G6V2S that of Camden and Islington alone, R1F that of its acute sector: no average of the two parts."""
    stated = staged.execute(
        f"select distinct Value from {published} where Trust_code = ? and trim(Metric_ID) = ?",
        [trust, metric],
    ).fetchall()
    scores = staged.execute(
        """select cast(round(max(score) filter (organisation_code = $1), 2) as decimal(9, 2)),
            cast(round(max(score) filter (organisation_code = $2), 2) as decimal(9, 2)),
            cast(round(sum(score * respondent_count) / sum(respondent_count), 2) as decimal(9, 2))
        from survey where organisation_code in ($1, $2) and result_id = $3""",
        [*parts, result],
    ).fetchall()
    assert [tuple(str(each) for each in row) for row in scores] == [value]
    assert stated == [(value[0],)]


def test_an_element_is_near_the_average_of_its_sub_scores(staged: duckdb.DuckDBPyConnection) -> None:
    """What the reader allows is twice the furthest of the 2024 results."""
    furthest = staged.sql(
        """with sub_scores as (
            select organisation_code, avg(score) as average, case split_part(result_id, '_', 1)
                when 'E' then 'Staff Engagement' when 'M' then 'Morale' else split_part(result_id, '_', 1)
            end as element_id
            from survey where contains(result_id, '_') group by all
        )
        select result_id, round(max(abs(score - average)), 3) from survey
        inner join sub_scores
            on result_id = element_id and survey.organisation_code = sub_scores.organisation_code
        group by 1 order by 2 desc, 1"""
    ).fetchall()
    assert furthest == [
        *(("PP5", 0.051), ("PP6", 0.030), ("PP3", 0.021), ("PP1", 0.017), ("PP7", 0.014), ("PP4", 0.012)),
        *(("Staff Engagement", 0.011), ("Morale", 0.010)),
    ]


def test_the_column_of_raising_concerns_is_that_of_its_four_questions(real: Readable) -> None:
    """From the question sheets, answers counted 0 to 10: all 263 within 0.02, most within 0.01."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(published_files() / WORKBOOK)
    totals: dict[str, float] = {}
    for sheet, questions in (
        ("HEALTH WELLBEING SAFETY Q18-22", ("Q20a", "Q20b")),
        ("YOUR ORGANISATION Q25-26", ("Q25e", "Q25f")),
    ):
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for question in some(questions):
            (place,) = (at for at, cell in enumerate(rows[0]) if str(cell).startswith(f"{question} - "))
            assert [str(cell) for cell in rows[HEADER][place : place + 5]] == [
                *("% Strongly disagree", "% Disagree", "% Neither agree nor disagree", "% Agree"),
                "% Strongly agree",
            ]
            for row in rows[HEADER + 1 :]:
                shares = [float(str(cell)) for cell in row[place : place + 5]]
                score = sum(share * step * 2.5 for step, share in enumerate(shares)) / sum(shares)
                totals[str(row[0])] = totals.get(str(row[0]), 0.0) + score / 4
    away = {row[1]: abs(float(row[-1]) - totals[row[1]]) for row in real.table.rows if row[5] == "PP3_2"}
    assert len(away) == 263
    assert max(away.values()) < 0.02
    assert sum(each > 0.01 for each in away.values()) == 5
