"""Data age in words: the period of a value, its age at the end of the quarter, and what is new of it."""

from datetime import date

from nof.explain.facts import Facts
from nof.explain.figures import counted
from nof.explain.model import Claim
from nof.explain.rows import Row

Line = tuple[str, Claim]
_NOT_KNOWN = {
    "quarter_only": "not said: the text names the quarter of the file, and the metric is not counted so",
    "other_form": "not read: the text is of another shape than the periods of this metric",
    "not_known": "not read: the text is of no known form",
    "ambiguous": "not read: the text is of more than one form",
}


def age_line(metric_id: str, facts: Facts) -> Line | None:
    """The line about the period of a metric; None where there is no text of one."""
    row = next((row for row in facts.ages if row["metric_id"] == metric_id), None)
    if row is None or row["age_status"] == "no_text":
        return None
    if row["age_status"] in _NOT_KNOWN:
        return "period", Claim(_NOT_KNOWN[row["age_status"]], holds=row["age_days_at_quarter_end"] is None)
    return "period", _claim(row, facts.quarter["end_date"])


def _claim(row: Row, quarter_end: date) -> Claim:
    start, end = row["period_start_date"], row["period_end_date"]
    if row["age_status"] == "rating_window":
        until = f"to {_day(end)}" if end else "on"
        return Claim(f"ratings awarded from {_day(start)} {until}{_news(row)}")
    age = (quarter_end - end).days
    if age > 0:
        said = f"ended {counted(age, 'day')} before the quarter did"
    elif age:
        said = f"ends {counted(-age, 'day')} after the quarter does"
    else:
        said = "ended with the quarter"
    text = f"{_day(start)} to {_day(end)}, {said}{_news(row)}"
    return Claim(text, holds=row["age_days_at_quarter_end"] == age)


def _news(row: Row) -> str:
    """What is new since the quarter before, where that can be said and is worth a word."""
    if row["is_unchanged_since_previous_quarter"]:
        return "; period and figure are those of the quarter before"
    if row["is_revised_since_previous_quarter"]:
        return "; the period of the quarter before, with another figure"
    return ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
