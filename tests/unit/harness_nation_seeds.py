"""What a small random nation brings beside its rows: seeds of its own, and entries of the registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harness_published import method_of_the_seeds
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from plain_rules import Entry, Method
from plain_rules.registers import DECIDING, EVERY_ORGANISATION, EXCLUSION, PROGRAMME, SERVICE, SUPPORT

Row = dict[str, str]
# Three boundaries, as the highest score inside and the lowest outside; some midpoints fall on a 2 dp score.
OBSERVED = (
    ("1.98", "2.02", "2.40", "2.45", "2.99", "3.01"),
    ("1.49", "1.51", "1.60", "1.62", "2.49", "2.51"),
)
FIXED = (("1.50", "2.00", "3.00"), ("2.00", "2.50", "3.25"), ("1.75", "2.33", "2.67"))
# On, just before and just after the last days of the two quarters.
FIRST_DAYS = (
    "2025-04-01",
    "2025-05-12",
    "2025-06-30",
    "2025-06-30",
    "2025-07-01",
    "2025-09-30",
    "2025-10-01",
)
LAST_DAYS = ("", "", "", "2025-06-29", "2025-06-30", "2025-09-29", "2025-09-30", "2025-10-01")


@dataclass(frozen=True)
class Base:
    """A framework of the project's seeds, as the ground that nations are drawn on."""

    method: Method
    core: frozenset[str]
    optional: list[str]
    units: dict[str, str]
    together: tuple[set[str], ...]

    @classmethod
    def of(cls, framework_id: str) -> "Base":
        """Look up what is drawn often (core metrics, what belongs together) and what now and then."""
        method = method_of_the_seeds(framework_id)
        core = frozenset(metric_id for metrics in method.core_metrics.values() for metric_id in metrics)
        together = (
            {row["metric_id"] for row in method.rows("thresholds") if row["threshold_kind"] == "floor"},
            {row["metric_id"] for row in method.rows("metrics") if row["weight_group_id"] == "infections"},
            {row["metric_id"] for row in method.rows("rounded_scores")},
        )
        return cls(
            method=method,
            core=core,
            optional=sorted(metric_id for metric_id in method.metrics if metric_id not in core),
            units={row["metric_id"]: row["unit_label"] for row in method.rows("metrics")},
            together=together,
        )

    def row(self, **columns: str) -> Row:
        """A seed row of this framework."""
        return {"framework_id": self.method.framework_id, "source": "", "certainty": "", **columns}


def framework_seeds(
    draw: DrawFn, base: Base, share: str, expected: Mapping[str, int], quarters: Sequence[str]
) -> dict[str, list[Row]]:
    """The seeds that a nation replaces, but for the sizes of its pools."""
    adopts = draw(st.sampled_from(["true", "true", "true", "false"]))
    limit = draw(st.sampled_from(["0", "0", "-0.5", "1"]))
    changed = {"core_metric_share": share, "adopts_published_scores": adopts, "override_sum_below": limit}
    scope = base.method.rows("organisation_scope")
    segmentation = segmentation_seeds(draw, base)
    return {
        "frameworks": [{**base.method.framework, **changed}],
        "organisation_scope": [
            {**row, "expected_trust_count": str(expected.get(row["trust_type_id"], 1))} for row in scope
        ],
        "segmentation": segmentation,
        "segment_thresholds": threshold_seeds(draw, base, segmentation),
        "thresholds": base.method.rows("thresholds") + changed_standards(draw, base),
        "observed_cut_points": observed_seeds(draw, base, quarters),
        "metric_services": service_seeds(draw, base),
        "system_adjustment_rules": [
            {
                **row,
                "challenged_score_at_least": draw(st.sampled_from(["1.50", "2.00", "3.00"])),
                "challenged_area_count_at_least": draw(st.sampled_from(["1", "1", "2", "3"])),
                "segment_steps": draw(st.sampled_from(["1", "2"])),
                "worst_segment": draw(st.sampled_from(["3", "4"])),
            }
            for row in base.method.rows("system_adjustment_rules")
        ],
    }


def segmentation_seeds(draw: DrawFn, base: Base) -> list[Row]:
    """Quantiles or fixed thresholds, for the average alone or for everything; over all or within the type."""
    average_id = base.method.measure_ids["average_metric_score"]
    fixed = draw(st.sampled_from(["none", "none", "none", "average", "all"]))
    pool_id = draw(st.sampled_from(["all_trusts", "all_trusts", "within_trust_type"]))
    is_inside = draw(st.sampled_from(["true", "true", "false"]))
    made = []
    for row in base.method.rows("segmentation"):
        is_fixed = fixed == "all" or (fixed == "average" and row["score_id"] == average_id)
        how = {"cut_method": "fixed_threshold", "estimator": ""} if is_fixed else {}
        made.append({**row, **how, "cut_pool_id": pool_id, "is_cut_point_inside": is_inside})
    return made


