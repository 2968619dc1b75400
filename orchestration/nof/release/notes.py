"""notes.md: what a release is and is not, in plain words and counts of its own tables."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.files import write_text
from nof.frameworks import is_forecast, seed_rows
from nof.project import read_seed
from nof.release.assumptions import assumptions
from nof.release.csv_files import framework_label
from nof.release.database import SCHEMA
from nof.release.origins import value_origins
from nof.release.published_csv import FORECAST_PREFIX, LEAGUE_TABLE, PublishedFile

if TYPE_CHECKING:
    import duckdb

_REAL = """Made by recomputing the framework from the files named in `manifest.json`. It contains public
sector information licensed under the Open Government Licence v3.0."""

_FINAL_BASES = {
    "published": "a row of the quarter says whether the organisation was in the improvement programme",
    "carried_forward": "in a forecast: a row of the quarter before says it",
    "decision": "an entry of the improvement programme register says it",
    "unknown": "nothing in hand says it, so the final segment is empty, not the adjusted one",
}

_WITHHELD = {
    "entry": "Register entries that are not in the release at all",
    "reason": "Reasons of register entries",
    "role": "Roles that decided and that `seeds/reference/roles.csv` does not list",
    "source": "Sources of register entries",
    "value": "Values in words that no seed lists",
}

_BUNDLED = """Made from the bundled raw metric seeds: **an invented nation**. No trust in it exists and no
figure in it is about a real one. It is released under the Open Government Licence v3.0."""


def write_notes(
    connection: "duckdb.DuckDBPyConnection",
    candidate: Path,
    files: Sequence[PublishedFile],
    *,
    release_id: str,
    framework_id: str,
    quarter_id: str,
    is_bundled: bool,
) -> None:
    """Say what the release is, how whole it is, what its figures stand on, and what is missing."""
    prefix = FORECAST_PREFIX if is_forecast(framework_id) else ""
    parts = [
        f"# {framework_label(framework_id)}, to {quarter_id}",
        "**Not an NHS England publication.**",
        *value_origins(connection, framework_id, quarter_id),
        _BUNDLED if is_bundled else _REAL,
        _list(
            [
                f"Release: `{release_id}`",
                f"Framework: `{framework_id}`",
                f"Newest quarter: `{quarter_id}`; earlier quarters in hand are carried with it",
                "State: provisional when released; `releases.csv` of its home says whether it was signed off "
                "since",
            ]
        ),
        "## What the method assumes",
        assumptions(connection, framework_id, quarter_id),
        "## How whole it is",
        "A trust without an average metric score has no overall segment and no league rank either.",
        _trust_table(connection, framework_id),
        "## What the figures stand on",
        "Metric scores by basis:",
        _basis_list(connection, "fct_metric", "score_basis", "score_bases", framework_id),
        "Cut points by basis:",
        _basis_list(connection, "fct_cut_point", "cut_point_basis", "cut_point_bases", framework_id),
        "Final segments by basis:",
        _final_segments(connection, framework_id),
        "## What is missing",
        _list(_missing(connection, files, framework_id)),
        "## What is withheld",
        _list(_withheld(connection, framework_id)),
        "## What the files are",
        _list(
            [
                "`nof.duckdb`: every table, schema `publication`; `parquet/`: each table as Parquet",
                f"`csv/{prefix}nhs-oversight-framework-…`: the columns and conventions of NHS England's own "
                "files",
                "other files in `csv/`: the remaining tables; `metadata.json` describes every column",
                "`quality/`: what the gates found; `manifest.json`: inputs, code, seeds, every file's hash",
            ]
        ),
    ]
    write_text(candidate / "notes.md", "\n\n".join(parts) + "\n")


def _trust_table(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> str:
    """Whether each trust type is complete in each quarter, and how many trusts are in hand."""
    found = connection.execute(
        "select completeness.quarter_id, completeness.trust_type_id, completeness.is_complete, "
        "completeness.expected_trust_count, count(segments.trust_code), count(segments.average_metric_score) "
        f"from {SCHEMA}.fct_completeness as completeness left join {SCHEMA}.fct_segment as segments "
        "using (framework_id, quarter_id, trust_type_id) where framework_id = ? "
        "group by 1, 2, 3, 4",
        [framework_id],
    ).fetchall()
    types = {row["trust_type_id"]: row for row in read_seed("reference", "trust_types")}
    found.sort(key=lambda row: (row[0], int(types[row[1]]["display_order"])))
    lines = [
        "| Quarter | Trust type | Complete | Trusts expected | In hand | With an average score | Without |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for quarter, trust_type, is_complete, expected, in_hand, with_average in found:
        cells = (
            quarter,
            types[trust_type]["trust_type_label"],
            "yes" if is_complete else "no",
            expected,
            in_hand,
            with_average,
            in_hand - with_average,
        )
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines)


def _basis_list(
    connection: "duckdb.DuckDBPyConnection", table: str, column: str, seed: str, framework_id: str
) -> str:
    """How many rows of a table stand on each basis, those with no row included, with what the basis means."""
    counts = _counted(connection, table, column, framework_id)
    return _list(
        f"`{row[column]}`: {counts.get(row[column], 0)} ({row['meaning']})"
        for row in read_seed("framework", seed)
    )


def _final_segments(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> str:
    """How many final segments stand on a published row, on a register entry, on nothing."""
    counts = _counted(connection, "fct_segment", "final_segment_basis", framework_id)
    return _list(f"`{basis}`: {counts.get(basis, 0)} ({meaning})" for basis, meaning in _FINAL_BASES.items())


def _missing(
    connection: "duckdb.DuckDBPyConnection", files: Sequence[PublishedFile], framework_id: str
) -> list[str]:
    """Cells that carry no score, by status and reason, and files that would be empty and are not written."""
    meanings = {row["cell_status"]: row["meaning"] for row in read_seed("framework", "cell_statuses")}
    found = connection.execute(
        "select cell_status, missing_reason_id, missing_reason, count(*) "
        f"from {SCHEMA}.fct_metric where framework_id = ? and cell_status <> 'scored' group by 1, 2, 3",
        [framework_id],
    ).fetchall()
    order = [*meanings]
    found.sort(key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[1] or ""))
    lines = [
        f"Metric cells `{status}`{f', `{reason_id}`' if reason_id else ''}: {count} "
        f"({meanings[status] if reason_id == 'shorthand' else reason or meanings[status]})"
        for status, reason_id, reason, count in found
    ]
    scope = {
        row["trust_type_id"]: row["is_segmented"] == "true"
        for row in seed_rows("organisation_scope", framework_id)
    }
    lines += [
        f"`csv/{file.name}` is not written: {_why_not(file, is_segmented=scope[file.trust_type_id])}"
        for file in files
        if not file.is_written and file.trust_type_id in scope
    ]
    return lines or ["Nothing that could be scored is missing."]


def _withheld(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> list[str]:
    """What of the registers stays with the landed files, by part: how often, and why."""
    found = connection.execute(
        "select withheld_part, withheld_reason, sum(entry_count), "
        "string_agg('`' || register_id || '` ' || entry_count, ', ' order by register_id) "
        f"from {SCHEMA}.fct_withheld where framework_id = ? group by all order by all",
        [framework_id],
    ).fetchall()
    lines = [
        f"{_WITHHELD.get(part, part)}: {count} ({reason}): {registers}"
        for part, reason, count, registers in found
    ]
    return lines or ["Nothing: no register is in hand."]


def _why_not(file: PublishedFile, *, is_segmented: bool) -> str:
    label = f"{file.trust_type_label[:1].lower()}{file.trust_type_label[1:]}s"
    if not is_segmented and file.shape is LEAGUE_TABLE:
        return f"the framework does not segment {label}"
    or_not = " or not complete" if is_segmented else ""
    return f"no row for {label}, because that trust type is not in hand{or_not}"


def _counted(
    connection: "duckdb.DuckDBPyConnection", table: str, column: str, framework_id: str
) -> dict[str, int]:
    """How often each value stands in a column of one framework's rows; empty cells are not counted."""
    return dict(
        connection.execute(
            f"select {column}, count(*) from {SCHEMA}.{table} "
            f"where framework_id = ? and {column} is not null group by {column} order by {column}",
            [framework_id],
        ).fetchall()
    )


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
