"""Reading everything that the pages about trusts show: each table once for a quarter, then trust by trust."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nof.explain.facts import Facts, QuarterFacts, read_quarter
from nof.explain.model import Explanation
from nof.explain.rows import Row
from nof.explain.walk import tell
from nof.site.released import Released, Trust
from nof.site.trust import asked
from nof.why import Why, read_steps, tell_why


@dataclass(frozen=True, kw_only=True)
class TrustRead:
    """What was read about a trust, in the newest quarter that the release has it in.

    Attributes:
        facts: the rows that its explanation is made from.
        explanation: the walk down to file and row.
        quarters: average, segments and rank of every quarter with their likely ranges, the newest last.
        domains: of every quarter, in the order of display.
        values: value and score of every metric and quarter.
        contributions: what each metric is in the average; what makes it worse than the peers' first.
        average_distances: by direction, better and worse.
        metric_distances: what one metric alone could do; empty statuses among them.
        probabilities: how probable each segment is.
        stability: how far segment and rank depend on choices of the method.
        why: why it moved since the quarter before.
        revisions: figures that were changed after publication, of every quarter.
        reconciled: how many published figures have each explanation.
        neighbours: its nearest by context, the nearest first.
    """

    trust: Trust
    facts: Facts
    explanation: Explanation
    quarters: tuple[Row, ...]
    domains: tuple[Row, ...]
    values: tuple[Row, ...]
    contributions: tuple[Row, ...]
    average_distances: Mapping[str, Row]
    metric_distances: tuple[Row, ...]
    probabilities: tuple[Row, ...]
    stability: Row | None
    why: Why | None
    revisions: tuple[Row, ...]
    reconciled: tuple[Row, ...]
    neighbours: tuple[Row, ...]

    @property
    def now(self) -> Row:
        """Its row of the quarter that the page is about."""
        return next(row for row in self.quarters if row["quarter_id"] == self.trust.quarter_id)


def read_trusts(released: Released) -> Iterator[TrustRead]:
    """Every trust of the release, one by one."""
    steps = read_steps(released.connection)
    read: dict[str, QuarterFacts] = {}
    for trust in released.trusts.values():
        quarter = read.get(trust.quarter_id)
        if quarter is None:
            quarter = read_quarter(released.connection, released.framework_id, trust.quarter_id)
            read[trust.quarter_id] = quarter
        yield _read(trust, quarter, released, steps)


def _read(trust: Trust, quarter: QuarterFacts, released: Released, steps: tuple[Row, ...]) -> TrustRead:
    code, about = trust.trust_code, quarter.rows.about
    facts = quarter.of(quarter.known[code])
    explanation = tell(facts)
    if not isinstance(facts, Facts) or not isinstance(explanation, Explanation):
        raise TypeError(f"{code} has a row in fct_segment and no walk.")
    stability = about(asked.STABILITY, code)
    return TrustRead(
        trust=trust,
        facts=facts,
        explanation=explanation,
        quarters=about(asked.QUARTERS, code),
        domains=about(asked.DOMAINS, code),
        values=about(asked.VALUES, code),
        contributions=about(asked.CONTRIBUTIONS, code),
        average_distances={row["direction"]: row for row in about(asked.AVERAGE_DISTANCES, code)},
        metric_distances=about(asked.METRIC_DISTANCES, code),
        probabilities=about(asked.PROBABILITIES, code),
        stability=stability[0] if stability else None,
        why=tell_why(quarter.rows, code, trust.name, released.quarter_labels, steps),
        revisions=about(asked.REVISIONS, code),
        reconciled=about(asked.RECONCILED, code),
        neighbours=about(asked.NEIGHBOURS, code),
    )
