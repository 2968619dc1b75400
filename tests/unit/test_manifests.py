"""A manifest that was kept is used again for the same project only, and never when it was damaged."""

import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nof import manifests, warehouse
from nof.manifests import manifest_key, read_manifest
from nof.project import project_root
from nof.warehouse import Warehouse


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files that dbt reads, in a folder of their own."""
    root = tmp_path / "project"
    for folder in manifests.READ_BY_DBT:
        shutil.copytree(project_root() / folder, root / folder)
    for name in manifests.FILES_READ_BY_DBT:
        shutil.copy(project_root() / name, root / name)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(root))
    return root


@pytest.mark.parametrize(
    "name",
    [
        "models/scoring/segments.sql",
        "models/scoring/segments.yml",
        "macros/rounding.sql",
        "seeds/framework/metrics.csv",
        "tests/dbt/metric_values_are_the_spine.sql",
        "dbt_project.yml",
        "selectors.yml",
        "profiles.yml",
    ],
)
def test_every_file_that_dbt_reads_is_in_the_key(project: Path, name: str) -> None:
    before = manifest_key("build")
    path = project / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert manifest_key("build") != before


def test_the_folder_and_the_name_of_the_database_are_in_the_key(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = manifest_key("build")
    assert manifest_key("other") != before
    shutil.copytree(project, tmp_path / "elsewhere")
    monkeypatch.setenv("NOF_PROJECT_DIR", str(tmp_path / "elsewhere"))
    assert manifest_key("build") != before


def test_a_manifest_that_was_kept_is_the_one_that_was_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nodes() -> set[str]:
        monkeypatch.setattr(warehouse, "_MANIFESTS", {})
        path = Warehouse(tmp_path / "build.duckdb", tmp_path / "dbt").parse()
        return set(json.loads(path.read_text(encoding="utf-8"))["nodes"])

    parsed = nodes()
    assert "model.nof.segments" in parsed
    kept = project_root() / "target" / "manifests" / f"{manifest_key('build')}.msgpack"
    assert kept.is_file()
    assert nodes() == parsed


def test_a_new_process_can_write_out_what_an_earlier_one_has_parsed(tmp_path: Path) -> None:
    Warehouse(tmp_path / "build.duckdb", tmp_path / "dbt").parse()
    script = (
        "import sys; from pathlib import Path; from nof.warehouse import Warehouse; "
        "folder = Path(sys.argv[1]); print(Warehouse(folder / 'build.duckdb', folder / 'again').parse())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "model.nof.segments" in json.loads(Path(done.stdout.strip()).read_text(encoding="utf-8"))["nodes"]


def test_a_damaged_manifest_is_not_used(project: Path) -> None:
    key = manifest_key("build")
    path = project / "target" / "manifests" / f"{key}.msgpack"
    assert read_manifest(key) is None
    path.parent.mkdir(parents=True)
    path.write_bytes(b"0" * 64 + b"not what was written")
    assert read_manifest(key) is None


def test_no_more_than_a_few_manifests_are_kept(project: Path) -> None:
    class Small:
        def to_msgpack(self) -> bytes:
            return b"small"

    folder = project / "target" / "manifests"
    for number in range(manifests.KEPT + 2):
        manifests.keep_manifest(f"{number:064x}", Small())
        os.utime(folder / f"{number:064x}.msgpack", (number, number))
    assert len(list(folder.glob("*.msgpack"))) == manifests.KEPT


def test_what_is_kept_is_not_searched_for_garbage_and_the_search_goes_on() -> None:
    """Also where loading fails."""
    gc.unfreeze()
    with manifests.uncounted():
        kept = [[number] for number in range(1000)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(kept)
    with pytest.raises(ValueError, match="damaged"), manifests.uncounted():
        raise ValueError("damaged")
    assert gc.isenabled()
    gc.unfreeze()
