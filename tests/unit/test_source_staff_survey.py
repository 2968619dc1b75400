"""NHS Staff Survey, organisational results: the real workbook, and small ones that go wrong."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import openpyxl
import pytest
from harness_macros import macros

from harness_session import ROOT, published_files
from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land, write_landing
from nof.landing.lookups import read_lookups
from nof.landing.model import Period, Readable
from nof.landing.opened import open_file
from nof.landing.publications import publication_of
from nof.landing.publications.staff_survey_layout import BASE, RESULTS
from nof.landing.reader import read_file

DAY = date(2026, 7, 1)
WORKBOOK = "sources/staff_survey/nss24-organisational-results.xlsx"
PROMISE, THEMES = RESULTS
NAME = "results.xlsx"
NEW_LAYOUT = (
    "This layout is new: it has to be added to the reader before the file can be landed. Do not change the "
    "workbook."
)
AGAIN = "Fetch the workbook again from the results page of the NHS Staff Survey."
HEADER = 4
Grid = list[list[Any]]
Book = dict[str, Grid]


def results_of(sheet: str) -> Grid:
    """Score and respondents of each result: sub-scores 6.25, 6.5, …, and elements their exact average."""
    names = list(RESULTS[sheet])
    cells: Grid = []
    for name in names:
        opening = {"Staff Engagement": "E_", "Morale": "M_"}.get(name, f"{name}_")
        count = sum(other.startswith(opening) for other in names)
        place = int(name[-1]) if "_" in name else 0
        cells.append([6 + (place or (count + 1) / 2) / 4, 100 + place])
    return cells


def small_book() -> Book:
    """Two trusts and an ICB, laid out as the 2024 workbook is."""
    book: Book = {"Notes": [["NHS Staff Survey 2024 - Detailed Spreadsheets"]]}
    for sheet, labels in RESULTS.items():
        titles: list[Any] = ["NHS Staff Survey 2024 - WEIGHTED Results", *[""] * 5]
        heads: list[Any] = [
            "ODS code",
            "Organisation name",
            "Benchmarking group",
            "Region",
            "ICS",
            "Weighting",
        ]
        for result_id, label in labels.items():
            titles += [f"{result_id} - {label}", ""]
            heads += [f"{result_id} - score", BASE]
        rows = [
            ["ZZ1", "Invented Trust", "Community Trusts", "London", "-", "Occupation Group"],
            [
                "ZZ22",
                "Invented Trust (ambulance sector)",
                "Ambulance Trusts",
                "London",
                "-",
                "Occupation Group",
            ],
            ["ZX1", "Invented ICB", "ICBs", "-", "-", "Unweighted"],
        ]
        for row in rows:
            row.extend(cell for pair in results_of(sheet) for cell in pair)
        book[sheet] = [titles, [f"{sheet} all"], ["\nNote: fewer than 10 …"], [], heads, *rows]
    return book


def bytes_of(book: Book) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in book.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(book: Book) -> Readable | list[str]:
    found = read_file(NAME, bytes_of(book), read_lookups())
    return found if isinstance(found, Readable) else [str(problem) for problem in found]


def readable(book: Book) -> Readable:
    found = read(book)
    assert isinstance(found, Readable), found
    return found


def place_of(book: Book, sheet: str, heading: str) -> int:
    return int(book[sheet][HEADER].index(heading))


@pytest.fixture
def book() -> Book:
    return small_book()


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


def stage(con: duckdb.DuckDBPyConnection) -> None:
    text = (ROOT / "models" / "staging" / "stg_nhse__staff_survey_results.sql").read_text(encoding="utf-8")
    shared = macros()
    query = jinja2.Template(text).render(
        source=lambda schema, table: f"{schema}.{table}",
        clean_text=shared.clean_text,
        to_number=shared.to_number,
    )
    con.execute(f"create table survey as {query}")


def test_a_small_workbook_cell_by_cell(book: Book) -> None:
    found = readable(book)
    assert (found.file_kind, found.row_count, found.repeated_row_count) == ("staff_survey_results", 6, 0)
    assert found.vintages == (Period("staff_survey_results", "2024"),)
    assert len(found.table.rows) == 3 * 30
    rows = dict(zip(found.table.rows, found.table.row_numbers, strict=True))
    trust = ("2024", "ZZ1", "Invented Trust", "Community Trusts", "Occupation Group")
    sector = ("2024", "ZZ22", "Invented Trust (ambulance sector)", "Ambulance Trusts", "Occupation Group")
    icb = ("2024", "ZX1", "Invented ICB", "ICBs", "Unweighted")
    assert rows[(*trust, "PP1", "We are compassionate and inclusive", "100", "6.625")] == 6
    assert rows[(*trust, "PP3_2", "Raising concerns", "102", "6.5")] == 6
    assert rows[(*sector, "Staff Engagement", "Staff engagement", "100", "6.5")] == 7
    assert rows[(*icb, "M_3", "Stressors", "103", "6.75")] == 8


def moved(book: Book) -> None:
    """Other order of columns and sheets, a row more above the header, spaces, a blank row and a note."""
    for sheet in RESULTS:
        for row in book[sheet]:
            row.extend([""] * (len(book[sheet][HEADER]) - len(row)))
            row[:] = [*row[-6:], *row[4:-6], *row[:4]]
            row[:] = [f"\u00a0{cell} " if isinstance(cell, str) and cell else cell for cell in row]
        book[sheet].insert(1, ["Published in March 2025"])
        book[sheet] += [[], ["Note: scores are out of 10."]]
    sheets = {"THEMES ": book.pop(THEMES), "People Promise elements": book.pop(PROMISE)}
    book.update(sheets)


def test_what_moves_without_a_change_of_meaning_lands_the_same(book: Book) -> None:
    plain = readable(book)
    other = small_book()
    moved(other)
    found = readable(other)
    assert (found.row_count, found.repeated_row_count) == (6, 0)
    assert set(found.table.row_numbers) == {7, 8, 9}

    def cleaned(each: Readable) -> set[tuple[str, ...]]:
        return {tuple(cell.replace("\u00a0", " ").strip() for cell in row) for row in each.table.rows}

    assert cleaned(found) == cleaned(plain)


def test_a_row_there_twice_is_counted_once(book: Book) -> None:
    book[THEMES].append(list(book[THEMES][5]))
    found = readable(book)
    assert (found.row_count, found.repeated_row_count, len(found.table.rows)) == (7, 1, 90)


def test_a_result_that_the_survey_does_not_show_is_staged_as_suppressed(book: Book, tmp_path: Path) -> None:
    place = place_of(book, PROMISE, "PP3_2 - score")
    book[PROMISE][5][place : place + 2] = ["-", "-"]
    book[PROMISE][6][place : place + 2] = ["-", 9]
    (tmp_path / NAME).write_bytes(bytes_of(book))
    with duckdb.connect() as con:
        write_landing(
            con, land(Home(tmp_path / "home"), [tmp_path], today=DAY), framework_id=None, quarter_id=None
        )
        stage(con)
        staged = con.sql(
            "select organisation_code, respondent_count, cast(score as double), is_suppressed from survey "
            "where result_id = 'PP3_2' order by row_number"
        ).fetchall()
    assert staged == [("ZZ1", None, None, True), ("ZZ22", 9, None, True), ("ZX1", 102, 6.5, False)]


def rename(sheet: str, old: str, new: str, row: int = HEADER) -> Callable[[Book], None]:
    def do(book: Book) -> None:
        cells = book[sheet][row]
        cells[cells.index(old)] = new

    return do


def put(sheet: str, row: int, heading: str, *values: Any) -> Callable[[Book], None]:
    def do(book: Book) -> None:
        place = place_of(book, sheet, heading)
        book[sheet][row][place : place + len(values)] = values

    return do


def add_column(book: Book) -> None:
    for number, cell in ((0, "PP8 - We are new"), (HEADER, "PP8 - score"), (5, 7.5)):
        book[PROMISE][number].append(cell)


def take_out_respondents(book: Book) -> None:
    place = place_of(book, THEMES, "E_2 - score") + 1
    for row in book[THEMES]:
        del row[place : place + 1]


def add_average(book: Book) -> None:
    book[THEMES].append(["", "England average", *book[THEMES][5][2:]])


def another_row(book: Book) -> None:
    book[THEMES].append(list(book[THEMES][5]))
    put(THEMES, 8, "M_1 - score", 6.3)(book)


def on_one_sheet_only(book: Book) -> None:
    del book[THEMES][7]


def swap_elements(book: Book) -> None:
    """The figures of the themes exchanged under unchanged headings, in one row."""
    row = book[THEMES][5]
    row[6:8], row[8:10] = row[8:10], row[6:8]


P, T = "on the sheet PEOPLE PROMISE ELEMENTS, ", "on the sheet THEMES, "


@pytest.mark.parametrize(
    ("spoil", "problems"),
    [
        (
            lambda book: book.pop(THEMES),
            [
                f"{NAME}: the sheet THEMES is missing from these results of the NHS Staff Survey. Fetch the "
                "organisational results again from the results page of the NHS Staff Survey; if it is "
                "missing there, the layout is new and has to be added to the reader."
            ],
        ),
        (
            rename(THEMES, "ODS code", "Code"),
            [f"{NAME}: {T}no row of the first 30 has the heading ODS code. {NEW_LAYOUT}"],
        ),
        (
            rename(PROMISE, "PP3_2 - score", "PP3_2 - mean"),
            [
                f"{NAME}, row 5, column PP3_2 - mean, value 'PP3_2 - mean': {P}this column is none that the "
                f"sheet is known to have. {NEW_LAYOUT}",
                f"{NAME}, row 5, column {BASE}, value '{BASE}': {P}no score stands to the left of these "
                f"respondents. {NEW_LAYOUT}",
                f"{NAME}, row 5, column PP3_2 - score: {P}this column is missing. {NEW_LAYOUT}",
            ],
        ),
        (
            add_column,
            [
                f"{NAME}, row 5, column PP8 - score, value 'PP8 - score': {P}this score is none that the "
                f"sheet is known to have. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(PROMISE, "ICS", "ICB"),
            [
                f"{NAME}, row 5, column ICB, value 'ICB': {P}this column is none that the sheet is known to "
                f"have. {NEW_LAYOUT}",
                f"{NAME}, row 5, column ICS: {P}this column is missing. {NEW_LAYOUT}",
            ],
        ),
        (
            take_out_respondents,
            [
                f"{NAME}, row 5, column E_2 - score, value 'E_2 - score': {T}the column to the right of this "
                f"score is not {BASE}. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(THEMES, "E_2 - score", "E_1 - score"),
            [
                f"{NAME}, row 5, column E_1 - score, value 'E_1 - score': {T}this heading is there twice. "
                f"{NEW_LAYOUT}",
                f"{NAME}, row 5, column E_2 - score: {T}this column is missing. {NEW_LAYOUT}",
                f"{NAME}, row 1, column E_1 - score, value 'E_2 - Involvement': {T}above this score stands "
                "something else than 'E_1 - Motivation'. See in the survey's technical guide whether it is "
                f"the same result. {NEW_LAYOUT}",
            ],
        ),
        (
            rename(PROMISE, "PP3_2 - Raising concerns", "PP3_2 - Speaking up", row=0),
            [
                f"{NAME}, row 1, column PP3_2 - score, value 'PP3_2 - Speaking up': {P}above this score "
                "stands something else than 'PP3_2 - Raising concerns'. See in the survey's technical guide "
                f"whether it is the same result. {NEW_LAYOUT}"
            ],
        ),
        (
            rename(
                THEMES,
                "NHS Staff Survey 2024 - WEIGHTED Results",
                "NHS Staff Survey 2024 - UNWEIGHTED Results",
                row=0,
            ),
            [
                f"{NAME}, row 1, value 'NHS Staff Survey 2024 - UNWEIGHTED Results': {T}the results are not "
                "the weighted ones, with which the framework's values are made. Fetch the weighted "
                "organisational results from the results page of the NHS Staff Survey."
            ],
        ),
        (
            rename(THEMES, "NHS Staff Survey 2024 - WEIGHTED Results", "Staff survey", row=0),
            [
                f"{NAME}: {T}no title above the header says the survey year (NHS Staff Survey 2024 - "
                f"WEIGHTED Results). {AGAIN}"
            ],
        ),
        (
            rename(
                THEMES,
                "NHS Staff Survey 2024 - WEIGHTED Results",
                "NHS Staff Survey 2023 - WEIGHTED Results",
                row=0,
            ),
            [
                f"{NAME}: the titles of the sheets are of two survey years: PEOPLE PROMISE ELEMENTS 2024 and "
                "THEMES 2023. Fetch the organisational results again from the results page of the NHS Staff "
                "Survey."
            ],
        ),
        (
            add_average,
            [
                f"{NAME}, row 9, column ODS code, value '': {T}this is no ODS code, so the row is of no "
                "organisation. If it is a total or an average, its row is new and has to be added to the "
                "reader.",
            ],
        ),
        (
            put(PROMISE, 5, "Weighting", "Region"),
            [
                f"{NAME}, row 6, column Weighting, value 'Region': {P}this weighting is none that is known: "
                "Occupation Group, Unweighted. Results of another weighting do not compare with the others: "
                "it has to be added to the reader.",
                f"{NAME}, row 6, column ODS code, value 'Invented Trust, Community Trusts, Occupation "
                f"Group': {T}name, benchmarking group or weighting differ from row 6 of the sheet PEOPLE "
                f"PROMISE ELEMENTS. {AGAIN.replace('workbook', 'organisational results')}",
            ],
        ),
        (
            put(PROMISE, 6, "PP2 - score", 65.0),
            [
                f"{NAME}, row 7, column PP2 - score, value '65': {P}a score is out of 10, and this is not. "
                f"{AGAIN}"
            ],
        ),
        (
            put(PROMISE, 6, "PP2 - score", "6,5", 99.5),
            [
                f"{NAME}, row 7, column PP2 - score, value '6,5': {P}this number has a comma where its "
                f"decimal point belongs. {AGAIN}",
                f"{NAME}, row 7, column {BASE} of PP2, value '99.5': {P}respondents are counted in whole "
                f"numbers from 0. {AGAIN}",
            ],
        ),
        (
            put(PROMISE, 7, "PP2 - score", ""),
            [f"{NAME}, row 8, column PP2 - score, value '': {P}the number is missing. {AGAIN}"],
        ),
        (
            put(PROMISE, 7, "PP2 - score", 6.1, 9),
            [
                f"{NAME}, row 8, column {BASE} of PP2, value '9': {P}a score is shown of fewer than 10 "
                f"respondents or of an unknown number, and the survey shows none of these. {AGAIN}"
            ],
        ),
        (
            swap_elements,
            [
                f"{NAME}, row 6, column Staff Engagement - score, value '6.25': {T}this score lies more than "
                "0.1 from 6.583, the average of its sub-scores: columns may have been moved. "
                f"{AGAIN}"
            ],
        ),
        (
            another_row,
            [
                f"{NAME}, row 9, column ODS code, value 'ZZ1': {T}this organisation stands in row 6 too, and "
                f"the two rows differ. {AGAIN}"
            ],
        ),
        (
            on_one_sheet_only,
            [
                f"{NAME}, row 8, column ODS code, value 'ZX1': {P}this organisation is not on the sheet "
                f"THEMES. {AGAIN.replace('workbook', 'organisational results')}"
            ],
        ),
    ],
)
def test_what_is_wrong_is_refused_with_place_and_remedy(
    book: Book, spoil: Callable[[Book], None], problems: list[str]
) -> None:
    spoil(book)
    assert read(book) == problems


def test_all_that_is_wrong_is_told_not_only_the_first(book: Book) -> None:
    put(PROMISE, 6, "PP2 - score", 65.0)(book)
    put(THEMES, 7, "E_1 - score", "six")(book)
    rename(THEMES, "Invented ICB", "Another ICB", row=7)(book)
    found = read(book)
    assert isinstance(found, list)
    assert [problem.split(":")[0] for problem in found] == [
        f"{NAME}, row 7, column PP2 - score, value '65'",
        f"{NAME}, row 8, column E_1 - score, value 'six'",
        f"{NAME}, row 8, column ODS code, value 'Another ICB, ICBs, Unweighted'",
    ]


def test_two_workbooks_of_one_survey_year_are_refused(book: Book, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(bytes_of(book))
    put(PROMISE, 6, "PP2 - score", 6.6)(book)
    (tmp_path / "b.xlsx").write_bytes(bytes_of(book))
    with pytest.raises(InputRefused, match=r"this file and b\.xlsx both supply staff survey results of 2024"):
        land(Home(tmp_path / "home"), [tmp_path], today=DAY)


def test_another_workbook_is_not_taken_for_a_staff_survey(book: Book) -> None:
    for sheet in RESULTS:
        book[f"{sheet} too"] = book.pop(sheet)
    assert publication_of(open_file(bytes_of(book))) is None


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
        for question in questions:
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
