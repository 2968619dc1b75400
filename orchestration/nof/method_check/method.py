"""One framework's rows of the seeds, as the checks ask for them."""

from dataclasses import dataclass
from functools import cached_property

from nof.errors import Problem
from nof.frameworks import seed_rows
from nof.project import read_seed

Row = dict[str, str]

MADE_BY_HAND = "How a framework is written: docs/methodology/frameworks.md."
AVERAGE = "average_metric_score"


def path_of(seed: str) -> str:
    """A seed of the method, as messages name it."""
    return f"seeds/framework/{seed}.csv"


@dataclass(frozen=True)
class Method:
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
            file=path_of(seed), message=f"{self.framework_id} has no row here for {what}.", remedy=remedy
        )
