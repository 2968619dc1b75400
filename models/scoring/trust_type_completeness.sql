with run_scope as (
    select * from {{ ref('run_scope') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
),

core_metrics as (
    select * from {{ ref('core_metrics') }}
),

oversight_data as (
    select * from {{ ref('oversight_values') }}
),

core_metric_counts as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        core_metrics.trust_type_id,
        core_metrics.metric_id,
        count(distinct case when oversight_data.value_number is not null then oversight_data.trust_code end)
            as trusts_with_value
    from run_scope
    inner join core_metrics
        on run_scope.framework_id = core_metrics.framework_id
    left join oversight_data
        on
            run_scope.quarter_id = oversight_data.quarter_id
            and core_metrics.trust_type_id = oversight_data.trust_type_id
            and core_metrics.metric_id = oversight_data.measure_id
    group by
        run_scope.framework_id,
        run_scope.quarter_id,
        core_metrics.trust_type_id,
        core_metrics.metric_id
),

weakest as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        count(*) as core_metric_count,
        min(trusts_with_value) as weakest_core_metric_count
    from core_metric_counts
    group by framework_id, quarter_id, trust_type_id
),

-- Rules 1, completeness: decided per quarter, because a landed file alone never proves that it is whole.
final as (
    select
        weakest.framework_id,
        weakest.quarter_id,
        weakest.trust_type_id,
        organisation_scope.expected_trust_count,
        weakest.core_metric_count,
        weakest.weakest_core_metric_count,
        weakest.weakest_core_metric_count
        >= frameworks.core_metric_share * organisation_scope.expected_trust_count as is_complete
    from weakest
    inner join frameworks
        on weakest.framework_id = frameworks.framework_id
    inner join organisation_scope
        on
            weakest.framework_id = organisation_scope.framework_id
            and weakest.trust_type_id = organisation_scope.trust_type_id
)

select * from final
