"""Standards and floors quarter by quarter, and what the pages say of one that changed."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from nof.explain.figures import plain
from nof.explain.rows import Row
from nof.site.released import Released


def by_quarter(released: Released, metric_id: str) -> Mapping[str, Decimal]:
    """The standard or floor of a metric in each quarter of the release; empty where it has none."""
    return {
        row["quarter_id"]: row["threshold"]
        for row in released.rows(
            "select quarter_id, threshold from method_thresholds where metric_id = ? order by quarter_id",
            metric_id,
        )
    }


def in_quarter(released: Released, metric: Row, quarter_id: str) -> Row:
    """The catalogue's row of a metric with the standard or floor of another quarter than the newest."""
    found = by_quarter(released, metric["metric_id"])
    return {**metric, "threshold": found.get(quarter_id, metric["threshold"])}


def since(released: Released, metric_id: str) -> str:
    """From when on the newest one holds and what was asked before; empty where none changed."""
    found = list(by_quarter(released, metric_id).items())
    changed = [(quarter_id, before) for (_, before), (quarter_id, now) in pairwise(found) if now != before]
    if not changed:
        return ""
    quarter_id, before = changed[-1]
    return f" since {released.quarter_labels.get(quarter_id, quarter_id)}, {plain(before)} before"
