"""A small full extract cell by cell, and what differs from it without a change of meaning."""

import pytest
from harness_rtt import read, small, staged, written, zipped

from nof.landing.model import Readable
from nof.landing.publications.rtt_layout import BANDS, HEADINGS
from nof.landing.source_columns import SOURCE_COLUMNS


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
