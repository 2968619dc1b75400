"""Statements that break what is claimed of the steps of values and of the metrics left out, by test."""

BREAKS = {
    "every_value_that_can_move_has_a_step": [
        "delete from framework.value_steps where metric_id = 'OF0013' and framework_id = 'nof-2025-26'",
        "update framework.value_steps set metric_id = 'OF0067' where metric_id = 'OF0082'",
        "insert into framework.value_steps (framework_id, metric_id, value_step) "
        "values ('nof-2025-26', 'OF0080', 1)",
    ],
    "every_metric_of_the_average_is_left_out_once": [
        "delete from framework.sensitivity_cases where left_out_metric_id = 'OF0013' "
        "and framework_id = 'nof-2025-26'",
        "update framework.sensitivity_cases set left_out_metric_id = 'OF0013' "
        "where left_out_metric_id = 'OF0014'",
        "update framework.metrics set enters_average = false where metric_id = 'OF0013'",
    ],
}
