"""An answer for programs: every figure as CSV, or the whole of it as JSON."""

import csv
import io
import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from nof.whatif.model import ROW_COLUMNS, Answer
from nof.whatif.words import headline


def as_csv(answer: Answer) -> str:
    """One row for each figure, under the names of `Figure`; empty where there is none."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ROW_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in answer.to_rows():
        writer.writerow({name: _as_text(cell) for name, cell in row.items()})
    return text.getvalue()


def as_json(answer: Answer, release: str) -> str:
    """All of the answer as one JSON object; scores as numbers."""
    content = {
        "release": release,
        "changes": [asdict(each) for each in answer.changes],
        "can_be_told": answer.can_be_told,
        "headlines": [{**asdict(each), "headline": headline(each)} for each in answer.standings],
        "voided": asdict(answer.voided),
        "notes": list(answer.notes),
        "figures": answer.to_rows(),
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=_as_number) + "\n"


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _as_number(cell: Any) -> float:
    if isinstance(cell, Decimal):
        return float(cell)
    raise TypeError(f"{cell!r} has no place in JSON")
