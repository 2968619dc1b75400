"""What looks like a person and what does not: the patterns of the seed, in Python and in DuckDB alike."""

from pathlib import Path

import duckdb
import pytest

from harness_session import Counts
from harness_some import some
from nof.landing.lookups import read_lookups
from nof.landing.model import Readable
from nof.landing.persons import find_persons
from nof.landing.reader import read_file
from nof.persons import is_nhs_number, person_patterns
from nof.project import project_root, read_seed

# The numbers are those that the NHS and Ofcom keep for examples; nobody has them.
PERSONS = [
    ("ask jane.nobody@example.org", "email", "jane.nobody@example.org"),
    ("patient 943 476 5919 waited", "nhs_number", "943 476 5919"),
    ("9434765919", "nhs_number", "9434765919"),
    ("(943-476-5919)", "nhs_number", "943-476-5919"),
    ("9434765919.", "nhs_number", "9434765919"),
    ("ring 020 7946 0958", "telephone", "020 7946 0958"),
    ("01632 960 001", "telephone", "01632 960 001"),
    ("(0113) 496 0000", "telephone", "(0113) 496 0000"),
    ("+44 (0)7700 900123", "telephone", "+44 (0)7700 900123"),
    ("07700900123", "telephone", "07700900123"),
    ("the date of birth is known", "date_of_birth", "date of birth"),
    ("D.O.B. 1950", "date_of_birth", "D.O.B."),
    ("born in 1950", "date_of_birth", "born in 1950"),
    ("agreed with Dr Nobody", "title_and_name", "Dr Nobody"),
    ("Prof. A. Nobody chairs it", "title_and_name", "Prof. A. Nobody"),
    ("MRS NOBODY", "title_and_name", "MRS NOBODY"),
    ("Sir Nobody Somebody", "title_and_name", "Sir Nobody Somebody"),
]
NO_PERSONS = [
    "9434765918",  # the check digit is another
    "3333333333",  # a third, written out: it passes the check and is no number of anybody
    "0.9434765919",
    "9434765919.25",
    "A9434765919",
    "943476591901",
    "2025-10-01 2026-03-31",
    "01-04-2025 01-05-2025",
    "20260630",
    "0.0123456789",
    "Average Category 2 ambulance response time @ 30 minutes",
    "Professor of Nursing",
    "MS Society and the MS nurses",
    "the Sir Robert Peel Hospital",
    "babies born in hospital",
    "Miss targets twice",
    "Percentage of inpatients with >60 day length of stay",
    "Mid and South Essex",
]


@pytest.mark.parametrize(("text", "pattern_id", "found"), PERSONS)
def test_what_looks_like_a_person_is_found_and_never_shown_whole(
    text: str, pattern_id: str, found: str
) -> None:
    (finding,) = person_patterns().in_text(text, is_typed=True)
    assert (finding.pattern_id, finding.text) == (pattern_id, found)
    assert finding.masked == f"{found[:2]}…"


@pytest.mark.parametrize("text", NO_PERSONS)
def test_what_is_no_person_is_not_found(text: str) -> None:
    assert list(person_patterns().in_text(text, is_typed=True)) == []


def test_titles_and_birthdays_are_looked_for_in_typed_text_only() -> None:
    for text, pattern_id, _ in PERSONS:
        found = list(person_patterns().in_text(text, is_typed=False))
        assert bool(found) is (pattern_id in {"email", "nhs_number", "telephone"}), text


def test_the_last_digit_of_an_nhs_number_checks_the_others() -> None:
    # 9*10 + 4*9 + 3*8 + 4*7 + 7*6 + 6*5 + 5*4 + 9*3 + 1*2 = 299; 299 mod 11 = 2; 11 - 2 = 9, the last digit.
    assert is_nhs_number("943 476 5919")
    assert [last for last in range(10) if is_nhs_number(f"943476591{last}")] == [9]
    # 4*10 + 0 + 1*8 + 0 + 2*6 + 3*5 + 2*4 + 1*3 + 3*2 = 92; 92 mod 11 = 4; 11 - 4 = 7.
    assert is_nhs_number("4010232137")
    assert not is_nhs_number("943476591")


@pytest.mark.parametrize(
    "heading",
    ["NHS_number", "nhs number", "Patient_ID", "patient", "Date of birth", "DOB", "Forename", "Surname",
     "First name", "E-mail", "Email address", "Home_postcode", "Postcode", "Telephone", "MRN", "Title",
     "Director name", "National insurance number"],
)  # fmt: skip
def test_a_heading_that_is_about_persons_is_found(heading: str) -> None:
    assert person_patterns().in_heading(heading) is not None


def test_no_heading_of_a_landed_file_or_of_a_seed_is_about_persons() -> None:
    from nof.landing.columns import PUBLISHED_COLUMNS

    headings = {column.published for columns in PUBLISHED_COLUMNS.values() for column in columns}
    for folder in ("framework", "reference"):
        for path in sorted((project_root() / "seeds" / folder).glob("*.csv")):
            headings |= set(path.read_text(encoding="utf-8").splitlines()[0].split(","))
    # The postcode of an ODS trust file is that of a head office; such a file has no headings.
    about = {heading for heading in headings if person_patterns().in_heading(heading)}
    assert about - {"10 (postcode)"} == set()


def test_duckdb_reads_the_patterns_as_python_does() -> None:
    rows = [row for row in read_seed("reference", "person_patterns") if row["looks_at"] == "text"]
    with duckdb.connect() as connection:
        for text in some([text for text, _, _ in PERSONS] + NO_PERSONS):
            for row in some(rows):
                matched, group = connection.execute(
                    "select regexp_matches($1, $2), regexp_extract($1, $2, 1)", [text, row["pattern"]]
                ).fetchall()[0]
                pattern = next(
                    each
                    for each in (*person_patterns().anywhere, *person_patterns().typed)
                    if each.pattern_id == row["pattern_id"]
                )
                found = pattern.expression.search(text)
                assert (matched, group) == ((True, found[1]) if found else (False, "")), (text, row)


def test_no_real_file_and_no_bundled_one_looks_like_persons(data_dir: Path, counts: Counts) -> None:
    lookups = read_lookups()
    paths = sorted((data_dir / "nof_2025_26").glob("*.csv")) + sorted((data_dir / "reference").glob("*.csv"))
    assert len(paths) >= 7
    for path in paths:
        content = path.read_bytes()
        assert find_persons(path.name, content.decode("utf-8-sig")) == [], path.name
        read = read_file(path.name.replace("_", "-"), content, lookups)
        assert isinstance(read, Readable) or path.name.startswith("trusts_"), read
    sample = sorted((project_root() / "seeds" / "sample").glob("*.csv"))
    for path in some(sample):
        if path.name != "sample_ods_trusts.csv":
            assert find_persons(path.name, path.read_text(encoding="utf-8")) == [], path.name
    counts.append(f"person patterns: {len(paths)} real files and {len(sample)} bundled ones, none refused")
