"""What the invented trusts publish beside the scores: contextual and listed metrics, which no score reads."""

from collections.abc import Sequence

from nof.project import read_seed
from nof.sample import cases
from nof.sample.draws import share
from nof.sample.nation import Trust
from nof.sample.periods import QUARTER_IDS
from nof.sample.values import Cell, Metric, label_cell, number_cell

# The services of which any brings the metric with it; a metric not named is every trust's of its types.
_SERVICES = {
    "UN0004": {"adult_beds", "mental_health", "community"},
    "UN0005": {"mortality"},
    "UN0006": {"adult_beds"},
    "UN0008": {"adult_beds", "mental_health"},
    "UN0009": {"elective", "cancer"},
    "UN0010": {"elective"},
}

# The share of the trusts with the service that publish the metric.
_PUBLISHING = 0.95


def contextual_metrics() -> list[tuple[Metric, set[str]]]:
    """The metrics beside the scores, each with the trust types that it may be about."""
    types: dict[str, set[str]] = {}
    for row in read_seed("framework", "metric_applicability"):
        if (
            row["framework_id"] == cases.FRAMEWORK_ID
            and row["treatment"] == "contextual"
            and row["applicability"] != "never"
        ):
            types.setdefault(row["metric_id"], set()).add(row["trust_type_id"])
    return [
        (row, types[row["metric_id"]])
        for row in read_seed("framework", "metrics")
        if row["framework_id"] == cases.FRAMEWORK_ID
        and row["metric_id"] in types
        and row["metric_role"] in {"contextual", "listed"}
    ]


def contextual_cells(trusts: Sequence[Trust]) -> dict[tuple[str, str, str], Cell]:
    """(quarter, trust, metric) -> cell; the same trusts publish a metric all year."""
    cells: dict[tuple[str, str, str], Cell] = {}
    for metric, types in contextual_metrics():
        metric_id = metric["metric_id"]
        for trust in trusts:
            services = _SERVICES.get(metric_id, trust.services)
            is_about = trust.trust_type_id in types and bool(services & trust.services)
            if not is_about or share("publishes", metric_id, trust.trust_code) > _PUBLISHING:
                continue
            for quarter_id in QUARTER_IDS:
                if metric["value_kind"] == "number":
                    cell: Cell | None = number_cell(trust, metric, quarter_id, fails_floor=False)
                else:
                    cell = label_cell(trust, metric, quarter_id)
                if cell:
                    cells[quarter_id, trust.trust_code, metric_id] = cell
    for key, shorthand in cases.CONTEXT_SHORTHAND.items():
        cells[key] = Cell(text=shorthand)
    return cells
