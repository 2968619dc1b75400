"""The gates of a run: a build judged, what was found kept, the run stopped where a gate refuses."""

from collections.abc import Sequence
from datetime import date

from nof import gates, landing
from nof.engines.engine import Engine
from nof.errors import InputRefused, Problem
from nof.frameworks import is_forecast
from nof.quality.runs import keep_results
from nof.steps.request import Prepared


def judge(
    prepared: Prepared, gate: gates.GateName, *, today: date, engine: Engine | None = None
) -> gates.GateResult:
    """Judge the build by a gate, and keep what it found in the build and in the home; stops nothing."""
    result = gates.run_gate(
        gate,
        prepared.database,
        results_directory=prepared.gate_results,
        forecast_of=prepared.quarter_id if is_forecast(prepared.framework_id) else "",
        engine=engine,
    )
    gates.record_gate(prepared.database, result)
    keep_results(
        prepared.request.home,
        result,
        gate,
        page=prepared.gate_results / gates.PAGE,
        today=today,
        framework_id=prepared.framework_id,
        quarter_id=prepared.quarter_id,
        release_id=prepared.release_id,
    )
    return result


def stop_where_refused(prepared: Prepared, result: gates.GateResult, *, today: date) -> None:
    """Stop the run where a gate refused.

    Raises:
        InputRefused: the landed gate refused; the new files it names are kept with the reasons.
        ScoredGateRefused: the scored gate refused.
    """
    try:
        gates.raise_if_refused(result)
    except InputRefused as refusal:
        _keep_refused(prepared, gates.problems_by_row(result), refusal.problems, today=today)
        raise


def pass_gate(
    prepared: Prepared, gate: gates.GateName, *, today: date, engine: Engine | None = None
) -> gates.GateResult:
    """Judge the build by a gate and stop the run where it refuses; raises as `stop_where_refused`."""
    result = judge(prepared, gate, today=today, engine=engine)
    stop_where_refused(prepared, result, today=today)
    return result


def _keep_refused(
    prepared: Prepared, by_row: Sequence[Problem], in_words: Sequence[Problem], *, today: date
) -> None:
    """Keep each new file that the gate names: row by row where rows are to blame, else as told."""
    for file in prepared.landed.new_files:
        names = {file.file_name, file.file_id}
        rows, said = ([each for each in told if each.file in names] for told in (by_row, in_words))
        if rows or said:
            landing.record_refusal(
                prepared.request.home, file.file_name, file.content, rows or said, today=today
            )
