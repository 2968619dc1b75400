"""Registers and ODS trust files for tests of landing: a sound row of each, but for the changes."""

import csv
import io
from collections.abc import Mapping

DATA_HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank\n"
)


def entry(**changes: str) -> dict[str, str]:
    """A sound entry of a register."""
    sound = {
        "Register": "capability_rating",
        "Organisation_code": "ZZ1",
        "Subject": "overall",
        "Value": "Green",
        "From_date": "2025-10-01",
        "To_date": "",
        "Entry_status": "",
        "Decided_by_role": "Regional director",
        "Reason": "Invented",
        "Source": "An invented letter",
    }
    return sound | changes


def register_text(*rows: Mapping[str, str], header: list[str] | None = None) -> str:
    """A register as a spreadsheet saves it."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header or list(rows[0] if rows else entry()), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def ods_row(code: str = "ZZ1", **changes: str) -> list[str]:
    """A sound row of an ODS trust file."""
    cells = {
        "name": f"INVENTED {code}",
        "region": "Y56",
        "icb": "ZX1",
        "postcode": "ZX1 1ZZ",
        "opened": "19990401",
        "closed": "",
    }
    cells |= changes
    row = [""] * 27
    places = {"name": 1, "region": 2, "icb": 3, "postcode": 9, "opened": 10, "closed": 11}
    row[0] = code
    for name, place in places.items():
        row[place] = cells[name]
    row[21] = "1"
    return row


def ods_text(*rows: list[str]) -> str:
    """An ODS trust file as published: no header, every cell quoted, CRLF."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue()


def data_text(quarter: str = "Q1 2025/26", trust_type: str = "Acute trust") -> str:
    """One row of oversight data, so that there is a quarter to score."""
    return (
        f"{DATA_HEADER}{quarter},London,{trust_type},Large,ZZ1,Invented,Access,Elective,OF0005,Waits,Jun-25,%,"
        "9.03,,,,\n"
    )
