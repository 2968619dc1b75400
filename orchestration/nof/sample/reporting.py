"""Which trusts have a value of a metric in a quarter: by type, by service, and to the recorded pool sizes."""

from collections.abc import Sequence

from nof.project import read_seed
from nof.sample.cases import EXCLUDED, FRAMEWORK_ID, NO_INFECTION_RATE, NOT_REPORTED, SHORTHAND
from nof.sample.draws import share
from nof.sample.nation import ACUTE, AMBULANCE, NON_ACUTE, Trust

# The service that brings a metric with it; a metric that is not named here is every trust's of its types.
_SERVICES = {
    "OF0003": "elective",
    "OF0010": "cancer",
    "OF0011": "cancer",
    "OF0013": "emergency",
    "OF0014": "emergency",
    "OF0023": "elective",
    "OF0025": "adult_beds",
    "OF0035": "mental_health",
    "OF0048": "infections",
    "OF0088": "infections",
    "OF0106": "elective",
    "UN0001": "mortality",
    "UN0002": "adult_survey",
}

# Pools whose size is recorded and whose members report by choice: the service that makes a mental health and
# community trust report first, and how many of them do. The rest of the recorded size comes from the others.
_RECORDED = {
    "OF0005": ("community", 41),
    "OF0016": ("mental_health", 46),
    "OF0041": ("mental_health", 50),
    "OF0057": ("community", 35),
    "OF0063": ("mental_health", 47),
    "OF0086": ("mental_health", 61),
}
_FLOOR_METRIC = "OF0057"
# Of each of the two types, on top of the recorded size: that counts the passing part only (rules 1 pools).
_FAILING_EACH = 3


class Reporting:
    """Answers who reports what; the framework's seeds are read once."""

    def __init__(self, trusts: Sequence[Trust]) -> None:
        self._trusts = list(trusts)
        self._types: dict[str, set[str]] = {}
        for row in read_seed("framework", "metric_applicability"):
            if row["framework_id"] == FRAMEWORK_ID and row["applicability"] != "never":
                self._types.setdefault(row["metric_id"], set()).add(row["trust_type_id"])
        self._sizes = {
            (row["metric_id"], row["quarter_id"]): int(row["pool_size"])
            for row in read_seed("framework", "pool_sizes")
            if row["framework_id"] == FRAMEWORK_ID and row["pool_partition_id"] == "all"
        }

    def reporters(self, metric_id: str, quarter_id: str) -> list[Trust]:
        """The trusts with a value, in the nation's order; those that fail a floor are among them."""
        if metric_id in _RECORDED:
            codes = self._passing(metric_id, quarter_id) | self.failing(metric_id)
        else:
            codes = {
                trust.trust_code
                for trust in self._trusts
                if (trust.trust_code, metric_id) == EXCLUDED
                or (
                    trust.trust_type_id in self._types[metric_id]
                    and _SERVICES.get(metric_id) in {None, *trust.services}
                    and (trust.trust_code, metric_id) not in NO_INFECTION_RATE
                )
            }
        return [
            trust
            for trust in self._trusts
            if trust.trust_code in codes
            and (quarter_id, trust.trust_code, metric_id) not in NOT_REPORTED
            and (quarter_id, trust.trust_code, metric_id) not in SHORTHAND
        ]

    def failing(self, metric_id: str) -> set[str]:
        """The trusts that fail the metric's floor in every quarter; none where it has no floor."""
        if metric_id != _FLOOR_METRIC:
            return set()
        most = max(size for (sized, _), size in self._sizes.items() if sized == metric_id)
        taken = _RECORDED[metric_id][1]
        non_acute = self._candidates(metric_id, NON_ACUTE)[taken : taken + _FAILING_EACH]
        acute = self._candidates(metric_id, ACUTE)[most - taken : most - taken + _FAILING_EACH]
        return {*non_acute, *acute}

    def _passing(self, metric_id: str, quarter_id: str) -> set[str]:
        non_acute = self._candidates(metric_id, NON_ACUTE)[: _RECORDED[metric_id][1]]
        if metric_id == "OF0086":
            candidates = self._candidates(metric_id, AMBULANCE) + non_acute
        else:
            candidates = non_acute + self._candidates(metric_id, ACUTE)
        return set(candidates[: self._sizes[metric_id, quarter_id]])

    def _candidates(self, metric_id: str, trust_type_id: str) -> list[str]:
        """Codes in the order in which they would report: with the service first, then by lot."""
        service = _RECORDED[metric_id][0]
        barred = {code for _, code, barred_id in SHORTHAND if barred_id == metric_id}
        order = sorted(
            (service not in trust.services, share("reports", metric_id, trust.trust_code), trust.trust_code)
            for trust in self._trusts
            if trust.trust_type_id == trust_type_id and trust.trust_code not in barred
        )
        return [code for _, _, code in order]
