"""Small random nations: a handful of trusts over three types, with ties, gaps, shorthand and every family.

A nation brings its own expected counts, pool sizes and observed cut points, because by those of the real
seeds every small nation would be incomplete; the rest of the method stays as the project's seeds hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from harness_published import method_of_the_seeds
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from plain_rules import Method, Row
from plain_rules.arithmetic import half_up
from plain_rules.method import Metric

SEEDS = method_of_the_seeds()
FRAMEWORK_ID = SEEDS.framework_id
MENTAL = "mental_health_and_community"
TYPES = ("acute", MENTAL, "ambulance")
# Q1 is the quarter in which three scores are rounded before averaging.
QUARTERS = ("2025-26-Q1", "2025-26-Q2")
REPLACED = ("frameworks", "expected_trusts", "pool_sizes", "observed_cut_points")
UNITS = {row["metric_id"]: row["unit_label"] for row in SEEDS.rows("metrics")}
CORE = {metric_id for metrics in SEEDS.core_metrics.values() for metric_id in metrics}
OPTIONAL = sorted(metric_id for metric_id in SEEDS.metrics if metric_id not in CORE)
# Wanted in every second nation: one weight between them, rounded before averaging, the one with a floor.
TOGETHER = (
    {row["metric_id"] for row in SEEDS.rows("thresholds") if row["threshold_kind"] == "floor"},
    {row["metric_id"] for row in SEEDS.rows("metrics") if row["weight_group_id"] == "infections"},
    {row["metric_id"] for row in SEEDS.rows("rounded_scores")},
)
SYMBOLS = sorted(SEEDS.shorthand)


@dataclass(frozen=True)
class SmallNation:
    """A nation and the method it is scored by."""

    rows: list[Row]
    method: Method

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:
        """Short enough to read when hypothesis prints a failing nation."""
        seeds = {name: self.method.tables[name] for name in REPLACED}
        lines = [
            f"{r.quarter_id} {r.trust_code} {r.measure_id} {r.value!r} {r.published_rank or ''}"
            for r in self.rows
        ]
        printer.text("\n".join(["SmallNation", *(f"{name}: {rows}" for name, rows in seeds.items()), *lines]))


def values_of(metric: Metric) -> list[str]:
    """Values worth trying: on, just beside and far from every edge, few enough that ties are common."""
    if metric.value_kind == "label":
        return [
            row["band_label"] for row in SEEDS.rows("label_bands") if row["metric_id"] == metric.metric_id
        ]
    edges = [
        Fraction(row["threshold"]) for row in SEEDS.rows("thresholds") if row["metric_id"] == metric.metric_id
    ]
    edges += [
        Fraction(row["upper_bound"])
        for row in SEEDS.rows("value_bands")
        if row["metric_id"] == metric.metric_id and row["upper_bound"]
    ]
    if not edges:
        return ["0", "4.0", "4.01", "4.5", "7", "-3.25"]
    steps = [Fraction(step) for step in ("0", "0.01", "0.5", "3", "-0.01", "-0.5", "-3")]
    return [f"{float(edge + step):.2f}" for edge in edges for step in steps]


def cells_of(metric: Metric, applicability: str, *, is_sure: bool) -> SearchStrategy[str | None]:
    """One cell: a value, a shorthand symbol, or nothing; a metric that never applies seldom has a row."""
    values: list[str | None] = [*values_of(metric)]
    if applicability == "never":
        return st.sampled_from([None] * 24 + values[:2])
    if is_sure and metric.metric_id in CORE:
        return st.sampled_from(values)
    value = st.sampled_from(values)
    return st.one_of(value, value, value, st.none(), st.sampled_from(SYMBOLS))


def published_scores(metric: Metric, size: int | None) -> SearchStrategy[str | None]:
    """A published score: a rounded point of the grid where a size is recorded, or any 2 dp number."""
    family = SEEDS.families[metric.family]
    if not family.has_ranked_part or family.ranked_low is None or family.ranked_high is None:
        return st.sampled_from([None, "1.0", "2", "3.00", "4"])
    free = st.sampled_from([None, "1", "1.00", "1.37", "2.5", "3.33", "4.0"])
    if size is None or size == 1:
        return free
    width = family.ranked_high - family.ranked_low
    points = [family.ranked_low + width * Fraction(step, size - 1) for step in range(size)]
    return st.one_of(free, st.sampled_from([f"{float(half_up(point)):.2f}" for point in points]))


def framework_row(**columns: str) -> dict[str, str]:
    """A seed row of this framework."""
    return {"framework_id": FRAMEWORK_ID, "source": "", "certainty": "", **columns}


@dataclass
class NationDraw:
    """The draws of one nation, in order; each step adds rows to the nation or to its seeds."""

    draw: DrawFn
    rows: list[Row]
    sizes: list[dict[str, str]]

    def quarter(self, quarter_id: str, trusts: dict[str, str], sure: set[str]) -> None:
        """One quarter: the core metrics, the combined finance score, and some of the others.

        The trusts in `sure` have every core metric; the others may not.
        """
        chosen = CORE | {"OF0080"} | self.draw(st.sets(st.sampled_from(OPTIONAL), min_size=2, max_size=6))
        for group in TOGETHER:
            chosen |= group if self.draw(st.booleans()) else set()
        for metric_id in sorted(chosen):
            self.metric(quarter_id, SEEDS.metrics[metric_id], trusts, sure)
        for trust, kind in trusts.items():
            for measure, texts in (
                ("OF5004", [None, None, "0", "0.0", "1", "NA"]),
                ("OF5007", [None, "0", "0.0", "1"]),
                ("OF5005", [None, None, "2", "5.0"]),
            ):
                self.add((quarter_id, kind, trust), measure, self.draw(st.sampled_from(texts)))

    def metric(self, quarter_id: str, metric: Metric, trusts: dict[str, str], sure: set[str]) -> None:
        """One metric in one quarter: recorded sizes, values, published ranks and published scores."""
        sizes = self.record_sizes(quarter_id, metric, trusts)
        is_published = self.draw(st.sampled_from([True, False] if sizes else [False, False, True]))
        ranks = {kind: self.draw(st.sampled_from(["none", "none", "all", "some"])) for kind in TYPES}
        for trust, kind in trusts.items():
            applicability = SEEDS.applicability[metric.metric_id, kind]
            if metric.value_kind != "none":
                text = self.draw(cells_of(metric, applicability, is_sure=trust in sure))
                rank = self.draw(st.integers(1, 4)) if ranks[kind] != "none" else None
                if ranks[kind] == "some" and self.draw(st.booleans()):
                    rank = None
                self.add((quarter_id, kind, trust), metric.metric_id, text, rank)
                if metric.companion_unit_label and self.draw(st.booleans()):
                    count = Row(
                        quarter_id, kind, trust, metric.metric_id, metric.companion_unit_label, "40", 1
                    )
                    self.rows.append(count)
            if is_published and applicability != "never":
                size = sizes.get(SEEDS.partition(metric, kind))
                self.add(
                    (quarter_id, kind, trust), metric.score_id, self.draw(published_scores(metric, size))
                )

    def record_sizes(self, quarter_id: str, metric: Metric, trusts: dict[str, str]) -> dict[str, int]:
        """Record a size for some parts of the metric's pool."""
        found = {}
        if SEEDS.families[metric.family].has_ranked_part:
            for partition in sorted({SEEDS.partition(metric, kind) for kind in trusts.values()}):
                size = self.draw(st.sampled_from([None, None, 1, 2, 3, 5, 12, 40]))
                if size is not None:
                    found[partition] = size
                    self.sizes.append(
                        framework_row(
                            metric_id=metric.metric_id,
                            quarter_id=quarter_id,
                            pool_partition_id=partition,
                            pool_size=str(size),
                        )
                    )
        return found

    def add(
        self, trust: tuple[str, str, str], measure: str, text: str | None, rank: int | None = None
    ) -> None:
        """Add a row for one trust in one quarter, unless there is nothing to say."""
        if text is not None:
            self.rows.append(Row(*trust, measure, UNITS.get(measure, "score"), text, rank))


