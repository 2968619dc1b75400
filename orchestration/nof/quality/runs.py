"""The results of all runs of a home, refused ones too: a CSV for each gate of a run, in `<home>/quality/`."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from nof.durable import write_durably
from nof.errors import NofError
from nof.gates.results import COLUMNS, GateName, GateResult
from nof.home import Home
from nof.quality.results import Result, Run

RUN_COLUMNS = ("run_number", "run_date", "framework_id", "quarter_id", "release_id", "gate_verdict")
HEADER = (*RUN_COLUMNS, *COLUMNS)
_NAME = re.compile(r"(\d{6})-(landed|scored)\.csv")


def keep_results(
    home: Home,
    result: GateResult,
    gate: GateName,
    *,
    page: Path,
    today: date,
    framework_id: str,
    quarter_id: str,
    release_id: str,
) -> Path:
    """Keep what a gate found, whether or not it refused; the home is held by the run.

    Args:
        home: the warehouse.
        result: what it found.
        gate: which one; the landed gate is the first of a run.
        page: what it found as a page; kept too where it refused, because the build that it lies in is
            emptied by the next run.
        today: the day of the run.
        framework_id: what is scored under.
        quarter_id: the newest quarter that is scored.
        release_id: what the release would be called.

    Returns:
        The file.
    """
    last = max((number for number, _ in _files(home)), default=0)
    number = last + 1 if gate == "landed" or not last else last
    verdict = "passed" if result.is_passed else "refused"
    about = (f"{number}", today.isoformat(), framework_id, quarter_id, release_id, verdict)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in result.rows:
        cells = asdict(row) | {"is_passed": str(row.is_passed).lower()}
        writer.writerow([*about, *(cells[name] for name in COLUMNS)])
    path = _folder(home) / f"{number:06}-{gate}.csv"
    write_durably(path, text.getvalue().encode())
    if not result.is_passed:
        write_durably(refused_page(home, number), page.read_bytes())
    return path


def refused_page(home: Home, number: int | None = None) -> Path:
    """The page of a run that a gate refused; by default of the last run."""
    if number is None:
        number = max((each for each, _ in _files(home)), default=0)
    return _folder(home) / f"{number:06}-refused.html"


def read_rows(home: Home) -> Iterator[dict[str, str]]:
    """The rows of all runs as text, the first run first.

    Raises:
        NofError: a file was damaged.
    """
    for _, path in sorted(_files(home)):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != HEADER:
                raise NofError(
                    f"{path} has other columns than results of a gate have. Take the file out of the folder: "
                    "it holds what one run found, and nothing else stands on it."
                )
            yield from reader


def read_results(home: Home) -> list[Result]:
    """The results of all runs, the first run first.

    Raises:
        NofError: a file was damaged.
    """
    return [
        Result(
            run=Run(int(row["run_number"]), row["run_date"], row["quarter_id"], row["release_id"]),
            gate=row["gate"],
            expectation_id=row["expectation_id"],
            severity=row["severity"],
            outcome=row["outcome"],
            is_passed=row["is_passed"] == "true",
            checked_count=int(row["checked_count"]),
            unexpected_count=int(row["unexpected_count"]) if row["unexpected_count"] else None,
            first_unexpected=row["first_unexpected"],
            meaning=row["meaning"],
            remedy=row["remedy"],
            owner_role=row["owner_role"],
        )
        for row in read_rows(home)
    ]


def _folder(home: Home) -> Path:
    return home.root / "quality"


def _files(home: Home) -> Iterator[tuple[int, Path]]:
    folder = _folder(home)
    for path in folder.iterdir() if folder.is_dir() else ():
        found = _NAME.fullmatch(path.name)
        if found:
            yield int(found[1]), path
