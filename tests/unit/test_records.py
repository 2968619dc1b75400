"""The record room on small extracts: written once, restated, refused, and read only where it is needed."""

from pathlib import Path

import duckdb
import pytest
from harness_records import TODAY, as_landed, extract, land, publish, staged, state_of
from harness_rtt import line, read, small, written

from nof.errors import InputRefused, UsageRefused
from nof.home import Home
from nof.landing.model import Readable
from nof.records import RecordsDamaged, check, current, land_records, read_manifest, room_of, stage
from nof.records.manifest import hash_of, write_manifest
from nof.records.partition import write_table
from nof.records.sql import record_macros


@pytest.fixture
def home(tmp_path: Path) -> Home:
    # An apostrophe, so that no path is put into SQL as it stands.
    return Home(tmp_path / "the trust's home")


@pytest.fixture
def three(home: Home, tmp_path: Path) -> Home:
    """A home with the records of March to May."""
    months = {name: extract(f"{name}-2026") for name in ("March", "April", "May")}
    land(home, publish(tmp_path / "in", **{f"{name}__csv": each for name, each in months.items()}))
    return home


def test_what_is_staged_of_rows_is_what_landing_makes_of_the_file(home: Home, tmp_path: Path) -> None:
    # Repeated rows count once, and an empty cell is no nought.
    lines = [*small(), small()[0]]
    lines[1] = lines[1] | {"Gt 50 To 51 Weeks SUM 1": ""}
    land(home, publish(tmp_path / "in", a__csv=written(lines)))
    landed = read(written(lines))
    assert isinstance(landed, Readable)
    rows = as_landed(staged(home))
    assert [row[3:] for row in rows] == list(landed.table.rows)
    assert [int(row[1]) for row in rows] == list(landed.table.row_numbers)
    (partition,) = read_manifest(room_of(home))
    assert (partition.row_count, partition.repeated_row_count, partition.total_row_count) == (11, 1, 5)
    # By hand: 16 and 7 of English commissioners, 9 of others, 2 with 3 of an unknown start, and 6 new ones.
    assert partition.pathway_count == 16 + 7 + 9 + 5 + 6


def test_a_second_time_nothing_is_written(three: Home, tmp_path: Path) -> None:
    first = staged(three)
    before = state_of(three.root)
    assert [each.what for each in land(three, tmp_path / "in")] == ["unchanged"] * 3
    again = staged(three)
    assert state_of(three.root) == before
    assert (first.rows_read, again.rows_read) == (33, 0)
    assert (len(first.staged), len(again.kept)) == (3, 3)


def test_a_restated_month_is_the_later_file_and_the_earlier_one_stays(three: Home, tmp_path: Path) -> None:
    staged(three)
    first = current(read_manifest(room_of(three)))["2026-04"]
    lines = [*small()[:-2], *(line(each, {}, part="Part_3", total_all=60) for each in ("C_100", "C_999"))]
    folder = publish(tmp_path / "later", b__csv=extract("April-2026", lines))
    (arrival,) = land(three, folder)
    assert arrival.what == "restated"
    assert current(read_manifest(room_of(three)))["2026-04"] == arrival.partition
    assert first.path(room_of(three)).is_file()
    staging = staged(three)
    # March and May are as they were: of 33 rows those of April alone are read.
    assert staging.staged == (arrival.partition,)
    assert staging.rows_read == 11
    new = [row for row in as_landed(staging) if row[3] == "2026-04" and row[7] == "Part_3"]
    assert [(row[0], row[11]) for row in new] == [(arrival.partition.file_id, "60")]


def test_no_month_is_opened_but_those_that_are_asked_for(three: Home) -> None:
    room = room_of(three)
    held = current(read_manifest(room))
    for period in ("2026-03", "2026-05"):
        held[period].path(room).write_bytes(b"PAR1 and nothing else")
    assert staged(three, ["2026-04"]).rows_read == 11
    own = record_macros("duckdb")["records_of"]
    assert "Total Files Read: 1" in _plan(own(room.rows.as_posix(), [held["2026-04"]]))
    # The bad case: with another month among them the broken file is met.
    with pytest.raises(duckdb.Error, match="2026-05"):
        _plan(own(room.rows.as_posix(), list(held.values())[1:]))


def test_a_question_of_ones_own_opens_no_other_month(three: Home) -> None:
    """As docs/methodology/records.md writes it: the folders' names say what is in them."""
    files = str(room_of(three).rows / "*" / "*" / "*.parquet").replace("'", "''")
    plan = _plan(
        f"select sum(weeks_052) from read_parquet('{files}', hive_partitioning = true) "
        "where period = '2026-04'"
    )
    assert "Scanning Files: 1/3" in plan


