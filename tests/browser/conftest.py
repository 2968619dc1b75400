"""What the browser tests share: Chromium, and the sites of the bundled nation and of the real files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.harness_browser import Shown
from harness_session import release_made_once
from nof.release.database import open_database
from nof.site.write import write_site
from postgres.harness_push import whole_release

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a machine without it fails."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )


def shown(release: Path, folder: Path) -> Shown:
    """The site of a release, made anew by this code; that a release carries the same is a test of its own."""
    write_site(release, folder)
    # As the site itself opens it: one process opens a file in one way only.
    connection = open_database(release / "nof.duckdb")
    connection.execute("use publication")
    return Shown(folder, release, connection)


@pytest.fixture(scope="session")
def bundled_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The site of the bundled nation. NOF_BUNDLED_RELEASE may name its release."""
    return shown(whole_release(request, "bundled"), tmp_path_factory.mktemp("sites") / "bundled")


@pytest.fixture(scope="session")
def real_release(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """Of all real files, those of the source publications too: there are pages about them."""
    folders = (data_dir / "nof_2025_26", *sorted((data_dir / "sources").iterdir()))
    return release_made_once(tmp_path_factory, "real-and-sources", *folders)


@pytest.fixture(scope="session")
def real_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """The site of the real files. NOF_REAL_RELEASE may name its release."""
    return shown(whole_release(request, "real"), tmp_path_factory.mktemp("sites") / "real")


@pytest.fixture(scope="session", params=["bundled", "real"])
def site(request: pytest.FixtureRequest) -> Shown:
    """Both, one after the other."""
    made: Shown = request.getfixturevalue(f"{request.param}_site")
    return made
