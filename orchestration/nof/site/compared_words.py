"""The figures of one trust in the comparison, each with what it rests on or why it is not there, in words."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nof.explain.figures import cut, fix, plain, score
from nof.explain.rows import Row
from nof.site.glossary import CUT_BASES, FINAL_BASES, OVERRIDE_BASES, RESTS_ON, SCORE_STATUSES, SHORT_BASES
from nof.site.released import Released, Trust

SUMMARY = (
    ("Average metric score", "score"),
    ("Likely range of the average", "text"),
    ("Unadjusted segment", "segment"),
    ("Financial override", "text"),
    ("Adjusted segment", "segment"),
    ("Final segment", "segment"),
    ("League rank in its trust type", "text"),
    ("Likely range of the rank", "text"),
)

Told = tuple[str | None, str]


def summary(row: Row, trust: Trust, released: Released) -> Iterator[Told]:
    """The figures of `SUMMARY`, each with what it rests on or why it is not there.

    Args:
        row: of fct_segment, with its likely ranges.
        trust: whose it is.
        released: the release.
    """
    status = SCORE_STATUSES.get(row["delivery_status"], "")
    average = row["average_metric_score"]
    yield (
        shown_score(average),
        rests_on(row["average_basis"]) if average is not None else f"No average: {status}",
    )
    yield _between(row["score_low"], row["score_high"], f"No average: {status}", score)
    unadjusted = row["unadjusted_segment"]
    no_segment = f"No segment: {status}" if status else "No segment: there are no cut points"
    yield ((_text(unadjusted), _lies(row)) if unadjusted is not None else (None, no_segment))
    yield _override(row)
    yield (
        (_text(row["adjusted_segment"]), rests_on(row["segment_basis"]))
        if row["adjusted_segment"] is not None
        else (
            None,
            no_segment if unadjusted is None else "Not known: an override that is not known could change it",
        )
    )
    yield _text(row["final_segment"]), _final(row)
    type_words = released.type_of(trust.trust_type_id).plural
    rank = row["league_rank"]
    partial = row["league_rank_basis"] == "computed_partial_pool"
    yield (
        (
            f"{rank} of {row['league_trust_count']}",
            f"among {type_words}{'; not all of them have a segment' if partial else ''}",
        )
        if rank is not None
        else (None, "No rank: there is no adjusted segment")
    )
    yield _between(row["rank_low"], row["rank_high"], "No rank: there is no adjusted segment", str)


def _override(row: Row) -> Told:
    basis = OVERRIDE_BASES.get(row["override_basis"], "")
    if row["has_financial_override"] is None:
        return None, f"Not known: {basis}"
    if row["has_financial_override"]:
        return f"set: no better than segment {row['override_segment_floor']}", basis
    return "not set", basis


def _final(row: Row) -> str:
    basis = FINAL_BASES.get(row["final_segment_basis"], "")
    if row["final_segment"] is not None:
        programme = "in the improvement programme" if row["is_in_improvement_programme"] else ""
        return "; ".join(part for part in (programme, basis) if part)
    if row["final_segment_basis"] == "unknown":
        return f"Not known: {basis}"
    return "No final segment: there is no adjusted one"


def _lies(row: Row) -> str:
    """Between which cut points an average lies."""
    low, high, basis = row["segment_low"], row["segment_high"], cuts_in_words(row["cut_point_basis"])
    if low is None:
        where = "" if high is None else f"at or below the cut point {cut(high)}"
    else:
        where = f"above {cut(low)}" + ("" if high is None else f", at or below {cut(high)}")
    return "; ".join(part for part in (where, basis) if part)


def signed_part(number: Decimal) -> str:
    """A part of an average with its sign and a true minus."""
    text = f"{fix(number, 3):+f}"
    return "0.000" if not Decimal(text) else text.replace("-", "−")


def _basis(word: str | None) -> str:
    return SHORT_BASES.get(word or "", (word or "").replace("_", " "))


def cuts_in_words(word: str | None) -> str:
    """What a cut point stands on."""
    return CUT_BASES.get(word or "", (word or "").replace("_", " "))


def rests_on(word: str | None) -> str:
    """What a figure rests on."""
    return RESTS_ON.get(word or "", (word or "").replace("_", " "))


def score_basis_in_words(word: str) -> str:
    """What the score of a metric stands on."""
    short = _basis(word)
    if word == "computed_partial_pool":
        return f"score of a {short}"
    return f"score {short}" if short else ""


def shown_score(number: Decimal | None) -> str | None:
    """A score as it is shown; None where there is none."""
    return None if number is None else score(number)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def with_unit(number: Decimal, unit: str | None) -> str:
    """A value as it is shown."""
    return f"{plain(number)} {unit}" if unit else plain(number)


def _between(low: Any, high: Any, without: str, shown: Any) -> Told:
    return (None, without) if low is None else (f"{shown(low)} to {shown(high)}", "95 % of repeated draws")
