"""Turns a failed gate into the exception that stops a run, in words a person can act on."""

from nof.errors import InputRefused, Problem, ScoredGateRefused
from nof.gates.results import COULD_NOT_BE_RUN, NOTHING_TO_CHECK, ExpectationResult, GateResult


def raise_if_refused(result: GateResult) -> None:
    """Stop the run where a gate did not pass.

    Raises:
        InputRefused: the landed gate refused, with one problem per expectation (exit status 3).
        ScoredGateRefused: the scored gate refused (exit status 4).
    """
    if result.is_passed:
        return
    refusals = result.refusals or result.rows
    if result.gate == "landed":
        raise InputRefused([_problem(row) for row in refusals])
    lines = [
        f"The scored gate refused: {len(refusals)} of {result.expectation_count} expectations do not hold."
    ]
    for row in refusals:
        lines.append(f"- {row.expectation_id} ({row.relation}): {_sentence(row)} {row.remedy}")
        if row.first_unexpected:
            lines.append(f"  First: {row.examples[0] if row.examples else row.first_unexpected}")
    raise ScoredGateRefused("\n".join(lines))


def _sentence(row: ExpectationResult) -> str:
    """The claim, and on how many rows of how many it broke."""
    if row.outcome == COULD_NOT_BE_RUN:
        return f"{row.meaning} This could not be checked: {row.observed}."
    if row.outcome == NOTHING_TO_CHECK:
        return f"{row.meaning} There was nothing to check it on: {row.observed}."
    if row.unexpected_count is None:
        return f"{row.meaning} It does not hold over {row.checked_count:,} rows: {row.observed}."
    note = f" ({row.observed})" if row.observed else ""
    return f"{row.meaning} Not so for {row.unexpected_count:,} of {row.checked_count:,} rows{note}."


def _problem(row: ExpectationResult) -> Problem:
    """The first row against an expectation, as a problem of the file that it came from."""
    if not row.examples:
        return Problem(row.relation or "expectations", f"{row.expectation_id}: {_sentence(row)}", row.remedy)
    first = row.examples[0]
    row_number = first.named("row")
    rest = ", ".join(f"{name} {text}" for name, text in first.place if name not in ("file", "row"))
    return Problem(
        file=first.named("file") or row.relation,
        row=int(row_number) if row_number is not None else None,
        column=first.column or None,
        message=f"{rest + ': ' if rest else ''}{first.value}. {row.expectation_id}: {_sentence(row)}",
        remedy=row.remedy,
    )
