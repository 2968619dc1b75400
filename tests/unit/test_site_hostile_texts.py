"""Names that look like markup are shown on the pages as they are, and never run."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest

from browser.harness_pages import faults, parse
from nof.release.database import open_database
from nof.site.look import environment
from nof.site.model import Page
from nof.site.released import Released
from nof.site.write import render
from postgres.harness_push import whole_release

HOSTILE = "\"><script>alert('x')</script><img src=x onerror=alert(1)> & O'Brien"
PAGES = ("compare", "changes", "quality", "method", "about")


@pytest.fixture(scope="module")
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Released]:
    """The bundled release with every name of a trust, a metric, a file and a quarter such a text."""
    # A copy: one process opens a database in one way only, and other tests open this one in another.
    release = tmp_path_factory.mktemp("hostile")
    shutil.copy(whole_release(request, "bundled") / "nof.duckdb", release)
    with open_database(release / "nof.duckdb") as connection:
        released = Released(release, connection)
        released.trusts = {
            code: replace(trust, name=HOSTILE, subtype_label=HOSTILE, region_label=HOSTILE)
            for code, trust in released.trusts.items()
        }
        released.metrics = {
            key: {**row, "metric_label": HOSTILE, "unit_label": HOSTILE, "pool_label": HOSTILE}
            for key, row in released.metrics.items()
        }
        released.types = tuple(replace(each, label=HOSTILE) for each in released.types)
        released.release = {**released.release, "notice": HOSTILE, "source_line": HOSTILE}
        released.__dict__["quarter_labels"] = dict.fromkeys(released.quarter_labels, HOSTILE)
        released.__dict__["files"] = {
            key: {**row, "file_name": HOSTILE} for key, row in released.files.items()
        }
        yield released


@pytest.mark.parametrize("name", PAGES)
def test_names_are_shown_and_not_run(hostile: Released, name: str) -> None:
    templates = environment()
    shown = 0
    for page in import_module(f"nof.site.pages.{name}").make(hostile):
        if not isinstance(page, Page) or page.path.startswith("method/"):
            continue
        html = render(page, templates, hostile)
        found = parse(html)
        assert faults(html) == []
        assert found.of("img") == []
        assert all("src" in each.attributes for each in found.of("script"))
        shown += sum(HOSTILE in text for text, _ in found.texts)
    assert shown


def test_the_check_would_see_one_that_runs(hostile: Released) -> None:
    page = next(iter(import_module("nof.site.pages.about").make(hostile)))
    run = render(page, environment(), hostile).replace("&lt;", "<").replace("&gt;", ">")
    assert parse(run).of("img") and "a script inside the page" in faults(run)
