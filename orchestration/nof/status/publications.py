"""Which months and years of source publications the quarters of a home are made with, and which are landed.

A publication is awaited in a home that has landed it, from the first month in hand on; a home that uses none
of it is told once what it would give.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from nof.home import Home
from nof.landing.register import read_register
from nof.project import read_seed
from nof.status.awaited import Awaited, Landing, State, state_of

_DECEMBER = 12
_QUARTER_MONTHS = 3


class Unused(NamedTuple):
    """A source publication of which a home has never landed anything."""

    file_kind: str
    label: str
    gives: str
    without_it: str


def awaited_publications(home: Home, *, on: date) -> list[Awaited]:
    """Every month or year of each publication in use, for every quarter concerned, the newest quarter first.

    Concerned are the quarters of which framework data are in hand and the one that follows them; where none
    are in hand, the newest of the publication calendar and the one that follows.

    Args:
        home: the warehouse; only its register is read.
        on: the day to judge by.

    Raises:
        NofError: the register was damaged.
    """
    register = read_register(home)
    landed = _landed(register)
    found = []
    for quarter in _quarters_concerned(register):
        for wanted in _wanted():
            of_it = landed.get(wanted["dataset_id"])
            if of_it:
                found += [_judged(quarter, wanted, period, of_it, on) for period in _periods(quarter, wanted)]
    return sorted(found, key=lambda each: each.quarter_id, reverse=True)


def unused_publications(home: Home) -> list[Unused]:
    """The publications of which nothing was ever landed, in the order of the seed."""
    landed = _landed(read_register(home))
    return [
        Unused(
            row["dataset_id"],
            row["publication_label"],
            row["what_it_gives"],
            row["what_is_missing_without_it"],
        )
        for row in _wanted()
        if row["dataset_id"] not in landed
    ]


def publication_labels() -> dict[str, str]:
    """What each publication is called."""
    return {row["dataset_id"]: row["publication_label"] for row in _wanted()}


def _wanted() -> list[dict[str, str]]:
    """What is awaited of each publication, with what it is called and whether it is of months or years."""
    datasets = {row["dataset_id"]: row for row in read_seed("reference", "source_datasets")}
    return [datasets[row["dataset_id"]] | row for row in read_seed("reference", "awaited_publications")]


def _landed(register: list[dict[str, str]]) -> dict[str, dict[str, list[Landing]]]:
    """The landings of each period, by publication, in their order."""
    known = publication_labels()
    found: defaultdict[str, dict[str, list[Landing]]] = defaultdict(dict)
    for row in register:
        if row["file_kind"] in known:
            landing = Landing(row["file_name"], date.fromisoformat(row["landed_date"]))
            for period in row["vintages"].split(";"):
                found[row["file_kind"]].setdefault(period, []).append(landing)
    return dict(found)


def _quarters_concerned(register: list[dict[str, str]]) -> list[dict[str, str]]:
    in_hand = {
        unit.partition("/")[2]
        for row in register
        if row["file_kind"] == "oversight_data"
        for unit in row["vintages"].split(";")
    }
    calendar = {row["quarter_id"] for row in read_seed("reference", "publication_calendar")}
    wanted = in_hand or {max(calendar)}
    return [
        row
        for row in read_seed("reference", "quarters")
        if row["quarter_id"] in wanted or row["previous_quarter_id"] == max(wanted)
    ]


def _periods(quarter: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[str]:
    """The months of a quarter, or the newest year that is published before the quarter ends."""
    start, end = date.fromisoformat(quarter["start_date"]), date.fromisoformat(quarter["end_date"])
    if wanted["period_unit"] == "month":
        for month in range(start.month, start.month + _QUARTER_MONTHS):
            yield f"{start.year}-{month:02}"
        return
    year = end.year - 1
    yield str(year if _due(str(year), wanted) <= end else year - 1)


def _due(period: str, wanted: Mapping[str, str]) -> date:
    year, _, number = period.partition("-")
    month = int(number or _DECEMBER)
    last = date(int(year), month, monthrange(int(year), month)[1])
    return last + timedelta(days=int(wanted["days_to_publication"]))


def _judged(
    quarter: Mapping[str, str],
    wanted: Mapping[str, str],
    period: str,
    landed: Mapping[str, list[Landing]],
    on: date,
) -> Awaited:
    due = _due(period, wanted)
    late = due + timedelta(days=int(wanted["days_of_grace"]) + 1)
    of_period = landed.get(period, [])
    state: State = state_of(of_period, due, late, on)
    if not of_period and period < min(landed):
        state = "not_asked"
    return Awaited(
        quarter_id=quarter["quarter_id"],
        file_kind=wanted["dataset_id"],
        trust_type_id="",
        state=state,
        due_date=due,
        late_date=late,
        landed_date=of_period[0].landed_date if of_period else None,
        restated_date=of_period[-1].landed_date if len(of_period) > 1 else None,
        file_name=of_period[-1].file_name if of_period else "",
        asked_role=wanted["asked_role"],
        without_it=wanted["what_is_missing_without_it"],
        period=period,
    )
