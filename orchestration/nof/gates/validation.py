"""Judges one batch of rows with Great Expectations; an exception inside an expectation is a failure."""

import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from nof.gates.batches import Batch, examples_at, totals
from nof.gates.results import (
    COULD_NOT_BE_RUN,
    FAILED,
    NOTHING_TO_CHECK,
    NOTHING_TO_CHECK_ALLOWED,
    PASSED,
    Example,
    ExpectationResult,
)
from nof.gates.suites import Expectation, Suite

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 3
# What is kept of a result: the same on every run. Run times, run ids, batch ids and stack traces are not.
KEPT_RESULT_KEYS = (
    "element_count",
    "missing_count",
    "unexpected_count",
    "unexpected_percent",
    "partial_unexpected_list",
    "partial_unexpected_index_list",
    "observed_value",
    "details",
)


def load() -> Any:
    """Great Expectations, which reports to nobody."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx  # noqa: PLC0415 - seconds to load, and only a gate needs it

    # It reports its own housekeeping, at a level it sets while it loads; the gate says what it finds.
    for name in ("great_expectations", "great_expectations.data_context.types.base", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return gx


def load_meanwhile() -> None:
    """Begin to load Great Expectations while the caller does something else; a gate waits for the rest of it.

    What goes wrong here is not told: the gate that loads it again meets the same, and says so.
    """

    def quietly() -> None:
        with suppress(Exception):  # an import can fail in any way; no thread is asked how it ended
            load()

    Thread(target=quietly, name="great-expectations").start()


def new_batch_definition() -> Any:
    """A place to put a frame into, in an ephemeral context that reports to nobody and draws no progress bars.

    One serves all suites of a gate: Great Expectations writes its configuration out anew for each.
    """
    gx = load()
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 - as above

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("build").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("rows")


def judge(
    definition: Any, gate: str, suite: Suite, batch: Batch, files: Mapping[str, str]
) -> tuple[list[ExpectationResult], list[dict[str, Any]]]:
    """Judge a batch by its suite.

    Returns:
        One row per expectation in the suite's order, and Great Expectations' own results for the same
        expectations as far as they are the same on every run.
    """
    frame = batch.frame
    if frame is None:
        return [_result(gate, suite, item, COULD_NOT_BE_RUN, batch.error) for item in suite.expectations], []
    if not len(frame):
        outcome = NOTHING_TO_CHECK_ALLOWED if suite.may_be_empty else NOTHING_TO_CHECK
        return [_result(gate, suite, item, outcome, "no rows") for item in suite.expectations], []
    raw = _validated(definition, suite, frame)
    rows = [
        _judged(gate, suite, item, raw[item.expectation_id], frame=frame, files=files)
        for item in suite.expectations
    ]
    return rows, [_kept(item, raw[item.expectation_id]) for item in suite.expectations]


def _validated(definition: Any, suite: Suite, frame: "pd.DataFrame") -> dict[str, dict[str, Any]]:
    """Great Expectations' result of each expectation by its id, whatever was raised being one of them."""
    import great_expectations as gx  # noqa: PLC0415 - as above
    from great_expectations.expectations.expectation_configuration import (  # noqa: PLC0415 - as above
        ExpectationConfiguration,
    )

    found: dict[str, dict[str, Any]] = {}
    built = []
    for item in suite.expectations:
        try:
            configuration = ExpectationConfiguration(
                type=item.expectation_type,
                kwargs=item.kwargs,
                meta={"expectation_id": item.expectation_id},
                severity=item.severity,
            )
            built.append(configuration.to_domain_obj())
        except Exception as error:  # one that cannot be built fails alone
            found[item.expectation_id] = _crashed(error)
    crashed = _crashed("Great Expectations returned no result")
    try:
        outcome = definition.get_batch(batch_parameters={"dataframe": frame}).validate(
            gx.ExpectationSuite(name=suite.name, expectations=built),
            result_format={"result_format": "COMPLETE"},
        )
        for result in outcome.to_json_dict()["results"]:
            found[result["expectation_config"]["meta"]["expectation_id"]] = result
    except Exception as error:  # a crash of the whole fails every expectation that has no result
        crashed = _crashed(error)
    return {item.expectation_id: found.get(item.expectation_id, crashed) for item in suite.expectations}


