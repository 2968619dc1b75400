"""Why a cell of a number column is no number: what people, spreadsheets and other programs make of one."""

import re

# Pattern of the whole cell, and what is said of it. The first that fits is told.
_LOOKS = (
    (r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", "this number has thousands separators."),
    (
        r"[+-]?[0-9]{1,3}([ \u2009\u202f'’][0-9]{3})+(\.[0-9]*)?",
        "this number has gaps between its digits.",
    ),
    (r"[+-]?[0-9]+,[0-9]+", "this number has a comma where its decimal point belongs."),
    (r"[+-]?[0-9.,]+ ?(%|per ?cent|pct)", "this number has a percent sign."),
    (r"[+-]?[£$€] ?[+-]?[0-9.,]+ ?[a-zA-Z]*", "this number has a currency sign."),
    (r"(?i:[+-]?(inf|infinity|nan))", "this number is no finite number."),
    (r"(?i:[+-]?0x[0-9a-f]+)", "this number is written in hexadecimal."),
    (r"[+-]?[0-9]+(_[0-9]+)+.*", "this number has underscores in it."),
    (r"[\u2010-\u2015\u2212\ufe63\uff0d] ?[0-9.]+", "this number has a dash for a minus sign."),
    (r"[0-9.]+ ?[-\u2212]", "this number has its minus sign behind it."),
    (r"\([0-9.]+\)", "this number is in brackets instead of having a minus sign."),
    (r"[<>≤≥~≈] ?[+-]?[0-9.,]+", "this is a limit or an estimate, and a figure belongs here."),
    (r"[0-9.]+ ?(-|–|to) ?[0-9.]+", "this is a range, and one figure belongs here."),
    (r"[0-9]+ ?/ ?[0-9]+", "this is a fraction, and its result belongs here."),
    (r"#{2,}", "the spreadsheet had a column too narrow to show this number, and only its marks were saved."),
    (r"#[A-Z0-9/]+[!?]?|Err:[0-9]+", "this is an error of a spreadsheet: a formula could not be worked out."),
    (r"=.*", "this is a formula, and its result belongs here."),
    (r"(?i:true|false|yes|no)", "this is an answer, and a figure belongs here."),
    (
        r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?",
        "this is a time, and a plain number of its unit belongs here.",
    ),
    (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}"
        r"|[0-9]{1,2}[- ][A-Za-z]{3,9}([- ][0-9]{2,4})?|[A-Za-z]{3}-[0-9]{2}",
        "this is a date: a spreadsheet may have taken a number for one.",
    ),
    (r"['‘’`\"“”]+[+-]?[0-9.,]+['‘’`\"“”]*", "this number has a quotation mark or an apostrophe to it."),
    (
        r"[+-]?[0-9][0-9.,]* ?([*†‡§#]+|[a-zA-Z]|\([a-zA-Z0-9]\)|\[[a-zA-Z0-9 ]+\])",
        "this number has a mark behind it.",
    ),
    (r"\[[A-Za-z]+\]", "this is a shorthand in square brackets, and none stands in brackets here."),
    (r"(?i:\*+|[.cxz]|n/?a)", "this stands for no value, and a number must stand here."),
    (r"(?i:[-‐-―−._?]+|null|none|nil)", "this stands for no value, and is no shorthand that is known."),
    (r"[+-]?[0-9]*(\.[0-9]*){2,}", "this number has more than one decimal point."),
    (r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", "this number is too large: 18 digits before the point are the most."),
)
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in _LOOKS)
_OTHER_DIGITS = re.compile(r"[+-]?[\d.,]+")


def why_no_number(text: str) -> str:
    """What to say of a cleaned cell that is no number.

    Args:
        text: the cell; where it is a number after all the answer means nothing.
    """
    for pattern, said in _PATTERNS:
        if pattern.fullmatch(text):
            return said
    if _OTHER_DIGITS.fullmatch(text):
        return "this number is written in other digits than 0 to 9."
    return "text in a number column." if text else "the number is missing."
