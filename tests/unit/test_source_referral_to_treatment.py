"""The referral to treatment full extract: the real file against itself, and how one is refused."""

import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest
from harness_rtt import FILE, Line, line, read, refusals, small, staged, written, zipped

from harness_session import Counts
from nof.landing.bounds import LARGEST_UNPACKED_BYTES
from nof.landing.model import Period, Readable
from nof.landing.opened import open_file
from nof.landing.publications import publication_of
from nof.landing.publications.rtt_layout import BANDS, COUNTS, HEADINGS, TOTAL, TOTAL_ALL, UNKNOWN
from nof.landing.publications.rtt_source import MOST_ROWS
from nof.landing.source_columns import SOURCE_COLUMNS

# The sums of the total rows, and of the treatment functions: those of the file in hand, English and not.
ENGLISH = {
    "Part_1A": 287_310,
    "Part_1B": 1_160_443,
    "Part_2": 7_093_502,
    "Part_2A": 1_180_685,
    "Part_3": 1_763_633,
}
NON_ENGLISH = {"Part_1A": 1_124, "Part_1B": 3_972, "Part_2": 30_478, "Part_2A": 7_542, "Part_3": 6_001}


@pytest.fixture(scope="module")
def archive(data_dir: Path) -> Path:
    (found,) = (data_dir / "sources" / "referral_to_treatment").glob("*.zip")
    return found


