"""What the tests on a real server share: a database for each test, and the two whole releases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nof.files import remove_tree
from nof.home import Home
from postgres.harness_push import Database, new_database, whole_release


@pytest.fixture
def database() -> Iterator[Database]:
    with new_database() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    if home.root.exists():
        remove_tree(home.root)


@pytest.fixture(scope="session", params=["bundled", "real"])
def each_release(request: pytest.FixtureRequest) -> Path:
    """The release of the bundled nation, then the one of the real files. Read only."""
    return whole_release(request, request.param)
