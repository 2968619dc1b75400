"""docs/guides/superset.md is run as written on a real Superset, and `current` is then moved beneath it.

Run by `make superset`, which makes the environment.
"""

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from clients.blocks import read_guide
from clients.check import check_outputs, check_setup
from clients.conftest import GUIDES, environment_at
from clients.figures import Figures
from clients.moving import later_release, move_current
from clients.running import Bench, at_bench, run_page

ADDRESS = "http://127.0.0.1:8088"


@pytest.fixture(scope="session")
def programs() -> Path:
    return environment_at("NOF_SUPERSET", "superset")


def test_the_guide_works_as_written_and_current_may_move(
    workspace: Path, programs: Path, figures: Figures
) -> None:
    blocks = read_guide(GUIDES / "superset.md")
    check_setup(blocks, programs)
    _refuse_port_in_use()
    with at_bench(workspace, [programs]) as bench:
        printed = run_page(blocks, bench)
        check_outputs(blocks, printed, figures)

        assert {row["quarter_id"] for row in _chart(bench)} == set(figures.quarters)
        move_current(workspace, later_release(figures, workspace))
        assert {row["quarter_id"] for row in _chart(bench)} == {figures.quarters[-1]}


def _chart(bench: Bench) -> list[dict[str, Any]]:
    """Data of the saved chart, as a program asks for it."""
    login = {"username": "admin", "password": bench.exported("SUPERSET_ADMIN_PASSWORD"), "provider": "db"}
    token = _ask("security/login", {}, login)["access_token"]
    result = _ask("chart/1/data/", {"Authorization": f"Bearer {token}"})["result"]
    rows: list[dict[str, Any]] = result[0]["data"]
    return rows


def _ask(path: str, headers: dict[str, str], body: dict[str, str] | None = None) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{ADDRESS}/api/v1/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers=headers if body is None else {"Content-Type": "application/json", **headers},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            content: dict[str, Any] = json.load(answer)
    except urllib.error.HTTPError as refused:
        pytest.fail(f"{path}: status {refused.code}, {refused.read().decode(errors='replace')[:1000]}")
    return content


def _refuse_port_in_use() -> None:
    try:
        urllib.request.urlopen(ADDRESS, timeout=5)
    except urllib.error.HTTPError:
        pass
    except OSError:
        return
    pytest.fail(f"Something answers at {ADDRESS} already. Stop it: the guide's server is started there.")
