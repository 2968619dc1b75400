"""What sqlfluff makes of a statement: sections that it cannot parse, and what is called by which name."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from sqlfluff.core import FluffConfig, Linter


@dataclass(frozen=True)
class Parsed:
    """A statement as sqlfluff reads it.

    Attributes:
        problems: in words, with the line; empty where all of it was read.
        calls: functions as they are written, in lower case, and how often.
    """

    problems: list[str]
    calls: Counter[str] = field(default_factory=Counter)


@cache
def _linter(dialect: str) -> Linter:
    # What is given is rendered already; the largest is read too.
    overrides = {"dialect": dialect, "templater": "raw", "large_file_skip_byte_limit": 0}
    return Linter(config=FluffConfig(overrides=overrides))


def parsed(text: str, dialect: str) -> Parsed:
    """Read one statement in a dialect of sqlfluff."""
    found = _linter(dialect).parse_string(text)
    problems = [f"line {each.line_no}: {each.desc()}" for each in found.violations]
    variant = found.root_variant()
    if variant is None or variant.tree is None:
        return Parsed(problems or ["nothing was read"])
    tree = variant.tree
    for section in tree.recursive_crawl("unparsable"):
        problems.append(f"line {section.pos_marker.working_line_no}: cannot parse {_short(section.raw)}")
    for comment in tree.recursive_crawl("comment"):
        if not comment.raw.startswith(("--", "/*")):
            problems.append(
                f"line {comment.pos_marker.working_line_no}: all behind {comment.raw[:2]} is a comment here: "
                f"{_short(comment.raw)}"
            )
    if next(tree.recursive_crawl("statement"), None) is None:
        problems.append("there is no statement in it")
    return Parsed(problems, Counter(each.raw.lower() for each in tree.recursive_crawl("function_name")))


def _short(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
