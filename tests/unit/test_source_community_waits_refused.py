"""Workbooks of community waiting lists that are refused: each fault with its sheet, cell and remedy."""

import openpyxl
import pytest
from harness_community import (
    AUDIOLOGY,
    HEADINGS,
    ORGANISATIONS,
    SAFEGUARDING,
    TITLES,
    VISION,
    Edit,
    cell,
    changed,
    fill,
    put,
)
from harness_source_views import FILE, told

AGAIN = (
    "Fetch the workbook again; if it is so published, ask the publisher which figure is right before it is "
    "landed."
)
NUMBER = (
    "The number waiting is whole, from 0 up; * stands for a suppressed one and an empty cell for no "
    "submission. Fetch the workbook again."
)
SERVICE = (
    "See what the publisher changed; a service that is new, or has another name, is written in "
    "community_services.py once it is known what is counted in it."
)


def title(name: str, text: str) -> Edit:
    return lambda made: made[name].__setitem__("A1", text)


def contradiction(made: openpyxl.Workbook) -> None:
    fill(made["Table 4c"], 12, ORGANISATIONS[3])
    put(made["Table 4c"], 12, AUDIOLOGY, 99)


@pytest.mark.parametrize(
    ("edit", "place", "said", "remedy"),
    [
        # The tables to one another.
        (
            cell("Table 4", 9, AUDIOLOGY, 41),
            f"row 6, column {AUDIOLOGY}, value '40'",
            "Table 4: England: the 1 rows of type Provider add up to 41.",
            AGAIN,
        ),
        (
            cell("Table 4d", 7, AUDIOLOGY, 5),
            f"row 6, column {AUDIOLOGY}, value '4'",
            "Table 4d: England: the 1 rows of type Region add up to 5.",
            AGAIN,
        ),
        (
            cell("Table 4", 6, AUDIOLOGY, None),
            f"row 7, column {AUDIOLOGY}, value '40'",
            "Table 4: England has nothing, and a row of type Region has this.",
            AGAIN,
        ),
        (
            cell("Table 4h", 10, VISION, 11),
            f"row 10, column {VISION}, value '11'",
            "Table 4h: one band of weeks is more than the total: Table 4 has 10.",
            AGAIN,
        ),
        (
            lambda made: made["Table 3"].__setitem__("C10", 2),
            f"row 10, column {AUDIOLOGY}, 0-1, value '2'",
            "Table 3: in Table 4a England has 1.",
            AGAIN,
        ),
        (
            lambda made: made["Table 4e"].delete_rows(9),
            "column Organisation Code, value 'R1D'",
            "Table 4e: Provider R1D has no row, and has one in another table.",
            AGAIN,
        ),
        # Months and bands.
        (
            title("Table 4b", TITLES["Table 4b"].replace("June", "July")),
            "row 1",
            "the titles of the tables are of different months: Table 3 has 2025-06, Table 4 has 2025-06, "
            "Table 4a has 2025-06, Table 4b has 2025-07, Table 4c has 2025-06, Table 4d has 2025-06, "
            "Table 4e has 2025-06, Table 4f has 2025-06, Table 4g has 2025-06, Table 4h has 2025-06.",
            AGAIN,
        ),
        (
            title("Table 4g", "Number waiting >52-104 weeks by service"),
            "row 1, value 'Number waiting >52-104 weeks by service'",
            "the title of the sheet Table 4g does not end in a month.",
            "Write the month as published, such as ', June 2025', or fetch the workbook again.",
        ),
        (
            title("Table 4g", "Number waiting >52-78 weeks by service, June 2025"),
            "row 1, value 'Number waiting >52-78 weeks by service, June 2025'",
            "the title of the sheet Table 4g does not begin with 'Number waiting 52-104 weeks'.",
            "See what the publisher changed: another table, or bands of other weeks, are not guessed.",
        ),
        # Sheets, headings and rows.
        (
            lambda made: made.remove(made["Table 4g"]),
            "",
            "the sheet Table 4g is missing.",
            "Fetch the workbook again from where it is published.",
        ),
        (
            lambda made: made.create_sheet("Table 4i"),
            "",
            "the sheet Table 4i is not known.",
            "See what the publisher added: a table or a band of weeks that is new is not passed over unread.",
        ),
        (
            cell("Table 4", 5, VISION, "(CYP) Eye tests"),
            f"row 5, column number {HEADINGS.index(VISION) + 1}, value '(CYP) Eye tests'",
            "Table 4: this column is no service that is known.",
            SERVICE,
        ),
        (
            lambda made: made["Table 4"].delete_cols(5),
            f"row 5, column {AUDIOLOGY}",
            "Table 4: this column is missing.",
            SERVICE,
        ),
        (
            cell("Table 4a", 5, SAFEGUARDING, AUDIOLOGY),
            f"row 5, column number 5, value '{AUDIOLOGY}'",
            "Table 4a: this column is there more than once.",
            "See what the publisher changed; the columns are not guessed.",
        ),
        (
            lambda made: made["Table 4a"].delete_rows(5),
            "",
            "the sheet Table 4a has no row of headings with Organisation Type, Organisation Code, "
            "Organisation Name in its first 30 rows.",
            "See what the publisher changed; the columns are not guessed.",
        ),
        (
            lambda made: made["Table 4a"].delete_rows(6, 9),
            "",
            "the sheet Table 4a has headings and no rows.",
            "Fetch the file again from where it is published.",
        ),
        (
            cell("Table 4", 11, "Organisation Type", "Note"),
            "row 11, column Organisation Type, value 'Note'",
            "Table 4: this is none of National, Region, ICB, Provider.",
            "Take away a note, a title or a total below the table; another type is not guessed.",
        ),
        (
            cell("Table 4", 9, "Organisation Code", "Shropshire"),
            "row 9, column Organisation Code, value 'Shropshire'",
            "Table 4: this is no code of a row of type Provider.",
            "Fetch the workbook again; England has no code, a region one such as Y60, an ICB one such as "
            "QOC, a provider its ODS code.",
        ),
        (
            contradiction,
            f"row 12, column {AUDIOLOGY}, value '99'",
            "Table 4c: rows 9 and 12 are both Provider R1D and differ: row 9 has '3'.",
            "Take away the wrong one, or fetch the workbook again.",
        ),
        # Cells.
        (
            cell("Table 4b", 9, AUDIOLOGY, "#N/A"),
            f"row 9, column {AUDIOLOGY}, value '#N/A'",
            "sheet Table 4b, cell E9: this is an error of a spreadsheet: a formula could not be worked out.",
            "Fetch the workbook again from where it is published, and do not save it anew.",
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, "<5"),
            f"row 9, column {AUDIOLOGY}, value '<5'",
            "Table 4: this is a limit or an estimate, and a figure belongs here.",
            NUMBER,
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, 4.5),
            f"row 9, column {AUDIOLOGY}, value '4.5'",
            "Table 4: this number is not whole.",
            NUMBER,
        ),
        (
            cell("Table 4", 9, AUDIOLOGY, -1),
            f"row 9, column {AUDIOLOGY}, value '-1'",
            "Table 4: this number is negative.",
            NUMBER,
        ),
    ],
)
def test_what_is_refused(edit: Edit, place: str, said: str, remedy: str) -> None:
    where = f"{FILE}, {place}" if place else FILE
    assert f"{where}: {said} {remedy}" in told(changed(edit))


def test_all_problems_of_all_tables_are_told() -> None:
    def edit(made: openpyxl.Workbook) -> None:
        for name in ("Table 4", "Table 4f"):
            put(made[name], 9, AUDIOLOGY, "many")
            put(made[name], 10, VISION, -2)

    assert len(told(changed(edit))) == 4
