"""The fenced blocks of a guide and what each says of itself: run it, install it, keep it, or not run.

The first word after the fence is the language; what follows marks the block:

| mark | what a reader does with it | what the runner does with it |
| --- | --- | --- |
| `run` | runs it | runs it; it must print nothing, so that nothing printed goes unread |
| `run=NAME` | runs it | runs it; what it prints must hold the figures of that name in expected.py |
| `output=NAME` | compares | is what block NAME printed, on a release of the bundled nation |
| `setup` | installs with it | checks that the environment it runs in is what these lines install |
| `file=NAME` | saves it under that name | the same |
| `serve` | leaves it running | starts it, and stops it after the page |
| `not-run` | adapts it | nothing; the paragraph before it must say "Not run here" |

A block without a mark, with another mark, or of a language that the runner has no way to run is refused.
"""

import re
from dataclasses import dataclass
from pathlib import Path

RUN_LANGUAGES = frozenset({"bash", "javascript", "python", "r"})
MARKS_WITH_NAME = frozenset({"run", "output", "file"})
MARKS_ALONE = frozenset({"run", "setup", "serve", "not-run"})
NOT_RUN = "Not run here"

_FENCE = re.compile(r"^(?P<indent>\s*)(?P<fence>`{3,}|~{3,})(?P<info>.*)$")


class GuideRefused(Exception):
    """A guide that the runner cannot answer for: page, line, what is wrong, what to do."""


@dataclass(frozen=True)
class Block:
    """One fenced block of a page.

    Attributes:
        page: the page's file name, such as `python.md`.
        line: line of the opening fence, counted from 1.
        language: first word after the fence.
        mark: one of the marks above.
        name: what follows `=` in the mark; empty where nothing does.
        text: the lines between the fences.
    """

    page: str
    line: int
    language: str
    mark: str
    name: str
    text: str

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return f"{self.page}, line {self.line}"


def read_guide(path: Path) -> list[Block]:
    """Blocks of a page, in its order.

    Raises:
        GuideRefused: a block that is not marked, or marked as it cannot be; a name used twice.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    blocks: list[Block] = []
    start, paragraph = 0, ""
    while start < len(lines):
        opening = _FENCE.match(lines[start])
        if opening is None:
            paragraph = _paragraph(paragraph, lines, start)
            start += 1
            continue
        end = _closing(lines, start, opening["fence"], path.name)
        text = "\n".join(lines[start + 1 : end]) + "\n"
        blocks.append(_block(path.name, start + 1, opening["info"].strip(), text, paragraph))
        start, paragraph = end + 1, ""
    _refuse_names_used_twice(blocks)
    return blocks


def _paragraph(paragraph: str, lines: list[str], at: int) -> str:
    """The paragraph that ends here, or ended last."""
    if not lines[at].strip():
        return paragraph
    is_new = at == 0 or not lines[at - 1].strip()
    return lines[at] if is_new else f"{paragraph}\n{lines[at]}"


def _closing(lines: list[str], start: int, fence: str, page: str) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at].strip() == fence:
            return at
    raise GuideRefused(f"{page}, line {start + 1}: the block is never closed. Close it with {fence}.")


def _block(page: str, line: int, info: str, text: str, paragraph: str) -> Block:
    place = f"{page}, line {line}"
    words = info.split()
    if len(words) != 2:
        raise GuideRefused(
            f"{place}: the block says {info!r}. Give a language and one mark "
            f"({', '.join(sorted(MARKS_ALONE | {f'{mark}=NAME' for mark in MARKS_WITH_NAME}))})."
        )
    language, mark = words
    mark, has_name, name = mark.partition("=")
    if mark not in (MARKS_WITH_NAME if has_name else MARKS_ALONE) or (has_name and not name):
        raise GuideRefused(f"{place}: the mark {words[1]!r} is not known.")
    if mark in {"run", "serve"} and language not in RUN_LANGUAGES:
        raise GuideRefused(
            f"{place}: nothing here runs {language!r}. Use one of {', '.join(sorted(RUN_LANGUAGES))}, "
            f"or mark the block not-run and say {NOT_RUN!r} before it."
        )
    if mark == "not-run" and NOT_RUN not in paragraph:
        raise GuideRefused(
            f"{place}: the block is not run and the page does not say so before it. Write {NOT_RUN!r}."
        )
    return Block(page, line, language, mark, name, text)


def _refuse_names_used_twice(blocks: list[Block]) -> None:
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        if not block.name:
            continue
        if (block.mark, block.name) in seen:
            raise GuideRefused(f"{block.place}: {block.mark}={block.name} is used twice on this page.")
        seen.add((block.mark, block.name))
