with figure_changes as (
    select * from {{ ref('figure_changes') }}
    where old_version_number is not null
),

figure_change_parts as (
    select * from {{ ref('figure_change_parts') }}
),

figure_bases as (
    select * from {{ ref('figure_bases') }}
    where is_score
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
        parts.quarter_id,
        parts.trust_code,
        parts.measure_id,
        parts.figure_kind,
        min(case when input_changes.is_own_changed and parts.is_in_play then parts.input_id end) as own_measure_id,
        min(case when input_changes.is_own_changed then parts.input_id end) as any_own_measure_id,
        min(case when input_changes.is_result_changed and parts.is_in_play then parts.input_id end)
            as result_measure_id,
        max(case when input_changes.is_basis_changed and parts.is_of_pool and parts.is_in_play then 1 else 0 end) = 1
            as has_basis_changed
    from figure_change_parts as parts
    inner join input_changes
        on
            parts.framework_id = input_changes.framework_id
            and parts.quarter_id = input_changes.quarter_id
            and parts.trust_code = input_changes.trust_code
            and parts.input_id = input_changes.input_id
    group by parts.quarter_id, parts.trust_code, parts.measure_id, parts.figure_kind
),

-- The pools that the figure was made in: an input of another member changed, came or went.
pools as (
    select
        parts.quarter_id,
        parts.trust_code,
        parts.measure_id,
        parts.figure_kind,
        parts.input_id,
        case
            when pool_changes.first_trust_code <> parts.trust_code then pool_changes.first_trust_code
            else pool_changes.second_trust_code
        end as other_trust_code
    from figure_change_parts as parts
    inner join metrics
        on
            parts.framework_id = metrics.framework_id
            and parts.input_id = metrics.metric_id
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and parts.trust_type_id = pool_trust_types.trust_type_id
    inner join pool_changes
        on
            parts.framework_id = pool_changes.framework_id
            and parts.quarter_id = pool_changes.quarter_id
            and parts.input_id = pool_changes.input_id
            and pool_trust_types.pool_partition_id = pool_changes.pool_partition_id
    where
        parts.is_of_pool
        and parts.is_in_play
        and parts.figure_kind <> 'value'
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
        figure_bases.framework_id,
        cut_points.quarter_id,
        figure_bases.measure_id
    from cut_points
    inner join cut_points_before
        on
            cut_points.quarter_id = cut_points_before.quarter_id
            and cut_points.score_id = cut_points_before.score_id
            and cut_points.cut_partition_id = cut_points_before.cut_partition_id
            and cut_points.boundary = cut_points_before.boundary
    inner join figure_bases
        on
            cut_points.framework_id = figure_bases.framework_id
            and cut_points.score_id = figure_bases.base_measure_id
    where
        coalesce(cast(cast(cut_points.cut_point as decimal(18, 6)) as varchar), '')
        <> coalesce(cut_points_before.cut_point, '')
        or coalesce(cut_points.cut_point_basis, '') <> coalesce(cut_points_before.cut_point_basis, '')
),

gathered as (
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
        this_release.has_changed_method as has_method_changed,
        own.own_measure_id,
        own.any_own_measure_id,
        own.result_measure_id,
        (
            numbered_pools.other_trust_code is not null
            or standings.other_trust_code is not null
            or moved_cut_points.measure_id is not null
            or coalesce(own.has_basis_changed, false)
        ) as has_pool_changed,
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
    left join moved_cut_points
        on
            figure_changes.framework_id = moved_cut_points.framework_id
            and figure_changes.quarter_id = moved_cut_points.quarter_id
            and figure_changes.measure_id = moved_cut_points.measure_id
            and figure_changes.figure_kind in (
                'domain_segment', 'unadjusted_segment', 'adjusted_segment', 'final_segment'
            )
),

-- Two changes that cancel each other in the average can still move what hangs on one of them, as the areas of a system
-- do (rules 7): where nothing else holds, any own input counts.
final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        measure_id,
        figure_kind,
        old_version_number,
        old_figure_text,
        new_figure_text,
        file_id,
        row_number,
        (
            own_measure_id is not null
            or (
                any_own_measure_id is not null
                and not has_method_changed
                and not has_pool_changed
                and result_measure_id is null
            )
        ) as has_own_input_changed,
        has_method_changed,
        has_pool_changed,
        result_measure_id is not null as has_published_result_changed,
        coalesce(own_measure_id, any_own_measure_id) as own_measure_id,
        result_measure_id,
        other_trust_code,
        other_measure_id
    from gathered
)

select * from final
