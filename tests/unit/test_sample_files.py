"""`write_sample` writes the bundled nation as published files, byte for byte those that the seeds name."""

import csv
import hashlib
from collections import Counter

import pytest
from harness_sample import all_rows

from harness_some import some
from nof.project import read_seed
from nof.sample import write_sample

NO_QUARTER = "nhs-oversight-framework-non-acute-hospital-trust-data-q1-2025-26.csv"
REGISTER = "oversight-registers-2025-26.csv"
ODS = ("ods-trusts-2025-07.csv", "ods-trusts-2026-07.csv")
REGISTER_HEADER = (
    "Register,Organisation_code,Subject,Value,From_date,To_date,Entry_status,Decided_by_role,Reason,Source"
)
HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nation") / "not" / "there yet"
    return {path.name: path for path in write_sample(folder)}


def test_the_files_are_those_of_the_register(written) -> None:
    register = read_seed("sample", "sample_files")
    assert list(written) == [row["file_name"] for row in register]
    assert len(written) == 11
    for row in register:
        content = written[row["file_name"]].read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert row["sha256"].startswith(row["file_id"])
        assert len(row["file_id"]) == 12
        assert str(len(content)) == row["byte_count"]
        assert "2025-07-01" <= row["landed_date"] <= "2026-07-01"
    kinds = Counter(row["file_kind"] for row in register)
    assert kinds == {"oversight_data": 8, "ods_trusts": 2, "register_entries": 1}


def test_invented_days_of_landing_are_days_on_which_the_files_could_be_published() -> None:
    """Rules 6: Q1 on 9 September 2025, Q2 by 12 December, Q4 by 21 June 2026; a restated file comes later."""
    rows = {row["file_name"]: row for row in read_seed("sample", "sample_files")}
    calendar = read_seed("reference", "publication_calendar")
    published = {row["quarter_id"]: row["publication_date"] for row in calendar}
    first, again = (
        rows[f"nhs-oversight-framework-ambulance-trust-data-q2-2025-26{end}.csv"] for end in ("", "-v2")
    )
    days = {
        name.partition("-2025-26")[0].rpartition("-")[2]: row["landed_date"]
        for name, row in rows.items()
        if row is not again
    }
    assert days["q1"] == published["2025-26-Q1"]
    assert days["q2"] <= published["2025-26-Q2"]
    assert days["q4"] <= published["2025-26-Q4"]
    assert first["landed_date"] < again["landed_date"]
    orders = sorted(rows.values(), key=lambda row: int(row["landed_order"]))
    assert [int(row["landed_order"]) for row in orders] == list(range(1, 12))
    assert [row["landed_date"] for row in orders] == sorted(row["landed_date"] for row in orders)


def test_files_are_written_as_nhs_england_writes_them(written) -> None:
    for name, path in some(written.items()):
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n")
        if name in ODS:
            continue
        assert content.startswith(b"\xef\xbb\xbf")
        header = content.decode("utf-8-sig").split("\r\n", maxsplit=1)[0]
        without_quarter = HEADER.removeprefix("Quarter,")
        expected = {NO_QUARTER: without_quarter, REGISTER: REGISTER_HEADER}.get(name, HEADER)
        assert header == expected


def test_ods_files_are_written_as_ods_writes_them(written) -> None:
    for name in ODS:
        content = written[name].read_bytes()
        first, second = content.decode("utf-8").split("\r\n")[:2]
        # No header and no byte order mark; 27 cells, all of them in quotes.
        name_of_it = "INVENTED CRIMSON MARTEN MENTAL HEALTH NHS FOUNDATION TRUST (SAMPLE)"
        assert first.startswith(f'"Z7V2S","{name_of_it}","Y61","ZX2",')
        assert second.startswith('"ZA0",')
        assert (first.count('"'), first.count(",")) == (54, 26)


def test_each_seed_row_stands_in_its_file_at_its_row_number(written) -> None:
    names = {row["file_id"]: row["file_name"] for row in read_seed("sample", "sample_files")}
    counts = {row["file_name"]: int(row["row_count"]) for row in read_seed("sample", "sample_files")}
    lines = {}
    for name in written.keys() - set(ODS):
        with written[name].open(encoding="utf-8-sig", newline="") as file:
            lines[name] = list(csv.DictReader(file))
        assert len(lines[name]) == counts[name]
    rows = [*all_rows(), *read_seed("sample", "sample_register_entries")]
    assert sum(len(found) for found in lines.values()) == len(rows)
    for row in rows:
        line = lines[names[row["file_id"]]][int(row["row_number"]) - 2]
        for published, text in some(line.items()):
            assert row[published.lower().replace("-", "_")] == text


def test_each_row_of_the_ods_seed_stands_in_its_file_at_its_row_number(written) -> None:
    names = {row["file_id"]: row["file_name"] for row in read_seed("sample", "sample_files")}
    lines = {}
    for name in ODS:
        with written[name].open(encoding="utf-8", newline="") as file:
            lines[name] = list(csv.reader(file))
    assert [len(lines[name]) for name in ODS] == [205, 206]
    for row in some(read_seed("sample", "sample_ods_trusts")):
        name = names[row["file_id"]]
        assert name == f"ods-trusts-{row['as_at']}.csv"
        line = lines[name][int(row["row_number"]) - 1]
        # Columns 1 to 4, 10, 11 and 12 of the ODS file: code, name, region, ICB, postcode, opened, closed.
        found = [line[place - 1] for place in (1, 2, 3, 4, 10, 11, 12)]
        assert found == [
            row[column]
            for column in (
                "organisation_code",
                "organisation_name",
                "region_code",
                "icb_code",
                "postcode",
                "opened",
                "closed",
            )
        ]


def test_the_file_without_a_quarter_says_it_on_its_summary_rows(written) -> None:
    with written[NO_QUARTER].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Trust_type"] for row in rows} == {"Non-acute hospital trust"}
    summary = [row for row in rows if row["Domain"] == "Summary"]
    assert {row["Metric_ID"] for row in summary} == {"OF5004", "OF5007"}
    assert {row["Reporting_date"] for row in summary} == {"Q1 2025/26"}


def test_writing_twice_gives_the_same_bytes(written, tmp_path) -> None:
    for path in some(write_sample(tmp_path)):
        assert path.read_bytes() == written[path.name].read_bytes()