def observed(draw: DrawFn, quarters: Sequence[str]) -> list[dict[str, str]]:
    """Observed cut points for some scores; some midpoints fall on a 2 dp score."""
    rows = []
    for quarter_id in quarters:
        for setting in SEEDS.rows("segmentation"):
            edges = draw(st.sampled_from([None, ("1.98", "2.02", "2.40", "2.45", "2.99", "3.01"),
                                          ("1.49", "1.51", "1.60", "1.62", "2.49", "2.51")]))  # fmt: skip
            for number in range(3) if edges else ():
                rows.append(
                    framework_row(
                        quarter_id=quarter_id,
                        score_id=setting["score_id"],
                        boundary=f"{number + 1}/{number + 2}",
                        highest_score_inside=edges[2 * number],
                        lowest_score_outside=edges[2 * number + 1],
                    )
                )
    return rows


@st.composite
def small_nations(draw: DrawFn) -> SmallNation:
    """Three to eight trusts in one or two quarters, and the seeds that fit; every second nation is whole."""
    is_whole = draw(st.booleans())
    most = {"acute": 3, MENTAL: 3, "ambulance": 2}
    counts = {kind: draw(st.integers(1, most[kind])) for kind in TYPES}
    missing = None if is_whole else draw(st.sampled_from([None, None, "acute", MENTAL, "ambulance"]))
    more = {kind: 0 if is_whole else draw(st.sampled_from([0, 0, 1])) for kind in TYPES}
    share = draw(st.sampled_from(["0.95", "0.6", "0.5"]))
    codes = {
        kind: [f"{letter}{number}{'G2S' if number == 3 else 'X'}" for number in range(1, counts[kind] + 1)]
        for letter, kind in zip("QVY", TYPES, strict=True)
    }
    trusts = {code: kind for kind in TYPES if kind != missing for code in codes[kind]}
    nation = NationDraw(draw, [], [])
    quarters = draw(st.sampled_from([QUARTERS[:1], QUARTERS[:1], QUARTERS[1:], QUARTERS]))
    for quarter_id in quarters:
        # Just as many trusts as make a type complete have all core metrics.
        sure = {
            code
            for kind in TYPES
            if is_whole or draw(st.booleans())
            for code in codes[kind][: ceil(Fraction(share) * counts[kind])]
        }
        nation.quarter(quarter_id, trusts, sure)
    tables = {
        **SEEDS.tables,
        "frameworks": [{**row, "core_metric_share": share} for row in SEEDS.rows("frameworks")],
        "expected_trusts": [
            framework_row(trust_type_id=kind, expected_trust_count=str(counts[kind] + more[kind]))
            for kind in TYPES
        ],
        "pool_sizes": nation.sizes,
        "observed_cut_points": observed(draw, quarters),
    }
    return SmallNation(nation.rows, Method(tables, FRAMEWORK_ID))
