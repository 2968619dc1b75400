"""What `make dialects` looks at for Databricks is what Spark is given here: the same text, by dbt-spark."""

from pathlib import Path

import pytest

from dialects.harness_adapters import DATABRICKS
from dialects.harness_render import compiled, rendered, without_names

pytestmark = pytest.mark.quick


def test_databricks_would_be_given_what_spark_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOF_ENGINE_WAREHOUSE", str(tmp_path / "warehouse"))
    folders = [tmp_path / "spark", tmp_path / "databricks"]
    for folder in folders:
        folder.mkdir()
    by_spark = {each.name: without_names(each.text) for each in compiled("spark", folders[0])}
    databricks = {each.name: without_names(each.text) for each in rendered(DATABRICKS, folders[1])}
    assert len(by_spark) > 300
    assert databricks == by_spark
