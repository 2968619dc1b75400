"""Runs one gate over one build: suites, rows, verdict, and the files that keep them."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nof.engines.engine import Engine
from nof.gates.batches import read_batches
from nof.gates.page import write_page
from nof.gates.results import COULD_NOT_BE_RUN, GATES, ExpectationResult, GateName, GateResult, write_rows
from nof.gates.suites import load_suites
from nof.gates.validation import judge, new_batch_definition
from nof.project import project_root


def run_gate(
    gate: GateName,
    database: Path,
    *,
    results_directory: Path,
    expectations_directory: Path | None = None,
    forecast_of: str = "",
    engine: Engine | None = None,
) -> GateResult:
    """Judge a build by the suites of a gate and keep the results; raises nothing about what it found.

    Writes `<gate>.validation.json`, `<gate>.results.csv` and `quality.html` (both gates, as far as their
    results are in the folder) into `results_directory`. The same build gives the same bytes.

    Args:
        gate: `landed` or `scored`.
        database: the DuckDB build file; no read-write connection to it may be open in this process.
        results_directory: made where it is missing.
        expectations_directory: the folder with a folder of suites per gate; the project's own by default.
        forecast_of: the quarter that the build forecasts, for the page; empty where it forecasts none.
        engine: that has built the heavy rooms, and is asked for their rows; None where DuckDB has.

    Raises:
        InputRefused: a suite is not written as expectations/README.md says.
        FileNotFoundError: there is no build file.
    """
    if gate not in GATES:
        raise ValueError(f"{gate!r} is no gate; there are {' and '.join(GATES)}.")
    suites = load_suites(expectations_directory or project_root() / "expectations", gate)
    batches, files = read_batches(database, suites, engine)
    rows: list[ExpectationResult] = []
    kept: list[dict[str, Any]] = []
    definition = new_batch_definition() if suites else None
    for suite, batch in zip(suites, batches, strict=True):
        judged, raw = judge(definition, gate, suite, batch, files)
        rows.extend(judged)
        kept.append({"suite": suite.name, "relation": suite.relation, "sql": suite.sql, "results": raw})
    count = len(rows)
    result = GateResult.of(gate, rows or [_no_expectations(gate)], count)
    results_directory.mkdir(parents=True, exist_ok=True)
    _write_validation(results_directory / f"{gate}.validation.json", result, kept)
    write_rows(results_directory / f"{gate}.results.csv", result.rows)
    write_page(results_directory, forecast_of=forecast_of)
    return result


def _write_validation(path: Path, result: GateResult, suites: list[dict[str, Any]]) -> None:
    content = {
        "gate": result.gate,
        "is_passed": result.is_passed,
        "expectation_count": result.expectation_count,
        "failed_count": result.failed_count,
        "great_expectations_version": version("great-expectations"),
        "suites": suites,
    }
    path.write_text(
        json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def _no_expectations(gate: str) -> ExpectationResult:
    """The row that stands for a gate without a suite: a gate that checks nothing refuses."""
    return ExpectationResult(
        gate=gate,
        suite="",
        relation="",
        expectation_id="the_gate_has_expectations",
        expectation_type="",
        column="",
        severity="critical",
        is_passed=False,
        outcome=COULD_NOT_BE_RUN,
        checked_count=0,
        unexpected_count=None,
        first_unexpected="",
        observed="no suite",
        meaning=f"The {gate} gate has at least one suite with an expectation.",
        remedy=f"Put the suites back into expectations/{gate}/.",
        owner_role="warehouse engineer",
    )
