"""Which file supplies which vintage, and files of one run of which nobody can say which is later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from nof.errors import Problem
from nof.landing.model import LandedFile, Vintage


def current_vintages(files: Iterable[LandedFile]) -> dict[Vintage, str]:
    """The file that supplies each vintage: of those that cover it, the one landed last supplies all of it."""
    current: dict[Vintage, str] = {}
    for file in sorted(files, key=lambda each: each.landed_order):
        current.update(dict.fromkeys(file.vintages, file.file_id))
    return current


def find_rivals(new_files: Sequence[tuple[str, int, tuple[Vintage, ...]]]) -> dict[int, list[Problem]]:
    """New files that cover the same vintage under the same version number.

    Args:
        new_files: name, version and vintages of each new file of the run.

    Returns:
        By the place of a file in the list, its problems: one for each file that it cannot be told from.
    """
    problems: dict[int, list[Problem]] = defaultdict(list)
    for (one, first), (other, second) in combinations(enumerate(new_files), 2):
        both = sorted(set(first[2]) & set(second[2]))
        if not both or first[1] != second[1]:
            continue
        what = ", ".join(f"{each.trust_type_id} {each.quarter_id}" for each in both)
        for place, name, rival in ((one, first[0], second[0]), (other, second[0], first[0])):
            problems[place].append(
                Problem(
                    name,
                    f"this file and {rival} both supply {both[0].file_kind} of {what}, "
                    "and nothing says which of the two is later.",
                    "Land the older one in a run before, end the later one's name in -v2, or take one away.",
                )
            )
    return problems
