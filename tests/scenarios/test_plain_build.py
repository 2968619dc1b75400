"""`dbt build` alone, straight after a clone: it builds and tests the scored part on the bundled seeds."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from nof.project import project_root


def test_every_model_builds_and_every_unit_test_and_data_test_passes(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            "build",
            *("--target-path", tmp_path / "target", "--log-path", tmp_path / "logs"),
        ],
        cwd=project_root(),
        env=os.environ | {"NOF_DUCKDB_PATH": str(tmp_path / "build.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    kinds = Counter((each["unique_id"].split(".")[0], each["status"]) for each in results)
    assert {status for _, status in kinds} == {"pass", "success"}
    assert kinds["unit_test", "pass"] >= 190
    assert kinds["test", "pass"] >= 590
    assert kinds["model", "success"] >= 90
