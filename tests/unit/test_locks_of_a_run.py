"""The lock of a run is a part of the whole one, and both hold what is asked for."""

import re
import tomllib
from typing import Any

import pytest

from harness_session import ROOT

RUN, DEV = "requirements.lock", "requirements-dev.lock"
HASHES = r"((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"


def locked(text: str) -> dict[str, str]:
    """Package -> version with its hashes; without the marker, which says on which machines it is wanted."""
    entries = re.findall(rf"^([\w.-]+)(?:\[\S+\])?==(\S+)[^\n]*\\\n{HASHES}", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^\S", text, re.MULTILINE))
    return {name: f"{version} {' '.join(hashes.split())}" for name, version, hashes in entries}


def names(asked_for: list[Any]) -> set[str]:
    return {re.split(r"[\[<>=]", each)[0] for each in asked_for if isinstance(each, str)}


@pytest.fixture(scope="module")
def locks() -> tuple[dict[str, str], dict[str, str]]:
    run, dev = (locked((ROOT / name).read_text(encoding="utf-8")) for name in (RUN, DEV))
    return run, dev


def test_what_a_run_needs_has_the_versions_that_are_tested(
    locks: tuple[dict[str, str], dict[str, str]],
) -> None:
    run, dev = locks
    assert run.items() <= dev.items()
    # Those of the tests alone are not in it: they are a third of the disk.
    assert not {"pytest", "ruff", "mypy", "polars", "playwright", "sqlfluff"} & run.keys()


def test_each_lock_holds_what_is_asked_for(locks: tuple[dict[str, str], dict[str, str]]) -> None:
    run, dev = locks
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    assert names(project["project"]["dependencies"]) | names(groups["install"]) <= run.keys()
    assert len(names(groups["dev"])) > 10
    assert names(groups["dev"]) <= dev.keys()


def test_a_version_of_its_own_and_a_hash_that_is_missing_are_found() -> None:
    pinned = f" \\\n    --hash=sha256:{'a' * 64}\n"
    whole = f"one==1.0{pinned}two==2.0 ; os_name == 'nt'{pinned}"
    assert not locked(whole.replace("1.0", "1.1")).items() <= locked(whole).items()
    with pytest.raises(AssertionError):
        locked(whole.replace(f"{pinned}two", "\ntwo"))
