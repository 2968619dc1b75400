"""Whether the seeds hold a framework whole; a run under one that they do not is refused as input.

A framework is rows, so one can be half there: announced and not yet published, or written by somebody who
left a seed out. Scoring would then not fail but fall silent: a metric without applicability leaves the
spine, a score without thresholds gets no segment. What scoring needs is asked for before anything is built.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from nof.errors import InputRefused, Problem
from nof.frameworks import seed_rows
from nof.project import read_seed

Row = dict[str, str]

MADE_BY_HAND = "How a framework is written: docs/methodology/frameworks.md."
AVERAGE = "average_metric_score"
MEASURE_ROLES = (
    AVERAGE,
    "unadjusted_segment",
    "financial_override",
    "adjusted_segment",
    "final_segment",
    "improvement_programme",
)
BENCHMARKS = ("lower_quartile", "median", "upper_quartile")
FRAMEWORK_NUMBERS = ("core_metric_share", "override_sum_below", "override_segment_floor", "programme_segment")
NEVER = "never"
QUANTILE, FIXED_THRESHOLD = "quantile", "fixed_threshold"


@dataclass(frozen=True)
class _Method:
    """One framework's rows, as the checks ask for them."""

    framework_id: str

    def rows(self, seed: str) -> list[Row]:
        """This framework's rows of a seed."""
        return seed_rows(seed, self.framework_id)

    @cached_property
    def trust_types(self) -> list[str]:
        """Every type of organisation there is, whatever the framework does with it."""
        return [row["trust_type_id"] for row in read_seed("reference", "trust_types")]

    @cached_property
    def segmented(self) -> list[str]:
        """The types that the framework scores and puts into segments."""
        scope = self.rows("organisation_scope")
        return [row["trust_type_id"] for row in scope if row["is_segmented"] == "true"]

    @cached_property
    def last_segment(self) -> int:
        """The worst segment that a score can give: the one before the improvement programme's."""
        (row,) = self.rows("frameworks")
        return int(row["programme_segment"] or 1) - 1

    @cached_property
    def metrics(self) -> list[Row]:
        """The metrics that get a score."""
        return [row for row in self.rows("metrics") if row["metric_role"] in {"scored", "component"}]

    @cached_property
    def domains(self) -> list[str]:
        """The domains that get a score."""
        return [row["domain_id"] for row in self.rows("domains") if row["is_scored"] == "true"]

    @cached_property
    def families(self) -> dict[str, Row]:
        """The scoring families by name."""
        return {row["scoring_family"]: row for row in self.rows("scoring_families")}

    @cached_property
    def applicability(self) -> dict[tuple[str, str], str]:
        """Whether a metric that is scored for a type applies to it, by metric and type."""
        return {
            (row["metric_id"], row["trust_type_id"]): row["applicability"]
            for row in self.rows("metric_applicability")
            if row["treatment"] == "scored"
        }

    @cached_property
    def partitions(self) -> dict[tuple[str, str], str]:
        """The part of a pool that a type is in, by pool and type."""
        return {
            (row["pool_id"], row["trust_type_id"]): row["pool_partition_id"]
            for row in self.rows("pool_trust_types")
        }

    def metric_ids(self, seed: str) -> set[str]:
        """The metrics that a seed has rows for."""
        return {row["metric_id"] for row in self.rows(seed)}

    def lacks(self, seed: str, what: str, remedy: str = MADE_BY_HAND) -> Problem:
        """One thing that a seed has no row for."""
        return Problem(
            file=_path(seed), message=f"{self.framework_id} has no row here for {what}.", remedy=remedy
        )


def check_method(framework_id: str) -> None:
    """Refuse a framework that cannot be scored yet.

    Args:
        framework_id: a framework that seeds/framework/frameworks.csv has a row for.

    Raises:
        InputRefused: naming each seed that lacks rows, what they would say and where they come from.
    """
    problems = missing_rows(framework_id)
    if problems:
        raise InputRefused(problems)


def missing_rows(framework_id: str) -> list[Problem]:
    """What scoring needs and the seeds do not hold; known gaps first.

    Of a seed that a gap names nothing else is said: the gap says where its rows come from.
    """
    method = _Method(framework_id)
    gaps = method.rows("method_gaps")
    known = {_path(gap["seed_name"]) for gap in gaps}
    found = [problem for check in _CHECKS for problem in check(method)]
    return [_gap(framework_id, gap) for gap in gaps] + [each for each in found if each.file not in known]


