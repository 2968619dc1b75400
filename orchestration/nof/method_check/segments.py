"""What makes segments of scores: measures, cuts, benchmarks, the override, the system adjustment."""

from collections.abc import Iterator
from itertools import pairwise

from nof.errors import Problem
from nof.method_check.method import AVERAGE, Method, Row, path_of

MEASURE_ROLES = (
    AVERAGE,
    "unadjusted_segment",
    "financial_override",
    "adjusted_segment",
    "final_segment",
    "improvement_programme",
)
BENCHMARKS = ("lower_quartile", "median", "upper_quartile")
QUANTILE, FIXED_THRESHOLD = "quantile", "fixed_threshold"


def _measures(method: Method) -> Iterator[Problem]:
    roles = [row["measure_role"] for row in method.rows("summary_measures")]
    for role in MEASURE_ROLES:
        if roles.count(role) != 1:
            yield method.lacks("summary_measures", f"exactly one {role}")


def _segmentation(method: Method) -> Iterator[Problem]:
    rows = method.rows("segmentation")
    averages = [
        row["measure_id"] for row in method.rows("summary_measures") if row["measure_role"] == AVERAGE
    ]
    for score_id in (*averages, *method.domains):
        if sum(row["score_id"] == score_id for row in rows) != 1:
            yield method.lacks("segmentation", f"{score_id}: how it becomes a segment, exactly once")
    for row in rows:
        for trust_type_id in method.segmented:
            if (row["cut_pool_id"], trust_type_id) not in method.partitions:
                yield method.lacks(
                    "pool_trust_types",
                    f"{trust_type_id} in the pool {row['cut_pool_id']}, in which {row['score_id']} is cut",
                )


def _cuts(method: Method) -> Iterator[Problem]:
    """Quantiles serve every score; thresholds are each score's own, in each part of its cut pool."""
    rows = method.rows("segmentation")
    methods = {row["cut_method"] for row in rows}
    for other in sorted(methods - {QUANTILE, FIXED_THRESHOLD}):
        yield method.lacks("segmentation", f"a cut method that is known: {other!r} is not")
    if QUANTILE in methods and not _is_rising(
        method.rows("segment_quantiles"), "quantile", method.last_segment
    ):
        yield method.lacks("segment_quantiles", "each boundary between segments, rising with them")
    for row in rows:
        if row["cut_method"] != FIXED_THRESHOLD:
            continue
        partitions = {
            partition
            for (pool_id, trust_type_id), partition in method.partitions.items()
            if pool_id == row["cut_pool_id"] and trust_type_id in method.segmented
        }
        for partition in sorted(partitions):
            thresholds = [
                each
                for each in method.rows("segment_thresholds")
                if (each["score_id"], each["cut_partition_id"]) == (row["score_id"], partition)
            ]
            if not _is_rising(thresholds, "threshold", method.last_segment):
                yield method.lacks(
                    "segment_thresholds",
                    f"each boundary of {row['score_id']} for {partition}, rising with the segments",
                )


def _is_rising(boundaries: list[Row], column: str, last_segment: int) -> bool:
    """Whether the boundaries part every segment from the next, each cut above the one before."""
    ordered = sorted(boundaries, key=lambda row: int(row["segment"]))
    cuts = [float(row[column]) for row in ordered if row[column]]
    segments = [int(row["segment"]) for row in ordered]
    return (
        len(cuts) == len(ordered)
        and segments == list(range(1, last_segment))
        and all(lower < upper for lower, upper in pairwise(cuts))
    )


def _benchmarks(method: Method) -> Iterator[Problem]:
    named = {row["benchmark_id"] for row in method.rows("benchmark_quantiles")}
    for benchmark_id in BENCHMARKS:
        if benchmark_id not in named:
            yield method.lacks("benchmark_quantiles", benchmark_id)


def _override(method: Method) -> Iterator[Problem]:
    inputs = method.metric_ids("override_inputs")
    if not inputs:
        yield method.lacks("override_inputs", "the metric values whose sum shows a deficit")
    scored = {row["metric_id"] for row in method.metrics}
    for metric_id in sorted(inputs - scored):
        yield method.lacks("metrics", f"{metric_id}, which {path_of('override_inputs')} adds up")


def _system(method: Method) -> Iterator[Problem]:
    if not method.rows("system_adjustment_rules"):
        return
    if not method.rows("system_areas"):
        yield method.lacks("system_areas", "an area that the system adjustment counts")
    if not method.rows("system_area_metrics"):
        yield method.lacks("system_area_metrics", "a metric of any system area")


CHECKS = (
    _measures,
    _segmentation,
    _cuts,
    _benchmarks,
    _override,
    _system,
)
