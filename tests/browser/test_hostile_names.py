"""Names made to do harm: shown on every page as they are, and nothing of them runs."""

import shutil
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser

from browser.harness_browser import Shown, visit
from nof.site.write import write_site

NAME = (
    """O'Neil & "Sons" <script>window.harmed=1</script>"""
    """<img src=x onerror="window.harmed=2">{{ 7*7 }}</title>"""
)
SEEN = " ".join(NAME.split())
# Where the names stand: tables of the release and their columns of text for people.
TOLD = {
    "dim_trust": ("trust_name", "region_label", "trust_subtype_label"),
    "dim_metric": ("metric_label", "published_source"),
    "dim_file": ("file_name",),
    "league_table": ("trust_name", "region_label"),
    "dim_organisation": ("organisation_name",),
}
PAGES = (
    "index.html",
    "league/acute.html",
    "trusts.html",
    "metrics.html",
    "compare.html",
    "what-if.html",
    "changes.html",
    "quality.html",
    "method.html",
    "about.html",
)


@pytest.fixture(scope="module")
def hostile(bundled_site: Shown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled nation, every name in it made to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    source = folder / "release"
    shutil.copytree(bundled_site.release, source, ignore=shutil.ignore_patterns("csv", "parquet", "site"))
    for path in [source, *source.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    # Copied without keys: a row that others refer to cannot be changed where it is.
    (source / "nof.duckdb").rename(source / "keyed.duckdb")
    with duckdb.connect(str(source / "nof.duckdb")) as connection:
        connection.execute(f"attach '{source / 'keyed.duckdb'}' as keyed (read_only)")
        connection.execute("create schema publication")
        names = connection.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'keyed' and schema_name = 'publication'"
        ).fetchall()
        for (table,) in names:
            connection.execute(f"create table publication.{table} as from keyed.publication.{table}")
            for column in TOLD.get(table, ()):
                connection.execute(f"update publication.{table} set {column} = {column} || ?", [NAME])
    write_site(source, folder / "site")
    return folder / "site"


def pages_of(folder: Path) -> list[str]:
    trust = sorted((folder / "trust").glob("*.html"))[0]
    metric = sorted((folder / "metric").glob("*.html"))[0]
    return [*PAGES, f"trust/{trust.name}", f"metric/{metric.name}"]


def test_nothing_of_a_name_runs_and_all_of_it_is_shown(browser: Browser, hostile: Path) -> None:
    shown = 0
    for path in pages_of(hostile):
        with visit(browser, (hostile / path).as_uri()) as seen:
            assert seen.page.evaluate("window.harmed") is None, path
            assert seen.page.locator("img").count() == 0, path
            text = " ".join(seen.page.locator("body").inner_text().split())
            shown += SEEN in text
            assert "49" not in text.replace(SEEN, "")[:200], path
    # On most pages a name stands as text for everybody; on the others it is within what opens or is searched.
    assert shown >= len(PAGES) - 3


def test_the_check_sees_a_page_that_runs_one(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>x</title><body>{NAME}</body>", encoding="utf-8")
    with pytest.raises(AssertionError), visit(browser, page.as_uri()) as seen:
        assert seen.page.evaluate("window.harmed") is None


def test_the_policy_holds_where_a_page_would_run_one(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    """The last line of defence: a page of the site with a name put in unescaped still runs nothing."""
    folder = tmp_path / "site"
    shutil.copytree(hostile / "assets", folder / "assets")
    whole = (hostile / "about.html").read_text(encoding="utf-8")
    (folder / "about.html").write_text(whole.replace("<h1>", f"{NAME}<h1>", 1), encoding="utf-8")
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        visit(browser, (folder / "about.html").as_uri()) as seen,
    ):
        assert seen.page.evaluate("window.harmed") is None
        assert seen.page.locator("img").count() == 1
