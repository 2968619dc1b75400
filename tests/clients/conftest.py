"""What the tests of the guides share: a release, a folder laid out as the guides say, and the environments.

`make clients` and `make superset` make the environments and name them; where one is missing, tests fail.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from clients.figures import Figures

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"


def environment_at(variable: str, target: str) -> Path:
    """Folder of the programs of an environment, by the variable that a target of the Makefile sets."""
    folder = os.environ.get(variable)
    if not folder or not (Path(folder) / "bin" / "python").is_file():
        pytest.fail(f"{variable} names no environment ({folder}). Run `make {target}`.")
    return (Path(folder) / "bin").absolute()


@pytest.fixture(scope="session")
def release(request: pytest.FixtureRequest) -> Path:
    """The release that the guides are run on: NOF_RELEASE, or the bundled nation's, made once."""
    named = os.environ.get("NOF_RELEASE")
    if named is None:
        made: Path = request.getfixturevalue("bundled_release")
        return made
    folder = Path(named).resolve()
    if not (folder / "SUCCESS").is_file():
        pytest.fail(f"NOF_RELEASE names {named}, which is not a release: it has no SUCCESS.")
    return folder


@pytest.fixture(scope="session")
def figures(release: Path) -> Figures:
    return Figures(release)


@pytest.fixture
def workspace(release: Path, tmp_path: Path) -> Iterator[Path]:
    """A working folder in which `warehouse/releases/current` is the release."""
    releases = tmp_path / "warehouse" / "releases"
    place = releases / release.parent.name / release.name
    place.parent.mkdir(parents=True)
    place.symlink_to(release, target_is_directory=True)
    (releases / "current").symlink_to(place.relative_to(releases), target_is_directory=True)
    yield tmp_path
