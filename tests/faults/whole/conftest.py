"""What the heavy faults share: the nation's home with the states of a run, made once for all workers."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from harness_mortal import Forge
from harness_nation import WARM, Nation

from nof.files import remove_tree


@pytest.fixture(scope="module")
def real_forge() -> Iterator[Forge]:
    with Forge(warm=WARM) as made:
        yield made


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    """Two releases, undisturbed, and what the second one is made from on its way. Read only.

    NOF_FAULTS_NATION may name the folder that an earlier session of the same code has made.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = Path(os.environ.get("NOF_FAULTS_NATION") or (base.parent if is_worker else base) / "nation")
    with FileLock(f"{folder}.lock"):
        answer = folder / "answer.json"
        if not answer.exists():
            folder.mkdir()
            with Forge(warm=WARM) as forge:
                end = forge.run("harness_real:lay_out", folder)
            assert end.status == 0, end.said
            answer.write_text(json.dumps(end.answer), encoding="utf-8")
        return Nation(folder, json.loads(answer.read_text(encoding="utf-8")))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    if (tmp_path / "home").exists():
        remove_tree(tmp_path / "home")
