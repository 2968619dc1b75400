"""Which period a value speaks of: the free text in `Reporting_date`, quarter by quarter (rules 5)."""

QUARTER_IDS = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
QUARTER_LABELS = {quarter_id: f"{quarter_id[-2:]} 2025/26" for quarter_id in QUARTER_IDS}

_LATEST_MONTH = ("Jun-25", "Sep-25", "Dec-25", "Mar-26")
_SURVEY_YEAR = ("2024", "2024", "2024", "2025")
_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "OF0003": _LATEST_MONTH,
    "OF0005": _LATEST_MONTH,
    "OF0023": _LATEST_MONTH,
    "OF0106": _LATEST_MONTH,
    "OF0035": _SURVEY_YEAR,
    "OF0061": _SURVEY_YEAR,
    "OF0084": _SURVEY_YEAR,
    "UN0005": _SURVEY_YEAR,
    "UN0007": _SURVEY_YEAR,
    "UN0009": _LATEST_MONTH,
    "UN0010": _LATEST_MONTH,
    "UN0002": _SURVEY_YEAR,
    "OF0041": (
        "Jun 24 - Jun 25 vs Jun 23 - Jun 24",
        "Oct 24 - Sep 25 vs Oct 23 - Sep 24",
        "Jan 25 - Dec 25 vs Jan 24 - Dec 24",
        "Apr 25 - Mar 26 vs Apr 24 - Mar 25",
    ),
    "OF0067": (
        "Latest published if awarded post August 2023",
        "Latest published if awarded post September 2023",
        "Latest published if awarded between 13 Feb 24 and 12 Feb 26",
        "Latest published if awarded between 13 May 24 and 12 May 26",
    ),
    "OF0079": ("2025/26", "2025/26", "2025/26", "2025/26 plan"),
    "OF0081": ("Month 3 2025", "Month 6 2025", "Month 9 2025", "Month 12 2025/26"),
    # Sickness lags one quarter; costs are one or two years old.
    "OF0082": ("Q4 2024-25", "Q1 2025/26", "Q2 2025/26", "Q3 2025/26"),
    "OF0086": ("2023/24", "2024/25", "2024/25", "2024/25"),
}


def reporting_date(measure_id: str, quarter_id: str) -> str:
    """The published text; the quarter's own label where the file has no other, as on every summary row."""
    texts = _TEXTS.get(measure_id)
    return texts[QUARTER_IDS.index(quarter_id)] if texts else QUARTER_LABELS[quarter_id]
