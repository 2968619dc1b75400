"""The same nodes by dbt alone: one `dbtRunner` in this process, one `build` of everything."""

import os
import time
from datetime import date
from pathlib import Path
from typing import Any

# What `nof run` builds: all but unit tests, which judge the code, and exposures, which dbt does not build.
EVERYTHING = ("--select", "resource_type:seed", "path:models", "path:tests/dbt")
LEFT_OUT = ("--exclude-resource-types", "unit_test", "exposure")
PASSED = "insert into gates.gate_records values ('scored', true, 1, 0)"


def land(home: str) -> str:
    """Write the landing tables of a run that never goes further; the build database."""
    from nof import steps  # noqa: PLC0415
    from nof.home import Home  # noqa: PLC0415

    request = steps.Request(Home(Path(home)))
    with steps.hold(request.home):
        prepared = steps.prepare(request, today=date.today())
        steps.write_landing(prepared)
    return str(prepared.database)


def build(database: str, target: str) -> dict[str, Any]:
    """Build and test everything.

    No gate speaks here, and without its record nothing is published: it is put in where dbt comes to the
    first model of publication.

    Args:
        database: the build file, with the landing tables.
        target: dbt's folder; where one was there before, dbt parses only what has changed.

    Returns:
        `seconds` and `cpu_seconds`, imports included, and the names of the `nodes`.
    """
    before, cpu_before = time.perf_counter(), time.process_time()
    os.environ["NOF_DUCKDB_PATH"] = database
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 - they are measured
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    nodes: set[str] = set()
    passed: list[bool] = []

    def listen(event: Any) -> None:
        if event.info.name != "NodeStart":
            return
        nodes.add(event.data.node_info.node_name)
        if event.data.node_info.node_path.startswith("publication/") and not passed:
            passed.append(True)
            handle = DuckDBConnectionManager.env().handle()
            handle.cursor().execute(PASSED)
            handle.close()

    result = dbtRunner(callbacks=[listen]).invoke(
        [
            *("--log-level", "none", "--no-write-json", "build", *EVERYTHING, *LEFT_OUT),
            *("--profiles-dir", ".", "--target-path", target, "--log-path", target),
        ]
    )
    DuckDBConnectionManager.close_all_connections()
    after, cpu_after = time.perf_counter(), time.process_time()
    if not result.success:
        results = result.result or []
        failed = [each.node.name for each in results if str(each.status) not in ("success", "pass")]
        raise ValueError(f"The bare build failed: {result.exception or failed[:5]}")
    return {"seconds": after - before, "cpu_seconds": cpu_after - cpu_before, "nodes": sorted(nodes)}
