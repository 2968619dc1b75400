"""Ratings of capability and assessments of ICBs: beside the segment, never part of it (rules 7)."""

from nof.explain.facts import OrganisationFacts
from nof.explain.kept import CONFIDENTIAL
from nof.explain.model import Rating, Ratings
from nof.explain.places import Places
from nof.explain.rows import Row

_SENTENCES = {
    "capability_rating": (
        "A capability rating never moves segments 1 to 4; it informs entry to segment 5 and the response."
    ),
    "icb_assessment": "An annual assessment never moves a segment.",
}
_NEVER = "Ratings never move segments 1 to 4."


def tell_ratings(facts: OrganisationFacts, places: Places) -> tuple[Ratings, ...]:
    """The ratings of each register that is about such an organisation."""
    by_register: dict[str, list[Row]] = {}
    for row in facts.beside.ratings:
        by_register.setdefault(row["register_id"], []).append(row)
    return tuple(
        Ratings(
            register=facts.method.register_labels.get(register_id, register_id),
            in_hand=tuple(
                Rating(
                    row["subject_label"],
                    row["rating_label"] or "withheld",
                    places.at(row["file_id"], row["row_number"]),
                    _told(row, facts.beside.entries.get((row["file_id"], row["row_number"]))),
                )
                for row in rows
                if row["rating_status"] != "not_in_hand"
            ),
            not_in_hand=tuple(row["subject_label"] for row in rows if row["rating_status"] == "not_in_hand"),
            sentence=_SENTENCES.get(register_id, _NEVER),
        )
        for register_id, rows in by_register.items()
    )


def _told(row: Row, entry: Row | None) -> str:
    if row["rating_status"] == "withheld":
        return CONFIDENTIAL
    by = f", by: {row['decided_by_role']}" if row["decided_by_role"] else ""
    has_reason = entry is not None and entry.get("has_reason")
    kept = "reason and source stay" if has_reason else "the source stays"
    return f"from {row['from_date']}{by}; {kept} with the landed file"
