"""What tests of every folder share: the real files, and releases that are made once per session."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nof.home import Home
from nof.run import run
from nof.sample import write_sample
from nof.steps import Request

os.environ.setdefault("DO_NOT_TRACK", "1")

ROOT = Path(__file__).resolve().parents[1]
LANDED_ON = date(2026, 7, 1)

# Counts that tests want shown at the end, passed or not.
COUNTS: list[str] = []


def published_files() -> Path:
    """The folder of real files: NOF_DATA_DIR, or shared/data beside the project.

    Missing it is a failure in CI, so that nothing passes there without having met them.
    """
    folder = Path(os.environ.get("NOF_DATA_DIR") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        message = f"{folder} is not there: name the folder of real files in NOF_DATA_DIR"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return published_files()


@pytest.fixture(scope="session")
def counts() -> list[str]:
    """Lines to print at the end of the session."""
    return COUNTS


def release_of(home: Home, *landing: Path) -> Path:
    """Run the whole way, as `nof run` does, on a day of its own."""
    return run(Request(home=home, landing=landing), today=LANDED_ON, progress=lambda _: None).release


@pytest.fixture(scope="session")
def real_release(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """The release made from the real oversight files."""
    return release_of(Home(tmp_path_factory.mktemp("real") / "home"), data_dir / "nof_2025_26")


@pytest.fixture(scope="session")
def bundled_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release made from the bundled seeds, nothing landed. Read only: others use it too."""
    return release_of(Home(tmp_path_factory.mktemp("bundled") / "home"))


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled nation as published files."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="session")
def sample_release(tmp_path_factory: pytest.TempPathFactory, sample_files: Path) -> Path:
    """The release made from the same nation, landed as files. Read only: others use it too."""
    return release_of(Home(tmp_path_factory.mktemp("landed") / "home"), sample_files)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None] | None:
    """Print the counts that a person wants to see, not only that tests passed."""
    if COUNTS:
        terminalreporter.section("counts")
        for line in COUNTS:
            terminalreporter.write_line(line)
    return None
