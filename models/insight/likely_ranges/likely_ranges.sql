with delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

resampled_series as (
    select * from {{ ref('resampled_series') }}
),

drawn_range_ends as (
    select * from {{ ref('drawn_range_ends') }}
),

resampling as (
    select * from {{ ref('resampling') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

scores as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        delivery_scores.trust_type_id,
        summary_measures.measure_id as score_id,
        'average_metric_score' as resampled,
        delivery_scores.delivery_status as score_status,
        delivery_scores.average_metric_score as score,
        delivery_scores.average_basis as score_basis
    from delivery_scores
    inner join summary_measures
        on delivery_scores.framework_id = summary_measures.framework_id
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        domain_id as score_id,
        'domain_score' as resampled,
        domain_status as score_status,
        domain_score as score,
        domain_score_basis as score_basis
    from domain_scores
),

drawn as (
    select
        scores.framework_id,
        scores.quarter_id,
        scores.trust_code,
        scores.trust_type_id,
        scores.score_id,
        scores.resampled,
        case
            when scores.score_status <> 'scored' then scores.score_status
            when rank_ends.series_number is null then 'score_only'
            else 'score_and_rank'
        end as range_status,
        scores.score,
        score_ends.range_low as lowest_hundredths,
        score_ends.range_high as highest_hundredths,
        scores.score_basis,
        rank_ends.range_low as rank_low,
        rank_ends.range_high as rank_high,
        case when rank_ends.series_number is not null then rank_bases.weakness_order end as rank_weakness,
        resampled_series.unit_count,
        resampled_series.cut_point_basis
    from scores
    left join resampled_series
        on
            scores.framework_id = resampled_series.framework_id
            and scores.quarter_id = resampled_series.quarter_id
            and scores.trust_code = resampled_series.trust_code
            and scores.score_id = resampled_series.score_id
    left join drawn_range_ends as score_ends
        on
            resampled_series.series_number = score_ends.series_number
            and score_ends.outcome_kind = 'score_hundredths'
    left join drawn_range_ends as rank_ends
        on
            resampled_series.series_number = rank_ends.series_number
            and rank_ends.outcome_kind = 'rank'
    -- A domain is ranked by its score alone; in the league the cut points and the others' overrides count too.
    left join score_bases as rank_bases
        on
            case resampled_series.resampled
                when 'average_metric_score'
                    then case
                        when resampled_series.league_rank_basis = 'computed' then resampled_series.segment_basis
                        else resampled_series.league_rank_basis
                    end
                else scores.score_basis
            end = rank_bases.score_basis
),

labelled as (
    select
        drawn.framework_id,
        drawn.quarter_id,
        drawn.trust_code,
        drawn.trust_type_id,
        drawn.score_id,
        drawn.resampled,
        drawn.range_status,
        drawn.score,
        cast(cast(drawn.lowest_hundredths as decimal(10, 2)) / 100 as decimal(6, 2)) as score_low,
        cast(cast(drawn.highest_hundredths as decimal(10, 2)) / 100 as decimal(6, 2)) as score_high,
        drawn.score_basis,
        drawn.rank_low,
        drawn.rank_high,
        drawn.rank_weakness,
        drawn.unit_count,
        drawn.cut_point_basis
    from drawn
),

final as (
    select
        labelled.framework_id,
        labelled.quarter_id,
        labelled.trust_code,
        labelled.trust_type_id,
        labelled.score_id,
        labelled.range_status,
        labelled.score,
        labelled.score_low,
        labelled.score_high,
        -- As the league table writes a range (rules 5).
        case
            when labelled.score_low is not null
                then {{ published_number('labelled.score_low') }} || ' to ' || {{ published_number('labelled.score_high') }}
        end as score_range_label,
        labelled.score_basis,
        labelled.rank_low,
        labelled.rank_high,
        case
            when labelled.rank_low is not null
                then cast(labelled.rank_low as varchar) || ' to ' || cast(labelled.rank_high as varchar)
        end as rank_range_label,
        rank_bases.score_basis as rank_basis,
        case when labelled.resampled = 'average_metric_score' then labelled.cut_point_basis end as cut_point_basis,
        coalesce(labelled.unit_count, 0) as unit_count,
        resampling.draw_count,
        resampling.covered_share
    from labelled
    inner join resampling
        on
            labelled.framework_id = resampling.framework_id
            and labelled.resampled = resampling.resampled
    left join score_bases as rank_bases
        on labelled.rank_weakness = rank_bases.weakness_order
)

select * from final
