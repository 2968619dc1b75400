"""Words that were typed by hand stay with the landed files: where they stand, instead of what they say."""

from nof.explain.rows import Row

_STAYS = "which stays with the landed files"
CONFIDENTIAL = "confidential: it stays with the landed files"


def reason_and_source(place: str, entry: Row | None) -> str:
    """One sentence on the reason and the source of a register entry."""
    where = f"in {place}, {_STAYS}" if place else "with the landed files"
    if entry is not None and entry.get("has_reason") is False:
        return f"No reason is given; the source stands {where}."
    return f"The reason and the source stand {where}."


def with_reason(place: str, entry: Row) -> str:
    """The place of an entry, and that its reason stands there, where it gives one."""
    return f"the reason stands in {place}, {_STAYS}" if entry.get("has_reason") else place


def named_in(place: str) -> str:
    """For a name or a value in words that no seed lists."""
    return f"as named in {place}, {_STAYS}" if place else "a name that stays with the landed files"


def role_words(role: str | None, entry: Row | None) -> str:
    """Who decided, by role; a role that no seed lists could be a person, so it stays where it is."""
    if role:
        return role
    is_withheld = entry is not None and entry.get("role_status") == "withheld"
    return "a role that stays with the landed files" if is_withheld else "not given"
