with metric_values as (
    select * from {{ ref('metric_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
    where benchmark_basis = 'computed'
),

metrics as (
    select * from {{ ref('metrics') }}
),

domains as (
    select * from {{ ref('domains') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

context_values as (
    select * from {{ ref('context_values') }}
    where value_number is not null or value_label is not null
),

context_benchmarks as (
    select * from {{ ref('context_benchmarks') }}
    where benchmark_basis = 'computed'
),

context_ranks as (
    select * from {{ ref('context_ranks') }}
),

organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

value_rows as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id as measure_id,
        coalesce(metric_values.unit_label, metrics.unit_label) as unit_label,
        1 as section_order,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_label as metric_description,
        coalesce(metric_values.reporting_period_label, '') as reporting_date,
        coalesce(metric_values.value_label, {{ published_number('metric_values.value_number') }}) as value,
        {{ published_number('benchmarks.median_value') }} as median_value,
        {{ published_number('benchmarks.lower_quartile_value') }} as lower_quartile,
        {{ published_number('benchmarks.upper_quartile_value') }} as upper_quartile,
        value_ranks.value_rank as rank
    from metric_values
    inner join metrics
        on
            metric_values.framework_id = metrics.framework_id
            and metric_values.metric_id = metrics.metric_id
    inner join domains
        on
            metrics.framework_id = domains.framework_id
            and metrics.domain_id = domains.domain_id
    left join benchmarks
        on
            metric_values.framework_id = benchmarks.framework_id
            and metric_values.quarter_id = benchmarks.quarter_id
            and metric_values.trust_type_id = benchmarks.trust_type_id
            and metric_values.metric_id = benchmarks.metric_id
    left join value_ranks
        on
            metric_values.framework_id = value_ranks.framework_id
            and metric_values.quarter_id = value_ranks.quarter_id
            and metric_values.trust_code = value_ranks.trust_code
            and metric_values.metric_id = value_ranks.metric_id
    where metric_values.value_number is not null or metric_values.value_label is not null
),

-- Contextual metrics stand among the values, as they were landed; no score row follows from one.
context_rows as (
    select
        context_values.framework_id,
        context_values.quarter_id,
        context_values.trust_code,
        context_values.metric_id as measure_id,
        coalesce(context_values.unit_label, metrics.unit_label) as unit_label,
        1 as section_order,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_label as metric_description,
        coalesce(context_values.reporting_period_label, '') as reporting_date,
        coalesce(context_values.value_label, {{ published_number('context_values.value_number') }}) as value,
        {{ published_number('context_benchmarks.median_value') }} as median_value,
        {{ published_number('context_benchmarks.lower_quartile_value') }} as lower_quartile,
        {{ published_number('context_benchmarks.upper_quartile_value') }} as upper_quartile,
        context_ranks.value_rank as rank
    from context_values
    inner join metrics
        on
            context_values.framework_id = metrics.framework_id
            and context_values.metric_id = metrics.metric_id
    inner join domains
        on
            metrics.framework_id = domains.framework_id
            and metrics.domain_id = domains.domain_id
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
),

-- This layout has no column for a basis, so a score made with a pool that is not complete stays out of it.
score_rows as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.score_id as measure_id,
        'score' as unit_label,
        2 as section_order,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_label as metric_description,
        coalesce(metric_values.reporting_period_label, '') as reporting_date,
        {{ published_number('metric_scores.metric_score_rounded') }} as value,
        '' as median_value,
        '' as lower_quartile,
        '' as upper_quartile,
        value_ranks.value_rank as rank
    from metric_scores
    inner join metric_values
        on
            metric_scores.framework_id = metric_values.framework_id
            and metric_scores.quarter_id = metric_values.quarter_id
            and metric_scores.trust_code = metric_values.trust_code
            and metric_scores.metric_id = metric_values.metric_id
    inner join metrics
        on
            metric_scores.framework_id = metrics.framework_id
            and metric_scores.metric_id = metrics.metric_id
    inner join domains
        on
            metrics.framework_id = domains.framework_id
            and metrics.domain_id = domains.domain_id
    left join value_ranks
        on
            metric_scores.framework_id = value_ranks.framework_id
            and metric_scores.quarter_id = value_ranks.quarter_id
            and metric_scores.trust_code = value_ranks.trust_code
            and metric_scores.metric_id = value_ranks.metric_id
    where metric_scores.score_basis in ('computed', 'published', 'carried_forward')
),

domain_score_rows as (
    select
        domain_scores.framework_id,
        domain_scores.quarter_id,
        domain_scores.trust_code,
        domains.domain_id as measure_id,
        'score' as unit_label,
        3 as section_order,
        domains.domain_label,
        domains.domain_label || ' domain score' as sub_domain_label,
        domains.domain_label || ' domain score' as metric_description,
        quarters.quarter_label as reporting_date,
        {{ published_number('domain_scores.domain_score') }} as value,
        '' as median_value,
        '' as lower_quartile,
        '' as upper_quartile,
        score_segments.score_rank as rank
    from domain_scores
    inner join domains
        on
            domain_scores.framework_id = domains.framework_id
            and domain_scores.domain_id = domains.domain_id
    inner join quarters
        on
            domain_scores.framework_id = quarters.framework_id
            and domain_scores.quarter_id = quarters.quarter_id
    left join score_segments
        on
            domain_scores.framework_id = score_segments.framework_id
            and domain_scores.quarter_id = score_segments.quarter_id
            and domain_scores.trust_code = score_segments.trust_code
            and domain_scores.domain_id = score_segments.score_id
    where domain_scores.domain_score_basis in ('computed', 'published', 'carried_forward')
),

domain_segment_rows as (
    select
        score_segments.framework_id,
        score_segments.quarter_id,
        score_segments.trust_code,
        domains.domain_segment_id as measure_id,
        'segment' as unit_label,
        4 as section_order,
        domains.domain_label,
        domains.domain_label || ' domain segment' as sub_domain_label,
        domains.domain_label || ' domain segment' as metric_description,
        quarters.quarter_label as reporting_date,
        {{ published_number('score_segments.segment') }} as value,
        '' as median_value,
        '' as lower_quartile,
        '' as upper_quartile,
        cast(null as bigint) as rank
    from score_segments
    inner join domains
        on
            score_segments.framework_id = domains.framework_id
            and score_segments.score_id = domains.domain_id
    inner join quarters
        on
            score_segments.framework_id = quarters.framework_id
            and score_segments.quarter_id = quarters.quarter_id
    where score_segments.segment_basis in ('computed', 'published', 'carried_forward')
),

summaries as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        summary_measures.measure_id,
        summary_measures.measure_label,
        summary_measures.unit_label,
        case
            when
                summary_measures.measure_role = 'average_metric_score'
                and delivery_scores.average_basis in ('computed', 'published', 'carried_forward')
                then cast(delivery_scores.average_metric_score as decimal(18, 2))
            when
                summary_measures.measure_role = 'unadjusted_segment'
                and segments.segment_basis in ('computed', 'published', 'carried_forward')
                then cast(segments.unadjusted_segment as decimal(18, 2))
            when summary_measures.measure_role = 'financial_override'
                then cast(case segments.has_financial_override when true then 1 when false then 0 end as decimal(18, 2))
            when
                summary_measures.measure_role = 'adjusted_segment'
                and segments.segment_basis in ('computed', 'published', 'carried_forward')
                then cast(segments.adjusted_segment as decimal(18, 2))
            when
                summary_measures.measure_role = 'final_segment'
                and segments.segment_basis in ('computed', 'published', 'carried_forward')
                then cast(segments.final_segment as decimal(18, 2))
            when summary_measures.measure_role = 'improvement_programme'
                then cast(
                    case segments.is_in_improvement_programme when true then 1 when false then 0 end
                    as decimal(18, 2)
                )
        end as summary_value,
        case summary_measures.measure_role
            when 'average_metric_score' then segments.average_score_rank
            when 'adjusted_segment' then segments.league_rank
        end as rank
    from segments
    inner join delivery_scores
        on
            segments.framework_id = delivery_scores.framework_id
            and segments.quarter_id = delivery_scores.quarter_id
            and segments.trust_code = delivery_scores.trust_code
    inner join summary_measures
        on segments.framework_id = summary_measures.framework_id
),

summary_rows as (
    select
        summaries.framework_id,
        summaries.quarter_id,
        summaries.trust_code,
        summaries.measure_id,
        summaries.unit_label,
        5 as section_order,
        'Summary' as domain_label,
        'Summary' as sub_domain_label,
        summaries.measure_label as metric_description,
        quarters.quarter_label as reporting_date,
        {{ published_number('summaries.summary_value') }} as value,
        '' as median_value,
        '' as lower_quartile,
        '' as upper_quartile,
        summaries.rank
    from summaries
    inner join quarters
        on
            summaries.framework_id = quarters.framework_id
            and summaries.quarter_id = quarters.quarter_id
    where summaries.summary_value is not null
),

unioned as (
    select * from value_rows
    union all
    select * from context_rows
    union all
    select * from score_rows
    union all
    select * from domain_score_rows
    union all
    select * from domain_segment_rows
    union all
    select * from summary_rows
)

select
    unioned.framework_id,
    unioned.quarter_id,
    unioned.trust_code,
    unioned.measure_id,
    unioned.unit_label,
    organisation_quarters.trust_type_id,
    cast(unioned.section_order as bigint) as section_order,
    quarters.quarter_label,
    organisation_quarters.region_label,
    trust_types.trust_type_label,
    organisation_quarters.trust_subtype_label,
    organisation_quarters.trust_name,
    unioned.domain_label,
    unioned.sub_domain_label,
    unioned.metric_description,
    unioned.reporting_date,
    unioned.value,
    unioned.median_value,
    unioned.lower_quartile,
    unioned.upper_quartile,
    {{ published_number('unioned.rank') }} as rank
from unioned
inner join organisation_quarters
    on
        unioned.framework_id = organisation_quarters.framework_id
        and unioned.quarter_id = organisation_quarters.quarter_id
        and unioned.trust_code = organisation_quarters.trust_code
inner join trust_types
    on organisation_quarters.trust_type_id = trust_types.trust_type_id
inner join quarters
    on
        unioned.framework_id = quarters.framework_id
        and unioned.quarter_id = quarters.quarter_id
