"""What the load tests share: one whole release of the bundled nation, and releases made from it in a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from load.harness_load import Line
from nof.home import Home
from postgres.harness_push import Database, new_database, whole_release


@pytest.fixture
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    made = Line(whole_release(request, "bundled"), Home(tmp_path / "home"))
    yield made
    made.remove()


@pytest.fixture
def database() -> Iterator[Database]:
    with new_database() as made:
        yield made
