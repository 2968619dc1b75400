"""The workbook as a whole: cover, contents, notes, then the tables, in this order."""

from dataclasses import replace
from typing import TYPE_CHECKING

from nof.companions.workbook import catalogue, figures, standing
from nof.companions.workbook.facts import Facts, read_facts
from nof.companions.workbook.model import Book, Column, Line, Link, Section, Sheet
from nof.companions.workbook.notes import note_texts, number_notes
from nof.frameworks import is_forecast
from nof.release.candidate import Candidate
from nof.release.terms import MAKER

if TYPE_CHECKING:
    import duckdb

CONTENTS = "Contents"
_TABLES = (
    standing.league_tables,
    standing.segments,
    figures.domains,
    figures.metric_scores,
    figures.metric_values,
    figures.targets,
    standing.every_quarter,
    catalogue.metrics,
    catalogue.completeness,
    catalogue.missing,
)


def make_book(connection: "duckdb.DuckDBPyConnection", candidate: Candidate) -> Book:
    """Read a candidate and lay out its workbook.

    Args:
        connection: its database.
        candidate: the candidate.

    Raises:
        ReleaseRefused: a cell has no number and the seed of shorthand has no word for the reason.
    """
    facts = read_facts(connection, candidate)
    tables = [_with_lines(facts, sheet) for make in _TABLES for sheet in make(facts)]
    tables, notes = number_notes(tables, note_texts(facts))
    notes = replace(notes, about=(*notes.about, Link("Go to the contents", CONTENTS)))
    title = f"{facts.framework_label}: segments and scores, {facts.where}, to {facts.quarter}"
    return Book(
        title=title,
        subject=f"{facts.terms.notice} {facts.terms.source_line}",
        keywords=("NHS Oversight Framework", "segments", "league table", "metric scores", "NHS trusts"),
        author=MAKER,
        made_on=facts.made_on,
        cover=_cover(facts),
        sheets=(_contents([notes, *tables]), notes, *tables),
    )


def _with_lines(facts: Facts, sheet: Sheet) -> Sheet:
    """What stands between the title of a table and the table."""
    used = sheet.shorthand()
    lines: list[Line] = ["This worksheet contains one table."]
    lines += [facts.shorthand.line(used)] if used else []
    lines += [f"Source: {facts.terms.source_line}", facts.terms.notice, Link("Go to the contents", CONTENTS)]
    return replace(sheet, about=tuple(lines))


def _contents(sheets: list[Sheet]) -> Sheet:
    return Sheet(
        name=CONTENTS,
        title="Table of contents",
        about=("This worksheet contains one table.",),
        columns=(Column("Worksheet", 26), Column("What is in it", 100)),
        rows=[(Link(sheet.name, sheet.name), sheet.title) for sheet in sheets],
    )


def _cover(facts: Facts) -> tuple[Section, ...]:
    candidate, terms = facts.candidate, facts.terms
    forecast = (
        (
            f"Forecast: {candidate.quarter_id} is not published yet. Values that were not in hand are "
            "those of the quarter before.",
        )
        if is_forecast(candidate.framework_id)
        else ()
    )
    return (
        Section("Introductory information", (terms.notice, terms.source_line)),
        Section(
            "About these data",
            (
                *forecast,
                f"Framework: {facts.framework_label}.",
                f"Newest quarter: {facts.quarter_label}. Earlier ones are in the worksheet Every_quarter.",
                f"Release: {candidate.release_id}.",
                f"Date of the release: {facts.made_on.day} {facts.made_on:%B %Y}."
                if not candidate.is_bundled
                else "The release has no date of its own: the nation is invented.",
                f"The figures are provisional, marked {facts.provisional}: a later release may revise them.",
                "Cells without a number hold shorthand in square brackets, explained above each table.",
                "Every figure with all its decimals, and what it stands on, is in the other files of the "
                "release: nof.duckdb, parquet and csv.",
            ),
        ),
        Section(
            "Licence",
            (
                Link(terms.licence, terms.licence_url),
                "You may use and share these figures, for any purpose, if you say where they come from.",
            ),
        ),
    )
