"""Which file supplies which unit, and files of one run of which nobody can say which is later."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.model import (
    LEAGUE_TABLE,
    OVERSIGHT_DATA,
    REGISTER_ENTRIES,
    EntryKey,
    FileKind,
    LandedFile,
    Period,
    Unit,
    Vintage,
)


class Newcomer(NamedTuple):
    """A new file of a run, as far as it matters to the others.

    Attributes:
        version: from its name.
        units: all that it supplies.
        entries: what the entries of a register say, by unit; two files may say the same of one.
    """

    name: str
    version: int
    units: tuple[Unit, ...]
    entries: Mapping[Unit, tuple[str, ...]]


def current_vintages(files: Iterable[LandedFile]) -> dict[Unit, str]:
    """The file that supplies each unit: of those that cover it, the one landed last supplies all of it."""
    current: dict[Unit, str] = {}
    for file in sorted(files, key=lambda each: each.landed_order):
        current.update(dict.fromkeys(file.vintages, file.file_id))
    return current


def shorthand_of(units: Iterable[Unit]) -> str:
    """The units of one file for the register of landed files: entries are counted by register, not listed."""
    listed: list[str] = []
    counted: Counter[str] = Counter()
    for each in units:
        if isinstance(each, EntryKey):
            counted[each.register_id] += 1
        elif isinstance(each, Period):
            listed.append(each.period)
        else:
            listed.append(f"{each.trust_type_id}/{each.quarter_id}")
    return ";".join([*listed, *(f"{register_id}/{count}" for register_id, count in sorted(counted.items()))])


def units_of(kind: FileKind, shorthand: str) -> tuple[Unit, ...]:
    """The units behind a shorthand, as far as it tells them: of entries only which registers they are in.

    Raises:
        ValueError: it is no shorthand of this kind of file.
    """
    units: list[Unit] = []
    for each in shorthand.split(";"):
        first, slash, second = each.partition("/")
        if kind in (OVERSIGHT_DATA, LEAGUE_TABLE) and first and second:
            units.append(Vintage(kind, first, second))
        elif kind == REGISTER_ENTRIES and first and second.isdigit():
            units.append(EntryKey(kind, first, "", "", "", ""))
        elif kind not in (OVERSIGHT_DATA, LEAGUE_TABLE, REGISTER_ENTRIES) and first and not slash:
            units.append(Period(kind, first))
        else:
            raise ValueError(f"{each!r} is no unit of {kind}")
    return tuple(units)


def find_rivals(newcomers: Sequence[Newcomer]) -> dict[int, list[Problem]]:
    """New files that cover the same unit under the same version number, and do not say the same of it.

    Args:
        newcomers: the new files of the run.

    Returns:
        By the place of a file in the list, its problems: one for each file that it cannot be told from.
    """
    problems: dict[int, list[Problem]] = defaultdict(list)
    for (one, first), (other, second) in combinations(enumerate(newcomers), 2):
        both = [
            each for each in sorted(set(first.units) & set(second.units)) if _is_disputed(each, first, second)
        ]
        if not both or first.version != second.version:
            continue
        for place, name, rival in ((one, first.name, second.name), (other, second.name, first.name)):
            problems[place].append(
                Problem(
                    name,
                    f"this file and {rival} both supply {_shown(both)}, "
                    "and nothing says which of the two is later.",
                    "Land the older one in a run before, end the later one's name in -v2, or take one away.",
                )
            )
    return problems


def _is_disputed(unit: Unit, first: Newcomer, second: Newcomer) -> bool:
    said = first.entries.get(unit)
    return said is None or said != second.entries.get(unit)


def _shown(units: Sequence[Unit]) -> str:
    first = units[0]
    if isinstance(first, EntryKey):
        value = f" {first.value}" if first.value else ""
        more = f" and {len(units) - 1} more entries" if len(units) > 1 else ""
        return (
            f"the entry {first.register_id} {first.organisation_code} {first.subject}{value} "
            f"from {first.from_date}{more}"
        )
    if isinstance(first, Period):
        more = f" and {len(units) - 1} more periods" if len(units) > 1 else ""
        return f"{first.file_kind.replace('_', ' ')} of {first.period}{more}"
    what = ", ".join(
        f"{each.trust_type_id} {each.quarter_id}" for each in units if isinstance(each, type(first))
    )
    return f"{first.file_kind} of {what}"
