"""Alerts from Dagster: the same messages as from `nof run`, to whom nof.toml says."""

from pathlib import Path

from dagster import HookContext, failure_hook

from nof import alerts
from nof.home import Home


@failure_hook(required_resource_keys={"whole_run"})
def tell_what_stopped_it(context: HookContext) -> None:
    """Tell of the step that failed; a run has one, because nothing goes on behind it."""
    whole_run = context.resources.whole_run
    error = context.op_exception
    if error is None:
        return
    alerts.tell_error(
        Home(Path(whole_run.home)),
        error,
        today=whole_run.today,
        quarter_id=whole_run.quarter_id,
        landing=tuple(Path(each) for each in whole_run.landing),
    )
