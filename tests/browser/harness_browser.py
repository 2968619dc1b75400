"""A real browser on a site: what it says on its console, what it asks other hosts for, what axe finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "site" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, PHONE = 1280, 375


@dataclass(frozen=True)
class Shown:
    """A site and the release that it is of.

    Attributes:
        folder: the site.
        release: the folder of the release.
        connection: its database, read only; tables are named without a schema.
    """

    folder: Path
    release: Path
    connection: duckdb.DuckDBPyConnection

    def address(self, path: str) -> str:
        """A page of it, opened from the folder."""
        return (self.folder / path).as_uri()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the release."""
        return self.connection.execute(query, values).fetchall()

    def paths(self, pattern: str) -> list[str]:
        """Pages by a pattern such as `trust/*.html`, in order."""
        found = sorted(self.folder.glob(pattern))
        assert found, f"the site has no {pattern}"
        return [path.relative_to(self.folder).as_posix() for path in found]


@dataclass
class Visit:
    """A page in the browser, and what happened there.

    Attributes:
        complaints: console warnings and errors, errors of scripts.
        elsewhere: requests to anything but the site.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def violations(self, *, within: str = "") -> list[str]:
        """What axe-core finds wrong, rule and place; on the whole page, or within a selector."""
        self.page.evaluate(_axe())
        found = self.page.evaluate(
            "within => axe.run(within || document, {resultTypes: ['violations'], preload: false})", within
        )
        assert found["passes"] or found["violations"], "axe has looked at nothing"
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in found["violations"]
            for node in each["nodes"]
        ]


@contextmanager
def visit(
    browser: Browser, address: str, *, width: int = DESKTOP, javascript: bool = True, **context: Any
) -> Iterator[Visit]:
    """Open a page of a site; when it is left, nothing may have been complained of or asked for elsewhere.

    Args:
        browser: the browser.
        address: the page.
        width: of the window in pixels.
        javascript: whether scripts run.
        context: more options of a Playwright context.
    """
    made = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=javascript, **context
    )
    page = made.new_page()
    seen = Visit(page)
    page.on("console", lambda said: _note_console(seen, said.type, said.text))
    page.on("pageerror", lambda error: seen.complaints.append(f"error of a script: {error}"))
    page.on("request", lambda asked: _note_request(seen, address, asked.url))
    page.goto(address)
    yield seen
    made.close()
    assert not seen.complaints, f"{address}: {seen.complaints}"
    assert not seen.elsewhere, f"{address} asked {seen.elsewhere}"


def _note_console(seen: Visit, kind: str, text: str) -> None:
    if kind in {"warning", "error"}:
        seen.complaints.append(f"{kind}: {text}")


def _note_request(seen: Visit, address: str, asked: str) -> None:
    host = address.split("/")[:3]  # file:// has none
    if not asked.startswith("data:") and asked.split("/")[:3] != host:
        seen.elsewhere.append(asked)


@cache
def _axe() -> str:
    if not AXE.is_file():
        pytest.fail(f"{AXE} is not there. Run `make browser`, which installs it.")
    return AXE.read_text(encoding="utf-8")
