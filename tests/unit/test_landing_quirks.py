"""What published files do that is no fault (rules 5): each lands, and the cells stay as published."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nof.home import Home
from nof.landing import Landed, land, write_landing
from nof.landing.reader import version_of
from nof.landing.text import as_number

HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"
)
ROW = (
    "Q1 2025/26,London,Acute trust,Large,ZZ1,Invented,Access,Elective,OF0005,"
    "Waits,Jun-25,%,9.03,0.7,0.1,6.3,33.0"
)
LEAGUE = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Average_score,Likely_range_of_average_score,"
    "Segment,Trust_in_financial_deficit,Rank,Likely_range_of_rank\n"
    "Q1 2025/26,London,Acute trust,Large,ZZ1,Invented,1.53,{ranges[0]},1.0,No,1.0,{ranges[1]}\n"
)
LandText = Callable[[str], Landed]


@pytest.fixture
def land_text(tmp_path: Path) -> LandText:
    def do(text: str) -> Landed:
        inbox = tmp_path / "inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / "file.csv").write_bytes(text.encode())
        return land(Home(tmp_path / "home"), [inbox], today=date(2026, 7, 1))

    return do


def cells(landed: Landed) -> dict[str, str]:
    """The only row, as it stands in landing."""
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        (row,) = con.sql("select * from landing.oversight_data").fetchall()
        return dict(zip(con.sql("select * from landing.oversight_data").columns, row, strict=True))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end", "blank rows"])
def test_marks_and_line_ends(land_text: LandText, mark: str, end: str, last: str) -> None:
    tail = {"": "", "end": end, "blank rows": f"{end}{end}{',' * 16}{end}"}[last]
    landed = land_text(f"{mark}{HEADER}{end}{ROW}{tail}")
    assert landed.files[0].row_count == 1
    row = cells(landed)
    assert (row["quarter"], row["rank"], row["row_number"]) == ("Q1 2025/26", "33.0", "2")


def test_headings_in_any_order_and_case_with_spaces_around(land_text: LandText) -> None:
    headings, values = HEADER.split(","), ROW.split(",")
    spaced = [f" {heading.upper()}\u00a0" for heading in reversed(headings)]
    plain = cells(land_text(f"{HEADER}\n{ROW}\n"))
    other = cells(land_text(f"{','.join(spaced)}\n{','.join(reversed(values))}\n"))
    assert plain | {"file_id": ""} == other | {"file_id": ""}


def test_spaces_are_tolerated_and_kept(land_text: LandText) -> None:
    text = ROW
    for old, new in (
        ("Waits", "Waits\u00a0"),
        ("9.03", "\u00a09.03 "),
        ("ZZ1", "ZZ1 "),
        ("OF0005", "OF0005\u00a0"),
        ("Acute trust", "Acute\u00a0trust"),
        ("Q1 2025/26", "Q1\u00a02025/26"),
    ):
        text = text.replace(old, new)
    row = cells(land_text(f"{HEADER}\n{text}\n"))
    assert [row[name] for name in ("metric_description", "value", "trust_code", "trust_type")] == [
        "Waits\u00a0",
        "\u00a09.03 ",
        "ZZ1 ",
        "Acute\u00a0trust",
    ]


@pytest.mark.parametrize(
    "value",
    [
        *("*", "**", ".", "c", "x", "z", "C", "NA", "N/A", "", " ", "\u00a0na "),
        *("-0.2", "+0.2", ".5", "5.", "0", "1e-05", "-1.5E3", "0.30000000000000004"),
    ],
)
def test_numbers_and_shorthand(land_text: LandText, value: str) -> None:
    row = cells(land_text(f"{HEADER}\n{ROW.replace('9.03', value)}\n"))
    assert row["value"] == value


@settings(deadline=None)
@given(st.from_regex(r"[+-]?[0-9]{0,20}(\.[0-9]{0,14})?([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_what_landing_takes_for_a_number_staging_can_hold(text: str) -> None:
    if as_number(text) is not None:
        assert duckdb.execute("select try_cast(? as decimal(28, 10))", [text]).fetchone() != (None,)


def test_an_exponent_that_staging_cannot_read_makes_no_number() -> None:
    """The number would fit; the text of it does not: 0.01e19 is 1e17."""
    assert as_number("0.1E18") == 10**17
    assert as_number(".01E19") is None


def test_empty_and_na_benchmarks(land_text: LandText) -> None:
    assert (
        cells(land_text(f"{HEADER}\n{ROW.replace('0.7,0.1,6.3,33.0', ',NA,*,')}\n"))["lower_quartile"] == "NA"
    )


@pytest.mark.parametrize("label", ["Good", "requires improvement", "NA", ""])
def test_values_that_are_labels(land_text: LandText, label: str) -> None:
    row = cells(land_text(f"{HEADER}\n{ROW.replace('OF0005', 'OF0067').replace('9.03', label)}\n"))
    assert row["value"] == label


def test_five_character_codes_upper_case_names_and_quoted_commas(land_text: LandText) -> None:
    text = ROW.replace("ZZ1", "Z6V2S").replace("Invented", '"INVENTED, ""NORTH"""')
    row = cells(land_text(f"{HEADER}\n{text}\n"))
    assert (row["trust_code"], row["trust_name"]) == ("Z6V2S", 'INVENTED, "NORTH"')


