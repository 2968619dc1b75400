"""Every unit test of the models, on models without rows; no check is lost by its name, and none publishes.

`dbt build` with rows and data tests is part of the run that the bundled release is made by, and stands alone
in tests/scenarios/test_plain_build.py.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest
import yaml

from nof.errors import BuildFailed
from nof.project import project_root
from nof.warehouse import Warehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what `dbt build` left; its database held the pass of an earlier build before."""
    folder = tmp_path_factory.mktemp("dbt")
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute("create schema gates")
        connection.execute(
            "create table gates.gate_records "
            "(gate varchar, is_passed boolean, expectation_count bigint, failed_count bigint)"
        )
        connection.execute("insert into gates.gate_records values ('scored', true, 47, 0)")
    done = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            "build",
            "--empty",
            *("--resource-type", "seed", "--resource-type", "model", "--resource-type", "unit_test"),
            "--target-path",
            folder / "target",
            "--log-path",
            folder / "logs",
        ],
        cwd=project_root(),
        env=os.environ | {"NOF_DUCKDB_PATH": str(folder / "build.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return folder


def test_every_unit_test_passes(built: Path) -> None:
    results = json.loads((built / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    kinds = Counter((each["unique_id"].split(".")[0], each["status"]) for each in results)
    assert {status for _, status in kinds} == {"pass", "success"}
    manifest = json.loads((built / "target" / "manifest.json").read_text(encoding="utf-8"))
    assert kinds["unit_test", "pass"] == len(manifest["unit_tests"]) >= 190


def test_no_two_tests_share_a_name(built: Path) -> None:
    """dbt drops a check silently where two have one name: every test written must be in the manifest."""
    manifest = json.loads((built / "target" / "manifest.json").read_text(encoding="utf-8"))
    names = Counter(
        node["name"]
        for node in [*manifest["nodes"].values(), *manifest["unit_tests"].values()]
        if node["resource_type"] in {"test", "unit_test"}
    )
    assert [name for name, count in names.items() if count > 1] == []
    described = [
        resource
        for folder in ("models", "seeds")
        for path in (project_root() / folder).rglob("*.yml")
        for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
        for resource in [*content.get("models", []), *content.get("seeds", [])]
    ]
    written = sum(
        len(each.get("data_tests", []))
        for resource in described
        for each in [resource, *resource.get("columns", [])]
    )
    singular = len(list((project_root() / "tests" / "dbt").glob("*.sql")))
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    assert len(tests) == written + singular


def test_a_new_build_voids_the_gate_and_publication_refuses(built: Path) -> None:
    with duckdb.connect(str(built / "build.duckdb"), read_only=True) as connection:
        records = connection.execute("select * from gates.gate_records where gate = 'scored'").fetchall()
    assert records == []
    with pytest.raises(BuildFailed, match="scored gate has not passed for this build"):
        Warehouse(built / "build.duckdb", built / "dbt").build("publication")
    with duckdb.connect(str(built / "build.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select count(*) from information_schema.tables where table_schema = 'publication'"
        ).fetchone()
    assert tables == (0,)
