"""How a value, a key and a row are written as text, so that nothing and an empty text are told apart.

A value: nothing (null) is an empty cell; a text is written as it is, unless it is empty or begins with a
double quote, in which case it stands in double quotes with each double quote inside doubled, so an empty text
is `""`. Every other type is the text that SQL casts it to, with all places of a decimal.

A key or a row: `column=value` joined by `; `, columns that are null left out; a value that is empty, begins
with a double quote or holds a semicolon stands in double quotes as above.
"""

import re
from collections.abc import Sequence

from nof.release.database import Column
from nof.sql import literal, quoted

MACROS = """
create temp macro quoted_text(v) as '"' || replace(v, '"', '""') || '"';
create temp macro value_text(v) as case
    when v = '' or starts_with(v, '"') then quoted_text(v)
    else v
end;
create temp macro part_text(v) as case
    when v = '' or starts_with(v, '"') or contains(v, ';') then quoted_text(v)
    else v
end;
"""


def value_text(column: Column, expression: str) -> str:
    """SQL for the text of one value; only text can be mistaken for nothing."""
    if column.data_type == "VARCHAR":
        return f"value_text({expression})"
    return f"cast({expression} as varchar)"


def row_text(columns: Sequence[Column], alias: str) -> str:
    """SQL for several columns of a row as `column=value; …`."""
    if not columns:
        return "''"
    parts = ", ".join(
        f"{literal(column.name + '=')} || {_part_text(column, f'{alias}.{quoted(column.name)}')}"
        for column in columns
    )
    return f"concat_ws('; ', {parts})"


def _part_text(column: Column, expression: str) -> str:
    if column.data_type == "VARCHAR":
        return f"part_text({expression})"
    return f"cast({expression} as varchar)"


def key_parts(text: str) -> dict[str, str]:
    """The columns and values of a key or a row that was written as text.

    Raises:
        ValueError: it was not written so.
    """
    parts: dict[str, str] = {}
    rest = text
    while rest:
        name, equals, rest = rest.partition("=")
        if not equals:
            raise ValueError(f"{text!r} is not of the form column=value; column=value")
        if rest.startswith('"'):
            value, rest = _unquoted(rest)
            rest = rest.removeprefix("; ")
        else:
            value, _, rest = rest.partition("; ")
        parts[name] = value
    return parts


def _unquoted(text: str) -> tuple[str, str]:
    """The value at the beginning of a text that starts with a double quote, and what comes after it."""
    found = re.match(r'"((?:[^"]|"")*)"', text)
    if found is None:
        raise ValueError(f"{text!r} begins with a double quote that is never closed")
    return found[1].replace('""', '"'), text[found.end() :]