def _crashed(error: Exception | str) -> dict[str, Any]:
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return {"success": False, "exception_info": {"exception_message": text, "raised_exception": True}}


def _exception(raw: dict[str, Any]) -> str:
    """The message of whatever was raised, in either of the shapes in which Great Expectations gives it."""
    info = raw.get("exception_info") or {}
    parts = [info, *(part for part in info.values() if isinstance(part, dict))]
    texts = [
        str(part.get("exception_message") or "no message") for part in parts if part.get("raised_exception")
    ]
    return " ".join(texts[0].split()).rstrip(".") if texts else ""


def _kept(item: Expectation, raw: dict[str, Any]) -> dict[str, Any]:
    result = raw.get("result") or {}
    return {
        "expectation_id": item.expectation_id,
        "type": item.expectation_type,
        "kwargs": item.kwargs,
        "severity": item.severity,
        "success": raw["success"] is True and not _exception(raw),
        "exception_message": _exception(raw) or None,
        "result": {key: result[key] for key in KEPT_RESULT_KEYS if key in result},
    }


def _columns(item: Expectation) -> list[str]:
    named = [item.kwargs[key] for key in ("column", "column_A", "column_B") if key in item.kwargs]
    return [*named, *item.kwargs.get("column_list", [])]


def _judged(
    gate: str,
    suite: Suite,
    item: Expectation,
    raw: dict[str, Any],
    *,
    frame: "pd.DataFrame",
    files: Mapping[str, str],
) -> ExpectationResult:
    error = _exception(raw)
    if error:
        return _result(gate, suite, item, COULD_NOT_BE_RUN, error)
    result = raw.get("result") or {}
    is_by_row = "element_count" in result
    if is_by_row and result["element_count"] != len(frame):
        # Never an answer about other rows than these: an old copy has been seen to answer.
        seen = f"Great Expectations looked at {result['element_count']} rows of {len(frame)}"
        return _result(gate, suite, item, COULD_NOT_BE_RUN, seen)
    checked = result["element_count"] - result.get("missing_count", 0) if is_by_row else len(frame)
    if not checked:
        outcome = NOTHING_TO_CHECK_ALLOWED if item.may_check_nothing else NOTHING_TO_CHECK
        return _result(gate, suite, item, outcome, "no values")
    columns = item.shows or _columns(item)
    positions = result.get("unexpected_index_list") or []
    observed = [str(result["observed_value"])] if result.get("observed_value") is not None else []
    if suite.totals:
        observed.append(totals(frame, suite.totals))
    return _result(
        gate,
        suite,
        item,
        PASSED if raw["success"] is True else FAILED,
        "; ".join(observed),
        checked_count=checked,
        unexpected_count=result.get("unexpected_count") if is_by_row else None,
        examples=examples_at(frame, positions, columns, files),
    )


def _result(
    gate: str,
    suite: Suite,
    item: Expectation,
    outcome: str,
    observed: str,
    *,
    checked_count: int = 0,
    unexpected_count: int | None = None,
    examples: tuple[Example, ...] = (),
) -> ExpectationResult:
    return ExpectationResult(
        gate=gate,
        suite=suite.name,
        relation=suite.relation,
        expectation_id=item.expectation_id,
        expectation_type=item.expectation_type,
        column=", ".join(_columns(item)),
        severity=item.severity,
        is_passed=outcome in (PASSED, NOTHING_TO_CHECK_ALLOWED),
        outcome=outcome,
        checked_count=checked_count,
        unexpected_count=unexpected_count,
        first_unexpected="; ".join(str(one) for one in examples[:SHOWN]),
        observed=observed,
        meaning=item.meaning,
        remedy=item.remedy,
        owner_role=item.owner_role,
        examples=examples,
    )
