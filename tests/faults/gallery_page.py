"""The page of all refusals: what was wrong, and word for word what `nof` says to it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from nof.project import project_root

PAGE = project_root() / "docs" / "runbooks" / "refusals.md"
RENEW = "NOF_WRITE_REFUSALS=1 python -m pytest tests/faults/test_gallery.py"

_HEAD = f"""\
# What is refused, and what is said

Look up a message here, or see what becomes of an input before it is tried. Each of these {{count}} bad inputs
was given to `nof`, and this is what it said, whole; a test compares every word. What to do beyond the remedy
that each line ends in: [a file was refused](refused-file.md).

`INBOX` stands for the folder that was landed from, `HOME` for the home. Only the first twenty problems of a
file are printed. Where other words are better, change the code that says them, not this page, which
`{RENEW}` makes.
"""


def page(told: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The page as text.

    Args:
        told: by part, what is wrong with each input and what is said of it.
    """
    count = sum(len(cases) for cases in told.values())
    parts = [_HEAD.format(count=count)]
    for part, cases in told.items():
        parts.append(f"## {part}\n")
        parts += [f"**{wrong[:1].upper()}{wrong[1:]}**\n\n```text\n{said}\n```\n" for wrong, said in cases]
    return "\n".join(parts)


def write(text: str, page_file: Path = PAGE) -> None:
    """Put the page in its place."""
    page_file.write_text(text, encoding="utf-8", newline="\n")
