"""Statements that break what the singular tests claim of the steps of values, by test."""

BREAKS = {
    "every_value_that_can_move_has_a_step": [
        "delete from framework.value_steps where metric_id = 'OF0013' and framework_id = 'nof-2025-26'",
        "update framework.value_steps set metric_id = 'OF0067' where metric_id = 'OF0082'",
        "insert into framework.value_steps (framework_id, metric_id, value_step) "
        "values ('nof-2025-26', 'OF0080', 1)",
    ],
}
