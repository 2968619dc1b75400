"""Small random nations: a handful of trusts and ICBs, with ties, gaps, shorthand, registers and every family.

A nation brings its own expected counts, pool sizes and observed cut points, because by those of the real
seeds every small nation would be incomplete; some of them also bring fixed thresholds, another part of the
pool to cut in, or another rule for systems. The rest of the method stays as the project's seeds hold it:
those of the framework in force, which segments no ICB, or of the draft that does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from harness_nation_seeds import Base, framework_seeds, register_entries
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from plain_rules import Entry, Method, Row
from plain_rules.arithmetic import half_up
from plain_rules.method import Metric

IN_FORCE, DRAFT = Base.of("nof-2025-26"), Base.of("npaf-2025-26-draft")
ACUTE, MENTAL, AMBULANCE, ICB = "acute", "mental_health_and_community", "ambulance", "icb"
TYPES = (ACUTE, MENTAL, AMBULANCE, ICB)
# Q1 is the quarter in which three scores are rounded before averaging.
QUARTERS = ("2025-26-Q1", "2025-26-Q2")
REPLACED = (
    *("frameworks", "organisation_scope", "pool_sizes", "observed_cut_points", "segmentation"),
    *("segment_thresholds", "metric_services", "system_adjustment_rules", "thresholds"),
)
SYMBOLS = sorted(IN_FORCE.method.shorthand)


@dataclass(frozen=True)
class SmallNation:
    """A nation, the entries of its registers, and the method it is scored by."""

    rows: list[Row]
    entries: list[Entry]
    method: Method

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:
        """Short enough to read when hypothesis prints a failing nation."""
        seeds = {name: self.method.tables[name] for name in REPLACED}
        lines = [
            f"{r.quarter_id} {r.trust_code} {r.measure_id} {r.value!r} {r.published_rank or ''}"
            for r in self.rows
        ]
        lines += [str(entry) for entry in self.entries]
        printer.text("\n".join(["SmallNation", *(f"{name}: {rows}" for name, rows in seeds.items()), *lines]))


def values_of(method: Method, metric: Metric) -> list[str]:
    """Values worth trying: on, just beside and far from every edge, few enough that ties are common."""
    rows = {name: method.rows(name) for name in ("label_bands", "thresholds", "value_bands")}
    mine = {name: [row for row in rows[name] if row["metric_id"] == metric.metric_id] for name in rows}
    if metric.value_kind == "label":
        return [row["band_label"] for row in mine["label_bands"]]
    edges = [Fraction(row["threshold"]) for row in mine["thresholds"] if not row["first_quarter_id"]]
    edges += [Fraction(row["upper_bound"]) for row in mine["value_bands"] if row["upper_bound"]]
    if not edges:
        return ["0", "4.0", "4.01", "4.5", "7", "-3.25"]
    steps = [Fraction(step) for step in ("0", "0.01", "0.5", "3", "-0.01", "-0.5", "-3")]
    return [f"{float(edge + step):.2f}" for edge in edges for step in steps]


VALUES = {
    metric_id: values_of(IN_FORCE.method, metric) for metric_id, metric in IN_FORCE.method.metrics.items()
}


def cells_of(metric: Metric, applicability: str, *, is_sure: bool) -> SearchStrategy[str | None]:
    """One cell: a value, a shorthand symbol, or nothing; a metric that never applies seldom has a row."""
    values: list[str | None] = [*VALUES[metric.metric_id]]
    if applicability == "never":
        return st.sampled_from([None] * 24 + values[:2])
    value = st.sampled_from(values)
    return value if is_sure else st.one_of(value, value, value, st.none(), st.sampled_from(SYMBOLS))


def published_scores(method: Method, metric: Metric, size: int | None) -> SearchStrategy[str | None]:
    """A published score: a rounded point of the grid where a size is recorded, or any 2 dp number."""
    family = method.families[metric.family]
    if not family.has_ranked_part or family.ranked_low is None or family.ranked_high is None:
        return st.sampled_from([None, "1.0", "2", "3.00", "4"])
    free = st.sampled_from([None, "1", "1.00", "1.37", "2.5", "3.33", "4.0"])
    if size is None or size == 1:
        return free
    width = family.ranked_high - family.ranked_low
    points = [family.ranked_low + width * Fraction(step, size - 1) for step in range(size)]
    return st.one_of(free, st.sampled_from([f"{float(half_up(point)):.2f}" for point in points]))


@dataclass
class NationDraw:
    """The draws of one nation, in order; each step adds rows to the nation or to its seeds."""

    draw: DrawFn
    base: Base
    rows: list[Row]
    sizes: list[dict[str, str]]

    def quarter(self, quarter_id: str, organisations: dict[str, str], sure: set[str]) -> None:
        """One quarter: the core metrics, the combined finance score, and some of the others.

        The organisations in `sure` have every core metric; the others may not.
        """
        base, roles = self.base, self.base.method.measure_ids
        optional = st.sets(st.sampled_from(base.optional), min_size=2, max_size=6)
        chosen = base.core | {"OF0080"} | self.draw(optional)
        for group in base.together:
            chosen |= group if self.draw(st.booleans()) else set()
        for metric_id in sorted(chosen):
            self.metric(quarter_id, base.method.metrics[metric_id], organisations, sure)
        for code, kind in organisations.items():
            for measure, texts in (
                (roles["financial_override"], [None, None, "0", "0.0", "1", "NA"]),
                (roles["improvement_programme"], [None, None, None, None, "0", "0.0", "1"]),
                # Under the draft the published final segment is another measure, and says nothing.
                ("OF5005", [None, None, "2", "5.0"]),
            ):
                self.add((quarter_id, kind, code), measure, self.draw(st.sampled_from(texts)))

    def metric(self, quarter_id: str, metric: Metric, organisations: dict[str, str], sure: set[str]) -> None:
        """One metric in one quarter: recorded sizes, values, published ranks and published scores."""
        method = self.base.method
        sizes = self.record_sizes(quarter_id, metric, organisations)
        is_published = self.draw(st.sampled_from([True, False] if sizes else [False, False, True]))
        ranks = {kind: self.draw(st.sampled_from(["none", "none", "all", "some"])) for kind in TYPES}
        for code, kind in organisations.items():
            # What is contextual for a type has rows too, and they must reach nothing.
            applicability = method.applicability.get((metric.metric_id, kind), "contextual")
            if metric.value_kind != "none":
                is_core = metric.metric_id in method.core_metrics.get(kind, ())
                cell = cells_of(metric, applicability, is_sure=is_core and code in sure)
                rank = self.draw(st.integers(1, 4)) if ranks[kind] != "none" else None
                if ranks[kind] == "some" and self.draw(st.booleans()):
                    rank = None
                self.add((quarter_id, kind, code), metric.metric_id, self.draw(cell), rank)
                if metric.companion_unit_label and self.draw(st.booleans()):
                    unit = metric.companion_unit_label
                    self.rows.append(Row(quarter_id, kind, code, metric.metric_id, unit, "40", 1))
            if is_published and applicability != "never":
                size = sizes.get(method.partition(metric, kind))
                score = self.draw(published_scores(method, metric, size))
                self.add((quarter_id, kind, code), metric.score_id, score)

    def record_sizes(
        self, quarter_id: str, metric: Metric, organisations: dict[str, str]
    ) -> dict[str | None, int]:
        """Record a size for some parts of the metric's pool."""
        method = self.base.method
        found: dict[str | None, int] = {}
        if method.families[metric.family].has_ranked_part:
            parts = {method.partition(metric, kind) for kind in organisations.values()}
            for partition in sorted(part for part in parts if part):
                size = self.draw(st.sampled_from([None, None, 1, 2, 3, 5, 12, 40]))
                if size is not None:
                    found[partition] = size
                    self.sizes.append(
                        self.base.row(
                            metric_id=metric.metric_id,
                            quarter_id=quarter_id,
                            pool_partition_id=partition,
                            pool_size=str(size),
                        )
                    )
        return found

    def add(
        self, organisation: tuple[str, str, str], measure: str, text: str | None, rank: int | None = None
    ) -> None:
        """Add a row for one organisation in one quarter, unless there is nothing to say."""
        if text is not None:
            self.rows.append(Row(*organisation, measure, self.base.units.get(measure, "score"), text, rank))


