"""The results in the repository: one file for each part, with what it was measured on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measured import ROOT, Part, from_json, to_json, written

RESULTS = ROOT / "benchmarks" / "results"


@dataclass(frozen=True)
class Result:
    """A part and how it was measured.

    Attributes:
        part: what was measured.
        measured_on: the day, YYYY-MM-DD.
        machine: what on, by name.
        load: how many processes wanted a core in the minute before it began; more than there are cores, and
            seconds by the clock are too long. None where nobody looked.
    """

    part: Part
    measured_on: str
    machine: dict[str, str]
    load: float | None = None


def keep(result: Result, folder: Path) -> Path:
    """Write a result whole, in the place of the one before."""
    values: dict[str, Any] = {
        "measured_on": result.measured_on,
        "machine": result.machine,
        "load": result.load,
        "part": to_json(result.part),
    }
    path = folder / f"{result.part.key}.json"
    folder.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".json.new")
    aside.write_text(written(values), encoding="utf-8")
    aside.replace(path)
    return path


def read(key: str, folder: Path) -> Result | None:
    """The result of a part; None where it was never measured."""
    path = folder / f"{key}.json"
    if not path.is_file():
        return None
    values = json.loads(path.read_text(encoding="utf-8"))
    return Result(from_json(values["part"]), values["measured_on"], values["machine"], values.get("load"))
