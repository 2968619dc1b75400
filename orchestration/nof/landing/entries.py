"""The rows of a register: what an entry is about, and what only its cells together show to be wrong."""

from nof.errors import Problem
from nof.landing.cell_checks import ALL_ORGANISATIONS, Fault, iso_date, organisation_code, plain_number
from nof.landing.columns import PUBLISHED_COLUMNS
from nof.landing.lookups import Lookups, Register, Subject
from nof.landing.model import REGISTER_ENTRIES, EntryKey
from nof.landing.rows import Row
from nof.landing.text import clean

_HEADINGS = {column.name: column.published for column in PUBLISHED_COLUMNS[REGISTER_ENTRIES]}
_WITHOUT_A_METRIC = "Correct the identifier, or add its row to seeds/framework/metrics.csv."
_WITHOUT_A_SERVICE = "Correct the identifier, or add its row to seeds/framework/services.csv."


def register_of(cells: dict[str, str], lookups: Lookups) -> Register | None:
    """The register that a row belongs to, or None where it names none that is known."""
    return lookups.registers.get(clean(cells.get("register", "")).casefold())


def subject_of(cells: dict[str, str], register: Register, lookups: Lookups) -> tuple[Subject, str] | None:
    """What a row is about: the subject's rules and its identifier, or None where it is not known."""
    text = clean(cells.get("subject", ""))
    for subject in register.subjects:
        if subject.kind == "metric" and text in lookups.metrics:
            return subject, text
        if subject.kind == "service" and text.casefold() in lookups.services:
            return subject, text.casefold()
        if subject.kind == "listed" and text.casefold() == subject.subject_id:
            return subject, subject.subject_id
    return None


def entry_key(cells: dict[str, str], lookups: Lookups) -> EntryKey | None:
    """The unit that a row is, by which a later one takes its place; None where that cannot be told."""
    register = register_of(cells, lookups)
    found = subject_of(cells, register, lookups) if register else None
    if register is None or found is None:
        return None
    subject, subject_id = found
    return EntryKey(
        file_kind=REGISTER_ENTRIES,
        register_id=register.register_id,
        organisation_code=clean(cells.get("organisation_code", "")),
        subject=subject_id,
        from_date=clean(cells.get("from_date", "")),
        value=clean(cells.get("value", "")).casefold() if subject.allows_many else "",
    )


def find_faulty_entries(file: str, rows: list[Row], lookups: Lookups) -> list[Problem]:
    """All that is wrong with entries beyond what single cells show.

    Args:
        file: what to call the file in a problem.
        rows: all rows of the file.
        lookups: the seeds.
    """
    problems = []
    for row in rows:
        for name, fault in _faults(row.cells, lookups):
            if name in row.cells:
                problems.append(
                    Problem(file, *fault, row=row.number, column=_HEADINGS[name], value=row.cells[name])
                )
    return problems


def _faults(cells: dict[str, str], lookups: Lookups) -> list[tuple[str, Fault]]:
    register = register_of(cells, lookups)
    if register is None:
        known = ", ".join(lookups.registers)
        return [("register", Fault(f"this register is not known. Known are {known}.", "Write one of these."))]
    faults = []
    if clean(cells.get("organisation_code", "")) == ALL_ORGANISATIONS and not register.allows_all:
        faults.append(
            (
                "organisation_code",
                Fault(
                    f"an entry of {register.register_id} is about one organisation, never about all.",
                    "Write one row for each organisation, with its ODS code.",
                ),
            )
        )
    found = subject_of(cells, register, lookups)
    if found is None:
        faults.append(("subject", _unknown_subject(register)))
    else:
        fault = _value_fault(clean(cells.get("value", "")), found[0])
        if fault:
            faults.append(("value", fault))
    from_date, to_date = (clean(cells.get(name, "")) for name in ("from_date", "to_date"))
    is_period = to_date and iso_date(from_date) is None and iso_date(to_date) is None
    if is_period and to_date < from_date:
        faults.append(
            (
                "to_date",
                Fault(
                    f"this entry ends before it begins (From_date {from_date}).",
                    "Correct one of the two; leave To_date empty where the end is not known.",
                ),
            )
        )
    return faults


def _unknown_subject(register: Register) -> Fault:
    kinds = {subject.kind for subject in register.subjects}
    if "metric" in kinds:
        return Fault("this metric is not known, and the subject here is one.", _WITHOUT_A_METRIC)
    if "service" in kinds:
        return Fault("this service is not known, and the subject here is one.", _WITHOUT_A_SERVICE)
    known = ", ".join(f"{subject.subject_id} ({subject.subject_label})" for subject in register.subjects)
    return Fault(
        f"{register.register_id} has no such subject. It has {known}.",
        "Write one of these identifiers.",
    )


def _value_fault(text: str, subject: Subject) -> Fault | None:
    if not text:
        return Fault(
            "this entry has no value.",
            f"Write {_WANTED[subject.value_kind]}; take the row away where nothing is known.",
        )
    if subject.value_kind == "number":
        return plain_number(text)
    if subject.value_kind == "date":
        return iso_date(text)
    if subject.value_kind == "organisation":
        return organisation_code(text) if text != ALL_ORGANISATIONS else _ONE_ORGANISATION
    if subject.value_kind == "label" and text.casefold() not in subject.values:
        return Fault(
            f"{subject.subject_id} can be {', '.join(subject.values.values())}, and this is none of them.",
            "Write one of these, or add the value to seeds/reference/register_values.csv.",
        )
    return None


_WANTED = {
    "label": "one of the labels that `nof templates` lists for it",
    "number": "a number",
    "date": "a day, such as 2026-03-31",
    "text": "what is to be shown",
    "organisation": "the ODS code of an organisation",
}
_ONE_ORGANISATION = Fault(
    "the value here is one organisation, never all.", "Write the code that ODS gives the organisation."
)
