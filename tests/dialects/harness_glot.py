"""What sqlglot makes of a statement: whether it has understood it, and what is called and computed in it.

A tree of sqlglot has its own name for a function, whichever of its names was written, and would write the
right one of another dialect. So the names are those of the tokens; the tree says that all was understood.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokens import Token, TokenType

# Words that may stand before a bracket and call nothing. Another is taken for a function, and asked after.
_SYNTAX = """
    all and as between by case distinct else except exists from having in join lateral like not on or over
    rlike select then union using values when where with
"""
# Operators that are words, where engines differ; `in` and `is` they all have.
_WORDS = "asof div glob ilike interval lateral like qualify regexp rlike similar unnest"
NO_FUNCTION, WORDS = frozenset(_SYNTAX.split()), frozenset(_WORDS.split())
CASTS = frozenset(("cast", "try_cast"))
STRUCTURE = frozenset("(),.;")


@dataclass(frozen=True)
class Understood:
    """A statement as sqlglot reads it.

    Attributes:
        problems: in words; empty where all of it was understood.
        calls: functions as they are written, in lower case, and how often.
        operators: signs, and words that are operators, likewise.
        types: what something is cast to, likewise.
    """

    problems: list[str]
    calls: Counter[str] = field(default_factory=Counter)
    operators: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)


def understood(text: str, dialect: str) -> Understood:
    """Read one statement in a dialect of sqlglot."""
    try:
        trees = sqlglot.parse(text, dialect=dialect)
        tokens = sqlglot.tokenize(text, dialect=dialect)
    except SqlglotError as error:
        return Understood([_plain(str(error))])
    queries = [tree for tree in trees if tree is not None]
    problems = []
    if len(queries) != 1:
        problems.append(f"{len(queries)} statements, and not one")
    for tree in queries:
        for node in tree.find_all(exp.Command):
            problems.append(f"taken as an opaque command: {node.sql()[:80]}")
        if not isinstance(tree, exp.Query | exp.Command):
            problems.append(f"not a query but {type(tree).__name__}")
    types = _types(tokens)
    return Understood(
        problems,
        Counter(
            token.text.lower()
            for place, token in enumerate(tokens[:-1])
            if tokens[place + 1].token_type == TokenType.L_PAREN
            and _is_word(token)
            and token.text.lower() not in NO_FUNCTION
            and place not in types
        ),
        _operators(tokens),
        Counter(tokens[place].text.lower() for place in types),
    )


def _types(tokens: list[Token]) -> set[int]:
    """Where a type stands: behind the `as` of a cast, and not of a name within it."""
    found, in_cast = set(), [False]
    for place, token in enumerate(tokens):
        if token.token_type == TokenType.L_PAREN:
            in_cast.append(place > 0 and tokens[place - 1].text.lower() in CASTS)
        elif token.token_type == TokenType.R_PAREN:
            in_cast.pop()
        elif token.token_type == TokenType.ALIAS and in_cast[-1]:
            found.add(place + 1)
    return found


def _operators(tokens: list[Token]) -> Counter[str]:
    found: Counter[str] = Counter()
    for token in tokens:
        text = token.text.lower()
        is_name = token.token_type in {TokenType.STRING, TokenType.IDENTIFIER, TokenType.NUMBER}
        if not is_name and (text in WORDS or not (_is_word(token) or text in STRUCTURE)):
            found[text] += 1
    return found


def _is_word(token: Token) -> bool:
    if token.token_type in {TokenType.STRING, TokenType.IDENTIFIER, TokenType.NUMBER}:
        return False
    return re.fullmatch(r"[A-Za-z_][\w ]*", token.text) is not None


def _plain(message: str) -> str:
    return " ".join(re.sub(r"\x1b\[\d*m", "", message).split())
