"""Statements that break what the singular tests claim of all frameworks, by test."""

DRAFT = "framework_id = 'npaf-2025-26-draft'"
NEXT = "framework_id = 'nof-2026-27'"

# A threshold that fits: the average of 2026/27 is cut by fixed thresholds, in a pool that this row makes.
THRESHOLD = """
    insert into framework.pool_trust_types values ('nof-2026-27', 'all_trusts', 'acute', 'all');
    insert into framework.segment_thresholds
    values (
        'nof-2026-27', '{score}', '{partition}', '{boundary}', {segment}, {threshold}, 'a test', 'assumption'
    )
"""


def threshold(**other: str) -> str:
    """The statement that adds one threshold, with what is wrong about it."""
    fits = {"score": "OF5002", "partition": "all", "boundary": "1/2", "segment": "1", "threshold": "2"}
    return THRESHOLD.format(**fits | other)


BREAKS = {
    "assumptions_are_named_by_the_rows_that_rest_on_them": [
        "delete from framework.assumptions where assumption_id = 'npaf-07'",
        "update framework.assumptions set framework_id = 'nof-2026-27' where assumption_id = 'npaf-07'",
        "update framework.assumptions set seed_name = 'weight_groups' where assumption_id = 'npaf-11'",
        "insert into framework.assumptions values ('nof-2025-26', 'nof-01', 'Any.', 'None.', 'metrics')",
        f"update framework.thresholds set certainty = 'default' where metric_id = 'OF0013' and {DRAFT}",
        f"update framework.thresholds set source = 'rules 7' where metric_id = 'OF0013' and {DRAFT}",
        "update framework.thresholds set certainty = 'assumption' where metric_id = 'OF0013'",
        f"update framework.domains set source = 'assumption npaf-99: none' where {DRAFT}",
        # One that is written down does not excuse another that is not.
        f"update framework.domains set source = source || '; assumption npaf-99: none' where {DRAFT}",
    ],
    "every_row_of_the_method_belongs_to_a_known_framework": [
        f"delete from framework.frameworks where {NEXT}",
        f"update framework.pool_trust_types set framework_id = 'npaf' where pool_id = 'acute' and {DRAFT}",
        f"update framework.system_areas set framework_id = null where area_id = 'cancer' and {DRAFT}",
    ],
    "every_framework_says_of_every_type_whether_it_is_segmented": [
        f"delete from framework.organisation_scope where trust_type_id = 'icb' and {DRAFT}",
        f"update framework.organisation_scope set is_segmented = null where {NEXT}",
        f"update framework.organisation_scope set expected_trust_count = 0 where {NEXT}",
        f"update framework.organisation_scope set trust_type_id = 'acute' where {NEXT}",
        f"update framework.organisation_scope set framework_id = 'another' where {NEXT}",
    ],
    "only_scored_metrics_of_segmented_types_are_treated_as_scored": [
        # A contextual metric of trusts, and any metric of an ICB, under the framework that segments no ICB.
        "update framework.metric_applicability set treatment = 'scored' "
        "where framework_id = 'nof-2025-26' and metric_id = 'UN0008' and trust_type_id = 'acute'",
        "update framework.metric_applicability set treatment = 'scored' "
        "where framework_id = 'nof-2025-26' and metric_id = 'OF0082' and trust_type_id = 'icb'",
        "update framework.metric_applicability set treatment = 'contextual' "
        "where framework_id = 'nof-2025-26' and metric_id = 'OF0082' and trust_type_id = 'acute'",
        "update framework.metric_applicability set treatment = null where metric_id = 'OF0082'",
        "update framework.metric_applicability set metric_id = 'OF0999' where metric_id = 'UN0008'",
        "insert into framework.metric_applicability from framework.metric_applicability "
        "where metric_id = 'UN0008' and trust_type_id = 'acute'",
        "update framework.metrics set enters_average = true where metric_id = 'UN0008'",
        "update framework.metrics set scoring_family = 'rank' where metric_id = 'UN0008'",
        "update framework.metrics set score_id = 'UN1008' where metric_id = 'UN0008'",
    ],
    "segment_thresholds_part_the_segments_of_a_score": [
        threshold(score="OF4000"),
        threshold(partition="icb"),
        threshold(boundary="1/3"),
        threshold(boundary="2/3", segment="2"),
        threshold(threshold="null"),
        threshold() + ";" + threshold(boundary="2/3", segment="2", threshold="2"),
        threshold() + f"; update framework.segmentation set cut_method = 'quantile' where {NEXT}",
    ],
    "system_areas_have_metrics_that_score_the_adjusted_type": [
        "delete from framework.system_adjustment_rules",
        "delete from framework.system_areas where area_id = 'cancer'",
        "delete from framework.system_areas where display_order > 2",
        "update framework.system_adjustment_rules set challenged_area_count_at_least = 7",
        "update framework.system_adjustment_rules set challenged_area_count_at_least = 0",
        "update framework.system_adjustment_rules set segment_steps = 0",
        "update framework.system_adjustment_rules set worst_segment = 5",
        # Scored for trusts and never for an ICB.
        "update framework.system_area_metrics set metric_id = 'OF0086' where metric_id = 'OF0013'",
        "update framework.system_area_metrics set metric_id = 'OF0010' where metric_id = 'OF0013'",
        "update framework.system_adjustment_rules set trust_type_id = 'ambulance'",
    ],
    "what_is_not_in_hand_is_of_no_framework_in_force": [
        f"update framework.frameworks set is_in_force = true where {NEXT}",
        f"update framework.domains set framework_id = 'nof-2026-27' where domain_id = 'ND4001' and {DRAFT}",
        threshold(),
    ],
}
