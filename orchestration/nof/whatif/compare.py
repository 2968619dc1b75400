"""From three ways to score a quarter (as released, without what is void, with the changes) to what moves."""

from collections.abc import Iterator, Mapping

from nof.whatif.facts import Facts
from nof.whatif.model import (
    BY_VOIDING,
    CANNOT_BE_TOLD,
    MOVED,
    Cell,
    Effect,
    Figure,
    Figures,
    Key,
    Standing,
    Value,
)

_NOTHING = Value(None)
_STANDING = (
    "average_metric_score",
    "unadjusted_segment",
    "financial_override",
    "adjusted_segment",
    "final_segment",
    "league_rank",
)
_ROLES = {"league_rank": "adjusted_segment"}


class Comparison:
    """The figures of a quarter before and after, and which of them can be told.

    A figure is compared with the one without what is void, so that the effect of the change is seen apart
    from that of the voiding; where that one cannot be told either, with the released one.
    """

    def __init__(
        self,
        facts: Facts,
        *,
        released: Figures,
        voided: Figures,
        after: Figures,
        untold_voided: Mapping[Key, str],
        untold_after: Mapping[Key, str],
    ) -> None:
        self._facts = facts
        self._released, self._voided, self._after = released, voided, after
        self._untold_voided, self._untold_after = untold_voided, untold_after

    def figures(self) -> Iterator[Figure]:
        """Each figure that moves, cannot be told, or is moved by the voiding alone."""
        for key in self._after.keys() | self._released.keys():
            effect = self._effect(key)
            if effect is not None:
                yield self._figure(key, effect)

    def standing(self, trust_code: str, override_reason: str) -> Standing:
        """Where a trust stands, before and after."""
        trust = self._facts.trusts[trust_code]
        keys = {name: self._own(name, trust_code) for name in _STANDING}
        boundary, cut_before, cut_after = self._cut(trust_code)
        return Standing(
            quarter_id=self._facts.quarter_id,
            trust_code=trust_code,
            trust_name=trust.name,
            trust_type_id=trust.trust_type_id,
            released={name: self._released.get(key, _NOTHING).value for name, key in keys.items()},
            before={name: self._before(key).value for name, key in keys.items()},
            after={name: self._now(key).value for name, key in keys.items()},
            untold=self._untold_after.get(keys["adjusted_segment"], ""),
            untold_override=self._untold_after.get(keys["financial_override"], ""),
            boundary=boundary,
            cut_before=cut_before,
            cut_after=cut_after,
            override_reason=override_reason,
        )

    def _effect(self, key: Key) -> Effect | None:
        if key in self._untold_after:
            return CANNOT_BE_TOLD
        before = self._before(key)
        if before.value != self._now(key).value:
            return MOVED
        if before.value != self._released.get(key, _NOTHING).value:
            return BY_VOIDING
        return None

    def _figure(self, key: Key, effect: Effect) -> Figure:
        trust = self._facts.trusts.get(key.trust_code)
        before, after = self._before(key), self._now(key)
        return Figure(
            quarter_id=self._facts.quarter_id,
            trust_code=key.trust_code,
            trust_name=trust.name if trust else "",
            trust_type_id=trust.trust_type_id if trust else "",
            figure=key.figure,
            measure_id=key.measure_id,
            place=key.place,
            effect=effect,
            released=self._released.get(key, _NOTHING).value,
            before=before.value,
            after=after.value,
            basis_before=before.basis,
            basis_after=after.basis,
            reason=self._untold_after.get(key, ""),
        )

    def _before(self, key: Key) -> Value:
        is_untold = key in self._untold_voided or key in self._untold_after
        return (self._released if is_untold else self._voided).get(key, _NOTHING)

    def _now(self, key: Key) -> Value:
        return _NOTHING if key in self._untold_after else self._after.get(key, _NOTHING)

    def _own(self, name: str, trust_code: str) -> Key:
        return Key(name, trust_code, self._facts.summary.get(_ROLES.get(name, name), ""))

    def _cut(self, trust_code: str) -> tuple[str, Cell, Cell]:
        """The cut point to look at: the one passed last, or the one at the better end."""
        score = self._facts.summary["average_metric_score"]
        partition = self._facts.cut_partitions.get((score, self._facts.trusts[trust_code].trust_type_id), "")
        cuts = sorted(
            key
            for key in self._after
            if key.figure == "cut_point" and key.measure_id == score and key.place.endswith(f" {partition}")
        )
        key = self._own("unadjusted_segment", trust_code)
        before, after = self._before(key).value, self._now(key).value
        if not cuts or not isinstance(before, int):
            return "", None, None
        now = after if isinstance(after, int) else before
        number = now if now < before else now - 1
        chosen = cuts[min(max(number, 1), len(cuts)) - 1]
        return chosen.place.rsplit(" ", 1)[0], self._before(chosen).value, self._now(chosen).value
