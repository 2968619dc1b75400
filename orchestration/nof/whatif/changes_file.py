"""A file of changes for many trusts: CSV with the columns trust, metric, value and, if wanted, quarter."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from nof.errors import Problem, UsageRefused
from nof.landing.bounds import cells_bounded, find_out_of_bounds, find_too_large
from nof.whatif.asked import value_of
from nof.whatif.model import Change

COLUMNS = ("trust", "quarter", "metric", "value")
_OPTIONAL = "quarter"
_HEADER = f"Begin the file with the columns {', '.join(COLUMNS)}; quarter may be left out."


def read_changes_file(path: Path, quarter: str | None = None) -> list[Change]:
    """The changes that a file asks for, in its order.

    Args:
        path: the file, in UTF-8 with or without a byte order mark.
        quarter: for rows that name none; None for the newest of the release.

    Raises:
        UsageRefused: it cannot be read, with every problem: file, row, column, value and remedy.
    """
    header, rows = _table(path)
    problems = list(_header_problems(path.name, header))
    changes = []
    for number, cells in rows if not problems else ():
        if len(cells) != len(header):
            remedy = "Put a value with a comma in it into quotation marks."
            said = f"the row has {len(cells)} cells and the header {len(header)}."
            problems.append(Problem(path.name, said, remedy, row=number))
            continue
        row = dict(zip(header, cells, strict=True))
        problems += [
            Problem(path.name, "the cell is empty.", f"Write the {name}.", row=number, column=name, value="")
            for name in ("trust", "metric")
            if not row[name]
        ]
        named = row.get(_OPTIONAL) or quarter
        changes.append(
            Change(row["trust"], row["metric"], value_of(row["value"]), named, file=path.name, row=number)
        )
    if not problems and not changes:
        problems.append(Problem(path.name, "the file asks for no change.", "Write a row for each cell."))
    if problems:
        raise _refused(problems)
    return changes


def _table(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header in small letters, and the rows that are not empty with the number of each."""
    try:
        problem = find_too_large(path.name, path)
        content = b"" if problem else path.read_bytes()
    except OSError as error:
        raise UsageRefused(
            f"{path} cannot be read ({error.strerror}). Name a CSV file of changes."
        ) from error
    problem = problem or find_out_of_bounds(path.name, content)
    if problem:
        raise _refused([problem])
    try:
        with cells_bounded():
            read = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
            lines = [(read.line_num, [_plain(cell) for cell in cells]) for cells in read]
    except (csv.Error, UnicodeDecodeError) as error:
        raise _refused([Problem(path.name, f"this is no CSV in UTF-8 ({error}).", _HEADER)]) from error
    filled = [(number, cells) for number, cells in lines if any(cells)]
    header = [cell.casefold() for cell in filled[0][1]] if filled else []
    return header, filled[1:]


def _header_problems(file: str, header: Sequence[str]) -> Iterator[Problem]:
    for name in COLUMNS:
        if name not in header and name != _OPTIONAL:
            yield Problem(file, f"there is no column {name}.", _HEADER, row=1)
    for name in dict.fromkeys(header):
        if name not in COLUMNS:
            yield Problem(file, "this column is not known.", _HEADER, row=1, column=name)
        elif header.count(name) > 1:
            yield Problem(file, "this column is there twice.", _HEADER, row=1, column=name)


def _plain(cell: str) -> str:
    return cell.replace("\u00a0", " ").strip()


def _refused(problems: Sequence[Problem]) -> UsageRefused:
    return UsageRefused("\n".join(str(problem) for problem in problems))
