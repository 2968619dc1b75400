with metric_values as (
    select * from {{ ref('metric_values') }}
),

context_values as (
    select * from {{ ref('context_values') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
),

context_benchmarks as (
    select * from {{ ref('context_benchmarks') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

context_ranks as (
    select * from {{ ref('context_ranks') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

domains as (
    select * from {{ ref('domains') }}
),

layout_bases as (
    select * from {{ ref('score_bases') }}
    where stands_in_published_layout
),

-- Contextual metrics stand among the scored ones: of one trust type a metric is either, never both.
all_values as (
    select
        framework_id, quarter_id, trust_type_id, trust_code, metric_id,
        unit_label, reporting_period_label, value_number, value_label
    from metric_values
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, metric_id,
        unit_label, reporting_period_label, value_number, value_label
    from context_values
),

all_benchmarks as (
    select
        framework_id, quarter_id, trust_type_id, metric_id,
        median_value, lower_quartile_value, upper_quartile_value, benchmark_basis
    from benchmarks
    union all
    select
        framework_id, quarter_id, trust_type_id, metric_id,
        median_value, lower_quartile_value, upper_quartile_value, benchmark_basis
    from context_benchmarks
),

shown_benchmarks as (
    select
        all_benchmarks.framework_id,
        all_benchmarks.quarter_id,
        all_benchmarks.trust_type_id,
        all_benchmarks.metric_id,
        all_benchmarks.median_value,
        all_benchmarks.lower_quartile_value,
        all_benchmarks.upper_quartile_value
    from all_benchmarks
    inner join layout_bases
        on all_benchmarks.benchmark_basis = layout_bases.score_basis
),

all_ranks as (
    select framework_id, quarter_id, trust_code, metric_id, value_rank from value_ranks
    union all
    select framework_id, quarter_id, trust_code, metric_id, value_rank from context_ranks
),

final as (
    select
        all_values.framework_id,
        all_values.quarter_id,
        all_values.trust_code,
        all_values.metric_id as measure_id,
        coalesce(all_values.unit_label, metrics.unit_label) as unit_label,
        1 as section_order,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_label as metric_description,
        all_values.reporting_period_label,
        all_values.value_number,
        all_values.value_label,
        shown_benchmarks.median_value,
        shown_benchmarks.lower_quartile_value,
        shown_benchmarks.upper_quartile_value,
        all_ranks.value_rank as figure_rank
    from all_values
    inner join metrics
        on
            all_values.framework_id = metrics.framework_id
            and all_values.metric_id = metrics.metric_id
    inner join domains
        on
            metrics.framework_id = domains.framework_id
            and metrics.domain_id = domains.domain_id
    left join shown_benchmarks
        on
            all_values.framework_id = shown_benchmarks.framework_id
            and all_values.quarter_id = shown_benchmarks.quarter_id
            and all_values.trust_type_id = shown_benchmarks.trust_type_id
            and all_values.metric_id = shown_benchmarks.metric_id
    left join all_ranks
        on
            all_values.framework_id = all_ranks.framework_id
            and all_values.quarter_id = all_ranks.quarter_id
            and all_values.trust_code = all_ranks.trust_code
            and all_values.metric_id = all_ranks.metric_id
    where all_values.value_number is not null or all_values.value_label is not null
)

select * from final
