"""Statements that break what the singular tests claim of the registers' seeds, by test."""

BREAKS = {
    "registers_subjects_and_values_fit_together": [
        "delete from reference.registers where register_id = 'group'",
        "delete from reference.register_subjects where register_id = 'exclusion'",
        "delete from reference.register_values where register_id = 'icb_assessment'",
        "delete from reference.register_values where subject_id = 'quality_of_care'",
        "update reference.register_subjects set value_kind = 'text' where subject_id = 'overall'",
        "update reference.register_subjects set register_id = 'plan' where subject_id = 'overall'",
        "update reference.register_subjects set subject_id = 'Overall' where subject_id = 'overall'",
        "update reference.register_values set value_label = 'RED' where value_label = 'Green'",
        "update framework.metric_services set service_id = 'dentistry' where metric_id = 'OF0005'",
        "update framework.services set service_id = 'Community' where service_id = 'community'",
    ],
}
