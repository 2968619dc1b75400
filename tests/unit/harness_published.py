"""Reading NHS England's own files for the statement of the rules: rows of text to rows of the statement."""

import csv
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The statement of the rules lies beside the test folders, not in one of them.
sys.path.insert(0, str(ROOT / "tests"))

from plain_rules import Entry, Method, Row, read_method_tables  # noqa: E402
from plain_rules.registers import DECIDING  # noqa: E402

FRAMEWORK_ID = "nof-2025-26"
MENTAL_HEALTH = "nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-2025-26.csv"
MENTAL_HEALTH_Q4 = "nhs-oversight-framework-mental-health-and-community-trust-data-q4-2025-26-values-only.csv"
ACUTE_Q3 = "nhs-oversight-framework-acute-trust-data-q3-2025-26-partial-values.csv"
LEAGUE_Q4 = "nhs-oversight-framework-mental-health-and-community-trust-league-table-q4-2025-26-sample.csv"


def method_of_the_seeds(framework_id: str = FRAMEWORK_ID) -> Method:
    """The method as the project's seeds hold it."""
    seeds = ROOT / "seeds"
    return Method(read_method_tables(seeds / "framework", seeds / "reference"), framework_id)


def published_folder() -> Path:
    """The folder of the real files; the test is skipped without it, but fails where CI is set."""
    folder = Path(os.environ.get("NOF_DATA_DIR", ROOT.parent / "shared" / "data")) / "nof_2025_26"
    if not folder.is_dir():
        message = f"{folder} is missing: name the folder of NHS England's files in NOF_DATA_DIR."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    """A published file's rows as text, its byte order mark dropped and outer spaces trimmed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: (text or "").strip() for name, text in row.items()} for row in csv.DictReader(file)]


def reference(name: str, key: str, value: str) -> dict[str, str]:
    """One column of a reference seed by another."""
    rows = read_csv(ROOT / "seeds" / "reference" / f"{name}.csv")
    return {row[key]: row[value] for row in rows}


def statement_rows(published: list[dict[str, str]]) -> list[Row]:
    """Rows of a published data file as the statement takes them."""
    quarters = reference("quarters", "quarter_label", "quarter_id")
    types = reference("trust_type_labels", "trust_type_label", "trust_type_id")
    return [
        Row(
            quarter_id=quarters[row["Quarter"]],
            trust_type_id=types[row["Trust_type"]],
            trust_code=row["Trust_code"],
            measure_id=row["Metric_ID"],
            unit_label=row["Units"],
            value=row["Value"],
            published_rank=int(float(row["Rank"])) if row["Rank"] else None,
        )
        for row in published
    ]


def bundled_rows() -> list[Row]:
    """The bundled nation's rows, the earlier versions of a file left out."""
    names = {
        "Quarter": "quarter",
        "Trust_type": "trust_type",
        "Trust_code": "trust_code",
        "Metric_ID": "metric_id",
        "Units": "units",
        "Value": "value",
        "Rank": "rank",
    }
    seed = read_csv(ROOT / "seeds" / "sample" / "sample_oversight_data.csv")
    return statement_rows(
        [
            {heading: row[name].replace("\u00a0", " ").strip() for heading, name in names.items()}
            for row in seed
            if row["is_current_vintage"] == "true"
        ]
    )


def bundled_entries() -> list[Entry]:
    """The entries of the bundled nation's registers that a figure follows from."""
    return [
        Entry(
            register_id=row["register"],
            organisation_code=row["organisation_code"],
            subject_id=row["subject"],
            value=row["value"],
            from_date=row["from_date"],
            to_date=row["to_date"],
            entry_status=row["entry_status"],
        )
        for row in read_csv(ROOT / "seeds" / "sample" / "sample_register_entries.csv")
        if row["is_current_vintage"] == "true" and row["register"] in DECIDING
    ]
