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
    "plans_and_baselines_of_finance_metrics_are_confidential": [
        "delete from reference.confidential_inputs where subject_id = 'OF0079' and register_id = 'plan'",
        "delete from reference.confidential_inputs where register_id = 'baseline'",
        # A metric that comes into the domain.
        "update framework.metrics set domain_id = 'OF4003' where metric_id = 'OF0082'",
    ],
    "what_may_leave_the_build_is_said_of_known_registers_and_classes": [
        "update reference.confidential_inputs set register_id = 'plans' where subject_id = 'OF0079'",
        "update reference.confidential_inputs set sensitivity_class = 'secret' where subject_id = 'OF0079'",
        "update reference.confidential_inputs set subject_id = 'OF9999' where subject_id = 'OF0079'",
        "update reference.register_texts set subject_id = 'collaborative' where subject_id = 'group'",
        "update reference.register_texts set register_id = 'service', subject_id = 'service'",
        "insert into reference.register_texts select register_id, subject_id, upper(text_label), source "
        "from reference.register_texts",
        "insert into reference.roles values ('CHAIR', 'provider')",
    ],
}
