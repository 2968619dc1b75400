"""Statements that break what the singular tests claim of consequences, targets and owners, by test."""

_IN_FORCE = "framework_id = 'nof-2025-26'"


def _consequence(identity: str, change: str) -> str:
    return f"update framework.consequences set {change} where {_IN_FORCE} and consequence_id = '{identity}'"


def _target(metric_id: str, change: str) -> str:
    return f"update framework.planning_targets set {change} where metric_id = '{metric_id}'"


BREAKS = {
    "consequences_say_whole_what_triggers_them": [
        _consequence("more_autonomy", "segment_low = null"),
        _consequence("more_autonomy", "segment_low = 0"),
        _consequence("more_autonomy", "segment_low = 2"),
        _consequence("pay_award_withheld", "segment_high = 6"),
        _consequence("diagnostic_review", "segment_high = 5"),
        _consequence("pay_award_withheld", "priority_area_id = 'finance'"),
        _consequence("support_finance", "priority_area_id = null"),
        _consequence("support_finance", "priority_area_id = 'astronomy'"),
        _consequence("support_finance", "segment_low = 4"),
        _consequence("quarterly_review", "segment_high = 4"),
        _consequence("quarterly_review", "trigger_kind = 'sometimes'"),
        _consequence("quarterly_review", "consequence_kind = 'party'"),
        _consequence("quarterly_review", "trust_type_id = 'hospice'"),
        _consequence("quarterly_review", "source = null"),
        _consequence("surplus_for_capital", "consequence_id = 'more_autonomy'"),
        "delete from framework.priority_areas where priority_area_id = 'elective'",
    ],
    "priority_areas_are_made_of_whole_sub_domains_of_averaged_metrics": [
        "delete from framework.priority_area_metrics where priority_area_id = 'finance'",
        "delete from framework.priority_area_metrics where metric_id = 'OF0014'",
        "update framework.priority_area_metrics set metric_id = 'OF0079' where metric_id = 'OF0080'",
        "update framework.priority_area_metrics set metric_id = 'OF0999' where metric_id = 'OF0041'",
        "update framework.priority_area_metrics set priority_area_id = 'tea' where metric_id = 'OF0041'",
        "insert into framework.priority_area_metrics values ('nof-2025-26', 'finance', 'OF0013')",
        "update framework.priority_areas set low_score_at_least = 0.5",
        "update framework.priority_areas set low_score_at_least = null where priority_area_id = 'finance'",
    ],
    "planning_targets_are_whole_and_point_the_way_of_their_metric": [
        _target("OF0003", "comparator = 'at_least'"),
        _target("OF0013", "comparator = 'about'"),
        _target("OF0013", "metric_id = 'OF0999'"),
        _target("OF0013", "metric_id = 'OF0067', comparator = 'at_most'"),
        _target("OF0013", "national_target = null"),
        _target("OF0023", "baseline_month = null"),
        _target("OF0023", "baseline_month = 'November 2024'"),
        _target("OF0023", "improvement_points = null"),
        _target("OF0023", "improvement_points = -5"),
        _target("OF0013", "due_quarter_id = '2025-26-Q5'"),
        _target("OF0013", "target_id = 'plan'"),
        "insert into framework.planning_targets from framework.planning_targets where metric_id = 'OF0013'",
    ],
    "every_metric_of_a_framework_with_owners_has_one_owner": [
        f"delete from framework.metric_owners where metric_id = 'OF0082' and {_IN_FORCE}",
        f"delete from framework.metric_owners where {_IN_FORCE}",
        "update framework.metric_owners set owner_role = ' ' where metric_id = 'OF0082'",
        "update framework.metric_owners set owner_role = null where metric_id = 'OF0082'",
        "update framework.metric_owners set metric_id = 'UN0008' where metric_id = 'OF0082'",
        "insert into framework.metric_owners from framework.metric_owners where metric_id = 'OF0082'",
        "insert into framework.metric_owners values ('nof-2025-26', 'UN0008', 'Nurse', 'a test', 'default')",
    ],
}
