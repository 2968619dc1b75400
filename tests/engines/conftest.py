"""What the tests on the engines share: each whole run is made once."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.harness_made import Made, made_on
from nof.engines import EngineName

MadeOn = Callable[[EngineName, str], Made]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeOn:
    """A whole run on an engine, made when it is first asked for. Read only."""
    kept: dict[tuple[str, str], Made] = {}

    def make(engine: EngineName, nation: str) -> Made:
        if (engine, nation) not in kept:
            kept[engine, nation] = made_on(engine, nation, tmp_path_factory.mktemp(f"{engine}-{nation}"))
        return kept[engine, nation]

    return make


@pytest.fixture(scope="session")
def bundled_reference(made: MadeOn) -> Path:
    """The release that DuckDB makes of the bundled nation; one that is there already can be named."""
    named = os.environ.get("NOF_BUNDLED_RELEASE")
    return Path(named).resolve() if named else made("duckdb", "bundled").release
