"""The value that a source publication gives, beside the one that is scored, worked out again."""

from decimal import Decimal

from nof.explain.facts import Facts
from nof.explain.figures import amount, plain
from nof.explain.model import Claim
from nof.explain.places import Places
from nof.explain.rows import Row

Line = tuple[str, Claim]
_AGREEMENT = {
    "equal": "the framework's file has the same",
    "only_in_source": "the framework's file has none",
    "part_of_the_period": "part of the period only, so not compared",
}
# Fifteen figures of a double, times a hundred.
_TOLERANCE = Decimal("1e-9")


def source_lines(metric_id: str, facts: Facts, places: Places) -> list[Line]:
    """A line where the publication has a value of the metric, whichever of the two is scored."""
    return [
        ("source", _claim(row, places))
        for row in facts.beside.source_values
        if row["metric_id"] == metric_id and row["source_value"] is not None
    ]


def _claim(row: Row, places: Places) -> Claim:
    unit = row["unit_label"]
    value = amount(row["source_value_rounded"], unit)
    if row["value_form"] == "ratio":
        made = f"{plain(row['numerator'])} of {plain(row['denominator'])} = {value}"
    else:
        made = f"{value}, unrounded {plain(row['source_value'])}, of {plain(row['denominator'])}"
    told = _AGREEMENT.get(row["agreement"])
    if row["agreement"] == "differs":
        told = f"DIFFERS by {plain(row['difference'])} from the framework's file"
    period = f"{row['period_start_date']} to {row['period_end_date']}"
    text = "; ".join(filter(None, (f"{made}, {period}", told, places.at(row["file_id"], row["row_number"]))))
    return Claim(text, holds=_holds(row))


def _holds(row: Row) -> bool:
    """Whether the value is the sum that it says it is, and the two agree where they are said to."""
    made = row["numerator"]
    if row["value_form"] == "ratio":
        made = row["numerator"] * row["factor"] / (row["denominator"] * row["divisor"])
    is_value = abs(made - row["source_value"]) <= _TOLERANCE
    is_equal = row["source_value_rounded"] == row["file_value"]
    return bool(
        is_value
        and (row["agreement"] not in {"equal", "differs"} or is_equal == (row["agreement"] == "equal"))
    )
