"""Which figures cannot be told once published ranks and scores are void, and why.

A figure cannot be told where it stands on less than the release's did because of the voiding: its pool is
not whole in hand, so that a score made anew would be of the trusts that happen to be there. What is made of
such a figure cannot be told either: domain score, average, cut points made here, segments, places.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from nof.whatif.facts import Facts, Metric
from nof.whatif.figures import cut_place
from nof.whatif.model import Figures, Key, Value
from nof.whatif.quarter import Pool, State

PARTIAL = "computed_partial_pool"
PUBLISHED = "published"
# Cut points that are made of the scores in hand; an observed or a fixed one is not.
_MADE_OF_SCORES = ("computed", PARTIAL)
_NOTHING = Value(None)


def find_untold(
    state: State,
    released: Figures,
    facts: Facts,
    *,
    metrics: Iterable[str],
    taken_away: AbstractSet[tuple[str, str]] = frozenset(),
) -> dict[Key, str]:
    """The figures of a state that cannot be told, each with the reason.

    Args:
        state: the quarter without what is void, with or without the changes.
        released: the figures as released.
        facts: of the quarter.
        metrics: the metrics that can move.
        taken_away: the cells, as (trust, metric), that the question itself takes away.
    """
    return _Finder(state, released, facts, taken_away).find(sorted(metrics))


class _Finder:
    def __init__(
        self, state: State, released: Figures, facts: Facts, taken_away: AbstractSet[tuple[str, str]]
    ) -> None:
        self._state, self._released, self._facts = state, released, facts
        self._taken_away = taken_away
        self._found: dict[Key, str] = {}

    def find(self, metrics: list[str]) -> dict[Key, str]:
        for metric_id in metrics:
            metric = self._facts.metrics[metric_id]
            for trust in self._facts.trusts:
                self._metric(trust, metric)
        for score_id, segment in self._segmented():
            self._segments(score_id, segment)
        self._overrides()
        self._leagues()
        return self._found

    def _metric(self, trust: str, metric: Metric) -> None:
        key = Key("metric_score", trust, metric.score_id)
        was, now = self._released.get(key, _NOTHING), self._state.figures.get(key, _NOTHING)
        reason = ""
        if now.value is None:
            is_own_doing = any(
                (trust, each) in self._taken_away for each in (metric.metric_id, *metric.parts)
            )
            if was.value is not None and was.basis == PUBLISHED and not is_own_doing:
                reason = f"the published score {metric.score_id} is void, and there is no value to score"
                if metric.parts:
                    reason = (
                        f"the published score {metric.score_id} is void, and not both of "
                        f"{' and '.join(metric.parts)} are in hand"
                    )
        elif now.basis == PARTIAL and was.basis != PARTIAL:
            reason = self._pool(trust, metric)
        if reason:
            self._leave(key, reason)
            self._leave(Key("pool_rank", trust, metric.metric_id), reason)
            if metric.enters_average:
                self._leave(Key("domain_score", trust, metric.domain_id), reason)
                average = self._facts.summary["average_metric_score"]
                self._leave(Key("average_metric_score", trust, average), reason)
        rank = Key("value_rank", trust, metric.metric_id)
        is_there = (trust, metric.metric_id) not in self._taken_away
        if (
            is_there
            and self._of(self._state.figures, rank) is None
            and self._of(self._released, rank) is not None
        ):
            self._leave(
                rank, f"the published ranks of {metric.metric_id} are void, and its trust type is not whole"
            )

    def _pool(self, trust: str, metric: Metric) -> str:
        kind = self._facts.trusts[trust].trust_type_id
        partition = self._facts.partitions.get((metric.pool_id, kind), "")
        pool = self._state.pools.get((metric.metric_id, partition))
        return in_words(metric, pool)

    def _segmented(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Each score that is cut: its identifier, and the kind and measure of its segment."""
        for domain, segment in self._facts.domain_segments.items():
            yield domain, ("domain_segment", segment)
        summary = self._facts.summary
        yield summary["average_metric_score"], ("unadjusted_segment", summary.get("unadjusted_segment", ""))

    def _segments(self, score_id: str, segment: tuple[str, str]) -> None:
        is_average = score_id == self._facts.summary["average_metric_score"]
        score = "average_metric_score" if is_average else "domain_score"
        place = "average_rank" if is_average else "domain_rank"
        untold = {
            trust: reason
            for trust in self._facts.trusts
            if (reason := self._found.get(Key(score, trust, score_id))) is not None
        }
        if not untold:
            return
        cuts = self._cuts(score_id, untold)
        types = {self._facts.trusts[trust].trust_type_id for trust in untold}
        for trust, each in self._facts.trusts.items():
            partition = self._facts.cut_partitions.get((score_id, each.trust_type_id), "")
            reason = untold.get(trust) or cuts.get(partition)
            if reason:
                self._leave(Key(segment[0], trust, segment[1]), reason)
            if each.trust_type_id in types:
                self._leave(Key(place, trust, score_id), self._others(score, each.trust_type_id, untold))

    def _cuts(self, score_id: str, untold: dict[str, str]) -> dict[str, str]:
        """Cut points made of scores that cannot be told, by partition."""
        found: dict[str, str] = {}
        partitions = {
            self._facts.cut_partitions.get((score_id, self._facts.trusts[trust].trust_type_id), "")
            for trust in untold
        }
        for key, value in self._state.figures.items():
            if key.figure != "cut_point" or key.measure_id != score_id or value.basis not in _MADE_OF_SCORES:
                continue
            boundary, partition = key.place.rsplit(" ", 1)
            if partition in partitions:
                reason = f"the cut points of {score_id} are made of scores that cannot be told"
                self._leave(Key("cut_point", "", score_id, cut_place(boundary, partition)), reason)
                found[partition] = reason
        return found

    def _overrides(self) -> None:
        summary = self._facts.summary
        flag = summary.get("financial_override", "")
        for trust, reason in self._state.unknown_overrides.items():
            self._leave(Key("financial_override", trust, flag), reason)
        adjusted, final = summary.get("adjusted_segment", ""), summary.get("final_segment", "")
        unadjusted = summary.get("unadjusted_segment", "")
        for trust in self._facts.trusts:
            key = Key("adjusted_segment", trust, adjusted)
            reason = self._found.get(Key("unadjusted_segment", trust, unadjusted), "")
            if not reason and self._of(self._state.figures, key) is None:
                reason = self._state.unknown_overrides.get(trust, "")
            if reason:
                self._leave(key, reason)
                programme = Key("final_segment", trust, final)
                # Whoever is in the programme is in its segment, whatever the average.
                if self._of(self._state.figures, programme) != self._of(self._released, programme) or (
                    self._of(self._released, programme) == self._of(self._released, key)
                ):
                    self._leave(programme, reason)

    def _leagues(self) -> None:
        summary = self._facts.summary
        average, adjusted = summary["average_metric_score"], summary.get("adjusted_segment", "")
        untold: dict[str, str] = {}
        for trust in self._facts.trusts:
            for key in (
                Key("average_metric_score", trust, average),
                Key("adjusted_segment", trust, adjusted),
            ):
                if key in self._found:
                    untold.setdefault(trust, self._found[key])
        for kind in {self._facts.trusts[trust].trust_type_id for trust in untold}:
            for trust, each in self._facts.trusts.items():
                if each.trust_type_id == kind:
                    self._leave(Key("league_rank", trust, adjusted), self._others("segment", kind, untold))

    def _others(self, what: str, kind: str, untold: dict[str, str]) -> str:
        count = sum(self._facts.trusts[trust].trust_type_id == kind for trust in untold)
        return f"the {what.replace('_', ' ')} of {count} of its trust type cannot be told"

    def _leave(self, key: Key, reason: str) -> None:
        """Leave a figure open, where the release or the state has one at all."""
        if self._of(self._released, key) is not None or self._of(self._state.figures, key) is not None:
            self._found.setdefault(key, reason)

    @staticmethod
    def _of(figures: Figures, key: Key) -> object:
        return figures.get(key, _NOTHING).value


def in_words(metric: Metric, pool: Pool | None) -> str:
    """Why a pool cannot be computed."""
    if pool is None:
        return f"the pool of {metric.metric_id} is not in hand"
    of = (
        f"has {pool.in_hand} of {pool.expected}"
        if pool.expected is not None
        else "is not whole: a trust type is missing"
    )
    return f"cannot be computed: pool {pool.pool_id} of metric {metric.metric_id} {of}"
