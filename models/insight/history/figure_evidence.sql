with figure_changes as (
    select * from {{ ref('figure_changes') }}
    where old_version_number is not null
),

figure_parts as (
    select * from {{ ref('figure_parts') }}
),

input_changes as (
    select * from {{ ref('input_changes') }}
),

pool_changes as (
    select * from {{ ref('pool_changes') }}
),

standing_changes as (
    select * from {{ ref('standing_changes') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

cut_points_before as (
    select * from {{ source('landing', 'previous_cut_points') }}
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

this_release as (
    select * from {{ ref('this_release') }}
),

-- What the trust's own rows and the register entries about it say otherwise than before.
own as (
    select
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        max(case when input_changes.is_own_changed then 1 else 0 end) = 1 as has_own_input_changed,
        max(case when input_changes.is_result_changed then 1 else 0 end) = 1 as has_published_result_changed,
        max(case when input_changes.is_basis_changed and figure_parts.is_of_pool then 1 else 0 end) = 1
            as has_basis_changed,
        min(case when input_changes.is_own_changed then input_changes.input_id end) as own_measure_id,
        min(case when input_changes.is_result_changed then input_changes.input_id end) as result_measure_id
    from figure_changes
    inner join figure_parts
        on
            figure_changes.framework_id = figure_parts.framework_id
            and figure_changes.measure_id = figure_parts.measure_id
    inner join input_changes
        on
            figure_changes.framework_id = input_changes.framework_id
            and figure_changes.quarter_id = input_changes.quarter_id
            and figure_changes.trust_code = input_changes.trust_code
            and figure_parts.input_id = input_changes.input_id
    group by
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.measure_id,
        figure_changes.figure_kind
),

-- The pools that the figure was made in: an input of another member changed, came or went.
pools as (
    select
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        pool_changes.input_id,
        case
            when pool_changes.first_trust_code <> figure_changes.trust_code then pool_changes.first_trust_code
            else pool_changes.second_trust_code
        end as other_trust_code
    from figure_changes
    inner join figure_parts
        on
            figure_changes.framework_id = figure_parts.framework_id
            and figure_changes.measure_id = figure_parts.measure_id
            and figure_parts.is_of_pool
    inner join metrics
        on
            figure_parts.framework_id = metrics.framework_id
            and figure_parts.input_id = metrics.metric_id
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and figure_changes.trust_type_id = pool_trust_types.trust_type_id
    inner join pool_changes
        on
            figure_changes.framework_id = pool_changes.framework_id
            and figure_changes.quarter_id = pool_changes.quarter_id
            and metrics.metric_id = pool_changes.input_id
            and pool_trust_types.pool_partition_id = pool_changes.pool_partition_id
    where figure_changes.figure_kind <> 'value'
),

numbered_pools as (
    select
        quarter_id,
        trust_code,
        measure_id,
        figure_kind,
        input_id,
        other_trust_code,
        row_number() over (
            partition by quarter_id, trust_code, measure_id, figure_kind
            order by input_id
        ) as place
    from pools
    where other_trust_code is not null
),

-- Segments and ranks place a trust among the others; an average or a domain score that comes or goes does so with the
-- others of its trust type, when that is complete no longer or at last.
standings as (
    select
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        case
            when standing_changes.first_trust_code <> figure_changes.trust_code
                then standing_changes.first_trust_code
            else standing_changes.second_trust_code
        end as other_trust_code,
        case
            when standing_changes.first_trust_code <> figure_changes.trust_code
                then standing_changes.first_measure_id
            else standing_changes.second_measure_id
        end as other_measure_id
    from figure_changes
    inner join standing_changes
        on
            figure_changes.framework_id = standing_changes.framework_id
            and figure_changes.quarter_id = standing_changes.quarter_id
            and figure_changes.measure_id = standing_changes.measure_id
            and standing_changes.scope_id = case
                when
                    figure_changes.figure_kind in (
                        'domain_segment', 'unadjusted_segment', 'adjusted_segment', 'final_segment'
                    )
                    then 'all'
                else figure_changes.trust_type_id
            end
    where
        figure_changes.figure_kind in (
            'domain_segment', 'unadjusted_segment', 'adjusted_segment', 'final_segment', 'domain_score_rank',
            'average_score_rank', 'league_rank'
        )
        or (
            figure_changes.figure_kind in ('domain_score', 'average_metric_score')
            and (figure_changes.old_figure_text is null or figure_changes.new_figure_text is null)
        )
),

moved_cut_points as (
    select distinct
        cut_points.framework_id,
        cut_points.quarter_id,
        cut_points.score_id
    from cut_points
    inner join cut_points_before
        on
            cut_points.quarter_id = cut_points_before.quarter_id
            and cut_points.score_id = cut_points_before.score_id
            and cut_points.cut_partition_id = cut_points_before.cut_partition_id
            and cut_points.boundary = cut_points_before.boundary
    where
        coalesce(cast(cast(cut_points.cut_point as decimal(18, 6)) as varchar), '')
        <> coalesce(cut_points_before.cut_point, '')
        or coalesce(cut_points.cut_point_basis, '') <> coalesce(cut_points_before.cut_point_basis, '')
),

segment_measures as (
    select
        framework_id,
        domain_segment_id as measure_id,
        domain_id as score_id
    from domains
    union all
    select
        segmented.framework_id,
        segmented.measure_id,
        averages.measure_id as score_id
    from summary_measures as segmented
    inner join summary_measures as averages
        on segmented.framework_id = averages.framework_id
    where
        segmented.measure_role in ('unadjusted_segment', 'adjusted_segment', 'final_segment')
        and averages.measure_role = 'average_metric_score'
),

final as (
    select
        figure_changes.framework_id,
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.trust_type_id,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        figure_changes.old_version_number,
        figure_changes.old_figure_text,
        figure_changes.new_figure_text,
        figure_changes.file_id,
        figure_changes.row_number,
        coalesce(own.has_own_input_changed, false) as has_own_input_changed,
        this_release.has_changed_method as has_method_changed,
        (
            numbered_pools.other_trust_code is not null
            or standings.other_trust_code is not null
            or moved_cut_points.score_id is not null
            or coalesce(own.has_basis_changed, false)
        ) as has_pool_changed,
        coalesce(own.has_published_result_changed, false) as has_published_result_changed,
        own.own_measure_id,
        own.result_measure_id,
        coalesce(numbered_pools.other_trust_code, standings.other_trust_code) as other_trust_code,
        case
            when numbered_pools.other_trust_code is not null then numbered_pools.input_id
            else standings.other_measure_id
        end as other_measure_id
    from figure_changes
    cross join this_release
    left join own
        on
            figure_changes.quarter_id = own.quarter_id
            and figure_changes.trust_code = own.trust_code
            and figure_changes.measure_id = own.measure_id
            and figure_changes.figure_kind = own.figure_kind
    left join numbered_pools
        on
            figure_changes.quarter_id = numbered_pools.quarter_id
            and figure_changes.trust_code = numbered_pools.trust_code
            and figure_changes.measure_id = numbered_pools.measure_id
            and figure_changes.figure_kind = numbered_pools.figure_kind
            and numbered_pools.place = 1
    left join standings
        on
            figure_changes.quarter_id = standings.quarter_id
            and figure_changes.trust_code = standings.trust_code
            and figure_changes.measure_id = standings.measure_id
            and figure_changes.figure_kind = standings.figure_kind
    left join segment_measures
        on
            figure_changes.framework_id = segment_measures.framework_id
            and figure_changes.measure_id = segment_measures.measure_id
            and figure_changes.figure_kind <> 'league_rank'
    left join moved_cut_points
        on
            figure_changes.framework_id = moved_cut_points.framework_id
            and figure_changes.quarter_id = moved_cut_points.quarter_id
            and segment_measures.score_id = moved_cut_points.score_id
)

select * from final