@pytest.fixture(scope="module")
def unzipped(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rtt")
    with zipfile.ZipFile(archive) as packed:
        (name,) = (each for each in packed.namelist() if not each.startswith("__MACOSX/"))
        return Path(packed.extract(name, folder))


@pytest.fixture(scope="module")
def real(archive: Path) -> Readable:
    found = read(archive.read_bytes())
    assert isinstance(found, Readable)
    return found


@pytest.fixture(scope="module")
def staging(real: Readable) -> Iterator[duckdb.DuckDBPyConnection]:
    with staged(real) as connection:
        yield connection


def bare(path: Path) -> list[tuple[object, ...]]:
    """The same sums as plain DuckDB makes them, without any check."""
    sums = ", ".join(f'sum("{each}")' for each in (TOTAL, TOTAL_ALL, UNKNOWN, *BANDS))
    with duckdb.connect() as connection:
        return connection.execute(
            'select "Provider Org Code", "RTT Part Type", "Commissioner Org Code" = \'NONC\', count(*), '
            f"{sums} from read_csv(?) where \"Treatment Function Code\" = 'C_999' group by 1, 2, 3",
            [str(path)],
        ).fetchall()


def test_every_sum_is_the_one_of_a_bare_query_and_in_about_its_time(
    archive: Path, unzipped: Path, real: Readable, counts: Counts
) -> None:
    content = archive.read_bytes()
    # By turns, and the best of each: what else the machine does would otherwise decide.
    times = [(_seconds(partial(bare, unzipped)), _seconds(partial(read, content))) for _ in range(2)]
    query, reader = (min(each) for each in zip(*times, strict=True))
    counts.append(
        f"referral to treatment full extract: read from its zip, checked and summed in {reader:.2f} s, "
        f"{reader / query:.2f} times the {query:.2f} s of a bare DuckDB query over the unzipped CSV"
    )
    # Twice is what is meant, as the line above tells; the rest is room for a machine that does other things.
    assert reader <= 4 * query
    names = SOURCE_COLUMNS["rtt_waits"]
    ours = {}
    for row in real.table.rows:
        named = dict(zip(names, row, strict=True))
        key = (named["provider_code"], named["part_type"], named["commissioner_group"] == "non_english")
        ours[key] = tuple(row[names.index("row_count") :])
    assert ours == {
        row[:3]: tuple("" if cell is None else str(cell) for cell in row[3:]) for row in bare(unzipped)
    }


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def test_the_real_file_row_for_row(real: Readable, counts: Counts) -> None:
    assert (real.file_kind, real.row_count, real.repeated_row_count) == ("rtt_waits", 180_781, 0)
    assert real.vintages == (Period("rtt_waits", "2026-04"),)
    assert len(real.table.rows) == 2_992
    # Row 3 of the file is the first total row, of the first of seven commissioners of this provider.
    assert real.table.row_numbers[0] == 3
    assert real.table.rows[0][:10] == (
        *("2026-04", "H3W7Q", "ACES CHELMSFORD", "D7T5G", "Part_1A", "english", "7", "29", "29", "0"),
    )
    counts.append("referral to treatment full extract: 180,781 rows, 40,102 total rows, 2,992 landed rows")
    assert sum(int(row[6]) for row in real.table.rows) == 40_102


def test_england_in_staging_is_england_in_the_file(
    staging: duckdb.DuckDBPyConnection, unzipped: Path, counts: Counts
) -> None:
    ours = dict(
        staging.sql(
            "select (part_type, commissioner_group), sum(pathway_count)::bigint "
            "from stg_nhse__rtt_waits group by 1"
        ).fetchall()
    )
    both = (("english", ENGLISH), ("non_english", NON_ENGLISH))
    assert ours == {(part, group): number for group, sums in both for part, number in sums.items()}
    # The treatment functions, without the total rows that staging stands on.
    functions = ", ".join(f'sum("{band}")::bigint' for band in BANDS)
    theirs = staging.execute(
        f"select {functions} from read_csv(?) where \"Treatment Function Code\" <> 'C_999' "
        "and \"RTT Part Type\" = 'Part_2' and \"Commissioner Org Code\" <> 'NONC'",
        [str(unzipped)],
    ).fetchone()
    bands = staging.sql(
        "select sum(pathway_count)::bigint from stg_nhse__rtt_week_bands where part_type = 'Part_2' "
        "and commissioner_group = 'english' group by weeks_from order by weeks_from"
    ).fetchall()
    assert tuple(number for (number,) in bands) == theirs
    counts.append(
        f"referral to treatment full extract: {len(ours)} sums of England and {len(bands)} bands agree"
    )


def test_bands_of_staging_add_up_and_leave_no_gap(staging: duckdb.DuckDBPyConnection) -> None:
    assert staging.sql(
        "select count(*) from stg_nhse__rtt_waits as waits join (select provider_code, part_type, "
        "commissioner_group, sum(pathway_count) as banded, count(*) as bands, min(weeks_from) as low, "
        "max(weeks_from) as high, count(weeks_to) as ends from stg_nhse__rtt_week_bands group by all) as b "
        "using (provider_code, part_type, commissioner_group) where banded + "
        "coalesce(unknown_start_count, 0) "
        "= pathway_count and bands = 105 and low = 0 and high = 104 and ends = 104"
    ).fetchone() == (2_372,)
    assert staging.sql("select count(*) from stg_nhse__rtt_waits where part_type <> 'Part_3'").fetchone() == (
        2_372,
    )


@pytest.mark.parametrize(
    ("provider", "expected"),
    [("R0A", (167_994, 1_480, 105_760)), ("RJ1", (109_709, 689, 75_004)), ("RRK", (90_728, 303, 62_017))],
)
def test_who_waits_over_52_and_within_18_weeks(
    staging: duckdb.DuckDBPyConnection, unzipped: Path, provider: str, expected: tuple[int, ...]
) -> None:
    """From the bands of staging, and from the columns of the treatment functions in the file."""
    assert (
        staging.execute(
            "select sum(pathway_count), sum(pathway_count) filter (where weeks_from >= 52), "
            "sum(pathway_count) filter (where weeks_to <= 18) from stg_nhse__rtt_week_bands "
            "where part_type = 'Part_2' and commissioner_group = 'english' and provider_code = ?",
            [provider],
        ).fetchone()
        == expected
    )
    over, within = ("+".join(f'coalesce("{each}", 0)' for each in each) for each in (BANDS[52:], BANDS[:18]))
    with duckdb.connect() as connection:
        assert (
            connection.execute(
                f'select sum("Total All"), sum({over}), sum({within}) from read_csv(?) '
                'where "RTT Part Type" = '
                "'Part_2' and \"Treatment Function Code\" <> 'C_999' and \"Commissioner Org Code\" <> 'NONC' "
                'and "Provider Org Code" = ?',
                [str(unzipped), provider],
            ).fetchone()
            == expected
        )


def test_of_no_provider_more_have_a_decision_than_wait_but_of_seventeen_in_a_band(
    staging: duckdb.DuckDBPyConnection, counts: Counts
) -> None:
    """Part_2A is a part of Part_2; the file itself says otherwise of some bands, and lands as it is."""
    joined = (
        "from stg_nhse__{0} as decided left join stg_nhse__{0} as waiting on waiting.part_type = 'Part_2' "
        "and waiting.provider_code = decided.provider_code "
        "and waiting.commissioner_group = decided.commissioner_group{1} where decided.part_type = 'Part_2A' "
        "and decided.pathway_count > coalesce(waiting.pathway_count, 0)"
    )
    assert staging.sql(f"select count(*) {joined.format('rtt_waits', '')}").fetchone() == (0,)
    in_bands = joined.format("rtt_week_bands", " and waiting.weeks_from = decided.weeks_from")
    found = staging.sql(
        f"select count(distinct decided.provider_code || decided.commissioner_group) {in_bands}"
    ).fetchone()
    assert found == (17,)
    counts.append("referral to treatment full extract: of 17 providers a band of Part_2A exceeds Part_2")


def test_a_small_file_cell_by_cell() -> None:
    found = read(written(small()))
    assert isinstance(found, Readable)
    assert (found.row_count, found.table.row_numbers) == (11, (4, 8, 10, 12))
    names = SOURCE_COLUMNS["rtt_waits"]
    rows = [dict(zip(names, row, strict=True)) for row in found.table.rows]
    shared = {"period": "2026-04", "provider_code": "ZP1", "provider_name": "INVENTED ZP1"}
    shared |= {
        "provider_parent_code": "ZBB",
        "total": "",
        "unknown_start": "",
        "commissioner_group": "english",
    }
    none = {name: "" for name in names if name.startswith("weeks_")}
    nought = dict.fromkeys(none, "0")
    assert rows == [
        {
            **(shared | nought),
            **{"part_type": "Part_2", "row_count": "2", "total_with_unknown_start": "23"},
            **{"weeks_000": "4", "weeks_017": "1", "weeks_018": "2"},
            **{"weeks_051": "7", "weeks_052": "4", "weeks_104": "5"},
        },
        {
            **(shared | nought),
            **{"part_type": "Part_2", "commissioner_group": "non_english", "row_count": "1"},
            **{"total_with_unknown_start": "9", "weeks_060": "9"},
        },
        {
            **(shared | nought),
            **{"part_type": "Part_1A", "row_count": "1", "total": "2"},
            **{"total_with_unknown_start": "5", "unknown_start": "3", "weeks_001": "2"},
        },
        {**(shared | none), "part_type": "Part_3", "row_count": "1", "total_with_unknown_start": "6"},
    ]
    with staged(found) as connection:
        assert connection.sql(
            "select sum(pathway_count) filter (where weeks_from >= 52), "
            "sum(pathway_count) filter (where weeks_to <= 18), sum(pathway_count) from "
            "stg_nhse__rtt_week_bands "
            "where part_type = 'Part_2' and commissioner_group = 'english'"
        ).fetchone() == (9, 5, 23)
        assert connection.sql(
            "select max(weeks_from), max(weeks_to) from stg_nhse__rtt_week_bands"
        ).fetchone() == (*(104, 104),)


@pytest.mark.parametrize(
    "content",
    [
        zipped(RTT__csv=written(small()), Notes__txt=b"read me"),
        b"\xef\xbb\xbf" + written(small()),
        written(small()).replace(b"\r\n", b"\n"),
        written(small(), HEADINGS[::-1]),
        written(small()).replace(b"ZP1,INVENTED ZP1,", b"ZP1 ,\xc2\xa0INVENTED ZP1 ,"),
        written(small()).replace(b"Provider Org Code", b" provider  org code "),
        written([*small(), {}, {}]) + b"\r\n\r\n",
    ],
    ids=["zipped", "BOM", "LF", "columns moved", "spaces", "heading in other letters", "blank rows below"],
)
def test_what_differs_in_dress_alone_reads_the_same(content: bytes) -> None:
    assert read(content) == read(written(small()))


def test_rows_above_the_header_and_blank_rows_move_the_row_numbers_and_nothing_else() -> None:
    plain, moved = (
        read(content) for content in (written(small()), b"RTT full extract\r\n\r\n" + written([{}, *small()]))
    )
    assert isinstance(plain, Readable) and isinstance(moved, Readable)
    assert moved.table.rows == plain.table.rows
    assert moved.table.row_numbers == tuple(number + 3 for number in plain.table.row_numbers)


def test_an_empty_band_counts_as_nought() -> None:
    lines = small()
    lines[3] |= {heading: "" for heading in BANDS if lines[3][heading] == "0"}
    assert read(written(lines)) == read(written(small()))


def test_a_row_that_is_there_twice_counts_once() -> None:
    found = read(written([*small(), small()[0], small()[2]]))
    assert isinstance(found, Readable)
    assert (found.row_count, found.repeated_row_count) == (13, 2)
    assert found.table == read(written(small())).table  # type: ignore[union-attr]


def changed(place: int, **cells: str) -> list[Line]:
    """The small file with other cells in one row; underscores in a heading stand for spaces."""
    lines = small()
    lines[place] |= {name.replace("__", " "): cell for name, cell in cells.items()}
    return lines


FETCH = "Fetch the file again from where it is published"
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


def test_two_csvs_in_one_archive_are_refused() -> None:
    assert refusals(zipped(April__csv=written(small()), May__csv=written(small()))) == [
        f"{FILE}: the archive holds 2 CSV files (April.csv, May.csv), and nothing says which to read. "
        "Land an archive with one CSV, or the CSV itself."
    ]


def in_directory(content: bytes, place: int, kind: str, value: int) -> bytes:
    """The archive with another number in the first entry of the directory at its end."""
    changed = bytearray(content)
    struct.pack_into(kind, changed, content.index(b"PK\x01\x02") + place, value)
    return bytes(changed)


def test_an_encrypted_member_is_refused() -> None:
    assert refusals(in_directory(zipped(RTT__csv=written(small())), 8, "<H", 1)) == [
        f"{FILE}: RTT.csv in the archive is encrypted. Unpack it with its password and land the CSV, or "
        "fetch it "
        "again from where it is published."
    ]


def test_an_archive_that_would_be_too_large_is_never_unpacked() -> None:
    size = LARGEST_UNPACKED_BYTES + 1
    (said,) = refusals(in_directory(zipped(RTT__csv=written(small())), 24, "<I", size))
    assert said.startswith(f"{FILE}: the archive would have ")
    assert "and 400,000,000 are the most." in said


def test_a_member_that_holds_more_than_it_says_is_refused() -> None:
    content = written(small() * 40)
    (said,) = refusals(in_directory(zipped(RTT__csv=content), 24, "<I", len(content) - 3_000))
    assert said.startswith(f"{FILE}: the archive is damaged or cut short (Bad CRC-32 for file 'RTT.csv').")


def test_a_damaged_archive_is_refused() -> None:
    content = zipped(RTT__csv=written(small() * 40))
    broken = bytearray(content)
    broken[len(broken) // 3] ^= 0xFF
    for damaged in (bytes(broken), content[: len(content) // 2]):
        (said,) = refusals(damaged)
        assert said.startswith(f"{FILE}: the archive is damaged or cut short (")
        assert said.endswith(f"{FETCH}.")


def test_more_rows_than_any_extract_are_refused_before_they_are_held() -> None:
    content = zipped(RTT__csv=written([]) + b"\n" * MOST_ROWS)
    assert len(content) < 10_000
    assert refusals(content) == [
        f"{FILE}: the file has more than 1,000,000 rows. See what it is before it is landed: a full "
        "extract has "
        "about 180,000."
    ]


def test_of_many_faults_the_first_hundred_are_told_and_the_rest_counted() -> None:
    said = refusals(written([line("C_100", {}) | dict.fromkeys(COUNTS, "*")] * 2))
    assert len(said) == 101
    assert said[-1] == (
        f"{FILE}: there are 116 more faulty counts beside the 100 that are told. Correct these first: "
        "they may "
        "share a cause."
    )
