"""The project with more quarters: the method is rows, so decades of invented months want rows, no model."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measured import ROOT
from benchmarks.records.synthetic import Month

_PARTS = ("dbt_project.yml", "profiles.yml", "selectors.yml", "models", "macros", "tests/dbt", "seeds")
_ENDS = {1: "06-30", 2: "09-30", 3: "12-31", 4: "03-31"}
_STARTS = {1: "04-01", 2: "07-01", 3: "10-01", 4: "01-01"}
_FRAMEWORK = "nof-2025-26"


def copy_project(folder: Path, months: int, memory_limit: str | None) -> Path:
    """The project in a folder of its own, with every quarter that invented months are of.

    Args:
        folder: made here.
        months: how many there are, up to the newest.
        memory_limit: of DuckDB in every build, as it writes it; None for its own.
    """
    for part in _PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    quarters = list(_quarters(Month(months - 1).period, Month(0).period))
    _write(folder / "seeds" / "reference" / "quarters.csv", quarters)
    path = folder / "seeds" / "framework" / "frameworks.csv"
    rows = _read(path)
    for row in rows:
        if row["framework_id"] == _FRAMEWORK:
            row["first_quarter_id"] = quarters[0]["quarter_id"]
    _write(path, rows)
    profiles = folder / "profiles.yml"
    written = profiles.read_text(encoding="utf-8")
    wanted = [("threads: 1\n", "threads: 2\n")]
    if memory_limit:
        wanted.append(
            ("schema: main\n", f'schema: main\n      settings: {{memory_limit: "{memory_limit}"}}\n')
        )
    for old, new in wanted:
        if old not in written:
            raise ValueError(
                f"profiles.yml has no {old.strip()!r} in its DuckDB output to write {new!r} for."
            )
        written = written.replace(old, new, 1)
    profiles.write_text(written, encoding="utf-8")
    return folder


def quarter_of(period: str) -> str:
    """The quarter that a month such as 2026-03 is of: 2025-26-Q4."""
    year, month = (int(each) for each in period.split("-"))
    start = year if month >= 4 else year - 1
    return f"{start}-{(start + 1) % 100:02}-Q{(month - 4) % 12 // 3 + 1}"


def _quarters(first: str, last: str) -> Iterator[dict[str, str]]:
    """The quarters from that of one month to that of another, as seeds/reference/quarters.csv has them."""
    year, number, before = int(quarter_of(first)[:4]), int(quarter_of(first)[-1]), ""
    while before != quarter_of(last):
        label = f"{year}/{(year + 1) % 100:02}"
        quarter_id = f"{label.replace('/', '-')}-Q{number}"
        of_year = year + 1 if number == 4 else year
        yield {
            "quarter_id": quarter_id,
            "quarter_label": f"Q{number} {label}",
            "financial_year_label": label,
            "quarter_number": str(number),
            "start_date": f"{of_year}-{_STARTS[number]}",
            "end_date": f"{of_year}-{_ENDS[number]}",
            "previous_quarter_id": before,
        }
        before = quarter_id
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
