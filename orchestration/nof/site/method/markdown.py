"""A page of docs/methodology as HTML of the site: its tables in boxes, its links leading to pages or to none.

A link to another page of the methodology leads to it. A link into the repository (seeds, models, tests, other
documents) is shown as the name of the file, as a site may lie far from the repository. HTML is shown as text.
"""

import posixpath
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_FOLDER = "docs/methodology"
_INDEX = "README.md"
_OUTSIDE = re.compile(r"^https?://", re.IGNORECASE)
_NOT_OF_A_NAME = re.compile(r"[^\w\- ]")
# Tags of the renderer that the design has a class for.
_CLASSES = {
    "table": "nhsuk-table",
    "thead": "nhsuk-table__head",
    "tbody": "nhsuk-table__body",
    "tr": "nhsuk-table__row",
    "th": "nhsuk-table__header",
    "td": "nhsuk-table__cell",
}
_TO_THE_RIGHT = "text-align:right"


@dataclass(frozen=True)
class Document:
    """A page of the methodology.

    Attributes:
        title: its first heading, as plain text.
        body: the rest, as HTML.
    """

    title: str
    body: Markup


def render(text: str, names: Collection[str], *, is_at_top: bool = False) -> Document:
    """Render a page.

    Args:
        text: Markdown: CommonMark with tables.
        names: the pages of the methodology, such as `metric-scores.md`; others have no page on the site.
        is_at_top: whether it is shown on the page of the method itself, not in the folder beside it.
    """
    up, beside = ("", "method/") if is_at_top else ("../", "")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = markdown.parse(text)
    title, tokens = _without_title(tokens)
    _name_headings(tokens)
    for token in tokens:
        if token.children:
            token.children = _relinked(token.children, names, up, beside)
    _box_tables(tokens, title)
    return Document(title, Markup(markdown.renderer.render(tokens, markdown.options, {})))


def plain(tokens: Sequence[Token] | None) -> str:
    """The words of a line, without markup."""
    return "".join(token.content for token in tokens or () if token.type in {"text", "code_inline"})


def slug(text: str) -> str:
    """The name of a heading in an address, made as repositories make it."""
    return _NOT_OF_A_NAME.sub("", text.lower()).strip().replace(" ", "-")


def _without_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The first heading, which the page shows as its own, and the rest; a further h1 becomes an h2."""
    title = ""
    for number, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = plain(tokens[number + 1].children)
            tokens = tokens[:number] + tokens[number + 3 :]
            break
    for token in tokens:
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"
    return title, tokens


def _name_headings(tokens: Sequence[Token]) -> None:
    used: dict[str, int] = {}
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            name = slug(plain(inline.children)) or "part"
            used[name] = used.get(name, 0) + 1
            token.attrSet("id", name if used[name] == 1 else f"{name}-{used[name] - 1}")


def _relinked(children: Sequence[Token], names: Collection[str], up: str, beside: str) -> list[Token]:
    """The parts of a line with its links led elsewhere; links do not nest, so one is open at a time."""
    made: list[Token] = []
    inside: list[Token] | None = None
    target = ""
    for token in children:
        if token.type == "link_open":
            target, inside = str(token.attrGet("href") or ""), []
        elif token.type == "link_close" and inside is not None:
            address = _address(target, names, up, beside)
            made += _as_link(inside, address, target) if address else _as_file(inside, target)
            inside = None
        else:
            (made if inside is None else inside).append(token)
    return made


def _address(target: str, names: Collection[str], up: str, beside: str) -> str | None:
    """Where a link leads on the site; None for what is not on it."""
    if _OUTSIDE.match(target):
        return target
    path, _, fragment = target.partition("#")
    after = f"#{fragment}" if fragment else ""
    if not path:
        return after or None
    if path == _INDEX:
        return f"{up}method.html{after}"
    return f"{beside}{path.removesuffix('.md')}.html{after}" if path in names else None


def _as_link(inside: list[Token], address: str, target: str) -> list[Token]:
    opened = Token("link_open", "a", 1, {"href": address})
    if _OUTSIDE.match(target):
        opened.attrSet("rel", "external")
    return [opened, *inside, Token("link_close", "a", -1)]


def _as_file(inside: list[Token], target: str) -> list[Token]:
    """A link into the repository: its words, and the path of the file after them where they do not say it."""
    path = posixpath.normpath(posixpath.join(_FOLDER, target.partition("#")[0]))
    said = plain(inside)
    if path.endswith(said) and said:
        return inside
    return [
        *inside,
        Token("text", "", 0, content=" ("),
        Token("code_inline", "code", 0, content=path, markup="`"),
        Token("text", "", 0, content=")"),
    ]


def _box_tables(tokens: list[Token], title: str) -> None:
    """Every table in a box of its own, named after the heading above it; code where a keyboard reaches it."""
    heading, used = title or "Table", dict[str, int]()
    for number, token in enumerate(tokens):
        if token.type in {"fence", "code_block"}:
            _replace(token, str(Markup('<pre tabindex="0"><code>{}</code></pre>\n').format(token.content)))
            continue
        if token.type == "heading_open":
            heading = plain(tokens[number + 1].children)
        name = token.type.removesuffix("_open")
        if not token.type.endswith("_open") or name not in _CLASSES:
            continue
        style = token.attrs.pop("style", "")
        numeric = " " + _CLASSES[name] + "--numeric" if style == _TO_THE_RIGHT else ""
        token.attrSet("class", _CLASSES[name] + numeric)
        if name == "th" and tokens[number + 1].content:
            token.attrSet("scope", "col")
        elif name == "th":  # heads nothing
            token.tag = tokens[number + 2].tag = "td"
        if name == "table":
            used[heading] = used.get(heading, 0) + 1
            caption = heading if used[heading] == 1 else f"{heading}, table {used[heading]}"
            token.meta["caption"] = caption
    for token in tokens:
        if token.type == "table_open":
            _replace(token, _opening(token.meta["caption"]))
        elif token.type == "table_close":
            _replace(token, "</table></div>\n")


def _opening(caption: str) -> str:
    return str(
        Markup(
            '<div class="scroll" role="region" aria-label="{}" tabindex="0"><table class="nhsuk-table">'
            '<caption class="nhsuk-u-visually-hidden">{}</caption>\n'
        ).format(escape(caption), escape(caption))
    )


def _replace(token: Token, html: str) -> None:
    """Make a token one of HTML that is ours."""
    token.type, token.tag, token.nesting, token.content = "html_block", "", 0, html
