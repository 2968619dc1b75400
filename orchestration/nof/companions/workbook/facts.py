"""What every sheet needs to know of the release: its quarter, its terms, its organisations."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from nof.companions.workbook.model import Cell, Column
from nof.companions.workbook.shorthand import Shorthand, read_shorthand
from nof.project import read_seed
from nof.release.candidate import Candidate
from nof.release.csv_files import framework_label
from nof.release.database import SCHEMA
from nof.release.terms import Terms, read_terms

if TYPE_CHECKING:
    import duckdb

ORGANISATION_COLUMNS = (Column("Code", 9), Column("Name", 62), Column("Type", 34), Column("Region", 26))


@dataclass(frozen=True)
class Facts:
    """The release as the sheets read it.

    Attributes:
        connection: the database of the candidate, read only.
        candidate: the candidate.
        framework_label: its framework, in words.
        quarter: its newest quarter as published.
        quarter_label: the same with its months.
        made_on: the day the workbook bears.
        terms: licence, source line and notice.
        shorthand: what a cell says where it has no number.
    """

    connection: "duckdb.DuckDBPyConnection"
    candidate: Candidate
    framework_label: str
    quarter: str
    quarter_label: str
    made_on: date
    terms: Terms
    shorthand: Shorthand

    @property
    def where(self) -> str:
        """The place that the figures are about."""
        return "invented nation" if self.candidate.is_bundled else "England"

    @property
    def provisional(self) -> str:
        """The mark of figures that are not final; a sealed release is always provisional."""
        return self.shorthand.of("figure", "provisional")

    def titled(self, what: str, *, when: str | None = None) -> str:
        """A title that says what, where, when, and that the figures are provisional."""
        return f"{what}, {self.where}, {when or self.quarter_label} {self.provisional}"

    def ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Rows of a query on the release's tables (`{s}` stands for their schema)."""
        return self.connection.execute(query.replace("{s}", SCHEMA), values).fetchall()

    def organisations(self, table: str, quarter_id: str | None = None) -> dict[str, tuple[Cell, ...]]:
        """Code, name, type and region of every organisation in a fact table, by code.

        Args:
            table: the fact table.
            quarter_id: only those with a row in this quarter.

        Returns:
            In the order of the types, then of their names.
        """
        found = self.ask(
            "select trust_code, trust_name, trust_type_label, region_label, trust_type_id from {s}.dim_trust "
            f"where framework_id = ? and trust_code in (select trust_code from {{s}}.{table} "
            "where framework_id = ? and quarter_id = coalesce(?, quarter_id))",
            self.candidate.framework_id,
            self.candidate.framework_id,
            quarter_id,  # type: ignore[arg-type]
        )
        order = {
            row["trust_type_id"]: int(row["display_order"]) for row in read_seed("reference", "trust_types")
        }
        found.sort(key=lambda row: (order[row[4]], row[1] or "", row[0]))
        return {row[0]: tuple(self.shorthand.filled(cell) for cell in row[:4]) for row in found}


def read_facts(connection: "duckdb.DuckDBPyConnection", candidate: Candidate) -> Facts:
    """Read what the sheets share.

    Args:
        connection: the candidate's database.
        candidate: the candidate.
    """
    label, start, end = connection.execute(
        f"select quarter_label, start_date, end_date from {SCHEMA}.dim_quarter "
        "where framework_id = ? and quarter_id = ?",
        [candidate.framework_id, candidate.quarter_id],
    ).fetchall()[0]
    # The invented nation has no day of its own: a clock in the file would change it with every run.
    released = None if candidate.is_bundled else candidate.released_date
    return Facts(
        connection=connection,
        candidate=candidate,
        framework_label=framework_label(candidate.framework_id),
        quarter=label,
        quarter_label=f"{label} ({start:%B} to {end:%B %Y})",
        made_on=released or end,
        terms=read_terms(is_bundled=candidate.is_bundled),
        shorthand=read_shorthand(),
    )


def in_words(flag: bool | None) -> str | None:
    """Yes or No; nothing where it is not known."""
    return None if flag is None else ("Yes" if flag else "No")


def unit_in_words(unit: str | None) -> str | None:
    """A unit that is read out: a sign alone is skipped by some screen readers."""
    return "per cent" if unit == "%" else unit
