"""What is sent back to the supplier of a refused file: each refused row, why, what to do, the row itself."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nof.durable import write_durably
from nof.errors import NofError, Problem, UsageRefused
from nof.home import Home
from nof.landing.cell_checks import plain_text
from nof.landing.decode import readable_text

HEADER = ("File", "Row", "Column", "Value", "What is wrong", "What to do")


@dataclass(frozen=True)
class RefusedFile:
    """A refused file as its record tells of it.

    Attributes:
        folder: where the record lies; its name is the beginning of the file's SHA-256.
        file_name: the name that it came under.
        refused_date: the day of the last run that refused it.
        is_kept: whether the file itself lies there.
        problems: all of them.
    """

    folder: Path
    file_name: str
    refused_date: str
    is_kept: bool
    problems: tuple[Problem, ...]


def refused_files(home: Home) -> list[RefusedFile]:
    """Every refused file of a home, the newest refusal first. A half-written record is none.

    Raises:
        NofError: a record was damaged.
    """
    found = []
    for path in home.refused.glob("*/reasons.json") if home.refused.is_dir() else ():
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(
                RefusedFile(
                    folder=path.parent,
                    file_name=record["file_name"],
                    refused_date=record["refused_date"],
                    is_kept=record["is_file_kept"],
                    problems=tuple(Problem(**each) for each in record["problems"]),
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise NofError(
                f"{path} cannot be read: {error!r}. Remove the folder {path.parent.name} and land the file "
                "again: it is refused again, and its record written anew."
            ) from None
    return sorted(found, key=lambda each: (each.refused_date, each.file_name, each.folder.name), reverse=True)


def choose(found: Sequence[RefusedFile], text: str) -> RefusedFile:
    """The one refused file that a person means: by its name, or the beginning of its hash.

    Raises:
        UsageRefused: none, or more than one.
    """
    chosen = [
        each for each in found if each.file_name == text or (text and each.folder.name.startswith(text))
    ]
    if len(chosen) == 1:
        return chosen[0]
    known = ", ".join(f"{each.folder.name} ({each.file_name})" for each in found) or "none"
    said = "Several refused files are called" if chosen else "There is no refused file"
    raise UsageRefused(f"{said} {text!r}. Name one by its hash: {known}.")


def write_returned(refused: RefusedFile, directory: Path) -> Path:
    """Write the CSV that is sent to the supplier: one row for each problem, in the order of the file's rows.

    The cells of the refused row stand behind it under their own headings, where the file is kept and can be
    read. A cell that a spreadsheet would run is led by an apostrophe.

    Args:
        refused: the file.
        directory: made where it is missing.

    Returns:
        The CSV.
    """
    header, rows = _rows_of(refused)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*HEADER, *map(_harmless, header)])
    for problem in sorted(refused.problems, key=lambda each: (each.row or 0, each.column or "")):
        said = (problem.file, problem.row, problem.column, problem.value, problem.message, problem.remedy)
        cells = rows.get(problem.row or 0, [])
        writer.writerow([_harmless("" if each is None else str(each)) for each in (*said, *cells)])
    path = directory / f"{Path(refused.file_name).stem}-{refused.folder.name}-to-correct.csv"
    # With a byte order mark: the supplier opens it in a spreadsheet.
    write_durably(path, b"\xef\xbb\xbf" + text.getvalue().encode())
    return path


def _rows_of(refused: RefusedFile) -> tuple[list[str], dict[int, list[str]]]:
    """The headings of a kept file, and the rows that have a problem, by the row of the spreadsheet."""
    text = readable_text((refused.folder / refused.file_name).read_bytes()) if refused.is_kept else None
    if text is None:
        return [], {}
    wanted = {1, *(problem.row for problem in refused.problems if problem.row is not None)}
    rows = {number: cells for number, cells in _records(text) if number in wanted}
    return rows.pop(1, []), rows


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        # What comes behind a broken row cannot be told apart; the problems above say where it breaks.
        return


def _harmless(text: str) -> str:
    return f"'{text}" if plain_text(text.strip()) else text
