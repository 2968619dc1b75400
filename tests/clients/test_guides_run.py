"""Every page of docs/guides is run as written; what it prints is held against figures worked out without it.

Run by `make clients`, which makes the environments; `make superset` runs the page on Superset.
"""

from pathlib import Path

import pytest

from clients.blocks import read_guide
from clients.check import check_outputs, check_setup
from clients.conftest import GUIDES, environment_at
from clients.figures import Figures
from clients.running import at_bench, run_page
from harness_session import Counts

# postgresql.md needs a server, which `make postgres` starts; superset.md an environment of its own.
PAGES_RUN_ELSEWHERE = {"postgresql.md", "superset.md"}
PAGES = sorted(path.name for path in GUIDES.glob("*.md") if path.name not in PAGES_RUN_ELSEWHERE)


@pytest.fixture(scope="session")
def programs() -> Path:
    return environment_at("NOF_CLIENTS", "clients")


@pytest.mark.parametrize("page", PAGES)
def test_a_guide_works_as_written(page: str, workspace: Path, programs: Path, figures: Figures) -> None:
    blocks = read_guide(GUIDES / page)
    check_setup(blocks, programs)
    with at_bench(workspace, [programs]) as bench:
        printed = run_page(blocks, bench)
    check_outputs(blocks, printed, figures)


def test_blocks_that_are_not_run_are_named(counts: Counts) -> None:
    not_run = [
        block for path in sorted(GUIDES.glob("*.md")) for block in read_guide(path) if block.mark == "not-run"
    ]
    for block in not_run:
        counts.append(f"Not run here: {block.place} ({block.language})")
    assert not_run, "powerbi.md and tableau.md have blocks that cannot be run here"
