"""How a cell of a data file is written."""

from datetime import date
from decimal import Decimal


def cell(value: object) -> object:
    """Booleans as in the release's own CSVs, decimals without an exponent, dates as ISO; None is empty."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value
