with before_segments as (
    select * from {{ source('landing', 'previous_segments') }}
),

metric_input_changes as (
    select * from {{ ref('metric_input_changes') }}
),

segments as (
    select * from {{ ref('segments') }}
),

this_release as (
    select * from {{ ref('this_release') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

-- Rules 3: a published flag is an input as it stands. One that is derived follows from the finance metrics, which are
-- compared as metrics, and from a register that a release does not show: by the same method only those can change it.
decisions_before as (
    select
        quarter_id,
        trust_code,
        'financial_override' as measure_role,
        case
            when {{ is_adopted('override_basis') }} then coalesce(has_financial_override, '')
            else 'derived'
        end as own_text,
        coalesce(has_financial_override, '') as outcome_text,
        override_file_id as file_id,
        cast(override_row_number as bigint) as row_number
    from before_segments
    union all
    select
        quarter_id,
        trust_code,
        'improvement_programme' as measure_role,
        coalesce(is_in_improvement_programme, '') as own_text,
        '' as outcome_text,
        programme_file_id as file_id,
        cast(programme_row_number as bigint) as row_number
    from before_segments
),

decisions_now as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        'financial_override' as measure_role,
        case
            when {{ is_adopted('override_basis') }} then coalesce(cast(has_financial_override as varchar), '')
            else 'derived'
        end as own_text,
        coalesce(cast(has_financial_override as varchar), '') as outcome_text,
        override_file_id as file_id,
        override_row_number as row_number
    from segments
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        'improvement_programme' as measure_role,
        coalesce(cast(is_in_improvement_programme as varchar), '') as own_text,
        '' as outcome_text,
        programme_file_id as file_id,
        programme_row_number as row_number
    from segments
),

decision_changes as (
    select
        decisions_now.framework_id,
        decisions_now.quarter_id,
        decisions_now.trust_code,
        summary_measures.measure_id as input_id,
        decisions_now.trust_type_id,
        cast(null as varchar) as pool_partition_id,
        true as is_own_changed,
        false as is_result_changed,
        false as is_basis_changed,
        decisions_before.file_id as old_file_id,
        decisions_before.row_number as old_row_number,
        decisions_now.file_id as new_file_id,
        decisions_now.row_number as new_row_number
    from decisions_now
    cross join this_release
    inner join decisions_before
        on
            decisions_now.quarter_id = decisions_before.quarter_id
            and decisions_now.trust_code = decisions_before.trust_code
            and decisions_now.measure_role = decisions_before.measure_role
    inner join summary_measures
        on
            decisions_now.framework_id = summary_measures.framework_id
            and decisions_now.measure_role = summary_measures.measure_role
    where
        decisions_now.own_text <> decisions_before.own_text
        or (
            not this_release.has_changed_method
            and decisions_now.outcome_text <> decisions_before.outcome_text
        )
)

select
    framework_id,
    quarter_id,
    trust_code,
    input_id,
    trust_type_id,
    pool_partition_id,
    is_own_changed,
    is_result_changed,
    is_basis_changed,
    old_file_id,
    old_row_number,
    new_file_id,
    new_row_number
from metric_input_changes
union all
select
    framework_id,
    quarter_id,
    trust_code,
    input_id,
    trust_type_id,
    pool_partition_id,
    is_own_changed,
    is_result_changed,
    is_basis_changed,
    old_file_id,
    old_row_number,
    new_file_id,
    new_row_number
from decision_changes
