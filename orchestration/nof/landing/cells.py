"""Whether a single cell can be read as what its column must hold, and if not, why and what to do."""

import re
from collections.abc import Callable

from nof.landing.cell_checks import (
    ORGANISATION_CODE,
    Fault,
    day_or_empty,
    entry_status,
    filled,
    icb_code,
    iso_date,
    organisation_or_all,
    plain_text,
    region_code,
)
from nof.landing.columns import Rule
from nof.landing.lookups import Lookups
from nof.landing.no_number import why_no_number
from nof.landing.text import as_number, clean

# What an early view writes after the name of its quarter.
FORECAST = "forecast"
_RANGE = re.compile(r"(\S+) to (\S+)")


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
            "filled": filled,
            "date": iso_date,
            "date_or_empty": lambda text: iso_date(text) if text else None,
            "entry_status": entry_status,
            "organisation_or_all": organisation_or_all,
            "region_code": region_code,
            "icb_code": icb_code,
            "day_or_empty": day_or_empty,
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