SPANS = (QUARTERS[:1], QUARTERS[:1], QUARTERS[1:], QUARTERS)


@st.composite
def small_nations(draw: DrawFn, spans: Sequence[tuple[str, ...]] = SPANS) -> SmallNation:
    """A few organisations in one or two quarters, and the seeds that fit; every second nation is whole."""
    base = draw(st.sampled_from([IN_FORCE, DRAFT]))
    is_whole = draw(st.booleans())
    most = {ACUTE: 3, MENTAL: 3, AMBULANCE: 2, ICB: 1}
    if base is DRAFT:
        most = {ACUTE: 3, MENTAL: 1, AMBULANCE: 1, ICB: 3}
    counts = {kind: draw(st.integers(1, most[kind])) for kind in TYPES}
    missing = {draw(st.sampled_from([None, None, ACUTE, MENTAL, AMBULANCE, ICB]))} if not is_whole else set()
    if base is IN_FORCE and draw(st.booleans()):
        missing.add(ICB)
    more = {kind: 0 if is_whole else draw(st.sampled_from([0, 0, 1])) for kind in TYPES}
    share = draw(st.sampled_from(["0.95", "0.6", "0.5", "0.5"]))
    codes = {
        kind: [f"{letter}{number}{'G2S' if number == 3 else 'X'}" for number in range(1, counts[kind] + 1)]
        for letter, kind in zip("QVYZ", TYPES, strict=True)
    }
    organisations = {code: kind for kind in TYPES if kind not in missing for code in codes[kind]}
    nation = NationDraw(draw, base, [], [])
    quarters = draw(st.sampled_from(list(spans)))
    for quarter_id in quarters:
        # Just as many as make a type complete have all core metrics.
        sure = {
            code
            for kind in TYPES
            if is_whole or draw(st.booleans())
            for code in codes[kind][: ceil(Fraction(share) * counts[kind])]
        }
        nation.quarter(quarter_id, organisations, sure)
    expected = {kind: counts[kind] + more[kind] for kind in TYPES}
    tables = {
        **base.method.tables,
        **framework_seeds(draw, base, share, expected, quarters),
        "pool_sizes": nation.sizes,
    }
    entries = register_entries(draw, base, organisations)
    return SmallNation(nation.rows, entries, Method(tables, base.method.framework_id))
