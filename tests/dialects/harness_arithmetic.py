"""Sums that would come out another way on each engine, as far as their text shows it.

A quotient of decimals keeps other places on every engine; of doubles it is the same bits. A product of
decimals keeps twelve places in Snowflake, or those of the longer factor; DuckDB keeps those of both together.
"""

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types

KEPT_IN_PRODUCT = 12


def arithmetic_problems(text: str, dialect: str) -> list[str]:
    """Quotients that are not of doubles and may leave a rest, and in Snowflake products that lose places.

    Of a column it is not known here how many places it has: a product with one is not judged.
    """
    try:
        trees = sqlglot.parse(text, dialect=dialect)
    except SqlglotError:
        return []  # told by who reads the statement
    problems = []
    for tree in trees:
        if tree is None:
            continue
        typed = annotate_types(tree, dialect=dialect)
        problems += [
            f"a quotient of decimals: {_short(each)}; take as_double of it, or whole_division"
            for each in typed.find_all(exp.Div)
            if not _is_exact(each)
        ]
        if dialect == "snowflake":
            problems += [
                f"a product that loses places: {_short(each)}; cast the longer factor to as many as both have"
                for each in typed.find_all(exp.Mul)
                if _loses_places(each)
            ]
    return problems


def _is_exact(quotient: exp.Div) -> bool:
    dividend, divisor = quotient.this.unnest(), quotient.expression.unnest()
    if any(each.is_type("double") for each in (dividend, divisor)):
        return True
    rest = dividend.expression.unnest() if isinstance(dividend, exp.Sub) else None
    is_without_rest = isinstance(rest, exp.Mod) and rest.expression.unnest() == divisor
    return is_without_rest or all(each.is_type(*exp.DataType.INTEGER_TYPES) for each in (dividend, divisor))


def _loses_places(product: exp.Mul) -> bool:
    factors = [each.unnest() for each in (product.this, product.expression)]
    kept = [_places(each) for each in factors]
    # A factor that is cast twice has the places of the cast within, however many the one around gives it.
    used = [_places(each.this.unnest()) if isinstance(each, exp.Cast) else None for each in factors]
    if None in kept:
        return False
    wanted = sum(has if within is None else min(has, within) for has, within in zip(kept, used, strict=True))
    return wanted > max(*kept, KEPT_IN_PRODUCT)


def _places(factor: exp.Expression) -> int | None:
    """Decimals of a cast or of a number as it is written; None where the text does not say."""
    if isinstance(factor, exp.Literal) and not factor.is_string:
        return len(factor.name.partition(".")[2])
    if not isinstance(factor, exp.Cast):
        return None
    if factor.to.is_type(*exp.DataType.INTEGER_TYPES):
        return 0
    sizes = [int(each.name) for each in factor.to.expressions]
    return sizes[1] if factor.to.is_type("decimal") and len(sizes) > 1 else None


def _short(node: exp.Expression, most: int = 80) -> str:
    text = node.sql()
    return text if len(text) <= most else text[: most - 1] + "…"
