"""Register entries that decide or name: programme, deficit support, exclusion, boards, mergers and groups."""

from collections.abc import Iterator, Mapping, Sequence

from nof.sample import cases
from nof.sample.entries import (
    EVERY_ORGANISATION,
    NATIONAL_TEAM,
    REGIONAL_TEAM,
    TRUST_BOARD,
    YEAR_START,
    Entry,
    entry,
)
from nof.sample.nation import Trust

_IN, _LEFT, _NOT_IN = "In the programme", "Left the programme", "Not in the programme"


def programme_decisions() -> Iterator[Entry]:
    """Who is in the improvement programme, said of all from the third quarter on, and diagnostic reviews."""
    document = "programme decisions 2025/26"
    said = [
        (EVERY_ORGANISATION, _NOT_IN, "2025-10-01", "Whoever is not named is not in the programme."),
        (cases.PROGRAMME_CODE, _IN, "2025-07-01", "In the programme since before the year."),
        (*cases.PROGRAMME_ENTERED[:1], _IN, *cases.PROGRAMME_ENTERED[1:]),
        (cases.PROGRAMME_LEFT[0], _IN, cases.PROGRAMME_LEFT[1], "Segment 4 and a rating of its capability."),
        (cases.PROGRAMME_LEFT[0], _LEFT, cases.PROGRAMME_LEFT[2], "The exit criteria are met."),
    ]
    for code, decision, from_date, reason in said:
        yield entry(
            "improvement_programme",
            code,
            "programme",
            decision,
            from_date=from_date,
            role=NATIONAL_TEAM,
            reason=reason,
            document=document,
        )
    for code, state, from_date in cases.DIAGNOSTIC_REVIEWS:
        yield entry(
            "improvement_programme",
            code,
            "diagnostic_review",
            state,
            from_date=from_date,
            role=REGIONAL_TEAM,
            document=document,
        )


def deficit_support() -> Iterator[Entry]:
    """Who receives it, and that nobody else does: from the second quarter on each override has its limb."""
    received = {*cases.DEFICIT_SUPPORT_CODES, cases.DEFICIT_AND_SUPPORT_CODE}
    for code in (EVERY_ORGANISATION, *received):
        yield entry(
            "deficit_support",
            code,
            "deficit_support",
            "Received" if code in received else "Not received",
            from_date=cases.SUPPORT_KNOWN_FROM,
            role=NATIONAL_TEAM,
            document="list of deficit support 2025/26",
        )


def exclusions() -> Iterator[Entry]:
    """A cancer specialist trust, of which a value was published all the same."""
    code, metric_id = cases.EXCLUDED
    yield entry(
        "exclusion",
        code,
        metric_id,
        "Excluded",
        from_date=YEAR_START,
        role=NATIONAL_TEAM,
        reason="Cancer specialist trusts are left out of this metric.",
        document="list of exclusions 2025/26",
    )


def icb_memberships(leads: Mapping[str, str], icbs: Sequence[Trust]) -> Iterator[Entry]:
    """Trusts of more than one board: that of the ODS file leads, the next of the region are members too."""
    regions = {icb.trust_code: icb.region_label for icb in icbs}
    for code, other_count in cases.MORE_THAN_ONE_ICB.items():
        lead = leads[code]
        here = [each for each in regions if regions[each] == regions[lead]]
        others = (here * 2)[here.index(lead) + 1 :][:other_count]
        for subject, icb_code in [("lead", lead), *(("member", other) for other in others)]:
            yield entry(
                "icb_membership",
                code,
                subject,
                icb_code,
                from_date=YEAR_START,
                role=REGIONAL_TEAM,
                document="memberships of the boards",
            )


def organisation_changes() -> Iterator[Entry]:
    """The two trusts that became one when the year was over."""
    for code in cases.MERGED_CODES:
        yield entry(
            "organisation_change",
            code,
            "merged_into",
            cases.MERGED_INTO_CODE,
            from_date="2026-04-01",
            role=NATIONAL_TEAM,
            reason="Merger of the two trusts.",
            document="merger order",
        )


def groups() -> Iterator[Entry]:
    """Labels of a dozen trusts, one of them in two collaboratives."""
    for subject, label, codes in cases.GROUPS:
        for code in codes:
            yield entry(
                "group",
                code,
                subject,
                label,
                from_date=YEAR_START,
                role=TRUST_BOARD,
                document="agreement of the members",
            )
