"""Rows and headings of a full extract that cannot stand: each is told with its cell and what to do."""

import pytest
from harness_rtt import FETCH, FILE, Line, line, refusals, small, written, zipped

from nof.landing.opened import open_file
from nof.landing.publications import publication_of
from nof.landing.publications.rtt_layout import BANDS, COUNTS, HEADINGS, TOTAL, TOTAL_ALL, UNKNOWN


def changed(place: int, **cells: str) -> list[Line]:
    """The small file with other cells in one row; underscores in a heading stand for spaces."""
    lines = small()
    lines[place] |= {name.replace("__", " "): cell for name, cell in cells.items()}
    return lines


UNLIKE = "Fetch the file again; a suppressed or dressed number (*, 1,000, 1.0) is no count that adds up."
ASK = f"{FETCH}, or ask the publisher: the file does not agree with itself."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            changed(0, **{BANDS[3]: "*"}),
            [f"row 2, column {BANDS[3]}, value '*': this is no whole number of pathways. {UNLIKE}"],
        ),
        (
            changed(0, **{BANDS[3]: "1.0", BANDS[4]: "1,000"}),
            [
                f"row 2, column {BANDS[3]}, value '1.0': this is no whole number of pathways. {UNLIKE}",
                f"row 2, column {BANDS[4]}, value '1,000': this is no whole number of pathways. {UNLIKE}",
            ],
        ),
        (
            changed(1, **{BANDS[0]: "-1"}),
            [f"row 3, column {BANDS[0]}, value '-1': a number of pathways is not negative. {UNLIKE}"],
        ),
        (
            changed(1, **{BANDS[0]: "3000000000"}),
            [
                f"row 3, column {BANDS[0]}, value '3000000000': a number of pathways is at most 999,999,999. "
                f"{UNLIKE}"
            ],
        ),
        (
            changed(1, **{TOTAL_ALL: ""}),
            [f"row 3, column {TOTAL_ALL}, value '': the total of the row is empty. {UNLIKE}"],
        ),
        (
            changed(1, **{BANDS[0]: "2"}),
            [
                f"row 3, column {TOTAL_ALL}, value '6': the bands of this row and its unknown starts add "
                "up to 7. "
                f"{FETCH}, or ask the publisher: the row does not add up."
            ],
        ),
        (
            changed(7, **{TOTAL: "4", TOTAL_ALL: "5"}),
            [
                f"row 9, column {TOTAL}, value '4': the bands of this row add up to 2. {FETCH}, or ask the "
                "publisher: the row does not add up."
            ],
        ),
        (
            changed(2, **{BANDS[0]: "5", TOTAL_ALL: "17"}),
            [
                f"row 4, column {heading}, value '{value}': the treatment functions of provider ZP1, "
                "commissioner "
                f"ZC1, Part_2 add up to {right}. {ASK}"
                for heading, value, right in ((BANDS[0], 5, 4), (TOTAL_ALL, 17, 16))
            ],
        ),
        (
            small()[:4] + small()[5:],
            [
                "row 5, column Treatment Function Code, value 'C_100': there is no total row (C_999) for "
                "provider "
                f"ZP1, commissioner ZC2, Part_2. {ASK}"
            ],
        ),
        (
            [*small(), line("C_100", {0: 4, 17: 1, 18: 1, 52: 4})],
            [
                f"row 13, column {BANDS[0]}, value '4': this row and row 2 are of the same provider, "
                "commissioner, "
                f"part and treatment function, and do not say the same. {ASK}"
            ],
        ),
        (
            changed(9, **{BANDS[0]: "6"}),
            [
                f"row 11, column {BANDS[0]}, value '6': Part_3 has Total All only: new periods have not "
                "waited "
                "yet. If NHS England has begun to publish it, this reader has to learn the new layout."
            ],
        ),
        (
            changed(10, Period="RTT-May-2026"),
            [
                "row 12, column Period, value 'RTT-May-2026': this row is of another month than the first "
                "(RTT-April-2026). Land each month as the file that was published for it."
            ],
        ),
        (
            changed(10, Period="April 2026", RTT__Part__Type="Part_4", Treatment__Function__Code="Total"),
            [
                "row 12, column Period, value 'April 2026': this is not a month such as RTT-April-2026. "
                f"{FETCH}.",
                "row 12, column RTT Part Type, value 'Part_4': this is not one of Part_1A, Part_1B, Part_2, "
                f"Part_2A, Part_3. {FETCH}.",
                "row 12, column Treatment Function Code, value 'Total': this is not a treatment function "
                "such as "
                f"C_100, X02 or C_999. {FETCH}.",
            ],
        ),
        (
            changed(10, Provider__Org__Name="ANOTHER"),
            [
                "row 12, column Provider Org Name, value 'ANOTHER': provider ZP1 has 'INVENTED ZP1' here "
                "in row "
                f"2. {ASK}"
            ],
        ),
        (
            changed(10, Provider__Org__Name="=cmd()", Commissioner__Org__Code=""),
            [
                "row 12, column Provider Org Name, value '=cmd()': this text begins as a formula does, and a "
                "spreadsheet would run it. Begin it with a letter or a digit, or ask the publisher for a "
                "clean "
                "file.",
                "row 12, column Commissioner Org Code, value '': this is not a code of three to five "
                "characters. "
                f"{FETCH}.",
            ],
        ),
        (
            changed(0, Provider__Org__Name="INVENTED\nZP1"),
            [
                "row 2, column Provider Org Name, value 'INVENTED\\nZP1': an end of line stands in this "
                "cell. "
                "Take it away, or fetch the file again."
            ],
        ),
        ([], [f"the file has a header and no rows. {FETCH}."]),
    ],
    ids=lambda each: "" if isinstance(each, list) and each and isinstance(each[0], str) else None,
)
def test_rows_that_cannot_stand_are_refused_and_all_told(lines: list[Line], expected: list[str]) -> None:
    joined = [f"{FILE}{', ' if each.startswith('row') else ': '}{each}" for each in expected]
    assert refusals(written(lines)) == joined
    assert refusals(zipped(any__CSV=written(lines))) == joined


