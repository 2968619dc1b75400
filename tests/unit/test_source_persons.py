"""Persons in a source publication: in a name or label that would land, or in what a refusal would show.

The number is one that the NHS keeps for examples, the address and the telephone number nobody's.
"""

import pytest
from harness_cancer import HEADINGS, VALID, book, changed
from harness_community import changed as community
from harness_community import put
from harness_rtt import small, written, zipped
from harness_sources import problems, readable
from harness_staff_survey import bytes_of, place_of, small_book

from nof.landing.columns import LANDING_TABLES
from nof.landing.persons import may_be_kept
from nof.landing.publications import PUBLICATIONS

MAIL, NUMBER, TELEPHONE = "jane.nobody@example.org", "943 476 5919", "020 7946 0958"
REMEDY = (
    "Figures about organisations have no such text: take it out, or fetch the file again from where it is "
    "published. The file was not kept."
)
PROVIDER_NAME = "Provider Org Name"


def said(found: str, masked: str, row: int, column: str) -> str:
    return (
        f"file, row {row}, column {column}, value '{masked}': this looks like {found}, and nothing about "
        f"persons is taken in. {REMEDY}"
    )


def told(content: bytes) -> list[str]:
    """The refusal; it never repeats what it found."""
    found = [str(each) for each in problems(content)]
    assert not any(secret in line for line in found for secret in (MAIL, NUMBER, TELEPHONE))
    assert not may_be_kept("file", content)
    return found


def rtt(name: str) -> bytes:
    return written([{**line, PROVIDER_NAME: name} for line in small()])


@pytest.mark.parametrize(
    ("name", "found", "masked"),
    [
        (f"INVENTED, ask {MAIL}", "an e-mail address", "ja…"),
        (f"INVENTED {NUMBER}", "an NHS number", "94…"),
        (f"INVENTED, {TELEPHONE}", "a telephone number", "02…"),
    ],
)
def test_the_name_of_a_provider_in_a_full_extract(name: str, found: str, masked: str) -> None:
    """Rows 4, 8, 10 and 12 are those that land: the first total row of each part and group."""
    expected = [said(found, masked, row, PROVIDER_NAME) for row in (4, 8, 10, 12)]
    assert told(rtt(name)) == expected
    assert told(zipped(RTT__csv=rtt(name))) == expected


def test_a_full_extract_that_is_refused_for_something_else_tells_only_the_person() -> None:
    lines = small()
    lines[1] |= {PROVIDER_NAME: f"=ask({MAIL})", "RTT Part Type": "Part_4"}
    assert told(written(lines)) == [said("an e-mail address", "ja…", 3, PROVIDER_NAME)]


def test_a_person_that_only_a_message_would_repeat() -> None:
    """The other name of a provider stands in the message, not in the value."""
    lines = small()
    lines[0] |= {PROVIDER_NAME: MAIL}
    found = told(written(lines))
    assert found and all("this looks like an e-mail address" in each for each in found)


def test_a_cancer_type() -> None:
    content = changed((2, "CANCER TYPE", f"Suspected skin cancer ({NUMBER})"))
    assert told(content) == [said("an NHS number", "94…", 2, "CANCER TYPE")]


def test_a_cell_of_the_cancer_extract_that_cannot_be_read_is_not_repeated() -> None:
    assert told(changed((2, "ORG CODE", MAIL))) == [said("an e-mail address", "ja…", 2, "ORG CODE")]
    assert told(book([*VALID, [f"Contact: {MAIL}"]])) == [
        said("an e-mail address", "ja…", 10, "None").replace(", column None", "")
    ]


def test_a_heading_that_is_new_is_not_repeated() -> None:
    rows = [[*VALID[0], MAIL], *([*cells, 1] for cells in VALID[1:])]
    assert told(book(rows)) == [said("an e-mail address", "ja…", 1, "ja…")]


def test_the_name_of_an_organisation_in_the_community_tables() -> None:
    """Row 9 of nine tables and two services is one row to look at."""

    def edit(made: object) -> None:
        for sheet in made.worksheets:  # type: ignore[attr-defined]
            if sheet.title.startswith("Table 4"):
                put(sheet, 9, "Organisation Name", f"INVENTED ({MAIL})")

    assert told(community(edit)) == [said("an e-mail address", "ja…", 9, "Organisation Name")]


@pytest.mark.parametrize("heading", ["Organisation name", "Benchmarking group"])
def test_a_name_or_a_group_of_the_staff_survey(heading: str) -> None:
    survey = small_book()
    for sheet in ("PEOPLE PROMISE ELEMENTS", "THEMES"):
        survey[sheet][6][place_of(survey, sheet, heading)] = f"Invented {TELEPHONE}"
    assert told(bytes_of(survey)) == [said("a telephone number", "02…", 7, heading)]


def test_counts_and_codes_are_no_persons() -> None:
    """Ten digits in a column that is read as a number are a number, however they add up."""
    content = changed(
        (2, "TOTAL TREATED", 9434765919),
        (2, "WITHIN STANDARD", 9434765919),
        (2, "BREACHES", 0),
    )
    assert readable("file", content).row_count == len(VALID) - 1


def test_every_column_that_is_looked_at_is_one_that_lands() -> None:
    for each in PUBLICATIONS:
        assert set(each.texts) <= set(LANDING_TABLES[each.file_kind]), each.file_kind
    assert {each.file_kind: list(each.texts) for each in PUBLICATIONS if each.texts} == {
        "cancer_waits": ["cancer_type"],
        "community_waits": ["organisation_name"],
        "rtt_waits": ["provider_name"],
        "staff_survey_results": ["organisation_name", "benchmark_group"],
    }
    assert HEADINGS[7] == "CANCER TYPE"
