"""An entry of the dated register: its columns, and how it is written."""

from collections.abc import Iterable

# Column of the landing table -> the header of the template, in its order.
REGISTER_HEADER = {
    "register": "Register",
    "organisation_code": "Organisation_code",
    "subject": "Subject",
    "value": "Value",
    "from_date": "From_date",
    "to_date": "To_date",
    "entry_status": "Entry_status",
    "decided_by_role": "Decided_by_role",
    "reason": "Reason",
    "source": "Source",
}

EVERY_ORGANISATION = "ALL"
YEAR_START = "2025-04-01"

TRUST_BOARD = "Trust board"
REGIONAL_TEAM = "NHS England regional team"
NATIONAL_TEAM = "NHS England national team"

Entry = dict[str, str]


def entry(
    register: str,
    organisation_code: str,
    subject: str,
    value: str,
    *,
    from_date: str,
    role: str,
    document: str,
    to_date: str = "",
    reason: str = "",
    is_withdrawn: bool = False,
) -> Entry:
    """One entry; whatever the document is called, its source says that it is invented.

    Args:
        register: which use of the register.
        organisation_code: a trust or a board, or EVERY_ORGANISATION.
        subject: what the entry is about: a listed subject, a metric or a service.
        value: the label, number, text or code.
        from_date: the first day on which it holds, such as 2026-03-31.
        role: who decided, never a person.
        document: what the entry would have been taken from.
        to_date: the last day on which it holds; empty while it is open.
        reason: why, in words.
        is_withdrawn: the entry was made in error and has been taken back.
    """
    return {
        "register": register,
        "organisation_code": organisation_code,
        "subject": subject,
        "value": value,
        "from_date": from_date,
        "to_date": to_date,
        "entry_status": "Withdrawn" if is_withdrawn else "",
        "decided_by_role": role,
        "reason": reason,
        "source": f"Invented for the bundled nation: {document}",
    }


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of one register, sorted."""
    return sorted(
        entries,
        key=lambda each: (each["organisation_code"], each["subject"], each["from_date"], each["value"]),
    )
