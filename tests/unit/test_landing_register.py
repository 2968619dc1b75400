"""Vintages and the register: which file supplies what, and a home that a killed run cannot spoil."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from nof import durable
from nof.errors import InputRefused, NofError
from nof.home import Home
from nof.landing import Landed, land, register, register_new_files, steps, write_landing
from nof.landing.lookups import read_lookups

HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank\n"
)
DAY = date(2026, 7, 1)
Arrive = Callable[..., Path]


def rows(value: str, *quarters: str, trust_type: str = "Acute trust", code: str = "ZZ1") -> str:
    return HEADER + "".join(
        f"{quarter} 2025/26,London,{trust_type},Large,{code},Invented,"
        f"Access,Elective,OF0005,Waits,Jun-25,%,{value},,,,\n"
        for quarter in quarters
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def arrive(tmp_path: Path) -> Arrive:
    """A fresh folder with the files named."""

    def do(**files: str) -> Path:
        folder = tmp_path / f"inbox-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
        return folder

    return do


def current_values(landed: Landed) -> list[tuple[str, str]]:
    with duckdb.connect() as con:
        write_landing(con, landed, framework_id=None, quarter_id=None)
        return con.sql(
            "select quarter, value from landing.oversight_data where is_current_vintage = 'true' order by all"
        ).fetchall()


def test_a_later_landing_supplies_the_whole_vintage(home: Home, arrive: Arrive) -> None:
    first = land(home, [arrive(first=rows("1", "Q1", "Q2", code="ZZ1"))], today=DAY)
    register_new_files(home, first)
    # The later file has another trust only: nothing of the earlier one is left in that quarter.
    later = land(home, [arrive(later=rows("2", "Q2", code="ZZ2"))], today=date(2026, 8, 1))
    assert current_values(later) == [("Q1 2025/26", "1"), ("Q2 2025/26", "2")]
    assert [(file.landed_order, file.landed_date, file.is_new) for file in later.files] == [
        (1, DAY, False),
        (2, date(2026, 8, 1), True),
    ]
    with duckdb.connect() as con:
        write_landing(con, later, framework_id=None, quarter_id=None)
        # Both files are in the tables: the walk back works for what is superseded too.
        assert con.sql("select count(*), count(distinct file_id) from landing.oversight_data").fetchone() == (
            3,
            2,
        )
        assert con.sql("select file_id, landed_date from landing.files").fetchall() == [
            (later.files[0].file_id, "2026-07-01"),
            (later.files[1].file_id, "2026-08-01"),
        ]


def test_another_type_is_another_vintage(home: Home, arrive: Arrive) -> None:
    acute = rows("1", "Q1")
    ambulance = rows("2", "Q1", trust_type="Ambulance trust", code="ZZ2")
    landed = land(home, [arrive(acute=acute), arrive(ambulance=ambulance)], today=DAY)
    assert len(landed.vintages) == 2
    assert current_values(landed) == [("Q1 2025/26", "1"), ("Q1 2025/26", "2")]


def test_within_a_run_the_version_decides_whatever_the_names(home: Home, arrive: Arrive) -> None:
    folder = arrive(a_v3=rows("3", "Q1"), b_v2=rows("2", "Q1", "Q2"), z=rows("1", "Q1", "Q2", "Q3"))
    landed = land(home, [folder], today=DAY)
    assert [(file.file_name, file.version, file.landed_order) for file in landed.files] == [
        ("z.csv", 1, 1),
        ("b-v2.csv", 2, 2),
        ("a-v3.csv", 3, 3),
    ]
    assert current_values(landed) == [("Q1 2025/26", "3"), ("Q2 2025/26", "2"), ("Q3 2025/26", "1")]


def test_between_runs_the_order_of_landing_decides_whatever_the_version(home: Home, arrive: Arrive) -> None:
    register_new_files(home, land(home, [arrive(data_v2=rows("2", "Q1"))], today=DAY))
    landed = land(home, [arrive(data=rows("1", "Q1"))], today=DAY)
    assert current_values(landed) == [("Q1 2025/26", "1")]


def test_equal_versions_of_a_vintage_are_refused(home: Home, arrive: Arrive) -> None:
    with pytest.raises(InputRefused, match=r"a-v2\.csv: this file and b-v2\.csv both supply"):
        land(home, [arrive(a_v2=rows("1", "Q1"), b_v2=rows("2", "Q1"))], today=DAY)
    assert not home.landed.exists()


def test_the_same_bytes_are_one_file(home: Home, arrive: Arrive) -> None:
    folder = arrive(a=rows("1", "Q1"), b=rows("1", "Q1"))
    landed = land(home, [folder], today=DAY)
    assert [file.file_name for file in landed.new_files] == ["a.csv"]
    assert [path.name for path in landed.already_landed] == ["b.csv"]
    register_new_files(home, landed)
    again = land(home, [folder], today=date(2027, 1, 1))
    assert (again.new_files, len(again.already_landed)) == ((), 2)


def test_two_files_of_one_name_are_told_apart_by_path(home: Home, arrive: Arrive) -> None:
    one, other = arrive(data="x,y\n1,2\n"), arrive(data="x,z\n1,2\n")
    with pytest.raises(InputRefused) as refused:
        land(home, [one, other], today=DAY)
    assert [problem.file for problem in refused.value.problems] == [
        str(one / "data.csv"),
        str(other / "data.csv"),
    ]


def test_landing_alone_leaves_no_trace(home: Home, arrive: Arrive) -> None:
    land(home, [arrive(a=rows("1", "Q1"))], today=DAY)
    assert not home.root.exists()


def test_the_register_tells_name_kind_hash_date_and_vintages(home: Home, arrive: Arrive) -> None:
    text = rows("1", "Q1", "Q2")
    register_new_files(home, land(home, [arrive(data_v2=text)], today=DAY))
    digest = sha256(text.encode()).hexdigest()
    with home.register.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {
                "landed_order": "1",
                "file_id": digest[:12],
                "file_name": "data-v2.csv",
                "file_kind": "oversight_data",
                "sha256": digest,
                "byte_count": str(len(text)),
                "row_count": "2",
                "repeated_row_count": "0",
                "version": "2",
                "landed_date": "2026-07-01",
                "vintages": "acute/2025-26-Q1;acute/2025-26-Q2",
            }
        ]
    assert (home.landed / digest / "data-v2.csv").read_text(encoding="utf-8") == text


def test_registering_twice_adds_nothing(home: Home, arrive: Arrive) -> None:
    landed = land(home, [arrive(a=rows("1", "Q1"))], today=DAY)
    register_new_files(home, landed)
    before = home.register.read_bytes()
    register_new_files(home, landed)
    assert home.register.read_bytes() == before


def test_the_register_only_grows(home: Home, arrive: Arrive) -> None:
    register_new_files(home, land(home, [arrive(a=rows("1", "Q1"))], today=DAY))
    before = home.register.read_bytes()
    register_new_files(home, land(home, [arrive(b=rows("2", "Q1"))], today=date(2026, 8, 1)))
    assert home.register.read_bytes().startswith(before)
    assert len(home.register.read_text(encoding="utf-8").splitlines()) == 3


def test_the_folder_landed_alone_can_rebuild(home: Home, arrive: Arrive) -> None:
    folder = arrive(a=rows("1", "Q1"))
    first = land(home, [folder], today=DAY)
    register_new_files(home, first)
    (folder / "a.csv").unlink()
    again = land(home, [], today=date(2027, 1, 1))
    assert [file.table for file in again.files] == [file.table for file in first.files]
    assert [file.landed_date for file in again.files] == [DAY]


def test_what_is_landed_is_what_was_scored(home: Home, arrive: Arrive) -> None:
    folder = arrive(a=rows("1", "Q1"))
    landed = land(home, [folder], today=DAY)
    (folder / "a.csv").write_text(rows("2", "Q1"), encoding="utf-8")
    register_new_files(home, landed)
    assert current_values(land(home, [], today=DAY)) == [("Q1 2025/26", "1")]


@pytest.mark.parametrize("writes_before_the_kill", [0, 1, 2])
def test_a_run_killed_while_registering_leaves_a_home_that_works(
    home: Home, arrive: Arrive, monkeypatch: pytest.MonkeyPatch, writes_before_the_kill: int
) -> None:
    register_new_files(home, land(home, [arrive(old=rows("0", "Q1"))], today=DAY))
    before = home.register.read_bytes()
    folder = arrive(a=rows("1", "Q1"), b_v2=rows("2", "Q1"))
    landed = land(home, [folder], today=DAY)
    written: list[Path] = []

    def killed(path: Path, content: bytes) -> None:
        if len(written) == writes_before_the_kill:
            # Half of the bytes are under the name that a write in progress has.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name}.part").write_bytes(content[: len(content) // 2])
            raise KeyboardInterrupt
        written.append(path)
        durable.write_durably(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(register, "write_durably", killed)
        with pytest.raises(KeyboardInterrupt):
            register_new_files(home, landed)
    assert home.register.read_bytes() == before
    assert [file.file_name for file in land(home, [], today=DAY).files] == ["old.csv"]

    again = land(home, [folder], today=date(2026, 7, 2))
    assert [file.file_name for file in again.new_files] == ["a.csv", "b-v2.csv"]
    register_new_files(home, again)
    assert not list(home.landed.rglob("*.part"))
    assert current_values(land(home, [], today=DAY)) == [("Q1 2025/26", "2")]


def test_a_register_that_changed_meanwhile_stops_the_run(home: Home, arrive: Arrive) -> None:
    landed = land(home, [arrive(a=rows("1", "Q1"))], today=DAY)
    register_new_files(home, land(home, [arrive(b=rows("2", "Q1"))], today=DAY))
    with pytest.raises(NofError, match="has changed while the run was working"):
        register_new_files(home, landed)


def test_seeds_that_no_longer_know_a_landed_file_are_told_and_the_file_stays(
    home: Home, arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_new_files(home, land(home, [arrive(a=rows("1", "Q1"))], today=DAY))
    known = read_lookups()
    poorer = replace(known, metric_ids=known.metric_ids - {"OF0005"})
    monkeypatch.setattr(steps, "read_lookups", lambda: poorer)
    with pytest.raises(InputRefused, match=r"a\.csv, row 2, column Metric_ID, value 'OF0005'"):
        land(home, [], today=DAY)
    assert not home.refused.exists()
