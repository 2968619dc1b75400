"""What is said of a test that failed: the rows of the method that it found, and no row that was landed."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from nof.failed_nodes import told


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A build with five metrics that nobody owns."""
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        connection.execute(
            "create table metrics as select 'nof-2025-26' as framework_id, 'OF000' || number as metric_id, "
            "null as owner_role from range(5) as numbers (number)"
        )
    return tmp_path / "build.duckdb"


def failed(query: str, *reads: str) -> Any:
    """A result as dbt hands it over, of a test that found five rows."""
    node = SimpleNamespace(
        name="each_has_an_owner",
        compiled_code=query,
        original_file_path="tests/dbt/each_has_an_owner.sql",
        depends_on=SimpleNamespace(nodes=list(reads)),
    )
    return SimpleNamespace(node=node, status="fail", failures=5, message="Got 5 results")


def test_the_first_rows_of_the_method_are_told_and_where_the_claim_is_explained(database: Path) -> None:
    result = failed("select * from metrics order by metric_id", "seed.nof.metrics")
    assert told("staged", [result], None, database=database).splitlines() == [
        "Building staged failed; nothing was published.",
        "- each_has_an_owner: fail (5 rows). Got 5 results",
        "    framework_id nof-2025-26, metric_id OF0000, owner_role (empty)",
        "    framework_id nof-2025-26, metric_id OF0001, owner_role (empty)",
        "    framework_id nof-2025-26, metric_id OF0002, owner_role (empty)",
        "    and 2 more",
        "    What it asks for: tests/dbt/each_has_an_owner.sql",
    ]


@pytest.mark.parametrize(
    "reads", [("model.nof.metrics",), ("seed.nof.metrics", "source.nof.landing.rows"), ()]
)
def test_no_row_is_told_of_a_test_that_reads_more_than_seeds(database: Path, reads: tuple[str, ...]) -> None:
    said = told("staged", [failed("select * from metrics", *reads)], None, database=database)
    assert "OF000" not in said
    assert said.endswith("Got 5 results")


def test_rows_that_cannot_be_had_take_nothing_from_the_message(database: Path) -> None:
    result = failed("select * from elsewhere", "seed.nof.metrics")
    said = told("staged", [result], ValueError("and dbt stopped"), database=database)
    assert "each_has_an_owner: fail (5 rows)" in said
    assert "Its rows cannot be shown: Catalog Error" in said
    assert said.endswith("and dbt stopped")
