"""One whole run in this process, with a clock held to what it says as each of its steps begins."""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

START, SUMMARY, COMPANIONS = "Start-up", "Summary", "Companions"


def run(home: str, landing: list[str], engine: str | None = None) -> dict[str, Any]:
    """Do what the command `nof run` does.

    Args:
        home: the warehouse.
        landing: folders to land from.
        engine: what makes the figures; None for DuckDB.

    Returns:
        `steps` (name, seconds, processor seconds, whether it is one of the companions), in their order;
        `is_new`; `release`; `nodes`, the names of what dbt built and tested.
    """
    marks = [(START, *_now(), False)]
    from nof import steps  # noqa: PLC0415 - the imports are what is measured
    from nof.engines.choose import choose  # noqa: PLC0415
    from nof.home import Home  # noqa: PLC0415
    from nof.report.run import summary  # noqa: PLC0415
    from nof.run import run as run_all  # noqa: PLC0415

    nodes: set[str] = set()

    def tell(text: str) -> None:
        if text[:1].isupper():
            marks.append((text, *_now(), False))
        elif marks[-1][0] == COMPANIONS or marks[-1][3]:
            marks.append((text, *_now(), True))
        else:
            nodes.add(text)

    held, folders = Home(Path(home)), tuple(Path(each) for each in landing)
    request = steps.Request(held, folders, engine=choose(held, engine))
    outcome = run_all(request, today=date.today(), progress=tell)
    marks.append((SUMMARY, *_now(), False))
    summary(outcome)
    ends = [*marks[1:], ("", *_now(), False)]
    return {
        "steps": [
            (name, after - before, cpu_after - cpu_before, is_companion)
            for (name, before, cpu_before, is_companion), (_, after, cpu_after, _) in zip(
                marks, ends, strict=True
            )
        ],
        "is_new": outcome.is_new,
        "release": outcome.release.name,
        "nodes": sorted(nodes),
    }


def load_great_expectations() -> dict[str, float]:
    """Load Great Expectations alone, after what a run has loaded before it."""
    import dbt.cli.main  # noqa: F401, PLC0415
    import duckdb  # noqa: F401, PLC0415
    import pandas as pd  # noqa: F401, PLC0415

    from nof.gates.validation import load  # noqa: PLC0415

    before, cpu_before = _now()
    load()
    after, cpu_after = _now()
    assert "great_expectations" in sys.modules
    return {"seconds": after - before, "cpu_seconds": cpu_after - cpu_before}


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()
