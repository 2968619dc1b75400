"""A quarter of a release that answers: as released, without what is void, and with the changes."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from nof.whatif.accept import changed_metrics
from nof.whatif.compare import Comparison
from nof.whatif.edits import Voids, edits_of, voids_of
from nof.whatif.model import Accepted, Figure, Figures, Standing, Voided
from nof.whatif.quarter import Quarter, State
from nof.whatif.rows import RowKey
from nof.whatif.untold import find_untold

# How many quarters without what is void are kept: about as many as there are metrics.
_KEPT = 32
_OF_METRICS = frozenset(
    {
        "value",
        "cell_status",
        "metric_score",
        "pool_rank",
        "value_rank",
        "lower_quartile",
        "median",
        "upper_quartile",
    }
)
_OBSERVED = "observed"
_Asked = tuple[frozenset[RowKey], frozenset[RowKey], tuple[str, ...]]


@dataclass(frozen=True)
class Found:
    """The answer for one quarter.

    Attributes:
        accepted: what was asked of it.
        not_counted: cells that were given a value and are not scored, with their status.
        has_observed_cuts: whether a cut point comes from the published segments.
    """

    accepted: tuple[Accepted, ...]
    figures: tuple[Figure, ...]
    standings: tuple[Standing, ...]
    voided: Voided
    not_counted: tuple[tuple[Accepted, str], ...]
    has_observed_cuts: bool


class Scored:
    """A quarter in its private database, with what the release says of it.

    Attributes:
        quarter: the database.
        segmented_count: how many trusts have a segment.
    """

    def __init__(self, quarter: Quarter) -> None:
        self.quarter = quarter
        self._released = quarter.released(quarter.facts.metrics, quarter.facts.trusts)
        self._of_metrics: dict[tuple[str, ...], Figures] = {}
        self._without: OrderedDict[_Asked, State] = OrderedDict()
        self.segmented_count = sum(
            key.figure == "unadjusted_segment" and value.value is not None
            for key, value in self._released.figures.items()
        )

    def answer(self, accepted: Iterable[Accepted]) -> Found:
        """What moves in this quarter.

        Raises:
            BeyondBounds: a changed value is none that the landed gate would take.
        """
        asked = tuple(accepted)
        quarter, facts = self.quarter, self.quarter.facts
        metrics = changed_metrics(asked, facts)
        codes = list(dict.fromkeys(each.trust_code for each in asked))
        voids = voids_of(asked, quarter.rows, facts)
        after = quarter.edited(
            edits_of(asked, voids, quarter.rows, facts),
            metrics,
            trusts=codes,
            published_flags={
                code: self._released.overrides[code] for code in codes if self._loses_flag(code, asked)
            },
        )
        released, without = self._only(metrics), self._voided(voids, metrics)
        taken = {(each.trust_code, each.metric_id) for each in asked if each.value is None}
        comparison = Comparison(
            facts,
            released=released,
            voided=without.figures,
            after=after.figures,
            untold_voided=find_untold(without, released, facts, metrics=metrics),
            untold_after=find_untold(after, released, facts, metrics=metrics, taken_away=taken),
        )
        status = {
            (key.trust_code, key.measure_id): str(value.value)
            for key, value in after.figures.items()
            if key.figure == "cell_status"
        }
        return Found(
            accepted=asked,
            figures=tuple(comparison.figures()),
            standings=tuple(comparison.standing(code, after.overrides[code].reason) for code in codes),
            voided=voids.counts,
            not_counted=tuple(
                (each, status[each.trust_code, each.metric_id])
                for each in asked
                if each.value is not None and status[each.trust_code, each.metric_id] != "scored"
            ),
            has_observed_cuts=any(
                key.figure == "cut_point" and value.basis == _OBSERVED for key, value in after.figures.items()
            ),
        )

    def _loses_flag(self, trust_code: str, asked: Iterable[Accepted]) -> bool:
        inputs = self.quarter.facts.override_inputs
        is_asked = any(each.trust_code == trust_code and each.metric_id in inputs for each in asked)
        return is_asked and self._released.overrides[trust_code].basis == "published"

    def _only(self, metrics: list[str]) -> Figures:
        """The released figures that changes of these metrics can move."""
        asked = tuple(metrics)
        if asked not in self._of_metrics:
            wanted = {*metrics, *(self.quarter.facts.metrics[each].score_id for each in metrics)}
            self._of_metrics[asked] = {
                key: value
                for key, value in self._released.figures.items()
                if key.figure not in _OF_METRICS or key.measure_id in wanted
            }
        return self._of_metrics[asked]

    def _voided(self, voids: Voids, metrics: list[str]) -> State:
        """The quarter without the published ranks and scores that are void; the last few are kept.

        The override flag stays: for inputs that are not changed it is right.
        """
        if not voids.ranks and not voids.scores:
            return State(self._only(metrics), self._released.pools, {}, {})
        asked = (voids.ranks, voids.scores, tuple(metrics))
        if asked not in self._without:
            edits = edits_of((), voids, self.quarter.rows, self.quarter.facts)
            self._without[asked] = self.quarter.edited(edits, metrics)
            while len(self._without) > _KEPT:
                self._without.popitem(last=False)
        self._without.move_to_end(asked)
        return self._without[asked]
