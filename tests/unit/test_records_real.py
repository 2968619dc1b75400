"""The record room on the real full extract: the same cells as landing makes, and the totals of the file."""

from pathlib import Path

import duckdb
import pytest
from harness_records import as_landed, land, staged
from harness_rtt import read

from harness_session import Counts
from nof.home import Home
from nof.landing.model import Readable
from nof.landing.publications.rtt_layout import BANDS
from nof.records import check, read_manifest, room_of

# Pathways of each part, as test_source_referral_to_treatment.py has them of the file: English and not.
OF_PARTS = (287_310 + 1_124, 1_160_443 + 3_972, 7_093_502 + 30_478, 1_180_685 + 7_542, 1_763_633 + 6_001)


@pytest.fixture(scope="module")
def home(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("records") / "home")
    (arrival,) = land(home, data_dir / "sources" / "referral_to_treatment")
    assert arrival.what == "new"
    return home


def test_the_manifest_has_the_totals_of_the_file(home: Home) -> None:
    (partition,) = read_manifest(room_of(home))
    assert (partition.period, partition.row_count, partition.total_row_count) == ("2026-04", 180_781, 40_102)
    assert partition.pathway_count == sum(OF_PARTS)
    check(room_of(home), [partition])


def test_every_staged_cell_is_the_one_that_landing_makes(home: Home, data_dir: Path, counts: Counts) -> None:
    (archive,) = (data_dir / "sources" / "referral_to_treatment").glob("*.zip")
    landed = read(archive.read_bytes())
    assert isinstance(landed, Readable)
    staging = staged(home)
    rows = as_landed(staging)
    assert [int(row[1]) for row in rows] == list(landed.table.row_numbers)
    assert [row[3:] for row in rows] == list(landed.table.rows)
    assert (staging.rows_read, len(rows)) == (180_781, 2_992)
    counts.append(
        f"records: {len(rows)} rows staged of {staging.rows_read:,} records, "
        f"{len(rows) * len(rows[0]):,} cells equal those of landing"
    )


def test_the_rows_answer_what_the_sums_cannot(home: Home) -> None:
    """From the rows of treatment functions and from the total rows: the same figures."""
    files = room_of(home).rows / "*" / "*" / "*.parquet"
    long = " + ".join(f"coalesce(weeks_{week:03}, 0)" for week in range(52, len(BANDS)))
    with duckdb.connect() as con:
        rows = con.execute(
            f"select treatment_function_code = 'C_999', sum({long}), sum(total_with_unknown_start) "
            "from read_parquet(?, hive_partitioning = true) where period = '2026-04' "
            "and part_type = 'Part_2' and provider_code = 'R0A' and commissioner_code <> 'NONC' "
            "group by 1 order by 1",
            [str(files)],
        ).fetchall()
    # The worked example of docs/methodology/sources-referral-to-treatment.md.
    assert rows == [(False, 1_480, 167_994), (True, 1_480, 167_994)]
