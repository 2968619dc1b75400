"""NHS quarters as people write them."""

import re

from nof.errors import UsageRefused
from nof.project import read_seed


def quarter_id_of(text: str) -> str:
    """The quarter_id of `2025-26-Q3`, `Q3 2025/26` and the like, in any case and spacing.

    Raises:
        UsageRefused: there is no such quarter in seeds/reference/quarters.csv.
    """
    rows = read_seed("reference", "quarters")
    for row in rows:
        if plain_quarter(text) in {plain_quarter(row["quarter_id"]), plain_quarter(row["quarter_label"])}:
            return row["quarter_id"]
    raise UsageRefused(
        f"{text!r} is no quarter. Write it as {rows[-1]['quarter_id']} or {rows[-1]['quarter_label']!r}; "
        f"known are {rows[0]['quarter_id']} to {rows[-1]['quarter_id']}."
    )


def plain_quarter(text: str) -> str:
    """Small letters and digits alone, by which two ways to write a quarter are compared."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
