"""The page beside the templates: each register, its subjects and values, and an invented example."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from nof.landing.columns import PUBLISHED_COLUMNS
from nof.landing.model import REGISTER_ENTRIES
from nof.project import read_seed

Row = Mapping[str, str]

_HEAD = """\
# Registers to fill in

What no published file says is entered here, row by row, and landed like any other file:
`nof run --landing FOLDER`. Fill in the registers that you need and take the others out of the folder: an
empty one is refused. This page is made from the project's seeds; landing passes it over.

| column | write |
| --- | --- |
| Register | the register, as below |
| Organisation_code | its ODS code; `ALL`, where that is allowed, for all that have no entry of their own |
| Subject | what the entry is about, as below |
| Value | what is said of it, as below |
| From_date | the first day on which it stands, such as 2026-03-31 |
| To_date | the last day on which it stands; empty while no end is known |
| Entry_status | empty; `Withdrawn` to take back an entry that was landed before |
| Decided_by_role | who decided, **by role and never by name**; published where the role is listed below |
| Reason | why, in a sentence; no names of persons; not published |
| Source | where it can be looked up; never empty; not published |

**What makes two rows one entry.** Register, organisation, subject and From_date; where several values stand
side by side, the value too. Two rows of one file may not say different things of one entry.

**Which entry counts.** The one that stands on the last day of the quarter. An entry of the organisation's own
goes before one for `ALL`, and a later From_date before an earlier one.

**To change an entry**, land a row with the same register, organisation, subject and From_date: the file
landed later supplies it. **To take one back**, land the row again with `Withdrawn`. **An entry never
disappears** because a later file lacks it: a file need hold only what is new.

**Roles only.** Nobody's name belongs into any cell. A file with an e-mail address, a telephone or NHS number,
a date of birth or a title before a name is refused and not kept. Labels, numbers, days and codes are
published with every release; reasons, sources and other words are not. Plans and baselines of finance metrics
and deficit support are used and not shown.
"""

_KINDS = {"provider": "providers", "icb": "integrated care boards (ICBs)", "any": "providers and ICBs"}
_VALUES = {
    "number": "a number",
    "date": "a day, such as 2025-10-31",
    "text": "words: a role or a label, never a person's name; published where a seed lists them",
    "organisation": "the ODS code of an organisation",
}
# Codes that nobody has: an example that is landed by mistake decides nothing.
_EXAMPLE_CODE = "ZZ0"
_EXAMPLE_VALUES = {"number": "62.5", "date": "2025-10-31", "text": "Invented label", "organisation": "ZZ9"}


def guide() -> str:
    """The page as Markdown."""
    subjects = read_seed("reference", "register_subjects")
    values = read_seed("reference", "register_values")
    roles = ", ".join(row["role_label"] for row in read_seed("reference", "roles"))
    parts = [f"{_HEAD}\n**Listed roles.** {roles}. Any other is withheld.\n"]
    for register in read_seed("reference", "registers"):
        own = [row for row in subjects if row["register_id"] == register["register_id"]]
        listed = [row for row in values if row["register_id"] == register["register_id"]]
        parts.append("\n".join(_register(register, own, listed)) + "\n")
    return "\n".join(parts)


def example(register_id: str) -> dict[str, str]:
    """An invented row of a register, by published column."""
    subject = next(
        row for row in read_seed("reference", "register_subjects") if row["register_id"] == register_id
    )
    labels = _labels(subject, read_seed("reference", "register_values"))
    any_of_kind = {
        "metric": _any_metric(),
        "service": read_seed("framework", "services")[0]["service_id"],
    }
    return {
        "Register": register_id,
        "Organisation_code": _EXAMPLE_CODE,
        "Subject": any_of_kind.get(subject["subject_kind"], subject["subject_id"]),
        "Value": labels[0] if labels else _EXAMPLE_VALUES[subject["value_kind"]],
        "From_date": "2025-10-01",
        "To_date": "",
        "Entry_status": "",
        "Decided_by_role": "Regional director",
        "Reason": "An invented reason",
        "Source": "An invented letter of 1 October 2025",
    }


def _register(register: Row, subjects: Sequence[Row], values: Sequence[Row]) -> Iterator[str]:
    register_id = register["register_id"]
    all_allowed = "allowed" if register["allows_all"] == "true" else "not allowed"
    yield f"## {register['register_label']}"
    yield ""
    yield f"Register `{register_id}`, in `{register_id}-register.csv`, `ALL` {all_allowed}. It is about"
    yield f"{_KINDS[register['organisation_kind']]}. {register['purpose']}"
    yield ""
    yield "| Subject | what it is | Value |"
    yield "| --- | --- | --- |"
    for subject in subjects:
        yield f"| {_subject(subject)} | {_described(subject)} | {_value(subject, values)} |"
    if any(subject["subject_kind"] == "service" for subject in subjects):
        yield ""
        yield "| service_id | service |"
        yield "| --- | --- |"
        for row in read_seed("framework", "services"):
            yield f"| `{row['service_id']}` | {row['service_label']} |"
    # The six areas of capability share their values: each is told once.
    meanings = dict.fromkeys(f"| {row['value_label']} | {row['meaning']} |" for row in values)
    if meanings:
        yield ""
        yield "| Value | meaning |"
        yield "| --- | --- |"
        yield from meanings
    yield ""
    yield "An invented example:"
    yield ""
    yield "```csv"
    yield _csv([column.published for column in PUBLISHED_COLUMNS[REGISTER_ENTRIES]])
    yield _csv(list(example(register_id).values()))
    yield "```"


def _any_metric() -> str:
    return read_seed("framework", "metrics")[0]["metric_id"]


def _subject(subject: Row) -> str:
    return {
        "metric": f"any metric_id, such as `{_any_metric()}`",
        "service": "any service_id, as below",
    }.get(subject["subject_kind"], f"`{subject['subject_id']}`")


def _described(subject: Row) -> str:
    notes = []
    if subject["is_required"] == "true":
        notes.append("required")
    if subject["allows_many"] == "true":
        notes.append("several may stand side by side, one row each")
    return subject["subject_label"] + (f" ({'; '.join(notes)})" if notes else "")


def _value(subject: Row, values: Sequence[Row]) -> str:
    if subject["value_kind"] == "label":
        return ", ".join(_labels(subject, values))
    return _VALUES[subject["value_kind"]]


def _labels(subject: Row, values: Sequence[Row]) -> list[str]:
    key = ("register_id", "subject_id")
    return [row["value_label"] for row in values if all(row[name] == subject[name] for name in key)]


def _csv(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