def _plan(query: str) -> str:
    with duckdb.connect() as con:
        return str(con.execute(f"explain analyze {query}").fetchall()[0][1])


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"),
            "is damaged: it is no longer the file",
        ),
        (lambda path: path.unlink(), "is in the manifest and cannot be read (No such file or directory)"),
    ],
)
def test_damaged_rows_are_refused_in_words_and_can_be_mended(
    three: Home, tmp_path: Path, harm: object, told: str
) -> None:
    room = room_of(three)
    partition = read_manifest(room)[1]
    assert callable(harm)
    harm(partition.path(room))
    for action in (lambda: staged(three), lambda: check(room, read_manifest(room))):
        with pytest.raises(RecordsDamaged) as refusal:
            action()
        assert told in str(refusal.value)
        assert f"Delete {partition.path(room).parent} and land {partition.file_name} again" in str(
            refusal.value
        )
    # As told.
    partition.path(room).unlink(missing_ok=True)
    assert [each.what for each in land(three, tmp_path / "in")] == ["unchanged", "written again", "unchanged"]
    check(room, read_manifest(room))
    assert staged(three).rows_read == 33


@pytest.mark.parametrize(
    ("column", "row", "told"),
    [
        # A pathway that only the treatment function has: rows and totals are what the manifest says.
        ("weeks_000", 0, "in 1 sums of provider, part and group the treatment functions do not add up"),
        ("total_with_unknown_start", 2, "has 11 rows, 5 total rows and 44 pathways in the room"),
    ],
)
def test_rows_that_do_not_add_up_are_refused_whatever_the_hash_says(
    three: Home, column: str, row: int, told: str
) -> None:
    from pyarrow import array, parquet

    room = room_of(three)
    partitions = list(read_manifest(room))
    path = partitions[0].path(room)
    table = parquet.ParquetFile(path).read()
    cells = table[column].to_pylist()
    cells[row] += 1
    write_table(path, table.set_column(table.schema.get_field_index(column), column, array(cells, "int32")))
    partitions[0] = type(partitions[0])(**{**vars(partitions[0]), "record_sha256": hash_of(path)})
    write_manifest(room, partitions)
    with pytest.raises(RecordsDamaged) as refusal:
        staged(three)
    assert told in str(refusal.value)
    assert "Land it again" in str(refusal.value)


def test_sums_that_are_damaged_are_made_again(three: Home) -> None:
    staging = staged(three)
    good = as_landed(staging)
    (path,) = (staging.folder / "period=2026-04").rglob("*.parquet")
    path.write_bytes(b"PAR1")
    assert staged(three).rows_read == 11
    assert as_landed(staged(three)) == good


def test_two_files_of_a_month_are_refused_before_anything_is_written(home: Home, tmp_path: Path) -> None:
    folder = publish(tmp_path / "in", a__csv=extract("May-2026"), b__csv=extract("May-2026", small()[:5]))
    with pytest.raises(InputRefused, match="both supply rtt waits of 2026-05"):
        land(home, folder)
    assert not home.root.exists()
    # A version in the name settles it, whatever the names' order.
    (folder / "a.csv").rename(folder / "a-v2.csv")
    assert [each.partition.file_name for each in land(home, folder)] == ["b.csv", "a-v2.csv"]
    assert current(read_manifest(room_of(home)))["2026-05"].file_name == "a-v2.csv"


def test_a_file_that_cannot_be_read_is_refused_and_the_others_land(home: Home, tmp_path: Path) -> None:
    faulty = [*small()[:2], small()[2] | {"Gt 00 To 01 Weeks SUM 1": "*"}]
    folder = publish(tmp_path / "in", a__csv=extract("May-2026", faulty), b__csv=extract("June-2026"))
    arrivals = land_records(home, [folder], today=TODAY)
    assert next(arrivals).partition.period == "2026-06"
    with pytest.raises(InputRefused, match=r"a\.csv, row 4, column Gt 00 To 01 Weeks SUM 1, value '\*'"):
        next(arrivals)
    assert [each.period for each in read_manifest(room_of(home))] == ["2026-06"]


def test_a_person_is_refused_as_landing_refuses_it(home: Home, tmp_path: Path) -> None:
    lines = [each | {"Provider Org Name": "NHS NO 943 476 5919"} for each in small()]
    with pytest.raises(InputRefused) as refusal:
        land(home, publish(tmp_path / "in", a__csv=extract("May-2026", lines)))
    assert "943 476 5919" not in str(refusal.value)
    assert not room_of(home).manifest.exists()


def test_what_a_killed_command_leaves_is_nothing_yet(three: Home) -> None:
    room = room_of(three)
    there = read_manifest(room)[0].path(room)
    orphan = room.rows / "period=2026-03" / "file_id=000000000000"
    orphan.mkdir()
    (orphan / there.name).write_bytes(there.read_bytes())
    there.with_name(f".{there.name}.part").write_bytes(b"half")
    assert {row[0] for row in as_landed(staged(three))} == {each.file_id for each in read_manifest(room)}


def test_a_room_that_is_none_is_told(home: Home, tmp_path: Path) -> None:
    assert read_manifest(room_of(home)) == ()
    with pytest.raises(UsageRefused, match="No referral to treatment full extract is in"):
        land(home, publish(tmp_path / "in", a__csv=b"one,two\r\n1,2\r\n"))
    with pytest.raises(UsageRefused, match="No referral to treatment full extract is landed in"):
        land(home)
    room_of(home).root.mkdir(parents=True)
    room_of(home).manifest.write_text("landed_order\n1\n")
    with pytest.raises(RecordsDamaged, match="is not the list of partitions"):
        read_manifest(room_of(home))


def test_staging_no_month_at_all_reads_nothing(three: Home) -> None:
    assert stage(room_of(three), []).rows_read == 0
