"""The page that says how good the data is, and one beside it with every claim of the gates."""

from collections.abc import Iterator

from nof.site.glossary import CERTAINTIES
from nof.site.model import Output, Page, Step
from nof.site.quality.ages import ages, counts
from nof.site.quality.agreement import agreement
from nof.site.quality.gates import CLAIMS, GATES, gates
from nof.site.quality.missing import by_metric, by_origin, by_reason, completeness, withheld
from nof.site.released import Released
from nof.site.table import simple

_ASSUMPTIONS = "select * from method_assumptions order by assumption_id"
_RULES = (
    "select rule_certainty, count(*) as metric_count from dim_metric "
    "where metric_role in ('scored', 'component') group by rule_certainty"
)
_REVISIONS = "select count(*) as revision_count from fct_revision"


def make(released: Released) -> Iterator[Output]:
    """The page, and the claims."""
    found = gates(released)
    rules = {row["rule_certainty"]: row["metric_count"] for row in released.rows(_RULES)}
    yield Page(
        path="quality.html",
        template="pages/quality.html.j2",
        title="Data quality",
        section="quality.html",
        filled={
            "gates": found,
            "completeness": completeness(released),
            "by_reason": by_reason(released),
            "by_metric": by_metric(released),
            "by_origin": by_origin(released),
            "ages": ages(released),
            "age_counts": counts(released),
            "agreement": agreement(released),
            "withheld": withheld(released),
            "assumptions": released.rows(_ASSUMPTIONS),
            "certainties": simple(
                "What the scoring of metrics rests on",
                ("Certainty", "The rule", "Metrics"),
                [
                    (word.capitalize(), meaning, rules[word])
                    for word, meaning in CERTAINTIES.items()
                    if word in rules
                ],
                numeric=(2,),
                wide=(1,),
            ),
            "revision_count": released.rows(_REVISIONS)[0]["revision_count"],
        },
    )
    yield Page(
        path="quality/claims.html",
        template="pages/claims.html.j2",
        title="Every claim of the gates",
        section="quality.html",
        filled={"gates": found, "claims_id": CLAIMS, "gate_names": [(gate, gate) for gate, _ in GATES]},
        trail=(Step("Data quality", "quality.html"),),
    )
