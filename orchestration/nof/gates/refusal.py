"""Turns a failed gate into the exception that stops a run, in words a person can act on."""

from itertools import groupby

from nof.errors import InputRefused, Problem, ScoredGateRefused
from nof.gates.results import COULD_NOT_BE_RUN, NOTHING_TO_CHECK, Example, ExpectationResult, GateResult

# The typed views rename what the files call otherwise; a refusal of a file speaks of the file.
PUBLISHED_COLUMNS = {
    "quarter_id": "Quarter",
    "region_label": "Region",
    "trust_type_id": "Trust_type",
    "trust_code": "Trust_code",
    "trust_name": "Trust_name",
    "domain_label": "Domain",
    "measure_id": "Metric_ID",
    "unit_label": "Units",
    "value_text": "Value",
    "value_number": "Value",
    "median_value": "Median_value",
    "lower_quartile_value": "Lower_quartile",
    "upper_quartile_value": "Upper_quartile",
    "published_rank": "Rank",
    "average_score": "Average_score",
    "segment": "Segment",
    "is_in_deficit": "Trust_in_financial_deficit",
    "league_rank": "Rank",
}


def raise_if_refused(result: GateResult) -> None:
    """Stop the run where a gate did not pass.

    Raises:
        InputRefused: the landed gate refused, with one problem per expectation, or one per suite that could
            look at nothing (exit status 3).
        ScoredGateRefused: the scored gate refused (exit status 4).
    """
    if result.is_passed:
        return
    refusals = result.refusals or result.rows
    groups = [list(rows) for _, rows in groupby(refusals, key=_cause)]
    if result.gate == "landed":
        raise InputRefused([_problem(rows) for rows in groups])
    lines = [
        f"The scored gate refused: {len(refusals)} of {result.expectation_count} expectations do not hold."
    ]
    for rows in groups:
        lines.append(f"- {_name(rows)} ({rows[0].relation}): {_sentence(rows)} {_remedy(rows)}")
        if rows[0].first_unexpected:
            lines.append(f"  First: {rows[0].examples[0] if rows[0].examples else rows[0].first_unexpected}")
    first = groups[0]
    raise ScoredGateRefused("\n".join(lines), owner_role=first[0].owner_role, remedy=_remedy(first))


def _cause(row: ExpectationResult) -> tuple[str, str, str]:
    """Rows that failed for one reason are told together: an unreadable relation fails a whole suite."""
    is_of_suite = row.outcome in (COULD_NOT_BE_RUN, NOTHING_TO_CHECK)
    return row.suite, row.outcome, row.observed if is_of_suite else row.expectation_id


def _name(rows: list[ExpectationResult]) -> str:
    return rows[0].expectation_id if len(rows) == 1 else f"{len(rows)} expectations of {rows[0].suite}"


def _remedy(rows: list[ExpectationResult]) -> str:
    if len(rows) == 1:
        return rows[0].remedy
    return f"Mend what makes {rows[0].relation}, or the suite; until then nothing about it can be said."


def _sentence(rows: list[ExpectationResult]) -> str:
    """The claim, and on how many rows of how many it broke."""
    row = rows[0]
    meaning = f"{row.meaning} " if len(rows) == 1 else ""
    if row.outcome == COULD_NOT_BE_RUN:
        return f"{meaning}This could not be checked: {row.observed}."
    if row.outcome == NOTHING_TO_CHECK:
        return f"{meaning}There was nothing to check: {row.observed}."
    if row.unexpected_count is None:
        return f"{meaning}It does not hold over {row.checked_count:,} rows: {row.observed}."
    note = f" ({row.observed})" if row.observed else ""
    return f"{meaning}Not so for {row.unexpected_count:,} of {row.checked_count:,} rows{note}."


def problems_by_row(result: GateResult) -> list[Problem]:
    """Every row that the landed gate refused: file, row, column, value, why, and what to do.

    A claim that is about no row of a file (a total, a missing trust type) has none here.
    """
    return [
        _row_problem(row, example, f"{row.expectation_id}: {row.meaning}")
        for row in result.refusals
        for example in row.examples
        if example.named("file") is not None
    ]


def _problem(rows: list[ExpectationResult]) -> Problem:
    """An expectation as a problem of the file that the first row against it came from."""
    row = rows[0]
    said = f"{_name(rows)}: {_sentence(rows)}"
    if not row.examples:
        return Problem(row.relation or "expectations", said, _remedy(rows))
    return _row_problem(row, row.examples[0], said)


def _row_problem(row: ExpectationResult, first: Example, said: str) -> Problem:
    row_number = first.named("row")
    column, value = first.cells[0] if first.cells else (None, None)
    rest = [f"{name} {text}" for name, text in first.place if name not in ("file", "row")]
    rest += [f"{name} = {text}" for name, text in first.cells[1:]]
    return Problem(
        file=first.named("file") or row.relation,
        row=int(row_number) if row_number is not None else None,
        column=PUBLISHED_COLUMNS.get(column, column) if column else None,
        value=value,
        message=f"{', '.join(rest)}: {said}" if rest else said,
        remedy=row.remedy,
    )
