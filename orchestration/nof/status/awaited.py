"""What each quarter of the publication calendar is awaited to bring, held against what is landed.

A file counts as landed when a release was made from it: that is when it enters the home's register.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from nof.home import Home
from nof.landing.register import read_register
from nof.project import read_seed

State = Literal["in_hand", "restated", "not_due", "due", "late", "not_asked"]


class Landing(NamedTuple):
    """One file that supplied something, and its day."""

    file_name: str
    landed_date: date


@dataclass(frozen=True)
class Awaited:
    """One kind of file of one trust type for one quarter, or one period of a source publication.

    Attributes:
        quarter_id: NHS quarter; of a source publication one that is made with it.
        file_kind: oversight_data, league_table or the landing dataset of a source publication.
        trust_type_id: trust type; empty for a source publication.
        state: in_hand; restated, where a later file has supplied it again; not_due before its day of
            publication; due from that day on; late after the days of grace; not_asked for a period of a
            source publication before the first one in hand.
        due_date: its day of publication in the calendar.
        late_date: the first day on which it is late.
        landed_date: the day on which it was first landed; None where it is not in hand.
        restated_date: the day on which it was last supplied again; None where it never was.
        file_name: the file that supplies it now; empty where there is none.
        asked_role: who is asked for it when it is late.
        without_it: what a release has not got as long as it is not in hand.
        period: month or survey year of a source publication; otherwise empty.
    """

    quarter_id: str
    file_kind: str
    trust_type_id: str
    state: State
    due_date: date
    late_date: date
    landed_date: date | None
    restated_date: date | None
    file_name: str
    asked_role: str
    without_it: str
    period: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody waits for it."""
        return self.state in {"due", "late"}


def awaited_inputs(home: Home, *, on: date) -> list[Awaited]:
    """Every input of every quarter of the calendar, the newest quarter first.

    Args:
        home: the warehouse; only its register is read, and a home without one has nothing in hand.
        on: the day to judge by.

    Raises:
        NofError: the register was damaged.
    """
    landed = _landed(home)
    found = []
    for quarter in read_seed("reference", "publication_calendar"):
        for wanted in read_seed("reference", "awaited_inputs"):
            key = (wanted["file_kind"], wanted["trust_type_id"], quarter["quarter_id"])
            found.append(_judged(quarter, wanted, landed[key], on))
    # A sort keeps the order of the seed among equals.
    return sorted(found, key=lambda each: each.quarter_id, reverse=True)


def quarters_without_a_day(on: date) -> list[str]:
    """The quarters that have ended by a day and are after the calendar: nobody is told of their files."""
    newest = max(row["quarter_id"] for row in read_seed("reference", "publication_calendar"))
    return [
        row["quarter_id"]
        for row in read_seed("reference", "quarters")
        if row["quarter_id"] > newest and row["end_date"] < on.isoformat()
    ]


def _judged(quarter: dict[str, str], wanted: dict[str, str], landed: list[Landing], on: date) -> Awaited:
    due = date.fromisoformat(quarter["publication_date"])
    late = due + timedelta(days=int(wanted["days_of_grace"]) + 1)
    return Awaited(
        quarter_id=quarter["quarter_id"],
        file_kind=wanted["file_kind"],
        trust_type_id=wanted["trust_type_id"],
        state=state_of(landed, due, late, on),
        due_date=due,
        late_date=late,
        landed_date=landed[0].landed_date if landed else None,
        restated_date=landed[-1].landed_date if len(landed) > 1 else None,
        file_name=landed[-1].file_name if landed else "",
        asked_role=wanted["asked_role"],
        without_it=wanted["what_is_missing_without_it"],
    )


def state_of(landed: list[Landing], due: date, late: date, on: date) -> State:
    """The state on a day of what was landed so often, and is due and late on these days."""
    if landed:
        return "restated" if len(landed) > 1 else "in_hand"
    if on < due:
        return "not_due"
    return "late" if on >= late else "due"


def _landed(home: Home) -> defaultdict[tuple[str, str, str], list[Landing]]:
    """The files that supplied each kind, trust type and quarter, in the order of landing."""
    found: defaultdict[tuple[str, str, str], list[Landing]] = defaultdict(list)
    for row in read_register(home):
        for trust_type_id, quarter_id in _units(row["vintages"].split(";")):
            landing = Landing(row["file_name"], date.fromisoformat(row["landed_date"]))
            found[row["file_kind"], trust_type_id, quarter_id].append(landing)
    return found


def _units(texts: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Trust type and quarter of each unit that has them; registers and ODS files are of no one quarter."""
    for text in texts:
        trust_type_id, slash, quarter_id = text.partition("/")
        if slash:
            yield trust_type_id, quarter_id
