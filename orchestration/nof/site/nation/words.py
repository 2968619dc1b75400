"""Words of closed lists as people read them: bases, scoring families, ages of data."""

from collections.abc import Iterable, Mapping
from datetime import date

from nof.project import read_seed

ROLES: Mapping[str, str] = {
    "scored": "Scored; the score enters the domain score and the average metric score",
    "component": "Scored as a part of another metric; enters no average by itself",
    "listed": "Listed by the framework and not scored",
    "contextual": "Published beside the scores; never scored",
}

SHORT_ROLES: Mapping[str, str] = {
    "scored": "Scored",
    "component": "Part of another metric",
    "listed": "Listed, not scored",
    "contextual": "Contextual, never scored",
}

LATEST: Mapping[str, str] = {
    "latest": "no later period is possible by the calendar of the publications",
    "behind": "a later period is possible by the calendar of the publications",
    "ahead": "a later period than the calendar of the publications says is possible",
    "period_not_said": "the files name the quarter and not the period, so how old values are is not known",
    "no_text": "the files give no period",
    "not_by_calendar": "no calendar says which period is the latest possible",
}

STATUS_LABELS: Mapping[str, str] = {"in_hand": "in hand"}


def spaced(word: str | None) -> str:
    """A word of a closed list without underscores; nothing for none."""
    return "" if word is None else word.replace("_", " ")


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def day(moment: date) -> str:
    """`31 March 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def bases_in_words(bases: Iterable[str | None]) -> str:
    """What some figures stand on, each basis once, the strongest first; empty where there is none."""
    found = {basis for basis in bases if basis}
    meanings = {row["score_basis"]: row["meaning"] for row in read_seed("framework", "score_bases")}
    return "; ".join(
        f"{spaced(basis)}: {meanings.get(basis, '')}".removesuffix(": ")
        for basis in [*meanings, *sorted(found - set(meanings))]
        if basis in found
    )


def cut_points_in_words(bases: Iterable[str | None]) -> str:
    """What cut points stand on."""
    found = {basis for basis in bases if basis}
    rows = read_seed("framework", "cut_point_bases")
    return "; ".join(
        f"{spaced(row['cut_point_basis'])}: {row['meaning']}"
        for row in rows
        if row["cut_point_basis"] in found
    )
