"""`write_sample` writes the bundled nation as published files, byte for byte those that the seeds name."""

import csv
import hashlib

import pytest
from harness_sample import all_rows

from nof.project import read_seed
from nof.sample import write_sample

NO_QUARTER = "nhs-oversight-framework-non-acute-hospital-trust-data-q1-2025-26.csv"
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
    assert len(written) == 7
    for row in register:
        content = written[row["file_name"]].read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"]
        assert row["sha256"].startswith(row["file_id"])
        assert len(row["file_id"]) == 12
        assert str(len(content)) == row["byte_count"]
        assert row["file_kind"] == "oversight_data"
        assert row["landed_date"] == ""


def test_files_are_written_as_nhs_england_writes_them(written) -> None:
    for name, path in written.items():
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
        header = content.decode("utf-8-sig").split("\r\n", maxsplit=1)[0]
        assert header == (HEADER.removeprefix("Quarter,") if name == NO_QUARTER else HEADER)


def test_each_seed_row_stands_in_its_file_at_its_row_number(written) -> None:
    names = {row["file_id"]: row["file_name"] for row in read_seed("sample", "sample_files")}
    counts = {row["file_name"]: int(row["row_count"]) for row in read_seed("sample", "sample_files")}
    lines = {}
    for name, path in written.items():
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines[name] = list(csv.DictReader(file))
        assert len(lines[name]) == counts[name]
    assert sum(counts.values()) == len(all_rows())
    for row in all_rows():
        line = lines[names[row["file_id"]]][int(row["row_number"]) - 2]
        for published, text in line.items():
            assert row[published.lower().replace("-", "_")] == text


def test_the_file_without_a_quarter_says_it_on_its_summary_rows(written) -> None:
    with written[NO_QUARTER].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Trust_type"] for row in rows} == {"Non-acute hospital trust"}
    summary = [row for row in rows if row["Domain"] == "Summary"]
    assert {row["Metric_ID"] for row in summary} == {"OF5004", "OF5007"}
    assert {row["Reporting_date"] for row in summary} == {"Q1 2025/26"}


def test_writing_twice_gives_the_same_bytes(written, tmp_path) -> None:
    for path in write_sample(tmp_path):
        assert path.read_bytes() == written[path.name].read_bytes()
