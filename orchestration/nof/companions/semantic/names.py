"""The columns that a measure names, in either of its languages."""

import re

_IN_SQL = re.compile(r"\b([a-z_]+)\.([a-z_]+)\b")
_IN_DAX = re.compile(r"\b([a-z_]+)\[([a-z_]+)\]")
_WORDS = re.compile(r"'[^']*'|\"[^\"]*\"")


def columns_in_sql(expression: str) -> set[tuple[str, str]]:
    """Table and column of each `table.column` outside quotes."""
    return set(_IN_SQL.findall(_WORDS.sub("", expression)))


def columns_in_dax(expression: str) -> set[tuple[str, str]]:
    """Table and column of each `table[column]` outside quotes."""
    return set(_IN_DAX.findall(_WORDS.sub("", expression)))
