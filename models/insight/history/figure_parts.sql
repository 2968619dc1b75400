with metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

matrix_cells as (
    select * from {{ ref('matrix_cells') }}
),

override_inputs as (
    select * from {{ ref('override_inputs') }}
),

matrix_parts as (
    select
        framework_id,
        metric_id,
        row_metric_id as part_id
    from matrix_cells
    union
    select
        framework_id,
        metric_id,
        column_metric_id as part_id
    from matrix_cells
),

domain_measures as (
    select
        framework_id,
        domain_id,
        domain_id as measure_id
    from domains
    union
    select
        framework_id,
        domain_id,
        domain_segment_id as measure_id
    from domains
),

-- A segment follows from every metric and, once it is adjusted, from the override; the final one from the
-- programme too.
roles as (
    select
        framework_id,
        measure_id,
        measure_role,
        measure_role in ('adjusted_segment', 'final_segment', 'financial_override') as has_override,
        measure_role in ('final_segment', 'improvement_programme') as has_programme,
        measure_role not in ('financial_override', 'improvement_programme') as has_metrics
    from summary_measures
),

unioned as (
    select
        framework_id,
        metric_id as measure_id,
        metric_id as input_id,
        false as is_of_pool
    from metrics
    union
    select
        framework_id,
        score_id as measure_id,
        metric_id as input_id,
        true as is_of_pool
    from metrics
    union
    select
        metrics.framework_id,
        metrics.score_id as measure_id,
        matrix_parts.part_id as input_id,
        true as is_of_pool
    from metrics
    inner join matrix_parts
        on
            metrics.framework_id = matrix_parts.framework_id
            and metrics.metric_id = matrix_parts.metric_id
    union
    select
        domain_measures.framework_id,
        domain_measures.measure_id,
        metrics.metric_id as input_id,
        true as is_of_pool
    from domain_measures
    inner join metrics
        on
            domain_measures.framework_id = metrics.framework_id
            and domain_measures.domain_id = metrics.domain_id
    union
    select
        roles.framework_id,
        roles.measure_id,
        metrics.metric_id as input_id,
        true as is_of_pool
    from roles
    inner join metrics
        on roles.framework_id = metrics.framework_id
    where roles.has_metrics
    union
    -- The flag is its own input, and so is the register entry that it is derived from.
    select
        roles.framework_id,
        roles.measure_id,
        flags.measure_id as input_id,
        false as is_of_pool
    from roles
    inner join roles as flags
        on
            roles.framework_id = flags.framework_id
            and (
                (roles.has_override and flags.measure_role = 'financial_override')
                or (roles.has_programme and flags.measure_role = 'improvement_programme')
            )
    union
    -- Of a flag the two finance metrics decide, and nobody else's.
    select
        roles.framework_id,
        roles.measure_id,
        override_inputs.metric_id as input_id,
        false as is_of_pool
    from roles
    inner join override_inputs
        on roles.framework_id = override_inputs.framework_id
    where roles.measure_role = 'financial_override'
)

select
    framework_id,
    measure_id,
    input_id,
    is_of_pool
from unioned
where measure_id is not null
