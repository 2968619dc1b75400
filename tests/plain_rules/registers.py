"""The dated registers: what is in force for an organisation on the last day of a quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plain_rules.method import Method

EVERY_ORGANISATION = "ALL"
SUPPORT, PROGRAMME, SERVICE, EXCLUSION = "deficit_support", "improvement_programme", "service", "exclusion"
# The registers that a status, an override or a final segment follows from; of each subject one value holds.
DECIDING = (SUPPORT, PROGRAMME, SERVICE, EXCLUSION)


@dataclass(frozen=True)
class Entry:
    """One row of a register as it is published: labels and days as text."""

    register_id: str
    organisation_code: str
    subject_id: str
    value: str
    from_date: str
    to_date: str = ""
    entry_status: str = ""


@dataclass(frozen=True)
class InForce:
    """What one entry says of one organisation in one quarter."""

    value_id: str
    from_date: date
    is_for_all: bool


@dataclass(frozen=True)
class Registers:
    """The entries in force on one day, by organisation, register and subject."""

    method: Method
    held: dict[tuple[str, str, str], InForce]

    @classmethod
    def on(
        cls, method: Method, day: date, organisations: dict[str, str], entries: Iterable[Entry]
    ) -> "Registers":
        """Sort out the entries for organisations (code -> type): own ones first, then the latest."""
        best: dict[tuple[str, str, str], tuple[bool, date, InForce]] = {}
        for entry in entries:
            if not covers(entry, day):
                continue
            for code in organisations_of(method, entry, organisations):
                is_for_all = entry.organisation_code == EVERY_ORGANISATION
                begins = date.fromisoformat(entry.from_date)
                said = InForce(value_id(method, entry), begins, is_for_all)
                key = (code, entry.register_id, entry.subject_id)
                if key not in best or (not is_for_all, begins) > best[key][:2]:
                    best[key] = (not is_for_all, begins, said)
        return cls(method, {key: said for key, (_, _, said) in best.items()})

    def says(self, organisation_code: str, register_id: str, subject_id: str) -> str | None:
        """The value in force, or None where the register says nothing of it."""
        found = self.held.get((organisation_code, register_id, subject_id))
        return found.value_id if found else None

    def is_excluded(self, organisation_code: str, metric_id: str) -> bool:
        """Whether the register takes the metric out of this organisation's score."""
        return self.says(organisation_code, EXCLUSION, metric_id) == "excluded"

    def runs_service(self, organisation_code: str, metric_id: str) -> bool | None:
        """Whether the organisation runs any service that the metric is about; None where that is not known.

        It runs none only if the register says so of each of them.
        """
        known = [
            self.says(organisation_code, SERVICE, service_id)
            for service_id in self.method.services(metric_id)
        ]
        if "runs" in known:
            return True
        return False if known and all(said == "does_not_run" for said in known) else None

    def has_support(self, organisation_code: str) -> bool | None:
        """Whether deficit support is received; None where the register is silent."""
        said = self.says(organisation_code, SUPPORT, SUPPORT)
        return None if said is None else said == "received"

    def is_in_programme(self, organisation_code: str) -> bool | None:
        """Whether the decision in force is that the organisation is in the improvement programme."""
        said = self.says(organisation_code, PROGRAMME, "programme")
        return None if said is None else said == "in"


def covers(entry: Entry, day: date) -> bool:
    """Whether an entry is in force on a day: first and last day belong to it, and it is not withdrawn."""
    if entry.entry_status == "Withdrawn" or date.fromisoformat(entry.from_date) > day:
        return False
    return not entry.to_date or date.fromisoformat(entry.to_date) >= day


def organisations_of(method: Method, entry: Entry, organisations: dict[str, str]) -> list[str]:
    """The one organisation that an entry names, or all of the register's kind where it names them."""
    if entry.organisation_code != EVERY_ORGANISATION:
        return [code for code in organisations if code == entry.organisation_code]
    (register,) = [row for row in method.rows("registers") if row["register_id"] == entry.register_id]
    if register["allows_all"] != "true":
        return []
    kind = register["organisation_kind"]
    return [code for code, type_id in organisations.items() if kind in ("any", method.kinds[type_id])]


def value_id(method: Method, entry: Entry) -> str:
    """What a label stands for; a subject that is any metric or service has one row of values."""
    subjects = {"service": "service", "exclusion": "metric"}
    (found,) = [
        row["value_id"]
        for row in method.rows("register_values")
        if row["register_id"] == entry.register_id
        and row["subject_id"] == subjects.get(entry.register_id, entry.subject_id)
        and row["value_label"] == entry.value
    ]
    return found
