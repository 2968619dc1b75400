"""The cells of a quarter: values to their last decimal, published ranks and scores, and their scores."""

from collections import Counter
from decimal import Decimal
from typing import Any

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.released import Released

# Values in fct_metric have four decimals; ranks are made from all that the file has, so they are read where
# they stand as published, and typed as staging types them.
_ROWS = """
select trust_code, measure_id, unit_label, try_cast(figure_text as decimal(28, 10)) as number, published_rank
from fct_published_version
where quarter_id = ? and is_latest and not is_gone
order by trust_code, measure_id, unit_label
"""
_METRICS = """
select
    trust_code, metric_id, score_id, missing_reason_id, value, value_label, published_score, score_basis,
    metric_score_unrounded, metric_score, case when is_pool_complete then pool_rank end as shown_pool_rank,
    value_rank, unit_label
from fct_metric
where quarter_id = ?
order by metric_id, trust_code
"""


class Cells:
    """The cells of a quarter.

    Attributes:
        rows: rows of fct_metric.
    """

    def __init__(self, released: Released, quarter_id: str) -> None:
        """Read them.

        Args:
            released: the release.
            quarter_id: the quarter.
        """
        self.rows = released.rows(_METRICS, quarter_id)
        self._companions = {
            (row["metric_id"], row["companion_unit_label"])
            for row in read_seed("framework", "metrics")
            if row["framework_id"] == released.framework_id and row["companion_unit_label"]
        }
        self._of_value: dict[tuple[str, str], Row] = {}
        self._in_hand: Counter[tuple[str, str]] = Counter()
        self._ranked: Counter[tuple[str, str]] = Counter()
        for row in released.rows(_ROWS, quarter_id):
            key = (row["trust_code"], row["measure_id"])
            self._in_hand[key] += 1
            self._ranked[key] += row["published_rank"] is not None
            if (row["measure_id"], row["unit_label"]) not in self._companions:
                self._of_value.setdefault(key, row)

    def units(self) -> dict[str, set[str]]:
        """The units that the values of each metric are in."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            found.setdefault(row["metric_id"], set()).update({row["unit_label"]} - {None})
        return found

    def row_count(self, trust_code: str, measure_id: str) -> int:
        """How many rows a trust has of a measure."""
        return self._in_hand[trust_code, measure_id]

    def of_metric(self, metric_id: str, places: dict[str, int]) -> list[list[Any]]:
        """The cells of a metric, one list for each trust, without what is empty at its end.

        Args:
            metric_id: the metric.
            places: where each trust stands in the list of trusts.
        """
        return [
            _trimmed([places[row["trust_code"]], *self._cell(row)])
            for row in self.rows
            if row["metric_id"] == metric_id and row["trust_code"] in places
        ]

    def _cell(self, row: Row) -> list[Any]:
        key = (row["trust_code"], row["metric_id"])
        own = self._of_value.get(key)
        value = row["value_label"]
        if row["value"] is not None:
            value = plain(own["number"] if own and own["number"] is not None else row["value"])
        return [
            value,
            own["published_rank"] if own else None,
            row["missing_reason_id"],
            row["score_basis"],
            plain(row["metric_score_unrounded"]),
            plain(row["metric_score"]),
            row["shown_pool_rank"],
            row["value_rank"],
            plain(row["published_score"]),
            self._ranked[key] or None,
            self._in_hand[row["trust_code"], row["score_id"]] or None,
            1 if own else None,
        ]


def plain(number: Decimal | None) -> str | None:
    """A decimal as text, without the noughts that only the type of its column gives it."""
    if number is None:
        return None
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _trimmed(cell: list[Any]) -> list[Any]:
    while cell and cell[-1] is None:
        cell.pop()
    return cell
