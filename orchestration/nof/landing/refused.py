"""Refused files with their reasons: kept in the home so that a person can look, and known again later.

A file that looks like it is about persons, or that nobody can look into, is known again by its hash alone:
its reasons are kept, its bytes are not.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from pathlib import Path

from nof.durable import write_durably
from nof.errors import Problem
from nof.home import Home
from nof.landing.model import FILE_ID_LENGTH
from nof.landing.persons import find_person_in_name, may_be_kept

PROBLEMS_SHOWN = 20
_NOT_KEPT = "The file itself was not kept here: it may hold something about persons."


def refusal_folder(home: Home, digest: str) -> Path:
    """Where a refused file of this hash lies."""
    return home.refused / digest[:FILE_ID_LENGTH]


def was_refused(home: Home, digest: str) -> bool:
    """Whether an earlier run has refused a file of this hash; a half-written record does not count."""
    try:
        record = json.loads((refusal_folder(home, digest) / "reasons.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return False
    return isinstance(record, dict) and record.get("sha256") == digest


def record_refusal(
    home: Home, file_name: str, content: bytes, problems: Sequence[Problem], *, today: date
) -> Path:
    """Copy a refused file to refused/<short hash>/, where it may be kept, with all its reasons.

    Args:
        home: the warehouse.
        file_name: the name it came under.
        content: its bytes.
        problems: all of them, not only those that are printed.
        today: the day of this run.

    Returns:
        The folder.
    """
    digest = sha256(content).hexdigest()
    folder = refusal_folder(home, digest)
    is_kept = may_be_kept(file_name, content)
    if is_kept:
        write_durably(folder / file_name, content)
    record = {
        # A name that is one of a person is masked in the problems.
        "file_name": problems[0].file if find_person_in_name(file_name) else file_name,
        "is_file_kept": is_kept,
        "sha256": digest,
        "byte_count": len(content),
        "refused_date": today.isoformat(),
        "problems": [asdict(problem) for problem in problems],
    }
    reasons = [str(problem) for problem in problems] + ([] if is_kept else [_NOT_KEPT])
    write_durably(folder / "reasons.txt", "".join(f"{reason}\n" for reason in reasons).encode())
    # Last: a record that is there speaks of a folder that is whole.
    write_durably(folder / "reasons.json", json.dumps(record, ensure_ascii=False, indent=2).encode())
    return folder


def shown(problems: Sequence[Problem], folder: Path | None) -> list[Problem]:
    """The first problems of one file, and in place of the others how many there are and where they stand."""
    if len(problems) <= PROBLEMS_SHOWN:
        return list(problems)
    rest = len(problems) - PROBLEMS_SHOWN
    where = f"All of them are in {folder / 'reasons.txt'}." if folder else "Correct these first."
    return [*problems[:PROBLEMS_SHOWN], Problem(problems[0].file, f"and {rest} more.", where)]
