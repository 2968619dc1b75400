"""What holds for every page of a site, read from its HTML: it is sound, and whatever it leads to is there.

No browser is needed; `tests/unit/test_site_checkers.py` shows each rule a bad page.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Where an ordinary link may lead outside the site: the licence, and where the figures are published.
OUTSIDE = frozenset(
    {"www.nationalarchives.gov.uk", "www.england.nhs.uk", "digital.nhs.uk", "www.cqc.org.uk", "www.w3.org"}
)
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
_EMPTY_TAGS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_FIELDS = frozenset({"input", "select", "textarea"})
# What a program writes where it has nothing, or forgets to word something.
_UNWORDED = re.compile(
    r"\bNone\b(?! of)|\b[Nn]a[Nn]\b|\b[Uu]ndefined\b|\bDecimal\(|\bdatetime\.|\bNaT\b|\{\{|\{%"
)
# A page whose address may name several of its elements; one whose script reads the code of a trust there.
_LIST_IN_ADDRESS = frozenset({"compare.html"})
_TRUST_IN_ADDRESS = frozenset({"what-if.html"})


@dataclass
class Element:
    """One element: its name, attributes, and the text inside it.

    Attributes:
        within: names of the elements around it, the nearest last.
        is_hidden: whether it, or one around it, waits for a script to show it.
    """

    tag: str
    attributes: dict[str, str]
    within: tuple[str, ...]
    is_hidden: bool = False
    text: str = ""


@dataclass
class Parsed:
    """A page: its elements in order, and its texts with the names of the elements around them."""

    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def of(self, *tags: str) -> list[Element]:
        """The elements of these names."""
        return [each for each in self.elements if each.tag in tags]

    @property
    def ids(self) -> list[str]:
        """Every id."""
        return [each.attributes["id"] for each in self.elements if "id" in each.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parsed = Parsed()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        within = tuple(each.tag for each in self.open)
        is_hidden = any(name == "hidden" for name, _ in attrs) or any(each.is_hidden for each in self.open)
        made = Element(tag, {name: value or "" for name, value in attrs}, within, is_hidden)
        self.parsed.elements.append(made)
        if tag not in _EMPTY_TAGS:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY_TAGS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.parsed.texts.append((data, tuple(each.tag for each in self.open)))
        for each in self.open:
            each.text += data


def parse(html: str) -> Parsed:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.parsed


def faults(html: str) -> list[str]:
    """What is wrong with a page by itself; nothing where it is sound."""
    page = parse(html)
    return [
        *_frame(html, page),
        *_policy(page),
        *_inline(page),
        *_headings(page),
        *_names(page),
        *_unworded(page),
    ]


def _frame(html: str, page: Parsed) -> Iterator[str]:
    if not html.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype"
    if [each.attributes.get("lang") for each in page.of("html")] != ["en-GB"]:
        yield "the language is not en-GB"
    titles = [each.text.strip() for each in page.of("title") if "svg" not in each.within]
    if len(titles) != 1 or not titles[0]:
        yield f"titles: {titles}"
    if len(page.of("main")) != 1:
        yield f"{len(page.of('main'))} main"


def _policy(page: Parsed) -> Iterator[str]:
    found = [
        each.attributes.get("content", "")
        for each in page.of("meta")
        if each.attributes.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if len(found) != 1:
        yield f"{len(found)} policies"
        return
    parts = dict(part.strip().partition(" ")[::2] for part in found[0].split(";"))
    if parts != POLICY:
        yield f"the policy is {parts}"


def _inline(page: Parsed) -> Iterator[str]:
    for each in page.elements:
        if "style" in each.attributes:
            yield f"a style on <{each.tag}>"
        yield from (f"{name} on <{each.tag}>" for name in each.attributes if name.startswith("on"))
        if each.attributes.get("href", "").strip().lower().startswith("javascript:"):
            yield "a link that is a script"
        if (
            each.attributes.get("tabindex", "0").lstrip("-").isdigit()
            and int(each.attributes.get("tabindex", 0)) > 0
        ):
            yield f"an order of its own on <{each.tag}>"
    if page.of("style"):
        yield "a style inside the page"
    for script in page.of("script"):
        if "src" not in script.attributes or script.text.strip():
            yield "a script inside the page"


def _headings(page: Parsed) -> Iterator[str]:
    headings = page.of("h1", "h2", "h3", "h4", "h5", "h6")
    found = [(int(each.tag[1]), each.text.strip()) for each in headings]
    levels = [level for level, _ in found]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    if levels and levels[0] != 1:
        yield f"the first heading is h{levels[0]}"
    for before, (level, text) in zip(levels, found[1:], strict=False):
        if level > before + 1:
            yield f"h{level} after h{before}: {text}"
    yield from ("a heading without text" for each in headings if not each.text.strip() and not each.is_hidden)


def _names(page: Parsed) -> Iterator[str]:
    twice = (
        sorted({name for name in page.ids if page.ids.count(name) > 1})
        if len(set(page.ids)) < len(page.ids)
        else []
    )
    yield from (f"the id {name} twice" for name in twice)
    captions = [each for each in page.of("caption") if each.text.strip()]
    if len(captions) != len(page.of("table")):
        yield f"{len(page.of('table'))} tables, {len(captions)} captions"
    for svg in page.of("svg"):
        is_told = svg.attributes.get("role") == "img" and svg.attributes.get("aria-label", "").strip()
        is_beside = svg.attributes.get("aria-hidden") == "true"
        if not is_told and not is_beside and "svg" not in svg.within:
            yield "a picture without words"
    yield from ("an image without words" for each in page.of("img") if "alt" not in each.attributes)
    labelled = {each.attributes.get("for") for each in page.of("label")}
    for each in page.of(*_FIELDS):
        is_named = each.attributes.get("id") in labelled or each.attributes.get("aria-label")
        if not is_named and "label" not in each.within and each.attributes.get("type") != "hidden":
            yield f"a field without a label: {each.attributes}"
    for each in page.of("a", "button"):
        if not each.text.strip() and not each.attributes.get("aria-label"):
            yield f"<{each.tag}> without words: {each.attributes}"


def _unworded(page: Parsed) -> Iterator[str]:
    for text, within in page.texts:
        if not {"code", "pre", "script"} & set(within) and _UNWORDED.search(text):
            yield f"not worded: {text.strip()[:80]}"


@dataclass(frozen=True)
class _Leads:
    """What a page has to be led to, and what it leads to."""

    ids: frozenset[str]
    links: tuple[tuple[str, str], ...]


class _Leading(HTMLParser):
    """Only ids and addresses, as a site has many pages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.ids: set[str] = set()
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in {"href", "src", "xlink:href", "srcset", "action", "data"}:
                self.links.append((tag, value or ""))

    handle_startendtag = handle_starttag


