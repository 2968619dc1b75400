"""What tests of every folder import: the real files, a run on a day of its own, types of shared fixtures."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from nof.home import Home
from nof.run import run
from nof.steps import Request

# Exit status, standard output and standard error of the command, byte for byte.
Nof = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).resolve().parents[1]
LANDED_ON = date(2026, 7, 1)


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


class Counts:
    """Lines that a test wants shown at the end, passed or not; they travel with its report."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record

    def append(self, line: str) -> None:
        self._record("count", line)


def release_of(home: Home, *landing: Path, today: date = LANDED_ON) -> Path:
    """Run the whole way, as `nof run` does, on a day of its own."""
    return run(Request(home=home, landing=landing), today=today, progress=lambda _: None).release


def release_made_once(factory: pytest.TempPathFactory, name: str, *landing: Path) -> Path:
    """A release that takes half a minute to make: made by one worker, read by all."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    folder = (factory.getbasetemp().parent if is_worker else factory.getbasetemp()) / f"release-{name}"
    with FileLock(f"{folder}.lock"):
        made = folder / "made"
        if not made.exists():
            release = release_of(Home(folder / "home"), *landing)
            made.write_text(str(release), encoding="utf-8")
        return Path(made.read_text(encoding="utf-8"))
