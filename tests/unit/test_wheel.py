"""A wheel holds all that a run reads and nothing else; that its releases are the same: tests/scenarios."""

import shutil
from pathlib import Path

import pytest

from harness_session import ROOT
from harness_wheel import belongs_in, build, committed, held_by, make_sdist
from nof import manifests, project
from nof.errors import UsageRefused
from nof.project import checkout, kept_between_runs, project_root


def test_a_wheel_holds_what_git_has_of_it_and_nothing_else(tmp_path: Path) -> None:
    wheel = build(tmp_path)
    wanted, held = belongs_in(committed()), held_by(wheel)
    assert {"nof/run.py", "nof/_project/models/scoring/segments.sql", "nof/_project/profiles.yml"} <= wanted
    tests = [name for name in wanted if "/tests/" in name]
    assert tests and all(name.startswith("nof/_project/tests/dbt/") for name in tests)
    assert (sorted(wanted - held), sorted(held - wanted)) == ([], [])
    # Small enough to be sent by e-mail; no data file has slipped in.
    assert wheel.stat().st_size < 4_000_000


def test_a_model_that_is_missing_and_a_test_too_many_are_found() -> None:
    files = committed()
    wanted = belongs_in(files)
    assert wanted - belongs_in([name for name in files if name != "models/scoring/segments.sql"]) == {
        "nof/_project/models/scoring/segments.sql"
    }
    assert "nof/_project/tests/unit/test_wheel.py" not in wanted
    assert belongs_in([*files, "tests/dbt/one_more.sql"]) - wanted == {"nof/_project/tests/dbt/one_more.sql"}


def test_nothing_is_built_of_a_project_without_its_models(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "orchestration" / "nof").mkdir(parents=True)
    (source / "orchestration" / "nof" / "__init__.py").touch()
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    done = make_sdist(source, tmp_path)
    assert done.returncode != 0
    assert "Not in the project, and needed to run it:" in done.stderr
    assert "macros, models, seeds" in done.stderr
    assert not list(tmp_path.glob("*.tar.gz"))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This package as a wheel lays it out, with hardly anything in it."""
    packed = tmp_path / "site-packages" / "nof" / "_project"
    packed.mkdir(parents=True)
    (packed / "dbt_project.yml").touch()
    monkeypatch.delenv("NOF_PROJECT_DIR", raising=False)
    monkeypatch.setattr(project, "__file__", str(packed.parent / "project.py"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return packed


def test_an_installed_project_is_read_where_it_is_and_never_written_to(installed: Path) -> None:
    assert project_root() == installed
    assert not kept_between_runs().is_relative_to(installed)
    with pytest.raises(UsageRefused, match=r"installed from a wheel\. Run it in a checkout, or name one in"):
        checkout()


def test_a_checkout_that_is_named_goes_before_what_is_installed(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOF_PROJECT_DIR", str(ROOT))
    assert (project_root(), checkout(), kept_between_runs()) == (ROOT, ROOT, ROOT / "target")


def test_two_runs_at_once_keep_a_manifest_in_the_users_folder_and_neither_minds(
    installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Small:
        def to_msgpack(self) -> bytes:
            return b"small"

    manifests.keep_manifest("a" * 64, Small())
    (kept,) = kept_between_runs().rglob("*.msgpack")
    assert kept.is_relative_to(tmp_path) and kept.read_bytes().endswith(b"small")
    # What the other run has just removed, or is half way through writing.
    kept.unlink()
    kept.with_name(f".{kept.name}.part").mkdir()
    manifests.keep_manifest("a" * 64, Small())
    assert not kept.exists()
    assert manifests.read_manifest("a" * 64) is None
