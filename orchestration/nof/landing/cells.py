"""Whether a single cell can be read as what its column must hold, and if not, why and what to do."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from unicodedata import category

from nof.landing.columns import Rule
from nof.landing.lookups import Lookups
from nof.landing.no_number import why_no_number
from nof.landing.text import as_number, clean

ORGANISATION_CODE = re.compile(r"[A-Z0-9]{3}([A-Z0-9]{2})?")
REGION_CODE = re.compile(r"[A-Z][0-9]{2}")
ALL_ORGANISATIONS = "ALL"
# What an early view writes after the name of its quarter.
FORECAST = "forecast"
_RANGE = re.compile(r"(\S+) to (\S+)")
_ODS_AGAIN = (
    "Fetch the trust file (etr) from the Organisation Data Service (ODS) again, and do not save it from a "
    "spreadsheet."
)

# As they are, and in the width of East Asian signs, which some spreadsheets take for the same.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Control signs, marks without width or that turn the direction of writing, ends of lines other than those
# of a text, and halves of signs: nobody sees them, and terminals obey some.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})
_ENDS_OF_LINES = re.compile(r"\r?\n")


class Fault(NamedTuple):
    """What is wrong with a cell, and the remedy."""

    message: str
    remedy: str


class CellReader:
    """Judges cells by the rule of their column; the same text under the same rule is judged once."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups
        self._known: dict[tuple[str, str], Fault | None] = {}
        self._judges: dict[Rule, Callable[[str], Fault | None]] = {
            "text": plain_text,
            "quarter": self._quarter,
            "trust_type": self._trust_type,
            "trust_code": self._trust_code,
            "metric_id": self._metric_id,
            "number": self._number,
            "rank": self._rank,
            "segment": self._segment,
            "yes_no": self._yes_no,
            "number_range": lambda text: self._range(text, is_whole=False),
            "rank_range": lambda text: self._range(text, is_whole=True),
            "filled": _filled,
            "date": iso_date,
            "date_or_empty": lambda text: iso_date(text) if text else None,
            "entry_status": _entry_status,
            "organisation_or_all": _organisation_or_all,
            "region_code": _region_code,
            "icb_code": _icb_code,
            "day_or_empty": _day_or_empty,
        }

    def fault(self, rule: Rule, text: str, metric_id: str = "") -> Fault | None:
        """What is wrong with a cell, or None.

        Args:
            rule: the rule of its column.
            text: the cell as published.
            metric_id: the cleaned identifier of its row, which decides what a `value` may be.
        """
        is_label = rule == "value" and metric_id in self._lookups.labels
        asked = (f"label {metric_id}" if is_label else rule, text)
        if asked not in self._known:
            if is_label:
                self._known[asked] = self._label(clean(text), metric_id)
            else:
                self._known[asked] = self._judges["number" if rule == "value" else rule](clean(text))
        return self._known[asked]

    def _quarter(self, text: str) -> Fault | None:
        if text in self._lookups.quarter_ids:
            return None
        if not text:
            return Fault("the quarter is missing.", "Write it as NHS England does, such as 'Q1 2025/26'.")
        if FORECAST in text.casefold():
            return Fault(
                "this is a forecast of an early view, no published quarter; no forecast is landed.",
                "Land the file of the quarter once NHS England has published it.",
            )
        meant = self._lookups.quarter_meant(text)
        if meant:
            return Fault("this quarter is not written as NHS England writes it.", f"Write {meant!r}.")
        return Fault(
            "this quarter is not known.",
            "Write it as NHS England does, such as 'Q1 2025/26', or add its row to "
            "seeds/reference/quarters.csv.",
        )

    def _trust_type(self, text: str) -> Fault | None:
        if text.casefold() in self._lookups.trust_type_ids:
            return None
        return Fault(
            "this trust type is not known." if text else "the trust type is missing.",
            f"Write one that is known ({self._lookups.trust_types_shown}), or add the label to "
            "seeds/reference/trust_type_labels.csv.",
        )

    def _trust_code(self, text: str) -> Fault | None:
        if ORGANISATION_CODE.fullmatch(text):
            return None
        if not text:
            return Fault(
                "the trust code is missing.",
                "Write the code that the Organisation Data Service (ODS) gives the trust; take a row of "
                "totals away.",
            )
        if ORGANISATION_CODE.fullmatch(text.upper()):
            return Fault("this trust code is in small letters.", f"Write {text.upper()}.")
        return Fault(
            "this is not a trust code: three or five capital letters and digits.",
            "Write the code that the Organisation Data Service (ODS) gives the trust.",
        )

    def _metric_id(self, text: str) -> Fault | None:
        if text in self._lookups.metric_ids:
            return None
        if text.upper() in self._lookups.metric_ids:
            return Fault("this identifier is in small letters.", f"Write {text.upper()}.")
        return Fault(
            "this metric is not known." if text else "the identifier of the metric is missing.",
            "Correct the identifier, or add its row to seeds/framework/metrics.csv (domains.csv and "
            "summary_measures.csv for domain and summary rows).",
        )

    def _number(self, text: str) -> Fault | None:
        if text.casefold() in self._lookups.shorthand or as_number(text) is not None:
            return None
        return Fault(
            why_no_number(text),
            "Write a plain number, such as 1234.5 or -0.2, or a shorthand for no value "
            f"({self._lookups.shorthand_shown}; they are rows of seeds/framework/shorthand.csv).",
        )

    def _rank(self, text: str) -> Fault | None:
        number = as_number(text)
        if number is None:
            return self._number(text)
        if number == number.to_integral_value() and number >= 1:
            return None
        return Fault("a rank is a whole number from 1 up.", "Write the rank as published, or leave it empty.")

    def _segment(self, text: str) -> Fault | None:
        number = as_number(text)
        if number is None:
            return self._number(text)
        if number in (1, 2, 3, 4, 5):
            return None
        return Fault("a segment is 1, 2, 3, 4 or 5.", "Write the segment as published.")

    def _yes_no(self, text: str) -> Fault | None:
        return None if text in ("Yes", "No") else Fault("this is neither Yes nor No.", "Write Yes or No.")

    def _range(self, text: str, *, is_whole: bool) -> Fault | None:
        if text.casefold() in self._lookups.shorthand:
            return None
        parts = _RANGE.fullmatch(text)
        low, high = (as_number(part) for part in parts.groups()) if parts else (None, None)
        example = "'1 to 11'" if is_whole else "'1.2 to 1.89'"
        remedy = f"Write it as {example}, the lower end first, or leave it empty."
        if low is None or high is None:
            return Fault("this is not a range of two numbers.", remedy)
        if low > high:
            return Fault("the ends of this range are the wrong way round.", remedy)
        if is_whole and not (low >= 1 and low == int(low) and high == int(high)):
            return Fault("the ends of a range of ranks are whole numbers from 1 up.", remedy)
        return None

    def _label(self, text: str, metric_id: str) -> Fault | None:
        labels = self._lookups.labels[metric_id]
        if text.casefold() in self._lookups.shorthand or text.casefold() in labels:
            return None
        if not labels:
            return plain_text(text)
        return Fault(
            f"the value of {metric_id} is a label, and this is none of {', '.join(labels.values())}.",
            "Correct it, or add the label to seeds/framework/label_bands.csv.",
        )