def threshold_seeds(draw: DrawFn, base: Base, segmentation: Sequence[Row]) -> list[Row]:
    """Thresholds for each part of the pool of each score that has fixed ones."""
    made = []
    for setting in segmentation:
        if setting["cut_method"] == "fixed_threshold":
            for part in sorted(set(base.method.pool_parts[setting["cut_pool_id"]].values())):
                for number, threshold in enumerate(draw(st.sampled_from(FIXED)), start=1):
                    made.append(
                        base.row(
                            score_id=setting["score_id"],
                            cut_partition_id=part,
                            boundary=f"{number}/{number + 1}",
                            segment=str(number),
                            threshold=threshold,
                        )
                    )
    return made


def changed_standards(draw: DrawFn, base: Base) -> list[Row]:
    """Now and then standards and floors that are higher or lower from some quarters on."""
    made = []
    for row in base.method.rows("thresholds") if draw(st.sampled_from([False, False, True])) else ():
        # The first and the second begin in a quarter of the nation, the last after it.
        for first in draw(st.sampled_from([(), ("Q2",), ("Q2",), ("Q1", "Q2"), ("Q3",)])):
            step = draw(st.sampled_from(["0.5", "-0.5", "3", "-3"]))
            if not row["first_quarter_id"]:
                threshold = str(Decimal(row["threshold"]) + Decimal(step))
                made.append({**row, "first_quarter_id": f"2025-26-{first}", "threshold": threshold})
    return made


def observed_seeds(draw: DrawFn, base: Base, quarters: Sequence[str]) -> list[Row]:
    """Observed cut points for some scores."""
    rows = []
    for quarter_id in quarters:
        for setting in base.method.rows("segmentation"):
            edges = draw(st.sampled_from([None, *OBSERVED]))
            for number in range(3) if edges else ():
                rows.append(
                    base.row(
                        quarter_id=quarter_id,
                        score_id=setting["score_id"],
                        boundary=f"{number + 1}/{number + 2}",
                        highest_score_inside=edges[2 * number],
                        lowest_score_outside=edges[2 * number + 1],
                    )
                )
    return rows


def service_seeds(draw: DrawFn, base: Base) -> list[Row]:
    """The services of metrics; in every second nation one metric is about two of them."""
    rows = base.method.rows("metric_services")
    if draw(st.booleans()):
        rows = [*rows, base.row(metric_id="OF0005", service_id="urgent_community_response")]
    return rows


def register_entries(draw: DrawFn, base: Base, organisations: Mapping[str, str]) -> list[Entry]:
    """Up to four entries of each register that a figure follows from, no two with the same key."""
    method = base.method
    subjects = {
        SUPPORT: [SUPPORT],
        PROGRAMME: ["programme", "programme", "programme", "diagnostic_review"],
        # Often those of metrics that more than one type of trust may be about.
        SERVICE: ["community", "urgent_community_response"] * 3
        + sorted({row["service_id"] for row in method.rows("metric_services")}),
        EXCLUSION: [*sorted(base.core), *sorted(method.metrics)],
    }
    found: dict[tuple[str, ...], Entry] = {}
    for register_id in DECIDING:
        codes = codes_of(method, register_id, organisations)
        for _ in range(draw(st.sampled_from([0, 2, 4])) if codes else 0):
            subject_id = draw(st.sampled_from(subjects[register_id]))
            first, last = draw(st.sampled_from(FIRST_DAYS)), draw(st.sampled_from(LAST_DAYS))
            entry = Entry(
                register_id=register_id,
                organisation_code=draw(st.sampled_from(codes)),
                subject_id=subject_id,
                value=draw(st.sampled_from(labels_of(method, register_id, subject_id))),
                from_date=first,
                to_date=last if last and date.fromisoformat(last) >= date.fromisoformat(first) else "",
                entry_status=draw(st.sampled_from(["", "", "", "", "Withdrawn"])),
            )
            found[register_id, entry.organisation_code, subject_id, first] = entry
    return list(found.values())


def codes_of(method: Method, register_id: str, organisations: Mapping[str, str]) -> list[str]:
    """Whom an entry of a register can name: those of its kind, and all of them where it allows that."""
    (register,) = [row for row in method.rows("registers") if row["register_id"] == register_id]
    kinds = (
        ("provider", "icb") if register["organisation_kind"] == "any" else (register["organisation_kind"],)
    )
    codes = [code for code, type_id in organisations.items() if method.kinds[type_id] in kinds]
    return [*codes, EVERY_ORGANISATION] if register["allows_all"] == "true" else codes


def labels_of(method: Method, register_id: str, subject_id: str) -> list[str]:
    """The labels that an entry can have; a subject that is any metric or service has one row of subjects."""
    subject = {SERVICE: "service", EXCLUSION: "metric"}.get(register_id, subject_id)
    return [
        row["value_label"]
        for row in method.rows("register_values")
        if (row["register_id"], row["subject_id"]) == (register_id, subject)
    ]
