"""Check constraints in PostgreSQL's words: what means the same in both is carried over."""

import re
from collections.abc import Collection

# Compared, joined, tested for null and likened (`~~` is `like`) the same way by both. Not here, because the
# two differ or might: division, functions that follow a collation, regular expressions, casts.
_WORDS = frozenset(
    "and or not is null in between true false case when then else end distinct from".split()  # noqa: SIM905
)
_FUNCTIONS = frozenset({"abs", "coalesce", "length"})
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^']|'')*')
      | (?P<name>"(?:[^"]|"")*")
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign><=|>=|<>|!=|~~|=|<|>|\(|\)|,|\+|-|\*)
    )""",
    re.VERBOSE,
)


def translate_check(text: str, columns: Collection[str]) -> str | None:
    """One of DuckDB's check constraints for PostgreSQL.

    Args:
        text: as DuckDB shows it: `CHECK((final_segment BETWEEN 1 AND 5))`.
        columns: the columns of its table.

    Returns:
        The same as PostgreSQL writes it, or None where it holds anything that is not known to mean the same.
    """
    text = text.strip()
    parts: list[str] = []
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            return None
        position = found.end()
        token = _translated(found, columns, is_called=text[position:].lstrip().startswith("("))
        if token is None:
            return None
        parts.append(token)
    return " ".join(parts) if parts[:1] == ["check"] else None


def _translated(found: re.Match[str], columns: Collection[str], *, is_called: bool) -> str | None:
    kind, token = str(found.lastgroup), found[found.lastgroup or 0]
    if kind == "name":
        return token if token[1:-1].replace('""', '"') in columns else None
    if kind == "text":
        return None if "\\" in token else token  # the one sign that a literal may mean differently
    if kind == "word":
        return _word(token.lower(), columns, is_first=found.start() == 0, is_called=is_called)
    return "<>" if token == "!=" else token


def _word(word: str, columns: Collection[str], *, is_first: bool, is_called: bool) -> str | None:
    if word in columns:
        return f'"{word}"'
    is_known = word in _WORDS or (word in _FUNCTIONS and is_called) or (word == "check" and is_first)
    return word if is_known else None
