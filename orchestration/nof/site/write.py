"""Making a whole site in an empty folder: every page, the data files, and the assets as committed."""

import csv
import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nof.files import write_text
from nof.project import project_root
from nof.release.database import open_database
from nof.release.errors import ReleaseRefused
from nof.site.look import environment
from nof.site.menu import MENU, SITE_NAME
from nof.site.model import DataFile, Output, Page, ScriptData
from nof.site.released import Released
from nof.site.text import cell

if TYPE_CHECKING:
    from jinja2 import Environment

# Where it is in a release.
FOLDER = "site"
# One module of `nof.site.pages` for each kind of page; each has `make(released)`.
PAGES = (
    "england",
    "league",
    "trusts",
    "trust",
    "metrics",
    "compare",
    "what_if",
    "changes",
    "quality",
    "method",
    "about",
)


def write_site(source: Path, folder: Path) -> list[str]:
    """Make the site of a candidate or release.

    Args:
        source: the candidate or release; only read.
        folder: where to; empty, or not there yet.

    Returns:
        The path of every file in the site, in order.

    Raises:
        ReleaseRefused: the folder holds something, or two pages have one path.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ReleaseRefused(f"{folder} is not empty: name a folder that is, or one that is not there yet.")
    folder.mkdir(parents=True, exist_ok=True)
    written = _copy_assets(folder)
    with open_database(source / "nof.duckdb") as connection:
        released = Released(source, connection)
        templates = environment()
        for output in _outputs(released):
            if output.path in written:
                raise ReleaseRefused(f"Two files of the site are called {output.path}.")
            path = folder / output.path
            path.parent.mkdir(exist_ok=True)
            _write(output, path, templates, released)
            written.append(output.path)
    return sorted(written)


def _outputs(released: Released) -> Iterator[Output]:
    for name in PAGES:
        yield from import_module(f"nof.site.pages.{name}").make(released)


def _write(output: Output, path: Path, templates: "Environment", released: Released) -> None:
    if isinstance(output, DataFile):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(output.header)
            writer.writerows([cell(each) for each in row] for row in output.rows)
    elif isinstance(output, ScriptData):
        content = json.dumps(output.content, ensure_ascii=True, separators=(",", ":"), default=str)
        write_text(path, f"window.{output.name}={content};\n")
    else:
        write_text(path, render(output, templates, released))


def render(page: Page, templates: "Environment", released: Released) -> str:
    """The HTML of one page."""
    filled: dict[str, Any] = {
        "page": page,
        "root": page.root,
        "released": released,
        "release": released.release,
        "menu": MENU,
        "site_name": SITE_NAME,
        **page.filled,
    }
    return templates.get_template(page.template).render(filled)


def _copy_assets(folder: Path) -> list[str]:
    source = project_root() / "site" / "assets"
    names = sorted(path.name for path in source.iterdir() if path.is_file())
    (folder / "assets").mkdir()
    for name in names:
        shutil.copyfile(source / name, folder / "assets" / name)
    return [f"assets/{name}" for name in names]
