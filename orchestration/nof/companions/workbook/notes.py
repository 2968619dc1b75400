"""The notes that headings refer to, in words, and their numbers in a workbook."""

from collections.abc import Sequence
from dataclasses import replace

from nof.companions.workbook.facts import Facts
from nof.companions.workbook.model import Cell, Column, Sheet
from nof.project import read_seed

SHEET_NAME = "Notes"


def note_texts(facts: Facts) -> dict[str, str]:
    """Every note by its key; what a seed or a table says is taken from there.

    Args:
        facts: the release.
    """
    bases = "; ".join(
        f"{row['score_basis']}: {row['meaning']}" for row in read_seed("framework", "score_bases")
    )
    programme, floor = facts.ask(
        "select programme_segment, override_segment_floor from {s}.method_frameworks where framework_id = ?",
        facts.candidate.framework_id,
    )[0]
    return {
        "score": (
            "Scores run from 1 (best) to 4 (worst). They are rounded to two decimal places, once, at the end."
        ),
        "basis": f"What a figure stands on. {bases}.",
        "segment": (
            "Segment 1 is the best. The unadjusted segment follows from the average metric score alone."
        ),
        "override": (
            "The adjusted segment takes the financial override into account: an organisation that has one is "
            f"in segment {floor} or worse, whatever its average."
        ),
        "final": (
            "The final segment takes the improvement programme into account: an organisation in it is in "
            f"segment {programme}. Where nothing in hand says whether it is, there is no final segment."
        ),
        "league": "Only organisations of a type that is complete in hand have a rank. Rank 1 is the best.",
        "deficit": "As NHS England's league tables say it: whether the organisation is in financial deficit.",
        "value": (
            "What the organisation achieved, in the unit of the heading. Metrics that are a rating or a band "
            "have words instead of numbers. A metric without any value in the quarter has no column."
        ),
        "target": (
            "The target for this organisation where one is set for it, the national one otherwise. Whether "
            "it is met never changes a score or a segment."
        ),
        "revised": (
            "Marked where one of the figures of the row differs from that in the release before. Old figure, "
            "new figure and the reason are in the table fct_revision."
        ),
        "standard": "The threshold that the score of the metric uses in the newest quarter, in its unit.",
        "certainty": (
            "How sure the rule is. manual: stated in the methodology manual; data: recomputed from the "
            "published files and exact; fit: fits the published files and is stated nowhere; default: "
            "unknown, a value was chosen; stated: stated of a draft or of a year to come; assumption: "
            "assumed where such a framework leaves it open."
        ),
        "complete": (
            "A type is complete in a quarter where every core metric has values for nearly all the "
            "organisations that are expected. Without that, no average can be ranked nationally."
        ),
    }


def number_notes(sheets: Sequence[Sheet], texts: dict[str, str]) -> tuple[list[Sheet], Sheet]:
    """Write the number of its note into each heading that refers to one.

    Args:
        sheets: the tables, in the order of the workbook.
        texts: every note by its key.

    Returns:
        The sheets with their headings as they are shown, and the sheet that lists the notes they refer to.
    """
    numbers: dict[str, int] = {}
    shown = []
    for sheet in sheets:
        columns = []
        for column in sheet.columns:
            if column.note_id is not None:
                number = numbers.setdefault(column.note_id, len(numbers) + 1)
                column = replace(column, heading=f"{column.heading} [note {number}]")  # noqa: PLW2901
            columns.append(column)
        has_notes = any(column.note_id for column in columns)
        count, *rest = sheet.about
        refers = " Some headings refer to notes, which are on the worksheet Notes."
        about = (f"{count}{refers}" if has_notes else count, *rest)
        shown.append(replace(sheet, columns=tuple(columns), about=about))
    rows: list[tuple[Cell, ...]] = [(f"note {number}", texts[key]) for key, number in numbers.items()]
    listed = Sheet(
        name=SHEET_NAME,
        title="Notes",
        about=("This worksheet contains one table.",),
        columns=(Column("Note", 10), Column("Text", 100)),
        rows=rows,
    )
    return shown, listed
