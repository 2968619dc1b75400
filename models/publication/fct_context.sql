with context_values as (
    select * from {{ ref('context_values') }}
),

context_benchmarks as (
    select * from {{ ref('context_benchmarks') }}
),

context_ranks as (
    select * from {{ ref('context_ranks') }}
),

missing_reasons as (
    select * from {{ ref('missing_reasons') }}
)

select
    context_values.framework_id,
    context_values.quarter_id,
    context_values.trust_code,
    context_values.metric_id,
    context_values.trust_type_id,
    context_values.organisation_kind,
    context_values.domain_id,
    context_values.context_status,
    cast(context_values.value_number as decimal(18, 4)) as value,
    context_values.value_label,
    context_values.unit_label,
    context_values.reporting_period_label,
    context_benchmarks.lower_quartile_value,
    context_benchmarks.median_value,
    context_benchmarks.upper_quartile_value,
    context_benchmarks.organisations_counted as benchmark_organisation_count,
    context_benchmarks.benchmark_basis,
    context_ranks.value_rank,
    context_values.missing_reason_id,
    missing_reasons.meaning as missing_reason,
    context_values.status_file_id,
    context_values.status_row_number,
    context_values.file_id,
    context_values.row_number
from context_values
left join context_benchmarks
    on
        context_values.framework_id = context_benchmarks.framework_id
        and context_values.quarter_id = context_benchmarks.quarter_id
        and context_values.trust_type_id = context_benchmarks.trust_type_id
        and context_values.metric_id = context_benchmarks.metric_id
left join context_ranks
    on
        context_values.framework_id = context_ranks.framework_id
        and context_values.quarter_id = context_ranks.quarter_id
        and context_values.trust_code = context_ranks.trust_code
        and context_values.metric_id = context_ranks.metric_id
left join missing_reasons
    on context_values.missing_reason_id = missing_reasons.missing_reason_id
