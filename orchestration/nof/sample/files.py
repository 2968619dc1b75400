"""The nation as published files: which files there are, and their bytes (rules 5)."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nof.project import read_seed
from nof.sample.entries import REGISTER_HEADER
from nof.sample.nation import ACUTE, AMBULANCE, ICB, NON_ACUTE
from nof.sample.ods import AFTER, BEFORE, ODS_ADDRESS, ODS_PLACES, ODS_WIDTH
from nof.sample.periods import QUARTER_IDS

Row = Mapping[str, str]

DATA_FILE_KIND = "oversight_data"
REGISTER_FILE_KIND = "register_entries"
ODS_FILE_KIND = "ods_trusts"

# Column of the landing table -> the header as published, in the published order.
PUBLISHED_HEADER = {
    "quarter": "Quarter",
    "region": "Region",
    "trust_type": "Trust_type",
    "trust_subtype": "Trust_subtype",
    "trust_code": "Trust_code",
    "trust_name": "Trust_name",
    "domain": "Domain",
    "sub_domain": "Sub-domain",
    "metric_id": "Metric_ID",
    "metric_description": "Metric_description",
    "reporting_date": "Reporting_date",
    "units": "Units",
    "value": "Value",
    "median_value": "Median_value",
    "lower_quartile": "Lower_quartile",
    "upper_quartile": "Upper_quartile",
    "rank": "Rank",
}


@dataclass(frozen=True)
class PublishedFile:
    """One data file of the nation: what it holds and how it is written."""

    file_name: str
    trust_type_id: str
    trust_type_label: str
    quarter_ids: tuple[str, ...]
    landed_date: str
    has_quarter_column: bool = True
    is_current_vintage: bool = True


_NAME = "nhs-oversight-framework-{}-2025-26.csv"
# Invented days, each a plausible day of publication (rules 6): that of Q1 is NHS England's, Q2 comes by 12
# December 2025 and is restated six weeks later, Q4 comes by 21 June 2026 with what is published at once for
# several quarters.
_Q1_DAY, _Q2_DAY, _Q2_RESTATED_DAY, _Q4_DAY = "2025-09-09", "2025-12-11", "2026-01-22", "2026-06-18"
FILES = (
    PublishedFile(_NAME.format("acute-trust-data-q1-q4"), ACUTE, "Acute trust", QUARTER_IDS, _Q4_DAY),
    PublishedFile(
        _NAME.format("ambulance-trust-data-q1"), AMBULANCE, "Ambulance trust", QUARTER_IDS[:1], _Q1_DAY
    ),
    PublishedFile(
        _NAME.format("ambulance-trust-data-q2"),
        AMBULANCE,
        "Ambulance trust",
        QUARTER_IDS[1:2],
        _Q2_DAY,
        is_current_vintage=False,
    ),
    PublishedFile(
        _NAME.format("ambulance-trust-data-q2").replace(".csv", "-v2.csv"),
        AMBULANCE,
        "Ambulance trust",
        QUARTER_IDS[1:2],
        _Q2_RESTATED_DAY,
    ),
    PublishedFile(
        _NAME.format("ambulance-trust-data-q3-q4"), AMBULANCE, "Ambulance trust", QUARTER_IDS[2:], _Q4_DAY
    ),
    PublishedFile(
        _NAME.format("integrated-care-board-data-q1-q4"), ICB, "Integrated care board", QUARTER_IDS, _Q4_DAY
    ),
    PublishedFile(
        _NAME.format("mental-health-and-community-trust-data-q2-q4"),
        NON_ACUTE,
        "Mental health and community trust",
        QUARTER_IDS[1:],
        _Q4_DAY,
    ),
    # The first Q1 files had no Quarter column and another name for the second trust type.
    PublishedFile(
        _NAME.format("non-acute-hospital-trust-data-q1"),
        NON_ACUTE,
        "Non-acute hospital trust",
        QUARTER_IDS[:1],
        _Q1_DAY,
        has_quarter_column=False,
    ),
)

ODS_FILES = {as_at: f"ods-trusts-{as_at}.csv" for as_at in (BEFORE, AFTER)}
ODS_DAYS = {as_at: f"{as_at}-01" for as_at in ODS_FILES}
REGISTER_FILE = "oversight-registers-2025-26.csv"
REGISTER_DAY = _Q4_DAY

# The row of a file in which its data begin, as a spreadsheet counts: below the header, where there is one.
FIRST_ROW = {DATA_FILE_KIND: 2, REGISTER_FILE_KIND: 2, ODS_FILE_KIND: 1}


def data_bytes(rows: Sequence[Row], has_quarter_column: bool) -> bytes:
    """The bytes of a data file: byte order mark, CRLF, header and columns as published."""
    header = {
        name: heading for name, heading in PUBLISHED_HEADER.items() if has_quarter_column or name != "quarter"
    }
    return _with_header(header, rows)


def register_bytes(rows: Sequence[Row]) -> bytes:
    """The bytes of a register: the columns of the template, written as the data files are."""
    return _with_header(REGISTER_HEADER, rows)


def ods_bytes(rows: Sequence[Row]) -> bytes:
    """The bytes of an ODS trust file: no header, 27 columns, each cell in quotes, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        cells = [ODS_ADDRESS.get(place, "") for place in range(ODS_WIDTH)]
        for name, place in ODS_PLACES.items():
            cells[place] = row[name]
        writer.writerow(cells)
    return text.getvalue().encode()


def _with_header(header: Mapping[str, str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header.values())
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_sample(directory: Path) -> list[Path]:
    """Write the bundled nation as published files, from the committed seeds; both ways in are then the same.

    Args:
        directory: where to; made if it is not there. Files of the same names are replaced.

    Returns:
        The files written, in the order of the register (seeds/sample/sample_files.csv).
    """
    directory.mkdir(parents=True, exist_ok=True)
    by_file: dict[str, list[Row]] = {}
    for kind in FIRST_ROW:
        for row in read_seed("sample", f"sample_{kind}"):
            by_file.setdefault(row["file_id"], []).append(row)
    without_quarter = {file.file_name for file in FILES if not file.has_quarter_column}
    paths = []
    for file in read_seed("sample", "sample_files"):
        name, kind = file["file_name"], file["file_kind"]
        rows = sorted(by_file[file["file_id"]], key=lambda row: int(row["row_number"]))
        path = directory / name
        if kind == ODS_FILE_KIND:
            path.write_bytes(ods_bytes(rows))
        elif kind == REGISTER_FILE_KIND:
            path.write_bytes(register_bytes(rows))
        else:
            path.write_bytes(data_bytes(rows, name not in without_quarter))
        paths.append(path)
    return paths
