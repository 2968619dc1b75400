"""Whether the texts that land from a source publication, or that a refusal would repeat, look like a person.

Only names and labels are looked at, each different text once. Every other text is a code or a word
from a list, by the rules of its reader, and counts are numbers of few digits.
"""

from collections.abc import Iterable, Iterator, Mapping

from nof.errors import Problem
from nof.landing.model import Readable
from nof.landing.persons import published_problem
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.persons import Finding, PersonPatterns, person_patterns


def without_persons(
    file: str, read: Readable | list[Problem], texts: Mapping[str, str]
) -> Readable | list[Problem]:
    """The same, or, where something in it looks like a person, only that.

    Args:
        file: what to call the file in a problem.
        read: what the reader of its publication has made of it.
        texts: the published heading of each landing column that holds names or labels.
    """
    if isinstance(read, list):
        return list(_in_problems(file, read)) or read
    return list(_in_rows(file, read, texts)) or read


def _in_rows(file: str, read: Readable, texts: Mapping[str, str]) -> Iterator[Problem]:
    patterns = person_patterns()
    for name, heading in texts.items():
        place = SOURCE_COLUMNS[read.file_kind].index(name)
        found = {text: _found_in(patterns, text) for text in {row[place] for row in read.table.rows}}
        if not any(found.values()):
            continue
        # A row of the sheet may be many rows of the table.
        told = dict.fromkeys(
            (number, row[place])
            for number, row in zip(read.table.row_numbers, read.table.rows, strict=True)
            if found[row[place]]
        )
        for number, text in told:
            for each in found[text]:
                yield published_problem(each, file, row=number, column=heading)


def _in_problems(file: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """What a refusal would show of a person: in the value, in the column's heading or in the message."""
    patterns = person_patterns()
    for problem in problems:
        in_column = _found_in(patterns, problem.column or "")
        found = {
            each.pattern_id: each
            for text in (problem.value or "", problem.message)
            for each in _found_in(patterns, text)
        } or {each.pattern_id: each for each in in_column}
        column = in_column[0].masked if in_column else problem.column
        for each in found.values():
            yield published_problem(each, file, row=problem.row, column=column)


def _found_in(patterns: PersonPatterns, text: str) -> list[Finding]:
    told = {found.pattern_id: found for found in patterns.in_text(text, is_typed=False)}
    return list(told.values())
