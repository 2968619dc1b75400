"""The ODS trust file (etr): no header, known by its shape; its month stands in its name and nowhere else."""

import re
from pathlib import PurePath

from nof.errors import Problem
from nof.landing.cell_checks import ORGANISATION_CODE, REGION_CODE
from nof.landing.columns import ODS_PLACES, ODS_WIDTH
from nof.landing.text import VERSION, clean

_MONTH = re.compile(r"[-_]([0-9]{4}-(0[1-9]|1[0-2]))$")


def is_ods_trusts(first: list[str]) -> bool:
    """Whether the first record of a file is a row of an ODS trust file; its dates are judged later."""
    if len(first) != ODS_WIDTH:
        return False
    code, region = (clean(first[ODS_PLACES[name]]) for name in ("organisation_code", "region_code"))
    return bool(ORGANISATION_CODE.fullmatch(code)) and (not region or bool(REGION_CODE.fullmatch(region)))


def month_of(file: str) -> str | Problem:
    """The month that a file stands for, as 2026-07, from the end of its name; a -v2 may follow it.

    Args:
        file: the file's name or path, which is also what to call it in a problem.
    """
    stem = VERSION.sub("", PurePath(file).stem)
    found = _MONTH.search(stem)
    if found:
        return found[1]
    return Problem(
        file,
        "this is an ODS trust file, and no column of it says what day it is from.",
        "End its name in the month that it was fetched in, such as ods-trusts-2026-07.csv.",
    )
