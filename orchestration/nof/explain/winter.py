"""The winter register of a trust: board assurance, signatures, the director by role, trigger thresholds."""

from nof.explain.facts import OrganisationFacts
from nof.explain.figures import plain
from nof.explain.kept import CONFIDENTIAL, named_in
from nof.explain.places import Places
from nof.explain.rows import Row


def tell_winter(facts: OrganisationFacts, places: Places) -> tuple[tuple[str, str], ...]:
    """What is in hand, by subject; nothing is said of what is not."""
    return tuple(
        (
            row["subject_label"],
            _told(row, places.at(row["file_id"], row["row_number"])),
        )
        for row in facts.beside.winter
        if row["assurance_status"] != "not_in_hand"
    )


def _told(row: Row, place: str) -> str:
    if row["assurance_status"] == "withheld":
        return named_in(place) if place else CONFIDENTIAL
    return f"{_value(row)}, from {row['from_date']}; {place}"


def _value(row: Row) -> str:
    if row["value_date"] is not None:
        return str(row["value_date"])
    return plain(row["value_number"]) if row["value_number"] is not None else str(row["value_text"])
