"""Why a metric has no score: the status, the reason, and the register row that says so (rules 1)."""

from nof.explain.facts import Facts
from nof.explain.kept import with_reason
from nof.explain.method import Method
from nof.explain.model import Claim
from nof.explain.places import Places
from nof.explain.rows import Row

Line = tuple[str, Claim]


def reason_words(row: Row, status: str, method: Method) -> str:
    """The reason in words; empty where the status says all there is."""
    if row["missing_reason_id"] == "shorthand":
        return f"{method.status_words.get(status, status)} (a symbol in the row says so)"
    return row["missing_reason"] or ""


def because_line(row: Row, facts: Facts, places: Places) -> Line | None:
    """The register entry that decided the status, with its date and role, where one did."""
    file_id, row_number = row["status_file_id"], row["status_row_number"]
    place = places.at(file_id, row_number)
    if not place:
        return None
    entry = facts.beside.entries.get((file_id, row_number))
    if entry is None:
        return "because", Claim(f"a register entry says so; {place}")
    service = f" ({entry['subject_id'].replace('_', ' ')})" if entry["register_id"] == "service" else ""
    by = f", decided by: {entry['decided_by_role']}" if entry["decided_by_role"] else ""
    text = f'"{entry["value_text"]}"{service} from {entry["from_date"]}{by}; {with_reason(place, entry)}'
    return "because", Claim(f"register {entry['register_label']}: {text}")
