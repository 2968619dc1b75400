"""What changes do to the rows of a quarter: cells replaced, added or gone, published figures void."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nof.whatif.facts import Facts, Metric
from nof.whatif.model import Accepted, Voided
from nof.whatif.rows import QuarterRows, Row, RowKey

# The file that an added row is said to come from.
ASKED = "what-if"
_OF_TRUST = ("trust_code", "trust_name", "trust_type", "trust_subtype", "region")


@dataclass(frozen=True)
class Edits:
    """What differs from the rows in hand.

    Attributes:
        touched: the rows that are not as they were.
        rows: what stands in their place, added rows included.
    """

    touched: frozenset[RowKey]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Voids:
    """The published figures that no longer hold once a cell is changed.

    Attributes:
        ranks: rows whose `Rank` is void. A published rank counts within the trust type, so it is void there;
            the other types of a pool keep theirs.
        scores: rows of published metric scores: of the whole pool, or of the trust where nothing is ranked.
        flags: rows of the financial override flag of a trust whose finance is changed.
    """

    ranks: frozenset[RowKey]
    scores: frozenset[RowKey]
    flags: frozenset[RowKey]

    @property
    def counts(self) -> Voided:
        """How many of each."""
        return Voided(len(self.ranks), len(self.scores), len(self.flags))


def voids_of(changes: Iterable[Accepted], rows: QuarterRows, facts: Facts) -> Voids:
    """What a set of changes makes void."""
    ranks: set[RowKey] = set()
    scores: set[RowKey] = set()
    flags: set[RowKey] = set()
    asked = {(each.metric_id, facts.trusts[each.trust_code].trust_type_id) for each in changes}
    for metric_id, trust_type_id in asked:
        metric = facts.metrics[metric_id]
        ranks.update(
            key
            for key in rows.of_measure(metric_id, _of_types(facts, {trust_type_id}))
            if (rows[key]["rank"] or "").strip()
        )
        if metric.is_ranked:
            pool = _of_types(facts, facts.pool_types(metric, trust_type_id))
            scores.update(rows.of_measure(metric.score_id, pool))
    for each in changes:
        metric = facts.metrics[each.metric_id]
        own = [] if metric.is_ranked else [metric]
        for one in (*own, *facts.made_of(each.metric_id)):
            scores.update(rows.of_measure(one.score_id, [each.trust_code]))
        if each.metric_id in facts.override_inputs:
            flags.update(rows.of_measure(facts.summary.get("financial_override", ""), [each.trust_code]))
    return Voids(frozenset(ranks), frozenset(scores), frozenset(flags))


def edits_of(changes: Sequence[Accepted], voids: Voids, rows: QuarterRows, facts: Facts) -> Edits:
    """The rows after the changes; with none, the rows without what is void."""
    edited: dict[RowKey, Row | None] = dict.fromkeys(voids.scores)
    for key in voids.ranks:
        edited[key] = {**rows[key], "rank": ""}
    added: list[Row] = []
    if changes:
        edited.update(dict.fromkeys(voids.flags))
    for each in changes:
        metric = facts.metrics[each.metric_id]
        found = rows.value_row(each.trust_code, each.metric_id, metric.companion_unit_label)
        if found is None:
            if each.value is not None:
                added.append(_new_row(each, metric, rows, facts, number=len(added) + 1))
        elif each.value is None:
            edited[found] = None
        else:
            edited[found] = {**(edited.get(found) or rows[found]), "value": each.value}
    kept = tuple(row for row in edited.values() if row is not None)
    return Edits(frozenset(edited), (*kept, *added))


def _new_row(change: Accepted, metric: Metric, rows: QuarterRows, facts: Facts, *, number: int) -> Row:
    """A row for a trust that has none: written as those of its trust type are, or of any other."""
    own = rows.any_of_trust(change.trust_code)
    kind = facts.trusts[change.trust_code].trust_type_id
    trusts = [*_of_types(facts, {kind}), *facts.trusts]
    like = rows.like(change.metric_id, metric.companion_unit_label, trusts) or {
        **own,
        "domain": "",
        "sub_domain": "",
        "metric_id": metric.metric_id,
        "metric_description": metric.label,
        "reporting_date": "",
        "units": metric.unit_label,
    }
    return {
        **like,
        **{name: own[name] for name in _OF_TRUST},
        "file_id": ASKED,
        "row_number": str(number),
        "value": change.value,
        "rank": "",
    }


def _of_types(facts: Facts, kinds: Iterable[str]) -> list[str]:
    wanted = set(kinds)
    return [code for code, trust in facts.trusts.items() if trust.trust_type_id in wanted]
