"""The referral to treatment full extract: the real file against itself."""

import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest
from harness_rtt import read, staged

from harness_session import Counts
from nof.landing.model import Period, Readable
from nof.landing.publications.rtt_layout import BANDS, TOTAL, TOTAL_ALL, UNKNOWN
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
