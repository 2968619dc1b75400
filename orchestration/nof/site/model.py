"""What a site is made of: pages, data to download, data for scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True)
class Step:
    """One step of the way back from a page: what it is called, and its path in the site."""

    label: str
    path: str


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        path: in the site, such as `trust/XA1.html`; at most one folder deep.
        template: below `site/templates/`.
        title: of the page and its tab; the name of the site follows in the tab.
        section: the entry of the menu that it belongs to, by its path; empty for none.
        filled: what the template is filled with.
        trail: the pages above it, the nearest last; England stands before them by itself.
        scripts: besides `assets/site.js`, in their order: paths in the site.
    """

    path: str
    template: str
    title: str
    section: str
    filled: Mapping[str, Any]
    trail: tuple[Step, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """What leads from the page to the top of the site."""
        return "../" * self.path.count("/")


@dataclass(frozen=True)
class DataFile:
    """A CSV to download: `data/<name>.csv`; None is an empty cell."""

    path: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class ScriptData:
    """Data that a script reads: a global of this name in a file of its own, as a folder serves no JSON."""

    path: str
    name: str
    content: Any


Output = Page | DataFile | ScriptData


@dataclass(frozen=True)
class Drawing:
    """A chart as people meet it: the picture, the same in words, and where its figures are.

    Attributes:
        drawing_id: unique on its page; becomes the id of the figure.
        caption: what is seen, in a sentence; it says what it shows, not that it is a chart.
        words: what somebody would tell who looks at it: the text equivalent.
        wide: the picture for a screen.
        narrow: the picture for a phone; None where the one serves both.
        data_path: the CSV with its figures.
        header: the same figures as a table on the page; none where a table beside the chart has them already.
        rows: of that table.
    """

    drawing_id: str
    caption: str
    words: str
    wide: Markup
    data_path: str
    narrow: Markup | None = None
    header: Sequence[str] = field(default_factory=tuple)
    rows: Sequence[Sequence[object]] = field(default_factory=tuple)
