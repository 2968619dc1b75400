"""What the two gates found in this release: counts, what does not hold, every claim with its denominator."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from nof.explain.rows import Row
from nof.site.glossary import spaced
from nof.site.look import NONE, figure
from nof.site.marks import code, explained
from nof.site.released import Released
from nof.site.table import Cell, Column, Line, Table, cell, ranked

CLAIMS = "quality-claims"
GATES = (
    ("landed", "Can the content of the files be used?"),
    ("scored", "May the figures be published?"),
)
OUTCOMES = {
    "passed": "holds",
    "failed": "does not hold",
    "nothing_to_check": "nothing to check",
    "nothing_to_check_allowed": "nothing to check, which is in order",
    "could_not_be_run": "could not be run",
}
_ROWS = (
    "select * from dq_result where release_id = ? "
    "order by gate, severity, is_passed, relation, expectation_id"
)


@dataclass(frozen=True)
class Gates:
    """What the page shows of the gates.

    Attributes:
        total: claims.
        held: claims that hold, or had nothing to check and may.
        counts: by gate and severity.
        warnings: claims that do not hold; None where all hold.
        claims: every claim.
        outcomes: outcomes that occur, for the filter.
    """

    total: int
    held: int
    counts: Table
    warnings: Table | None
    claims: Table
    outcomes: tuple[tuple[str, str], ...]


def gates(released: Released) -> Gates:
    """Read what the gates found in this release, not in those before it."""
    rows = released.rows(_ROWS, released.release["release_id"])
    broken = [row for row in rows if not row["is_passed"]]
    return Gates(
        total=len(rows),
        held=len(rows) - len(broken),
        counts=_counts(rows),
        warnings=_warnings(broken) if broken else None,
        claims=_claims(rows),
        outcomes=tuple(
            (word, text) for word, text in OUTCOMES.items() if any(_has(row, word) for row in rows)
        ),
    )


def _has(row: Row, outcome: str) -> bool:
    return bool(row["outcome"] == outcome)


def _counts(rows: Sequence[Row]) -> Table:
    lines = []
    for gate, question in GATES:
        for severity in ("critical", "warning"):
            own = [row for row in rows if row["gate"] == gate and row["severity"] == severity]
            empty = sum(str(row["outcome"]).startswith("nothing_to_check") for row in own)
            held = sum(row["is_passed"] for row in own)
            lines.append(
                Line(
                    (
                        Cell(explained(f"Gate “{gate}”, {severity}", question)),
                        Cell(len(own)),
                        Cell(held - empty),
                        Cell(empty),
                        Cell(len(own) - held),
                    ),
                    {"data-gate": gate, "data-severity": severity},
                )
            )
    return Table(
        "What the gates asked and found",
        (
            Column("Gate", is_wide=True),
            Column("Claims", is_numeric=True),
            Column("Hold", is_numeric=True),
            Column("Nothing to check", is_numeric=True),
            Column("Do not hold", is_numeric=True),
        ),
        lines,
        note="Where a critical claim does not hold nothing is released, so in a release all of them hold. A "
        "warning is kept and shown.",
    )


def _warnings(rows: Sequence[Row]) -> Table:
    return Table(
        "Claims that do not hold",
        (
            Column("Claim", is_wide=True),
            Column("Rows checked", is_numeric=True),
            Column("Rows that break it", is_numeric=True),
            Column("What was seen", is_wide=True),
            Column("What to do, and who", is_wide=True),
        ),
        tuple(
            Line(
                (
                    Cell(explained(row["meaning"], row["expectation_id"])),
                    *_figures(row),
                    Cell(row["first_unexpected"] or row["observed"]),
                    Cell(explained(row["remedy"], row["owner_role"])),
                ),
                {"data-claim": row["expectation_id"]},
            )
            for row in rows
        ),
    )


def _figures(row: Row) -> tuple[Cell, Cell]:
    return (
        cell(figure(row["checked_count"], "dq_result.checked_count"), row["checked_count"]),
        cell(figure(row["unexpected_count"], "dq_result.unexpected_count"), row["unexpected_count"]),
    )


def _claims(rows: Sequence[Row]) -> Table:
    return ranked(
        Table(
            "Every claim of the gates, with its denominator",
            (
                Column("Claim", is_wide=True, is_sorted_by=True),
                Column("About", is_wide=True, is_sorted_by=True),
                Column("Gate, severity", is_sorted_by=True),
                Column("Rows checked", is_numeric=True, is_sorted_by=True),
                Column("Rows that break it", is_numeric=True, is_sorted_by=True),
                Column("Outcome", is_sorted_by=True),
            ),
            tuple(_claim(row) for row in rows),
            table_id=CLAIMS,
            is_of_names=True,
            note="A dash under the rows that break a claim: it is about a table, not about its rows.",
        )
    )


def _claim(row: Row) -> Line:
    columns = row["column_names"]
    about: Markup = code(row["relation"])
    return Line(
        (
            cell(row["meaning"], row["meaning"]),
            cell(explained(about, columns) if columns else about, row["relation"]),
            cell(f"{row['gate']}, {row['severity']}", (row["gate"], row["severity"])),
            *_figures(row),
            cell(OUTCOMES.get(row["outcome"], spaced(row["outcome"])) or NONE, row["outcome"]),
        ),
        {
            "data-item": "",
            "data-claim": row["expectation_id"],
            "data-text": f"{row['meaning']} {row['relation']} {row['expectation_id']}",
            "data-gate": row["gate"],
            "data-severity": row["severity"],
            "data-outcome": row["outcome"],
        },
    )
