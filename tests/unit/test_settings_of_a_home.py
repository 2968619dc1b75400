"""Who may sign off and how much a prune leaves, by the nof.toml of a home."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness_home import ONE, Q1, REASON, TWO, put_out
from harness_session import Nof
from nof.files import remove_tree
from nof.home import Home
from nof.project import project_root
from nof.release.states import read_states
from nof.settings import Settings, read_settings
from nof.settings.fetch import Fetch, FetchedFile

APPROVERS = '[sign_off]\napprover_roles = ["Head of Performance Analysis", "Chief Analyst"]\n'


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    for release_id in (ONE, TWO):
        put_out(home, Q1, release_id)
    yield home
    remove_tree(home.root)


@pytest.mark.parametrize("command", ["finalise", "withdraw"])
def test_only_a_role_that_is_named_signs_off(nof: Nof, home: Home, command: str) -> None:
    (home.root / "nof.toml").write_text(APPROVERS)
    before = read_states(home)
    status, _, err = nof(command, TWO, "--role", "Analyst", "--reason", REASON, "--home", home.root)
    assert status == 2
    assert "names Head of Performance Analysis, Chief Analyst" in err
    assert read_states(home) == before
    status, _, _ = nof(command, TWO, "--role", "chief  analyst", "--reason", REASON, "--home", home.root)
    assert status == 0
    decided = {"finalise": "final", "withdraw": "withdrawn"}
    state = next(each for each in read_states(home) if each.release == f"{Q1}/{TWO}")
    assert state.state == decided[command]


def test_the_role_is_written_as_the_settings_have_it(nof: Nof, home: Home) -> None:
    (home.root / "nof.toml").write_text(APPROVERS)
    nof("finalise", TWO, "--role", "CHIEF ANALYST", "--reason", REASON, "--home", home.root)
    _, out, _ = nof("releases", "--format", "csv", "--home", home.root)
    assert "Chief Analyst" in out
    assert "CHIEF ANALYST" not in out


def test_a_prune_keeps_as_many_as_the_settings_say_unless_told(nof: Nof, home: Home) -> None:
    (home.root / "nof.toml").write_text("[retention]\nkeep = 0\n")
    _, out, _ = nof("prune", "--home", home.root)
    assert "To remove 1 (" in out
    _, out, _ = nof("prune", "--keep", "1", "--home", home.root)
    assert "To remove" not in out
    (home.root / "nof.toml").unlink()
    _, out, _ = nof("prune", "--home", home.root)
    assert "To remove" not in out


def test_the_settings_that_the_runbook_shows_are_settings(tmp_path: Path) -> None:
    page = (project_root() / "docs" / "runbooks" / "new-quarter.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "nof.toml").write_text(shown, encoding="utf-8")
    settings = read_settings(Home(tmp_path))
    # All of them, and but for the examples with their defaults.
    assert set(tomllib.loads(shown)) == set(Settings.model_fields)
    assert set(tomllib.loads(shown)["fetch"]) == set(Fetch.model_fields)
    assert set(tomllib.loads(shown)["fetch"]["files"][0]) == set(FetchedFile.model_fields)
    assert settings.retention == Settings().retention
    assert settings.fetch.model_copy(update={"files": (), "other_hosts": frozenset()}) == Fetch()
