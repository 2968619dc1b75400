"""The locks hold what pyproject.toml asks for, keep in step, and name no place that a package comes from."""

import re
import tomllib
from pathlib import Path

import pytest
from harness_macros import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

MAIN = ROOT / "requirements-dev.lock"
ENGINES = ROOT / "tests" / "engines" / "environments" / "engines.lock"
CLIENTS = sorted((ROOT / "tests" / "clients" / "environments").glob("*.lock"))
LOCKS = [ROOT / "requirements.lock", MAIN, ENGINES, *CLIENTS]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

Versions = dict[str, set[str]]


def versions(lock: str) -> Versions:
    """The versions of each package of a lock: there are two where a marker parts them."""
    found: Versions = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^\s;\\]+)", lock, flags=re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def asked(extras: tuple[str, ...] = ()) -> list[Requirement]:
    """What the project needs, its tests too."""
    project = PYPROJECT["project"]
    groups = PYPROJECT["dependency-groups"]
    # `dev` includes `install`, by a table and not a text.
    written = [
        *project["dependencies"],
        *groups["install"],
        *(each for each in groups["dev"] if isinstance(each, str)),
    ]
    for extra in extras:
        written += project["optional-dependencies"][extra]
    return [Requirement(each) for each in written]


def outside(requirements: list[Requirement], locked: Versions) -> list[str]:
    """What is asked for and not locked, or locked outside its bounds."""
    return [
        str(each)
        for each in requirements
        if not any(
            each.specifier.contains(version) for version in locked.get(canonicalize_name(each.name), ())
        )
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert len(versions(text)) > 10
    assert text.count("--hash=sha256:") >= sum(map(len, versions(text).values()))
    assert not re.search(r"://|--index|--find-links|\bfile:", text)


def test_the_lock_is_what_the_project_asks_for() -> None:
    remedy = "make lock (CONTRIBUTING.md, upgrading a dependency)"
    assert outside(asked(), versions(MAIN.read_text(encoding="utf-8"))) == [], remedy
    engines = asked(("postgres-engine", "spark"))
    assert outside(engines, versions(ENGINES.read_text(encoding="utf-8"))) == [], remedy


def test_the_engines_stand_on_the_versions_of_everything_else() -> None:
    main, engines = (versions(lock.read_text(encoding="utf-8")) for lock in (MAIN, ENGINES))
    assert {name: engines.get(name) for name in main} == main


def test_every_environment_has_the_duckdb_that_releases_are_written_by() -> None:
    found = {lock.stem: versions(lock.read_text(encoding="utf-8"))["duckdb"] for lock in LOCKS}
    assert len(set(map(frozenset, found.values()))) == 1, found


def test_a_lock_that_is_behind_is_found() -> None:
    lock = "rich==15.0.0 \\\n    --hash=sha256:00\npsycopg[binary]==3.2.9 ; python_version > '3'\n"
    assert versions(lock) == {"rich": {"15.0.0"}, "psycopg": {"3.2.9"}}
    wanted = [Requirement("rich>=14,<15"), Requirement("psycopg[binary]>=3.2"), Requirement("typer>=0.20")]
    assert outside(wanted, versions(lock)) == ["rich<15,>=14", "typer>=0.20"]