def test_rows_of_another_width_a_second_header_and_bytes_that_are_not_utf_8() -> None:
    content = written(small())
    header, first = content.split(b"\r\n")[:2]
    note = b"Note: figures are provisional"
    said = refusals(
        b"\r\n".join([header, first + b",7", header, first.replace(b"ZP1", b"\xa3", 1), note, b""])
    )
    assert [each.split(" Fetch")[0].split(" Save")[0].split(" Land")[0] for each in said] == [
        f"{FILE}, row 2, value {(first + b',7').decode()[:80]!r}: this row has 122 cells and the header "
        "has 121.",
        f"{FILE}, row 3, value {header.decode()[:80]!r}: this row is the header again; files that were put "
        "together have it once each.",
        f"{FILE}, row 4, column Provider Org Code, value '\ufffd': this text is not UTF-8.",
        f"{FILE}, row 5, value {note.decode()!r}: this row has 1 cells and the header has 121.",
    ]


def test_a_cut_short_csv_is_refused() -> None:
    assert refusals(written(small())[:-200])[-1].startswith(f"{FILE}, row 11, value 'RTT-April-2026,")
    (said,) = refusals(written(small()).replace(b"INVENTED ZP1,,", b'"INVENTED ZP1,,', 1))
    assert said.startswith(f"{FILE}, row 2: the row cannot be read (unexpected end of data).")


def test_a_new_layout_is_refused_by_name() -> None:
    headings = [each for each in HEADINGS if each not in (BANDS[7], UNKNOWN)]
    assert [
        each.split(": ")[0] for each in refusals(written(small(), [*headings, "Gt 08 Weeks", "Total"]))
    ] == [
        f"{FILE}, row 1, column Gt 08 Weeks, value 'Gt 08 Weeks'",
        f"{FILE}, row 1, column Total, value 'Total'",
        f"{FILE}, row 1, column {BANDS[7]}",
        f"{FILE}, row 1, column {UNKNOWN}",
    ]


def test_the_layout_before_single_weeks_to_104_is_refused_and_not_guessed() -> None:
    old = [*HEADINGS[: HEADINGS.index(BANDS[52])], "Gt 52 Weeks SUM 1", *HEADINGS[-3:]]
    said = refusals(written([], old))
    assert said[0].startswith(
        f"{FILE}, row 1, column Gt 52 Weeks SUM 1, value 'Gt 52 Weeks SUM 1': column 66 "
    )
    assert len(said) == 1 + 53


def test_a_file_of_another_kind_is_not_taken_for_one() -> None:
    for content in (b"Quarter,Region\r\n", zipped(other__csv=b"Period,Value\r\n"), zipped(rtt__txt=b"")):
        assert publication_of(open_file(content)) is None


def test_of_many_faults_the_first_hundred_are_told_and_the_rest_counted() -> None:
    said = refusals(written([line("C_100", {}) | dict.fromkeys(COUNTS, "*")] * 2))
    assert len(said) == 101
    assert said[-1] == (
        f"{FILE}: there are 116 more faulty counts beside the 100 that are told. Correct these first: "
        "they may "
        "share a cause."
    )
