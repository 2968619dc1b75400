"""Statements as both parsers read them."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from dialects.harness_adapters import Dialect
from dialects.harness_allowed import Uses
from dialects.harness_arithmetic import arithmetic_problems
from dialects.harness_fluff import Parsed, parsed
from dialects.harness_glot import Understood, understood
from dialects.harness_render import NothingRendered, Statement


@dataclass(frozen=True)
class LookedAt:
    """What is known of all statements of a dialect.

    Attributes:
        dialect: its name.
        statements: each with what sqlfluff and what sqlglot make of it.
    """

    dialect: str
    statements: list[tuple[Statement, Parsed, Understood]]

    def unparsed(self) -> list[str]:
        """What sqlfluff cannot parse."""
        return [
            f"{statement.path} ({statement.name}): {problem}"
            for statement, parsed_by_fluff, _ in self.statements
            for problem in parsed_by_fluff.problems
        ]

    def not_understood(self) -> list[str]:
        """What sqlglot cannot parse, or takes whole as a command without looking into it."""
        return [
            f"{statement.path} ({statement.name}): {problem}"
            for statement, _, understood_by_glot in self.statements
            for problem in understood_by_glot.problems
        ]

    def computed_otherwise(self) -> list[str]:
        """Quotients and products that the engine would compute in another way than DuckDB."""
        return [
            f"{statement.path} ({statement.name}): {problem}"
            for statement, _, _ in self.statements
            for problem in arithmetic_problems(statement.text, self.dialect)
        ]

    def seen_by_one(self) -> list[str]:
        """Calls that one of the two parsers finds and the other does not: then neither is to be trusted."""
        return [
            f"{statement.path} ({statement.name}): sqlfluff alone calls {_listed(fluff.calls - glot.calls)}, "
            f"sqlglot alone {_listed(glot.calls - fluff.calls)}"
            for statement, fluff, glot in self.statements
            if fluff.calls != glot.calls
        ]

    def uses(self) -> Uses:
        """Functions, operators and types, each with the files that have it."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for statement, fluff, glot in self.statements:
            for kind, names in (
                ("function", fluff.calls + glot.calls),
                ("operator", glot.operators),
                ("type", glot.types),
            ):
                for name in names:
                    found[kind, name].add(statement.path)
        return found


def looked_at(dialect: Dialect, statements: list[Statement]) -> LookedAt:
    """Read statements with both parsers.

    Raises:
        NothingRendered: there is none.
    """
    if not statements:
        raise NothingRendered(f"no statement for {dialect.name}: there is nothing to look at")
    return LookedAt(
        dialect.name,
        [(each, parsed(each.text, dialect.name), understood(each.text, dialect.name)) for each in statements],
    )


def _listed(calls: Counter[str]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in sorted(calls.items())) or "nothing"
