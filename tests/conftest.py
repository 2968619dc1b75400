"""What tests of every folder share: the real files, and releases that are made once per session."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock

from harness_session import LANDED_ON, Counts, Nof, published_files, release_made_once, release_of
from nof.cli import main
from nof.home import Home
from nof.sample import write_sample

os.environ.setdefault("DO_NOT_TRACK", "1")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    return published_files()


@pytest.fixture
def counts(record_property: Callable[[str, object], None]) -> Counts:
    return Counts(record_property)


@pytest.fixture
def nof(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Nof:
    """Run the command in this process, as in a terminal of 160 columns."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nof", *(str(each) for each in arguments)])
        monkeypatch.setenv("COLUMNS", "160")
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsysbinary.readouterr()
        return status, said.out.decode(), said.err.decode()

    return call


# The first files of a session, one for each thing that takes a minute to make, so that no worker waits for
# what another is making: the bundled release, the real one, dbt's unit tests, bad cases of every expectation.
BEGIN_WITH = ("test_bundled_segments", "test_published_ranges", "test_dbt_build", "test_gates_expectations")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those files first; everything else stays in its order."""
    place = {name: number for number, name in enumerate(BEGIN_WITH)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session")
def real_release(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Path:
    """The release made from the real oversight files. Read only: others use it too."""
    return release_made_once(tmp_path_factory, "real", data_dir / "nof_2025_26")


@pytest.fixture(scope="session")
def bundled_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release made from the bundled seeds, nothing landed. Read only: others use it too."""
    return release_made_once(tmp_path_factory, "bundled")


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled nation as published files."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    return folder


@pytest.fixture(scope="session")
def restated_releases(tmp_path_factory: pytest.TempPathFactory, sample_files: Path) -> tuple[Path, Path]:
    """Two releases in one home, a week apart: without the nation's restated file, then with it. Read only."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if is_worker else base) / "release-restated"
    with FileLock(f"{folder}.lock"):
        made = folder / "made"
        if not made.exists():
            home = Home(folder / "home")
            for inbox, is_restated in ((folder / "first", False), (folder / "second", True)):
                inbox.mkdir(parents=True)
                for path in sample_files.iterdir():
                    if path.stem.endswith("-v2") == is_restated:
                        shutil.copy(path, inbox)
            first = release_of(home, folder / "first")
            second = release_of(home, folder / "second", today=LANDED_ON + timedelta(days=7))
            made.write_text(f"{first}\n{second}", encoding="utf-8")
        first, second = (Path(line) for line in made.read_text(encoding="utf-8").splitlines())
        return first, second


@pytest.fixture(scope="session")
def sample_release(restated_releases: tuple[Path, Path]) -> Path:
    """The release made from all files of the bundled nation, the second of its home. Read only."""
    return restated_releases[1]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts that a person wants to see, not only that tests passed."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [str(line) for report in reports for name, line in report.user_properties if name == "count"]
    if lines:
        terminalreporter.section("counts")
        for line in lines:
            terminalreporter.write_line(line)
