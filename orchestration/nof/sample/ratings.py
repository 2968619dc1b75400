"""Register entries that rate: the capability of about 40 trusts, and 30 boards' annual assessment."""

from collections.abc import Iterator, Sequence

from nof.sample import cases
from nof.sample.draws import share, standing
from nof.sample.entries import REGIONAL_TEAM, TRUST_BOARD, Entry, entry
from nof.sample.nation import Trust

_AREAS = (
    "strategy_leadership_and_planning",
    "quality_of_care",
    "people_and_culture",
    "access_and_delivery",
    "productivity_and_value",
    "financial_performance",
)
_CONFIRMED, _PARTIALLY, _NOT = "Confirmed", "Partially confirmed", "Not confirmed"

_SELF_ASSESSED, _RATED, _RATED_AGAIN, _RATED_EARLIER = "2025-10-31", "2025-11-28", "2026-02-27", "2025-05-30"
_RATED_COUNT = 40
_ASSESSED_COUNT = 30


def capability_ratings(trusts: Sequence[Trust]) -> Iterator[Entry]:
    """Six areas by the trust's own board, then the rating by the region, from the third quarter on."""
    for code in _rated_codes(trusts):
        areas = {area: _area(code, area) for area in _AREAS}
        for area, answer in areas.items():
            yield entry(
                "capability_rating",
                code,
                area,
                answer,
                from_date=_SELF_ASSESSED,
                role=TRUST_BOARD,
                document="board self-assessment 2025/26",
            )
        overall, reason = cases.CAPABILITY_APART.get(code, (_overall(list(areas.values())), ""))
        yield _rating(code, overall, _RATED, reason=reason)
    code, overall, reason = cases.CAPABILITY_CHANGED
    yield _rating(code, overall, _RATED_AGAIN, reason=reason)
    for code, overall in cases.CAPABILITY_EARLIER.items():
        yield _rating(code, overall, _RATED_EARLIER, to_date=_SELF_ASSESSED)
    code, overall, reason = cases.CAPABILITY_WITHDRAWN
    yield _rating(code, overall, _RATED, reason=reason, is_withdrawn=True)


def _rated_codes(trusts: Sequence[Trust]) -> list[str]:
    named = {*cases.CAPABILITY_APART, *cases.CAPABILITY_EARLIER, cases.CAPABILITY_CHANGED[0]}
    others = sorted(
        (share("rated for capability", trust.trust_code), trust.trust_code)
        for trust in trusts
        if trust.trust_code not in {*named, cases.CAPABILITY_WITHDRAWN[0]}
    )
    return sorted({*named, *(code for _, code in others[: _RATED_COUNT - len(named)])})


def _area(code: str, area: str) -> str:
    z = 0.7 * standing("capability", code) + 0.7 * standing("capability", code, area)
    return _CONFIRMED if z > -0.5 else _PARTIALLY if z > -1.4 else _NOT


def _overall(answers: list[str]) -> str:
    not_confirmed, in_part = answers.count(_NOT), answers.count(_PARTIALLY)
    if not_confirmed >= 2:
        return "Red"
    if not_confirmed == 1 or in_part >= 3:
        return "Amber-red"
    return "Amber-green" if in_part else "Green"


def _rating(
    code: str,
    overall: str,
    from_date: str,
    *,
    to_date: str = "",
    reason: str = "",
    is_withdrawn: bool = False,
) -> Entry:
    return entry(
        "capability_rating",
        code,
        "overall",
        overall,
        from_date=from_date,
        to_date=to_date,
        role=REGIONAL_TEAM,
        reason=reason,
        document="rating letter",
        is_withdrawn=is_withdrawn,
    )


def icb_assessments(icbs: Sequence[Trust]) -> Iterator[Entry]:
    """The annual ratings of the earlier draft, for 30 of the 42 boards."""
    chosen = sorted((share("assessed", icb.trust_code), icb.trust_code) for icb in icbs)[:_ASSESSED_COUNT]
    for _, code in chosen:
        z = standing("assessment", code)
        rating = (
            "Excelling"
            if z > 1.2
            else "Achieving"
            if z > 0.1
            else "Progressing"
            if z > -1.1
            else "Insufficient progress"
        )
        yield entry(
            "icb_assessment",
            code,
            "annual_rating",
            rating,
            from_date="2025-07-31",
            role=REGIONAL_TEAM,
            document="annual assessment 2024/25",
        )
