"""What keeps the text of a single cell from being what it must be, where nothing but the text tells."""

import re
from datetime import date
from typing import NamedTuple
from unicodedata import category

from nof.landing.no_number import why_no_number
from nof.landing.text import as_number

ORGANISATION_CODE = re.compile(r"[A-Z0-9]{3}([A-Z0-9]{2})?")
REGION_CODE = re.compile(r"[A-Z][0-9]{2}")
ALL_ORGANISATIONS = "ALL"
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


def filled(text: str) -> Fault | None:
    """What keeps a cleaned cell from being words that somebody wrote."""
    if text:
        return plain_text(text)
    return Fault("this cell is empty and must not be.", "Fill it in: without it nobody can check the row.")


def entry_status(text: str) -> Fault | None:
    """What keeps a cleaned cell from being the status of an entry."""
    if text.casefold() in ("", "withdrawn"):
        return None
    return Fault(
        "the status of an entry is empty (it stands) or Withdrawn.",
        "Leave it empty, or write Withdrawn to take an entry back that was landed before.",
    )


def organisation_or_all(text: str) -> Fault | None:
    """What keeps a cleaned cell from being an organisation, or the word for all of them."""
    # Whether the register allows ALL is a question of the row.
    return None if text == ALL_ORGANISATIONS else organisation_code(text)


def region_code(text: str) -> Fault | None:
    """What keeps a cleaned cell from being the code of a region, or nothing."""
    if not text or REGION_CODE.fullmatch(text):
        return None
    return Fault("this is not a region code such as Y56.", _ODS_AGAIN)


def icb_code(text: str) -> Fault | None:
    """What keeps a cleaned cell from being the code of an ICB, or nothing."""
    if not text or ORGANISATION_CODE.fullmatch(text):
        return None
    return Fault("this is not the code of an ICB: three or five capital letters and digits.", _ODS_AGAIN)


def day_or_empty(text: str) -> Fault | None:
    """What keeps a cleaned cell from being a day as ODS writes it, or nothing."""
    if not text:
        return None
    if re.fullmatch(r"[0-9]{8}", text) and not iso_date(f"{text[:4]}-{text[4:6]}-{text[6:]}"):
        return None
    return Fault("this is not a day written like 20260630.", _ODS_AGAIN)