@pytest.mark.parametrize(
    "label", ["Non-acute hospital trust", "non-acute hospital", "Mental health and community trust"]
)
def test_a_first_quarter_file_without_its_quarter(land_text: LandText, label: str) -> None:
    value = ROW.replace("Acute trust", label)
    summary = value.replace("OF0005", "OF5004").replace("Jun-25", "Q1\u00a02025/26").replace("9.03", "1.0")
    header, *rows = (line.split(",", 1)[1] for line in (HEADER, value, summary))
    landed = land_text("\n".join([header, *rows]))
    assert [tuple(vintage) for vintage in landed.vintages] == [
        ("oversight_data", "mental_health_and_community", "2025-26-Q1")
    ]
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        assert con.sql("select distinct quarter from landing.oversight_data").fetchall() == [("Q1 2025/26",)]


def test_rows_that_repeat_are_loaded_once_and_counted(land_text: LandText) -> None:
    same = ROW.replace("9.03", "9.030").replace("Waits", "Waits\u00a0")
    other = ROW.replace("ZZ1", "ZZ2")
    landed = land_text("\n".join([HEADER, ROW, ROW, other, same]))
    (file,) = landed.files
    assert (file.row_count, file.repeated_row_count, file.table.row_numbers) == (4, 2, (2, 4))


def test_one_metric_in_two_units_is_no_contradiction(land_text: LandText) -> None:
    rate = ROW.replace("OF0005", "OF0048")
    landed = land_text("\n".join([HEADER, rate, rate.replace(",%,9.03", ",count,4")]))
    assert landed.files[0].repeated_row_count == 0


@pytest.mark.parametrize(
    "ranges", [("1.2 to 1.89", "1 to 11"), ("", ""), ("NA", "*"), ("2 to 2", "1.0\u00a0to 11.0")]
)
def test_likely_ranges(land_text: LandText, ranges: tuple[str, str]) -> None:
    landed = land_text(LEAGUE.format(ranges=ranges))
    assert landed.files[0].file_kind == "league_table"
    assert landed.quarters == ()


def test_what_is_no_data_is_ignored_and_listed(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "folder.csv").mkdir(parents=True)
    for name in ("README", "readme.csv", "notes.md", "notes.txt", ".hidden.csv", "~$open.xlsx"):
        (inbox / name).write_text("no data", encoding="utf-8")
    (inbox / "DATA.CSV").write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    landed = land(Home(tmp_path / "home"), [inbox, inbox], today=date(2026, 7, 1))
    assert [file.file_name for file in landed.files] == ["DATA.CSV"]
    assert sorted(path.name for path in landed.ignored) == sorted(
        ["README", "readme.csv", "notes.md", "notes.txt", ".hidden.csv", "~$open.xlsx", "folder.csv"]
    )


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("data.csv", 1),
        ("data-v2.csv", 2),
        ("data_V10.CSV", 10),
        ("data v3.csv", 3),
        ("data-v2-1.csv", 1),
        ("rev2.csv", 1),
        ("Monthly-AE-July-2024-revised.csv", 2),
        ("revised.csv", 1),
    ],
)
def test_versions_in_names(name: str, version: int) -> None:
    assert version_of(name) == version
