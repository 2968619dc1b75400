"""ODS trust files: known by their shape, dated by their name, and the real ones row for row."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from harness_registers import data_text, ods_row, ods_text
from nof.errors import InputRefused
from nof.home import Home
from nof.landing import Landed, land, register_new_files, write_landing
from nof.landing.ods import is_ods_trusts, month_of

DAY = date(2026, 7, 1)
Arrive = Callable[[dict[str, str]], Path]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def arrive(tmp_path: Path) -> Arrive:
    """A fresh folder with the files named."""

    def do(files: dict[str, str]) -> Path:
        folder = tmp_path / f"inbox-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return folder

    return do


def query(landed: Landed, sql: str) -> list[tuple[str, ...]]:
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        return con.sql(sql).fetchall()


def test_the_first_row_is_data_and_the_month_comes_from_the_name(home: Home, arrive: Arrive) -> None:
    text = ods_text(ods_row("ZZ1", closed="20260630"), ods_row("ZZ4V5", icb="ZX2A3", region=""))
    landed = land(home, [arrive({"ods_etr_2026-07.csv": text})], today=DAY)
    (file,) = landed.files
    assert (file.file_kind, file.row_count) == ("ods_trusts", 2)
    assert query(landed, "select * exclude (file_id) from landing.ods_trusts") == [
        ("1", "true", "2026-07", "ZZ1", "INVENTED ZZ1", "Y56", "ZX1", "ZX1 1ZZ", "19990401", "20260630"),
        ("2", "true", "2026-07", "ZZ4V5", "INVENTED ZZ4V5", "", "ZX2A3", "ZX1 1ZZ", "19990401", ""),
    ]


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("etr-2026-07.csv", "2026-07"),
        ("etr_2025-12.CSV", "2025-12"),
        ("some/folder/ods-trusts-2026-01-v2.csv", "2026-01"),
    ],
)
def test_months_in_names(name: str, month: str) -> None:
    assert month_of(name) == month


@pytest.mark.parametrize(
    "name", ["etr.csv", "etr-2026.csv", "2026-07.csv", "etr-2026-13.csv", "etr-2026-07-01.csv"]
)
def test_a_name_without_its_month_is_refused_with_the_remedy(home: Home, arrive: Arrive, name: str) -> None:
    with pytest.raises(InputRefused) as refused:
        land(home, [arrive({name: ods_text(ods_row())})], today=DAY)
    assert str(refused.value) == (
        f"{name}: this is an ODS trust file, and no column of it says what day it is from. End its name in "
        "the month that it was fetched in, such as ods-trusts-2026-07.csv."
    )


@pytest.mark.parametrize(
    "first",
    [ods_row()[:-1], [*ods_row(), ""], ["Code", *ods_row()[1:]], ods_row(region="London"), ods_row("zz1")],
)
def test_what_has_another_shape_is_no_ods_trust_file(first: list[str]) -> None:
    assert not is_ods_trusts(first)
    assert is_ods_trusts(ods_row()) and is_ods_trusts(ods_row("ZZ4V5", region="", opened="1 April 1999"))


def test_all_months_stand_side_by_side_and_a_later_file_of_a_month_replaces_it(
    home: Home, arrive: Arrive
) -> None:
    first = arrive({"etr-2025-07.csv": ods_text(ods_row("ZZ1")), "etr-2026-07.csv": ods_text(ods_row("ZZ2"))})
    register_new_files(home, land(home, [first], today=DAY))
    landed = land(home, [arrive({"etr_2026-07.csv": ods_text(ods_row("ZZ3"))})], today=DAY)
    assert query(
        landed, "select as_at, organisation_code, is_current_vintage from landing.ods_trusts order by all"
    ) == [("2025-07", "ZZ1", "true"), ("2026-07", "ZZ2", "false"), ("2026-07", "ZZ3", "true")]
    register_new_files(home, landed)
    with home.register.open(encoding="utf-8", newline="") as file:
        assert [row["vintages"] for row in csv.DictReader(file)] == ["2025-07", "2026-07", "2026-07"]


def test_two_new_files_of_a_month_are_refused_unless_a_version_tells(home: Home, arrive: Arrive) -> None:
    one, other = ods_text(ods_row("ZZ1")), ods_text(ods_row("ZZ2"))
    with pytest.raises(InputRefused, match=r"this file and b-2026-07\.csv both supply ods trusts of 2026-07"):
        land(home, [arrive({"a-2026-07.csv": one, "b-2026-07.csv": other})], today=DAY)
    landed = land(home, [arrive({"a-2026-07-v2.csv": one, "b-2026-07.csv": other})], today=DAY)
    current = query(
        landed, "select organisation_code from landing.ods_trusts where is_current_vintage = 'true'"
    )
    assert current == [("ZZ1",)]


def test_it_makes_no_quarter_and_stays_in_every_release(home: Home, arrive: Arrive) -> None:
    files = {"etr-2026-07.csv": ods_text(ods_row()), "q1.csv": data_text(), "q2.csv": data_text("Q2 2025/26")}
    landed = land(home, [arrive(files)], today=DAY)
    assert landed.quarters == ("2025-26-Q1", "2025-26-Q2")
    assert [file.file_name for file in landed.up_to("2025-26-Q1").files] == ["etr-2026-07.csv", "q1.csv"]


def test_the_real_files_land_row_for_row(data_dir: Path, home: Home, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for month in ("2025-07", "2026-07"):
        name = f"ods_etr_{month}.csv"
        (inbox / name).write_bytes((data_dir / "reference" / name).read_bytes())
    landed = land(home, [inbox], today=DAY)
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        con.execute("create view t as from landing.ods_trusts where is_current_vintage = 'true'")
        counts = con.sql("select as_at, count(*), count(*) filter (closed = '') from t group by 1 order by 1")
        assert counts.fetchall() == [("2025-07", 210, 205), ("2026-07", 274, 202)]

        def told(columns: str, code: str) -> list[tuple[str, ...]]:
            return con.execute(
                f"select as_at, {columns} from t where organisation_code = ? order by 1", [code]
            ).fetchall()

        assert told("organisation_name, opened, closed", "K0N6A") == [
            ("2026-07", "THE ONLINE NHS TRUST", "20260601", "")
        ]
        assert told("closed, icb_code", "RVJ") == [("2025-07", "", "QUY"), ("2026-07", "20260630", "QUY")]
        assert told("icb_code, postcode, row_number", "G6V2S") == [
            ("2025-07", "QMJ", "NW1 0PE", "1"),
            ("2026-07", "Z9B2Z", "NW1 0PE", "1"),
        ]
        # Three Welsh bodies have a region that is none of England's; a year later they have none, and no ICB.
        assert con.sql(
            "select as_at, region_code, count(*) from t where region_code in ('', 'W00') group by all"
        ).fetchall() == [
            ("2025-07", "W00", 3),
            ("2026-07", "", 3),
        ]
        five = con.sql(
            "select as_at, count(*), count(distinct icb_code) from t where length(icb_code) = 5 group by 1"
        )
        assert five.fetchall() == [("2026-07", 81, 6)]
