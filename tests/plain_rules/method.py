"""The method as rows: the seeds of one framework, read into what the statement of the rules asks of them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

Tables = Mapping[str, list[dict[str, str]]]


def read_method_tables(*folders: Path) -> dict[str, list[dict[str, str]]]:
    """Every CSV of seeds/framework and seeds/reference as rows of text, by table name."""
    tables = {}
    for path in sorted(path for folder in folders for path in folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


def number_or_none(text: str) -> Fraction | None:
    """A seed's number, exactly as written; None for an empty cell."""
    return Fraction(text) if text else None


@dataclass(frozen=True)
class Metric:
    """One line of the catalogue that can be scored."""

    metric_id: str
    score_id: str
    domain_id: str
    companion_unit_label: str
    is_lower_better: bool
    value_kind: str
    family: str
    enters_average: bool
    weight_group_id: str
    pool_id: str


@dataclass(frozen=True)
class Family:
    """A scoring family: the fixed part and the two ends of the ranked part."""

    has_ranked_part: bool
    threshold_kind: str
    fixed_when_met: bool
    fixed_score: Fraction | None
    ranked_low: Fraction | None
    ranked_high: Fraction | None


@dataclass(frozen=True)
class Method:
    """The seeds of one framework. Nothing here computes; it only looks up."""

    tables: Tables
    framework_id: str

    def rows(self, table: str) -> list[dict[str, str]]:
        """This framework's rows of one seed."""
        return [
            row
            for row in self.tables[table]
            if row.get("framework_id", self.framework_id) == self.framework_id
        ]

    @cached_property
    def framework(self) -> dict[str, str]:
        """The one row of the framework itself: shares, floors, the programme's segment."""
        (row,) = self.rows("frameworks")
        return row

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Metrics with a scoring family, by metric_id."""
        return {
            row["metric_id"]: Metric(
                metric_id=row["metric_id"],
                score_id=row["score_id"],
                domain_id=row["domain_id"],
                companion_unit_label=row["companion_unit_label"],
                is_lower_better=row["polarity"] == "lower",
                value_kind=row["value_kind"],
                family=row["scoring_family"],
                enters_average=row["enters_average"] == "true",
                weight_group_id=row["weight_group_id"],
                pool_id=row["pool_id"],
            )
            for row in self.rows("metrics")
            if row["scoring_family"] != "none"
        }

    @cached_property
    def families(self) -> dict[str, Family]:
        """Scoring families by name."""
        return {
            row["scoring_family"]: Family(
                has_ranked_part=row["has_ranked_part"] == "true",
                threshold_kind=row["threshold_kind"],
                fixed_when_met=row["fixed_when_met"] == "true",
                fixed_score=number_or_none(row["fixed_score"]),
                ranked_low=number_or_none(row["ranked_low"]),
                ranked_high=number_or_none(row["ranked_high"]),
            )
            for row in self.rows("scoring_families")
        }

    @cached_property
    def applicability(self) -> dict[tuple[str, str], str]:
        """never, where_it_applies or every_trust, by (metric_id, trust_type_id); only where it can be scored.

        What is published beside the scores (treatment contextual) never enters one (rules 7).
        """
        return {
            (row["metric_id"], row["trust_type_id"]): row["applicability"]
            for row in self.rows("metric_applicability")
            if row["treatment"] == "scored"
        }

    @cached_property
    def core_metrics(self) -> dict[str, list[str]]:
        """Core metrics by trust type."""
        found: dict[str, list[str]] = {}
        for row in self.rows("core_metrics"):
            found.setdefault(row["trust_type_id"], []).append(row["metric_id"])
        return found

    @cached_property
    def scope(self) -> dict[str, bool]:
        """The types of organisation that the framework speaks of: whether each is put into segments."""
        return {
            row["trust_type_id"]: row["is_segmented"] == "true" for row in self.rows("organisation_scope")
        }

    @cached_property
    def expected_counts(self) -> dict[str, int]:
        """How many organisations there are of each type that is put into segments."""
        return {
            row["trust_type_id"]: int(row["expected_trust_count"])
            for row in self.rows("organisation_scope")
            if self.scope[row["trust_type_id"]]
        }

    @cached_property
    def kinds(self) -> dict[str, str]:
        """provider or icb, by type."""
        return {row["trust_type_id"]: row["organisation_kind"] for row in self.rows("trust_types")}

    @cached_property
    def pool_parts(self) -> dict[str, dict[str, str]]:
        """By pool: the part in which each of its types is ranked."""
        found: dict[str, dict[str, str]] = {}
        for row in self.rows("pool_trust_types"):
            found.setdefault(row["pool_id"], {})[row["trust_type_id"]] = row["pool_partition_id"]
        return found

    @cached_property
    def pool_sizes(self) -> dict[tuple[str, str, str], int]:
        """Recorded size of a ranked part by (metric_id, quarter_id, pool_partition_id)."""
        return {
            (row["metric_id"], row["quarter_id"], row["pool_partition_id"]): int(row["pool_size"])
            for row in self.rows("pool_sizes")
        }

    @cached_property
    def shorthand(self) -> dict[str, str]:
        """What a symbol in the place of a value says about the cell."""
        return {row["symbol"]: row["value_status"] for row in self.rows("shorthand")}

    @cached_property
    def weakness(self) -> dict[str, int]:
        """Bases from strongest to weakest."""
        return {row["score_basis"]: int(row["weakness_order"]) for row in self.rows("score_bases")}

    @cached_property
    def measure_ids(self) -> dict[str, str]:
        """Identifiers of the summary figures by their role."""
        return {row["measure_role"]: row["measure_id"] for row in self.rows("summary_measures")}

    @cached_property
    def measures_scored_from(self) -> set[str]:
        """Every identifier that a row can have and a score or a segment can follow from."""
        metrics = self.metrics.values()
        return {id_ for metric in metrics for id_ in (metric.metric_id, metric.score_id)} | set(
            self.measure_ids.values()
        )

    def is_rounded_before_averaging(self, metric_id: str, quarter_id: str) -> bool:
        """The Q1 exception: this score is rounded before it enters a mean."""
        return any(
            row["metric_id"] == metric_id
            and row["quarter_id"] == quarter_id
            and row["is_rounded_before_averaging"] == "true"
            for row in self.rows("rounded_scores")
        )

    def partition(self, metric: Metric, trust_type_id: str) -> str | None:
        """The part of the metric's pool that this type is ranked in; None where the pool does not rank it."""
        return self.pool_parts[metric.pool_id].get(trust_type_id)

    def partition_types(self, pool_id: str, partition: str) -> set[str]:
        """The types that one part of a pool ranks together."""
        return {kind for kind, part in self.pool_parts[pool_id].items() if part == partition}

    def services(self, metric_id: str) -> list[str]:
        """The services that a metric is about; it is about whoever runs any of them."""
        return [row["service_id"] for row in self.rows("metric_services") if row["metric_id"] == metric_id]

    def last_day(self, quarter_id: str) -> date:
        """The last day of a quarter."""
        (row,) = [row for row in self.rows("quarters") if row["quarter_id"] == quarter_id]
        return date.fromisoformat(row["end_date"])

    def threshold(self, metric_id: str, quarter_id: str) -> dict[str, str]:
        """The standard or floor of a quarter: what began last; without a first quarter, at the start."""
        begun = {
            self.last_day(row["first_quarter_id"]) if row["first_quarter_id"] else date.min: row
            for row in self.rows("thresholds")
            if row["metric_id"] == metric_id
        }
        return begun[max(day for day in begun if day <= self.last_day(quarter_id))]

    def weakest(self, bases: list[str]) -> str:
        """The weakest of the bases (rules 1: in the order computed, published, computed_partial_pool)."""
        return max(bases, key=lambda basis: self.weakness[basis])
