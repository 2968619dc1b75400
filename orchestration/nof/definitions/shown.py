"""What Dagster shows of results: tables of claims and of rows, and the way to the page with all of them."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dagster import MetadataValue, TableColumn, TableMetadataValue, TableRecord, TableSchema

from nof import steps
from nof.gates import PAGE, ExpectationResult, GateResult
from nof.home import Home
from nof.quality.runs import refused_page
from nof.settings import read_settings

# Beyond these a page is slow; all of them are in the home (`nof refused`) and on the quality page.
ROWS_SHOWN = 50


def claims_shown(rows: Sequence[ExpectationResult]) -> TableMetadataValue:
    """Each claim with its outcome and its denominator."""
    return _table(
        ("claim", "outcome", "severity", "checked", "against", "owner"),
        [
            {
                "claim": f"{row.meaning} ({row.expectation_id})",
                "outcome": row.outcome.replace("_", " "),
                "severity": row.severity,
                "checked": row.checked_count,
                "against": "" if row.unexpected_count is None else row.unexpected_count,
                "owner": row.owner_role,
            }
            for row in rows
        ],
        numbers={"checked"},
    )


def rows_shown(failed: Sequence[ExpectationResult]) -> TableMetadataValue | None:
    """The first rows against claims that do not hold; None where none of them is about a row."""
    found = [(row, example) for row in failed for example in row.examples][:ROWS_SHOWN]
    if not found:
        return None
    return _table(
        ("expectation", "file", "row", "where", "what stands there", "what to do"),
        [
            {
                "expectation": row.expectation_id,
                "file": example.named("file") or row.relation,
                "row": example.named("row") or "",
                "where": ", ".join(
                    f"{name} {text}" for name, text in example.place if name not in ("file", "row")
                ),
                "what stands there": ", ".join(f"{name} = {text}" for name, text in example.cells),
                "what to do": row.remedy,
            }
            for row, example in found
        ],
    )


def page_shown(prepared: steps.Prepared, result: GateResult) -> dict[str, Any]:
    """The page with every claim: of a refused run as the home keeps it, else as the release will have it."""
    home = prepared.request.home
    path = prepared.released / "quality" / PAGE if result.is_passed else refused_page(home)
    # Dagster sorts by name: above the rows, however many there are.
    return {"all_on_one_page": link(home, path)}


def link(home: Home, path: Path) -> Any:
    """A link to a file of the home where nof.toml says under which address people read it; else its path."""
    address = read_settings(home).pages_address
    if address is None:
        return MetadataValue.path(str(path.absolute()))
    return MetadataValue.url(f"{address.rstrip('/')}/{quote(path.relative_to(home.root).as_posix())}")


def _table(
    columns: Sequence[str],
    records: Sequence[dict[str, Any]],
    *,
    numbers: Collection[str] = (),
) -> TableMetadataValue:
    return MetadataValue.table(
        records=[TableRecord(each) for each in records],
        schema=TableSchema(
            [TableColumn(name, type="int" if name in numbers else "string") for name in columns]
        ),
    )
