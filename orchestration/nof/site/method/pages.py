"""The pages of docs/methodology, and the index of them, grouped as its README groups them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from nof.project import project_root
from nof.site.method.markdown import Document, plain, render
from nof.site.model import Page, Step

_PART = re.compile(r"^rules \d+$")
_BESIDE = "Beside the rules"


@dataclass(frozen=True)
class Entry:
    """A page in the index.

    Attributes:
        path: on the site.
        title: its heading.
        rules: what the README says it is about; empty where it does not list it.
    """

    path: str
    title: str
    rules: str


@dataclass(frozen=True)
class Group:
    """Pages of one part of the rules.

    Attributes:
        label: what the part is about.
        entries: its pages.
    """

    label: str
    entries: tuple[Entry, ...]


def folder() -> Path:
    """Where the methodology is."""
    return project_root() / "docs" / "methodology"


def documents() -> dict[str, Document]:
    """Every page of the methodology by its name, without the README."""
    found = sorted(path for path in folder().glob("*.md") if path.name != "README.md")
    names = {path.name for path in found}
    return {path.name: render(path.read_text(encoding="utf-8"), names) for path in found}


def pages(found: dict[str, Document]) -> Iterator[Page]:
    """A page of the site for each page of the methodology."""
    for name, document in found.items():
        yield Page(
            path=_path(name),
            template="pages/methodology.html.j2",
            title=document.title,
            section="method.html",
            filled={"body": document.body},
            trail=(Step("Method", "method.html"),),
        )


def index(found: dict[str, Document]) -> tuple[Group, ...]:
    """Every page once: by the parts of the rules, then what is beside them in the order of the README."""
    rules, parts = _readme((folder() / "README.md").read_text(encoding="utf-8"))
    left = [*(name for name in rules if name in found), *(name for name in found if name not in rules)]
    groups = []
    for label, names in parts:
        own = [name for name in names if name in left]
        left = [name for name in left if name not in own]
        if own:
            groups.append(Group(label, tuple(_entry(name, found, rules) for name in own)))
    return (*groups, Group(_BESIDE, tuple(_entry(name, found, rules) for name in left)))


def section(heading: str, found: dict[str, Document]) -> Markup:
    """A section of the README, without its heading, for the page of the method.

    Raises:
        KeyError: the README has no such heading.
    """
    parts = dict(
        part.partition("\n")[::2]
        for part in (folder() / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]
    )
    return render(f"# {heading}\n{parts[heading]}", set(found), is_at_top=True).body


def _entry(name: str, found: dict[str, Document], rules: dict[str, str]) -> Entry:
    return Entry(_path(name), found[name].title, rules.get(name, ""))


def _path(name: str) -> str:
    return f"method/{name.removesuffix('.md')}.html"


def _readme(text: str) -> tuple[dict[str, str], list[tuple[str, list[str]]]]:
    """Of the README's tables: what each page is about, and the pages of each part of the rules."""
    rules: dict[str, str] = {}
    parts: list[tuple[str, list[str]]] = []
    for row in _rows(MarkdownIt("commonmark").enable("table").parse(text)):
        if len(row) == 3 and _PART.match(plain(row[0])):
            label = plain(row[1]).partition(":")[0]
            parts.append((label[:1].upper() + label[1:], _targets(row[2])))
        elif len(row) > 3:
            for name in _targets(row[1]):
                about = plain(row[0])
                rules[name] = f"{rules[name]}; {about}" if name in rules else about
    return rules, parts


def _rows(tokens: Sequence[Token]) -> Iterator[list[list[Token]]]:
    """Each row of each table: its cells, each with its parts."""
    row: list[list[Token]] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline" and token.children is not None:
            row.append(token.children)
        elif token.type == "tr_close":
            yield row


def _targets(cell: Sequence[Token]) -> list[str]:
    """The pages that a cell links to."""
    found = [str(token.attrGet("href")).partition("#")[0] for token in cell if token.type == "link_open"]
    return [name for name in found if "/" not in name and name.endswith(".md")]
