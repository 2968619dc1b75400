with published_figures as (
    select * from {{ ref('published_figures') }}
),

recomputed_figures as (
    select * from {{ ref('recomputed_figures') }}
),

final as (
    select
        published_figures.framework_id,
        published_figures.quarter_id,
        published_figures.figure_kind,
        published_figures.measure_id,
        published_figures.trust_code,
        published_figures.trust_type_id,
        cast(recomputed_figures.recomputed_figure as decimal(18, 2)) as recomputed_figure,
        cast(published_figures.published_figure as decimal(18, 2)) as published_figure,
        case
            when recomputed_figures.recomputed_figure is null then 'not_computed'
            when recomputed_figures.standing <> 'computed' then recomputed_figures.standing
            when recomputed_figures.recomputed_figure = published_figures.published_figure then 'agrees'
            else 'differs'
        end as outcome,
        published_figures.file_id,
        published_figures.row_number
    from published_figures
    left join recomputed_figures
        on
            published_figures.framework_id = recomputed_figures.framework_id
            and published_figures.quarter_id = recomputed_figures.quarter_id
            and published_figures.figure_kind = recomputed_figures.figure_kind
            and published_figures.measure_id = recomputed_figures.measure_id
            and published_figures.trust_code = recomputed_figures.trust_code
)

select * from final