def broken_links(folder: Path) -> list[str]:
    """Whatever a page or the style of a site leads to that is not there; nothing where all is.

    Args:
        folder: the site.
    """

    @cache
    def leads(path: str) -> _Leads:
        reader = _Leading()
        reader.feed((folder / path).read_text(encoding="utf-8"))
        reader.close()
        return _Leads(frozenset(reader.ids), tuple(dict.fromkeys(reader.links)))

    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    found = []
    for page in sorted(name for name in files if name.endswith(".html")):
        for tag, address in leads(page).links:
            fault = _fault(page, tag, address, files, leads)
            if fault:
                found.append(f"{page}: <{tag}> {address}: {fault}")
    for style in sorted(name for name in files if name.endswith(".css")):
        text = (folder / style).read_text(encoding="utf-8")
        found += [
            f"{style}: {each}" for each in re.findall(r"url\((?![\"']?data:)[^)]*\)|@import[^;]*", text)
        ]
    return found


def _fault(page: str, tag: str, address: str, files: set[str], leads: Callable[[str], _Leads]) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        is_link = tag == "a" and parts.scheme == "https"
        return None if is_link and parts.hostname in OUTSIDE else "leads elsewhere"
    if not address or address.startswith("/"):
        return "no place in the site"
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if parts.path
        else page
    )
    if target not in files:
        return "no such file"
    if not parts.fragment or not target.endswith(".html"):
        return None
    if target in _TRUST_IN_ADDRESS and f"trust/{unquote(parts.fragment)}.html" in files:
        return None
    names = unquote(parts.fragment).split(",") if target in _LIST_IN_ADDRESS else [unquote(parts.fragment)]
    missing = [name for name in names if name not in leads(target).ids]
    return f"no element {missing}" if missing else None
