"""Scored tables and bad cases of the suites about missing values, limbs, decisions and adjustments."""

Bad = dict[tuple[str, str], list[tuple[list[str], set[str]]]]

SCORED_TABLES = (
    """
    create table scoring.service_applicability as
    select {grain}, 'ZZ4V5' as trust_code, 'OF0082' as metric_id, true as runs_service
    """,
    """
    create table scoring.financial_overrides as
    select
        {grain}, trust_code, n > 2 as has_financial_override, 'published' as override_basis,
        case n when 3 then 'deficit' when 4 then 'deficit_support' end as override_limb,
        cast(2 - n as decimal(28, 10)) as plan_and_variance, n = 3 as is_in_deficit,
        n = 4 as has_deficit_support
    from main.trusts
    """,
    """
    create table scoring.programme_memberships as
    select
        {grain}, trust_code, case when n = 4 then 'decision' else 'published' end as membership_basis,
        false as is_in_improvement_programme, case when n = 4 then 'not_in' end as decision_id,
        case when n = 4 then date '2025-04-01' end as decision_from_date,
        case when n = 4 then 'invented' end as source_text, 'f1' as file_id, cast(n as bigint) as row_number,
        true as is_in_agreement
    from main.trusts
    """,
    """
    create table scoring.cut_points as
    select
        {grain}, 'OF5002' as score_id, 'all' as cut_partition_id, n || '/' || (n + 1) as boundary,
        cast(n as bigint) as segment, cast(n + 0.5 as decimal(18, 6)) as cut_point
    from main.trusts where n < 4
    """,
    """
    create table scoring.system_adjustments as
    select {grain}, trust_code, cast(3 as bigint) as challenged_area_count, cast(4 as bigint) as worst_segment
    from main.trusts where n = 3
    """,
)

_VALUES, _OVERRIDES = "scoring.metric_values", "scoring.financial_overrides"

BAD: Bad = {
    ("scored", "missing_with_a_reason"): [
        (
            [
                f"update {_VALUES} set missing_reason_id = 'no_row' where trust_code = 'ZZ1'",
                f"update {_VALUES} set status_row_number = 7 where trust_code = 'ZZ2'",
                "update scoring.service_applicability set runs_service = false",
            ],
            set(),
        ),
        (
            [f"update {_VALUES} set cell_status = 'absent' where trust_code = 'ZZ1'"],
            {"every_cell_without_a_score_says_why"},
        ),
    ],
    ("scored", "overrides"): [
        (
            [
                f"update {_OVERRIDES} set override_limb = null where trust_code = 'ZZ3'",
                f"update {_OVERRIDES} set override_limb = 'deficit', has_financial_override = false "
                "where trust_code = 'ZZ4V5'",
                f"update {_OVERRIDES} set has_financial_override = null where trust_code = 'ZZ1'",
                f"update {_OVERRIDES} set override_basis = 'derived', override_limb = 'not_shown', "
                "has_financial_override = true where trust_code = 'ZZ2'",
            ],
            set(),
        )
    ],
    ("scored", "decisions"): [
        (
            [
                "update scoring.programme_memberships set file_id = null where trust_code = 'ZZ1'",
                "update scoring.programme_memberships set source_text = null where trust_code = 'ZZ4V5'",
                "update scoring.programme_memberships set is_in_agreement = false where trust_code = 'ZZ2'",
            ],
            set(),
        )
    ],
    ("scored", "fixed_cut_points"): [
        (["update scoring.cut_points set cut_point = 1 where segment = 3"], set()),
    ],
    ("scored", "system_adjustments"): [
        (
            [
                "update scoring.segments set system_segment_steps = 1 where trust_code = 'ZZ1'",
                "update scoring.segments set system_segment_steps = 2, adjusted_segment = 1 "
                "where trust_code = 'ZZ3'",
            ],
            set(),
        )
    ],
}
