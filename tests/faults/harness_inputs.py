"""Sound files to spoil, and what holds for every refusal."""

import csv
import io
from collections.abc import Callable
from datetime import date

from nof.errors import InputRefused, Problem

TODAY = date(2026, 7, 1)
NAME = "nhs-oversight-framework-acute-trust-data.csv"
Refuse = Callable[..., InputRefused]


def row(**changes: str) -> dict[str, str]:
    """A sound row of a data file, but for the changes."""
    sound = {
        "Quarter": "Q1 2025/26",
        "Region": "London",
        "Trust_type": "Acute trust",
        "Trust_subtype": "Acute - Large",
        "Trust_code": "ZZ1",
        "Trust_name": "Invented NHS Trust",
        "Domain": "Access to services",
        "Sub-domain": "Elective care",
        "Metric_ID": "OF0005",
        "Metric_description": "Waits",
        "Reporting_date": "Jun-25",
        "Units": "%",
        "Value": "9.03",
        "Median_value": "0.7",
        "Lower_quartile": "",
        "Upper_quartile": "",
        "Rank": "33.0",
    }
    return sound | changes


def league_row(**changes: str) -> dict[str, str]:
    """A sound row of a league table, but for the changes."""
    sound = {
        "Quarter": "Q1 2025/26",
        "Region": "London",
        "Trust_type": "Acute trust",
        "Trust_subtype": "Acute - Large",
        "Trust_code": "ZZ1",
        "Trust_name": "Invented NHS Trust",
        "Average_score": "1.53",
        "Likely_range_of_average_score": "1.2 to 1.89",
        "Segment": "1.0",
        "Trust_in_financial_deficit": "No",
        "Rank": "1.0",
        "Likely_range_of_rank": "1 to 11",
    }
    return sound | changes


HEADER = list(row())
LEAGUE_HEADER = list(league_row())


def text_of(rows: list[dict[str, str]], header: list[str] | None = None) -> str:
    """The rows as published: header, CRLF."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, header or list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def published(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    return b"\xef\xbb\xbf" + text_of(list(rows), header).encode()


def only(refused: InputRefused) -> Problem:
    assert len(refused.problems) == 1, str(refused)
    return refused.problems[0]
