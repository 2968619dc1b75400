with trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
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

published_figures as (
    select * from {{ ref('published_figures') }}
),

-- A matrix metric has no value of its own: its score is computed where its parts are in hand.
cells as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.trust_type_id,
        metric_scores.metric_id,
        metric_scores.score_id,
        metric_scores.score_basis,
        metric_scores.is_pool_complete,
        metric_values.value_number is not null
        or metric_values.value_label is not null
        or coalesce(metric_scores.score_basis = 'computed', false) as is_input_in_hand
    from metric_scores
    inner join metric_values
        on
            metric_scores.framework_id = metric_values.framework_id
            and metric_scores.quarter_id = metric_values.quarter_id
            and metric_scores.trust_code = metric_values.trust_code
            and metric_scores.metric_id = metric_values.metric_id
),

domain_grounds as (
    select
        domain_scores.framework_id,
        domain_scores.quarter_id,
        domain_scores.trust_code,
        domain_scores.domain_id,
        domains.domain_segment_id,
        domain_scores.domain_score_basis,
        score_segments.segment_basis,
        domain_scores.domain_status <> 'no_metrics' as is_input_in_hand
    from domain_scores
    inner join domains
        on
            domain_scores.framework_id = domains.framework_id
            and domain_scores.domain_id = domains.domain_id
    left join score_segments
        on
            domain_scores.framework_id = score_segments.framework_id
            and domain_scores.quarter_id = score_segments.quarter_id
            and domain_scores.trust_code = score_segments.trust_code
            and domain_scores.domain_id = score_segments.score_id
),

summary_grounds as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        delivery_scores.average_basis,
        segments.segment_basis,
        segments.delivery_status <> 'no_metrics' as has_metrics,
        segments.has_financial_override is not null as has_override,
        segments.final_segment_basis <> 'unknown' as has_membership
    from segments
    inner join delivery_scores
        on
            segments.framework_id = delivery_scores.framework_id
            and segments.quarter_id = delivery_scores.quarter_id
            and segments.trust_code = delivery_scores.trust_code
),

-- What stands behind the figure here: on what basis, with which pool, and whether it has anything to be made from.
unioned as (
    select
        framework_id, quarter_id, trust_code, score_id as measure_id, 'metric_score' as figure_kind,
        metric_id, score_basis as figure_basis, is_pool_complete, is_input_in_hand
    from cells
    where score_id is not null
    union all
    select
        framework_id, quarter_id, trust_code, metric_id as measure_id, 'value_rank' as figure_kind,
        metric_id, 'computed' as figure_basis, is_pool_complete, is_input_in_hand
    from cells
    {% for benchmark in ['lower_quartile', 'median', 'upper_quartile'] -%}
        union all
        select
            framework_id, quarter_id, trust_type_id as trust_code, metric_id as measure_id,
            'benchmark_{{ benchmark }}' as figure_kind,
            metric_id, benchmark_basis as figure_basis, cast(null as boolean) as is_pool_complete,
            true as is_input_in_hand
        from benchmarks
    {% endfor %}
    {% for kind, measure, basis in [
        ('domain_score', 'domain_id', 'domain_score_basis'),
        ('domain_score_rank', 'domain_id', 'domain_score_basis'),
        ('domain_segment', 'domain_segment_id', 'segment_basis'),
    ] -%}
        union all
        select
            framework_id, quarter_id, trust_code, {{ measure }} as measure_id, '{{ kind }}' as figure_kind,
            cast(null as varchar) as metric_id, {{ basis }} as figure_basis,
            cast(null as boolean) as is_pool_complete, is_input_in_hand
        from domain_grounds
    {% endfor %}
    {% for kind, role, basis, needed in [
        ('average_metric_score', 'average_metric_score', 'average_basis', 'has_metrics'),
        ('average_score_rank', 'average_metric_score', 'average_basis', 'has_metrics'),
        ('unadjusted_segment', 'unadjusted_segment', 'segment_basis', 'has_metrics'),
        ('financial_override', 'financial_override', "'computed'", 'has_override'),
        ('adjusted_segment', 'adjusted_segment', 'segment_basis', 'has_metrics and has_override'),
        ('final_segment', 'final_segment', 'segment_basis', 'has_metrics and has_override and has_membership'),
        ('league_rank', 'adjusted_segment', 'segment_basis', 'has_metrics and has_override'),
    ] -%}
        union all
        select
            summary_grounds.framework_id, summary_grounds.quarter_id, summary_grounds.trust_code,
            summary_measures.measure_id, '{{ kind }}' as figure_kind,
            cast(null as varchar) as metric_id, {{ basis }} as figure_basis,
            cast(null as boolean) as is_pool_complete, {{ needed }} as is_input_in_hand
        from summary_grounds
        inner join summary_measures
            on
                summary_grounds.framework_id = summary_measures.framework_id
                and summary_measures.measure_role = '{{ role }}'
    {% endfor %}
    {% for kind, basis, needed in [
        ('league_table_average_score', 'average_basis', 'has_metrics'),
        ('league_table_segment', 'segment_basis', 'has_metrics and has_override'),
        ('league_table_deficit', "'computed'", 'has_override'),
        ('league_table_rank', 'segment_basis', 'has_metrics and has_override'),
        ('league_table_score_low', 'average_basis', 'has_metrics'),
        ('league_table_score_high', 'average_basis', 'has_metrics'),
        ('league_table_rank_low', 'segment_basis', 'has_metrics and has_override'),
        ('league_table_rank_high', 'segment_basis', 'has_metrics and has_override'),
    ] -%}
        union all
        select
            framework_id, quarter_id, trust_code, 'league table' as measure_id, '{{ kind }}' as figure_kind,
            cast(null as varchar) as metric_id, {{ basis }} as figure_basis,
            cast(null as boolean) as is_pool_complete, {{ needed }} as is_input_in_hand
        from summary_grounds
    {% endfor %}
),

final as (
    select
        published_figures.framework_id,
        published_figures.quarter_id,
        published_figures.figure_kind,
        published_figures.measure_id,
        published_figures.trust_code,
        unioned.figure_basis,
        coalesce(trust_type_completeness.is_complete, false) as is_trust_type_complete,
        unioned.is_pool_complete,
        coalesce(unioned.is_input_in_hand, false) as is_input_in_hand,
        coalesce(metric_applicability.treatment <> 'scored', false) as is_published_beside
    from published_figures
    left join unioned
        on
            published_figures.framework_id = unioned.framework_id
            and published_figures.quarter_id = unioned.quarter_id
            and published_figures.figure_kind = unioned.figure_kind
            and published_figures.measure_id = unioned.measure_id
            and published_figures.trust_code = unioned.trust_code
    left join trust_type_completeness
        on
            published_figures.framework_id = trust_type_completeness.framework_id
            and published_figures.quarter_id = trust_type_completeness.quarter_id
            and published_figures.trust_type_id = trust_type_completeness.trust_type_id
    left join metric_applicability
        on
            published_figures.framework_id = metric_applicability.framework_id
            and published_figures.measure_id = metric_applicability.metric_id
            and published_figures.trust_type_id = metric_applicability.trust_type_id
)

select * from final
