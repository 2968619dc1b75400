"""Holds what a block printed against the rows it must have printed."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from clients.figures import Row

# What frames and tables are drawn with, and the quotes around text in them.
_DRAWN = re.compile(r"[\u2500-\u257f|'\"(),\[\]{}]+")


def differences(printed: str, rows: Sequence[Row], keys: frozenset[str]) -> list[str]:
    """What is wrong with what was printed, in words; empty where nothing is.

    Args:
        printed: a block's output.
        rows: the cells that each line of figures must show, line by line, each in its order. Numbers are
            compared as numbers, so 1.5 is 1.50; an empty cell is not looked for.
        keys: codes that make a line one of figures; where no line has one, every line is.

    Returns:
        A sentence where lines are missing or too many, and one for each that is wrong.
    """
    if not rows:
        return ["there is nothing to compare it with: the release has no such rows"]
    lines = [line for line in printed.splitlines() if keys & set(_tokens(line))]
    if not lines:
        lines = [line for line in printed.splitlines() if line.strip()]
    wrong = [] if len(lines) == len(rows) else [f"{len(lines)} lines of figures are printed, not {len(rows)}"]
    wrong += [
        f"line {at} shows {line.strip()!r}, not {' | '.join(row)}"
        for at, (line, row) in enumerate(zip(lines, rows, strict=False), start=1)
        if not _shows(line, row)
    ]
    return wrong


def _tokens(text: str) -> list[str]:
    return _DRAWN.sub(" ", text).split()


def _shows(line: str, row: Row) -> bool:
    shown = iter(_tokens(line))
    wanted = [token for cell in row for token in _tokens(cell)]
    return all(any(_is_same(token, want) for token in shown) for want in wanted)


def _is_same(token: str, want: str) -> bool:
    if token == want:
        return True
    try:
        return Decimal(token) == Decimal(want)
    except InvalidOperation:
        return False
