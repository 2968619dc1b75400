"""What a metric needs to get a score: whom it applies to, by which rule, and with whom it is ranked."""

from collections.abc import Iterator

from nof.errors import Problem
from nof.method_check.method import Method

NEVER = "never"


def _metrics(method: Method) -> Iterator[Problem]:
    if not method.metrics:
        yield method.lacks("metrics", "a metric that is scored")
    for family in sorted({row["scoring_family"] for row in method.metrics} - method.families.keys()):
        yield method.lacks("scoring_families", f"the family {family}, by which metrics are scored")


def _applicability(method: Method) -> Iterator[Problem]:
    for metric in method.metrics:
        metric_id = metric["metric_id"]
        lacking = [each for each in method.segmented if (metric_id, each) not in method.applicability]
        if lacking:
            yield method.lacks(
                "metric_applicability",
                f"{metric_id}: whether it applies to {', '.join(lacking)}, with treatment scored",
            )


def _metric_rules(method: Method) -> Iterator[Problem]:
    """Each family asks for a seed of its own: a threshold, bands, or the cells of a matrix."""
    banded = method.metric_ids("value_bands"), method.metric_ids("label_bands")
    cells = method.metric_ids("matrix_cells")
    # What begins later says nothing about the quarters before it.
    thresholds = {row["metric_id"] for row in method.rows("thresholds") if not row["first_quarter_id"]}
    for metric in method.metrics:
        metric_id, family = metric["metric_id"], metric["scoring_family"]
        kind = method.families.get(family, {}).get("threshold_kind")
        if kind and metric_id not in thresholds:
            yield method.lacks("thresholds", f"{metric_id}: the {kind} of a {family} metric, from the start")
        if family == "band" and metric["value_kind"] == "label" and metric_id not in banded[1]:
            yield method.lacks("label_bands", f"{metric_id}: the score of each label")
        if family == "band" and metric["value_kind"] == "number" and metric_id not in banded[0]:
            yield method.lacks("value_bands", f"{metric_id}: the bands of its value")
        if family == "matrix" and metric_id not in cells:
            yield method.lacks("matrix_cells", f"{metric_id}: a cell for each pair of scores")


def _pools(method: Method) -> Iterator[Problem]:
    pools = {row["pool_id"] for row in method.rows("pools")}
    for pool_id in sorted({row["pool_id"] for row in method.metrics} - pools):
        yield method.lacks("pools", f"{pool_id}, which metrics are ranked in")
    needed = {
        (metric["pool_id"], trust_type_id)
        for metric in method.metrics
        for trust_type_id in method.segmented
        if method.applicability.get((metric["metric_id"], trust_type_id), NEVER) != NEVER
    }
    for pool_id, trust_type_id in sorted(needed - method.partitions.keys()):
        yield method.lacks("pool_trust_types", f"{trust_type_id} in the pool {pool_id}")


def _core_metrics(method: Method) -> Iterator[Problem]:
    with_core = {row["trust_type_id"] for row in method.rows("core_metrics")}
    for trust_type_id in method.segmented:
        if trust_type_id not in with_core:
            yield method.lacks("core_metrics", f"{trust_type_id}: what every one of them reports")


CHECKS = (
    _metrics,
    _applicability,
    _metric_rules,
    _pools,
    _core_metrics,
)