def plain_text(text: str) -> Fault | None:
    """What keeps a cleaned cell from being words and nothing else to whatever program opens it.

    A release repeats names and labels in CSVs and workbooks, where a spreadsheet runs what begins like a
    formula, and on pages, where signs that nobody sees turn the order of the others.
    """
    lines = _ENDS_OF_LINES.sub(" ", text)
    unseen = next((sign for sign in lines if category(sign) in _UNSEEN), None)
    if unseen is not None:
        return Fault(
            f"this text holds a sign that is not seen (U+{ord(unseen):04X}).",
            "Write the text again without it, or ask the publisher for a clean file.",
        )
    begun = lines.lstrip()
    if begun.startswith(_BEGINS_A_FORMULA) and len(begun) > 1 and as_number(text) is None:
        return Fault(
            "this text begins as a formula does, and a spreadsheet would run it.",
            "Begin it with a letter or a digit, or ask the publisher for a clean file.",
        )
    return None


def plain_number(text: str) -> Fault | None:
    """What keeps a cleaned cell from being a number, where no shorthand may stand for one."""
    if as_number(text) is not None:
        return None
    return Fault(why_no_number(text), "Write a plain number, such as 1234.5 or -0.2.")


def organisation_code(text: str) -> Fault | None:
    """What keeps a cleaned cell from being the code of an organisation."""
    if ORGANISATION_CODE.fullmatch(text):
        return None
    return Fault(
        "this is not the code of an organisation: three or five capital letters and digits.",
        "Write the code that the Organisation Data Service (ODS) gives it.",
    )


def iso_date(text: str) -> Fault | None:
    """What keeps a cleaned cell from being a day written year, month, day."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return Fault("there is no such day.", "Write the day as year, month and day, such as 2026-03-31.")
        return None
    return Fault(
        "this is not a day written year, month, day." if text else "the date is missing.",
        "Write it as 2026-03-31. A spreadsheet may have rewritten it: set its column to text first.",
    )


def _filled(text: str) -> Fault | None:
    if text:
        return plain_text(text)
    return Fault("this cell is empty and must not be.", "Fill it in: without it nobody can check the row.")


def _entry_status(text: str) -> Fault | None:
    if text.casefold() in ("", "withdrawn"):
        return None
    return Fault(
        "the status of an entry is empty (it stands) or Withdrawn.",
        "Leave it empty, or write Withdrawn to take an entry back that was landed before.",
    )


def _organisation_or_all(text: str) -> Fault | None:
    # Whether the register allows ALL is a question of the row.
    return None if text == ALL_ORGANISATIONS else organisation_code(text)


def _region_code(text: str) -> Fault | None:
    if not text or REGION_CODE.fullmatch(text):
        return None
    return Fault("this is not a region code such as Y56.", _ODS_AGAIN)


def _icb_code(text: str) -> Fault | None:
    if not text or ORGANISATION_CODE.fullmatch(text):
        return None
    return Fault("this is not the code of an ICB: three or five capital letters and digits.", _ODS_AGAIN)


def _day_or_empty(text: str) -> Fault | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9]{8}", text) and not iso_date(f"{text[:4]}-{text[4:6]}-{text[6:]}"):
        return None
    return Fault("this is not a day written like 20260630.", _ODS_AGAIN)