def _gap(framework_id: str, gap: Row) -> Problem:
    return Problem(
        file=_path(gap["seed_name"]),
        message=f"{framework_id} cannot be scored yet; not in hand: {gap['what_is_missing']}.",
        remedy=f"To be had from {gap['where_it_comes_from']}. Add the rows, then take the row of "
        f"{gap['seed_name']} out of {_path('method_gaps')}.",
    )


def _path(seed: str) -> str:
    return f"seeds/framework/{seed}.csv"


def _framework(method: _Method) -> Iterator[Problem]:
    (row,) = method.rows("frameworks")
    for column in FRAMEWORK_NUMBERS:
        if not row[column]:
            yield method.lacks("frameworks", column)


def _scope(method: _Method) -> Iterator[Problem]:
    named = {row["trust_type_id"] for row in method.rows("organisation_scope")}
    for trust_type_id in method.trust_types:
        if trust_type_id not in named:
            yield method.lacks(
                "organisation_scope", f"{trust_type_id}: how many there are and whether they are segmented"
            )
    if not method.segmented:
        yield method.lacks("organisation_scope", "an organisation type that is segmented")


def _domains(method: _Method) -> Iterator[Problem]:
    if not method.domains:
        yield method.lacks("domains", "a domain that is scored")
    averaged = {row["domain_id"] for row in method.metrics if row["enters_average"] == "true"}
    for domain_id in method.domains:
        if domain_id not in averaged:
            yield method.lacks("metrics", f"a metric that enters the average of the domain {domain_id}")
    known = {row["domain_id"] for row in method.rows("domains")}
    for domain_id in sorted({row["domain_id"] for row in method.metrics} - known):
        yield method.lacks("domains", f"{domain_id}, which metrics are in")


def _metrics(method: _Method) -> Iterator[Problem]:
    if not method.metrics:
        yield method.lacks("metrics", "a metric that is scored")
    for family in sorted({row["scoring_family"] for row in method.metrics} - method.families.keys()):
        yield method.lacks("scoring_families", f"the family {family}, by which metrics are scored")


def _applicability(method: _Method) -> Iterator[Problem]:
    for metric in method.metrics:
        metric_id = metric["metric_id"]
        lacking = [each for each in method.segmented if (metric_id, each) not in method.applicability]
        if lacking:
            yield method.lacks(
                "metric_applicability",
                f"{metric_id}: whether it applies to {', '.join(lacking)}, with treatment scored",
            )


def _metric_rules(method: _Method) -> Iterator[Problem]:
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


def _pools(method: _Method) -> Iterator[Problem]:
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


def _core_metrics(method: _Method) -> Iterator[Problem]:
    with_core = {row["trust_type_id"] for row in method.rows("core_metrics")}
    for trust_type_id in method.segmented:
        if trust_type_id not in with_core:
            yield method.lacks("core_metrics", f"{trust_type_id}: what every one of them reports")


def _measures(method: _Method) -> Iterator[Problem]:
    roles = [row["measure_role"] for row in method.rows("summary_measures")]
    for role in MEASURE_ROLES:
        if roles.count(role) != 1:
            yield method.lacks("summary_measures", f"exactly one {role}")


def _segmentation(method: _Method) -> Iterator[Problem]:
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


def _cuts(method: _Method) -> Iterator[Problem]:
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


def _benchmarks(method: _Method) -> Iterator[Problem]:
    named = {row["benchmark_id"] for row in method.rows("benchmark_quantiles")}
    for benchmark_id in BENCHMARKS:
        if benchmark_id not in named:
            yield method.lacks("benchmark_quantiles", benchmark_id)


def _override(method: _Method) -> Iterator[Problem]:
    inputs = method.metric_ids("override_inputs")
    if not inputs:
        yield method.lacks("override_inputs", "the metric values whose sum shows a deficit")
    scored = {row["metric_id"] for row in method.metrics}
    for metric_id in sorted(inputs - scored):
        yield method.lacks("metrics", f"{metric_id}, which {_path('override_inputs')} adds up")


def _system(method: _Method) -> Iterator[Problem]:
    if not method.rows("system_adjustment_rules"):
        return
    if not method.rows("system_areas"):
        yield method.lacks("system_areas", "an area that the system adjustment counts")
    if not method.rows("system_area_metrics"):
        yield method.lacks("system_area_metrics", "a metric of any system area")


_CHECKS: tuple[Callable[[_Method], Iterator[Problem]], ...] = (
    _framework,
    _scope,
    _domains,
    _metrics,
    _applicability,
    _metric_rules,
    _pools,
    _core_metrics,
    _measures,
    _segmentation,
    _cuts,
    _benchmarks,
    _override,
    _system,
)
