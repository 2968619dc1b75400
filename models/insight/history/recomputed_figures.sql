with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where score_basis is not null
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
    where domain_score is not null
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
    where average_metric_score is not null
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

segments as (
    select * from {{ ref('segments') }}
),

likely_ranges as (
    select
        all_ranges.framework_id,
        all_ranges.quarter_id,
        all_ranges.trust_code,
        all_ranges.score_low,
        all_ranges.score_high,
        all_ranges.rank_low,
        all_ranges.rank_high
    from {{ ref('likely_ranges') }} as all_ranges
    inner join {{ ref('summary_measures') }} as averages
        on
            all_ranges.framework_id = averages.framework_id
            and all_ranges.score_id = averages.measure_id
            and averages.measure_role = 'average_metric_score'
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

-- `standing` says whether the figure was made (computed), taken over as published (adopted), or taken over and
-- put back on its grid (restored). Only a computed figure can agree or differ.
unioned as (
    select
        framework_id, quarter_id, trust_code, score_id as measure_id, 'metric_score' as figure_kind,
        cast(metric_score_rounded as decimal(28, 10)) as recomputed_figure,
        case
            when is_grid_restored then 'restored'
            when {{ is_adopted('score_basis') }} then 'adopted'
            else 'computed'
        end as standing
    from metric_scores
    union all
    select
        framework_id, quarter_id, trust_code, metric_id as measure_id, 'value_rank' as figure_kind,
        cast(value_rank as decimal(28, 10)) as recomputed_figure,
        case when value_rank_origin = 'published_rank' then 'adopted' else 'computed' end as standing
    from value_ranks
    union all
    select
        framework_id, quarter_id, trust_type_id as trust_code, metric_id as measure_id,
        'benchmark_lower_quartile' as figure_kind,
        cast(lower_quartile_value as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from benchmarks
    union all
    select
        framework_id, quarter_id, trust_type_id as trust_code, metric_id as measure_id,
        'benchmark_median' as figure_kind,
        cast(median_value as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from benchmarks
    union all
    select
        framework_id, quarter_id, trust_type_id as trust_code, metric_id as measure_id,
        'benchmark_upper_quartile' as figure_kind,
        cast(upper_quartile_value as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from benchmarks
    union all
    select
        framework_id, quarter_id, trust_code, domain_id as measure_id, 'domain_score' as figure_kind,
        cast(domain_score as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from domain_scores
    union all
    select
        score_segments.framework_id, score_segments.quarter_id, score_segments.trust_code,
        domains.domain_segment_id as measure_id, 'domain_segment' as figure_kind,
        cast(score_segments.segment as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from score_segments
    inner join domains
        on
            score_segments.framework_id = domains.framework_id
            and score_segments.score_id = domains.domain_id
    union all
    select
        score_segments.framework_id, score_segments.quarter_id, score_segments.trust_code,
        domains.domain_id as measure_id, 'domain_score_rank' as figure_kind,
        cast(score_segments.score_rank as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from score_segments
    inner join domains
        on
            score_segments.framework_id = domains.framework_id
            and score_segments.score_id = domains.domain_id
    where score_segments.score_rank is not null
    union all
    select
        delivery_scores.framework_id, delivery_scores.quarter_id, delivery_scores.trust_code,
        summary_measures.measure_id, 'average_metric_score' as figure_kind,
        cast(delivery_scores.average_metric_score as decimal(28, 10)) as recomputed_figure,
        'computed' as standing
    from delivery_scores
    inner join summary_measures
        on
            delivery_scores.framework_id = summary_measures.framework_id
            and summary_measures.measure_role = 'average_metric_score'
    union all
    select
        segments.framework_id, segments.quarter_id, segments.trust_code,
        summary_measures.measure_id,
        case summary_measures.measure_role
            when 'average_metric_score' then 'average_score_rank'
            else summary_measures.measure_role
        end as figure_kind,
        cast(
            case summary_measures.measure_role
                when 'average_metric_score' then segments.average_score_rank
                when 'unadjusted_segment' then segments.unadjusted_segment
                when 'adjusted_segment' then segments.adjusted_segment
                when 'final_segment' then segments.final_segment
                when 'financial_override'
                    then case segments.has_financial_override when true then 1 when false then 0 end
            end as decimal(28, 10)
        ) as recomputed_figure,
        case
            when summary_measures.measure_role = 'financial_override' and {{ is_adopted('segments.override_basis') }}
                then 'adopted'
            when
                summary_measures.measure_role = 'final_segment'
                and segments.membership_source = 'final_segment'
                then 'adopted'
            else 'computed'
        end as standing
    from segments
    inner join summary_measures
        on
            segments.framework_id = summary_measures.framework_id
            and summary_measures.measure_role <> 'improvement_programme'
    union all
    select
        segments.framework_id, segments.quarter_id, segments.trust_code,
        summary_measures.measure_id, 'league_rank' as figure_kind,
        cast(segments.league_rank as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from segments
    inner join summary_measures
        on
            segments.framework_id = summary_measures.framework_id
            and summary_measures.measure_role = 'adjusted_segment'
    union all
    select
        framework_id, quarter_id, trust_code, 'league table' as measure_id,
        'league_table_average_score' as figure_kind,
        cast(average_metric_score as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from delivery_scores
    union all
    select
        framework_id, quarter_id, trust_code, 'league table' as measure_id,
        'league_table_segment' as figure_kind,
        cast(adjusted_segment as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from segments
    union all
    select
        framework_id, quarter_id, trust_code, 'league table' as measure_id,
        'league_table_deficit' as figure_kind,
        cast(case has_financial_override when true then 1 when false then 0 end as decimal(28, 10))
            as recomputed_figure,
        'computed' as standing
    from segments
    union all
    select
        framework_id, quarter_id, trust_code, 'league table' as measure_id,
        'league_table_rank' as figure_kind,
        cast(league_rank as decimal(28, 10)) as recomputed_figure, 'computed' as standing
    from segments
    {% for range_end in ['score_low', 'score_high', 'rank_low', 'rank_high'] -%}
        union all
        select
            framework_id, quarter_id, trust_code, 'league table' as measure_id,
            'league_table_{{ range_end }}' as figure_kind,
            cast({{ range_end }} as decimal(28, 10)) as recomputed_figure, 'computed' as standing
        from likely_ranges
    {% endfor %}
)

select
    framework_id,
    quarter_id,
    trust_code,
    measure_id,
    figure_kind,
    recomputed_figure,
    standing
from unioned
where recomputed_figure is not null
