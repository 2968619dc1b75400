with published_figures as (
    select * from {{ ref('published_figures') }}
),

recomputed_figures as (
    select * from {{ ref('recomputed_figures') }}
),

figure_grounds as (
    select * from {{ ref('figure_grounds') }}
),

restated_figures as (
    select * from {{ ref('restated_figures') }}
),

reconciled_figures as (
    select * from {{ ref('reconciled_figures') }}
),

compared as (
    select
        published_figures.framework_id,
        published_figures.quarter_id,
        published_figures.figure_kind,
        published_figures.measure_id,
        published_figures.trust_code,
        published_figures.trust_type_id,
        recomputed_figures.recomputed_figure,
        published_figures.published_figure,
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
),

judged as (
    select
        compared.framework_id,
        compared.quarter_id,
        compared.figure_kind,
        compared.measure_id,
        compared.trust_code,
        compared.trust_type_id,
        compared.recomputed_figure,
        compared.published_figure,
        compared.outcome,
        compared.file_id,
        compared.row_number,
        compared.recomputed_figure - compared.published_figure as difference,
        figure_grounds.figure_basis,
        coalesce(reconciled_figures.is_published_preferred, false) as is_published_preferred,
        figure_grounds.is_input_in_hand,
        figure_grounds.is_trust_type_complete,
        figure_grounds.is_pool_complete,
        figure_grounds.is_published_beside,
        restated_figures.published_version_count,
        restated_figures.is_input_restated_since,
        reconciled_figures.tolerance,
        reconciled_figures.tolerance_explanation
    from compared
    inner join figure_grounds
        on
            compared.framework_id = figure_grounds.framework_id
            and compared.quarter_id = figure_grounds.quarter_id
            and compared.figure_kind = figure_grounds.figure_kind
            and compared.measure_id = figure_grounds.measure_id
            and compared.trust_code = figure_grounds.trust_code
    inner join restated_figures
        on
            compared.framework_id = restated_figures.framework_id
            and compared.quarter_id = restated_figures.quarter_id
            and compared.figure_kind = restated_figures.figure_kind
            and compared.measure_id = restated_figures.measure_id
            and compared.trust_code = restated_figures.trust_code
    left join reconciled_figures
        on
            compared.framework_id = reconciled_figures.framework_id
            and compared.figure_kind = reconciled_figures.figure_kind
),

-- The first that holds, the narrowest first: a bounded difference before a pool, a pool before a restatement, which
-- would excuse a difference of any size.
explained as (
    select
        framework_id,
        quarter_id,
        figure_kind,
        measure_id,
        trust_code,
        trust_type_id,
        recomputed_figure,
        published_figure,
        outcome,
        case
            when outcome = 'agrees' then 'agree'
            when outcome = 'differs' and abs(difference) <= tolerance then tolerance_explanation
            when outcome = 'adopted' and is_published_preferred then 'input_by_rule'
            when outcome = 'not_computed' and is_published_beside then 'not_scored'
            when outcome in ('adopted', 'restored', 'not_computed') and not is_input_in_hand then 'input_missing'
            when outcome in ('adopted', 'restored') and not is_pool_complete then 'pool_incomplete'
            when outcome = 'not_computed' and not is_trust_type_complete then 'pool_incomplete'
            when outcome = 'differs' and figure_basis = 'computed_partial_pool' then 'pool_incomplete'
            when published_version_count > 1 or is_input_restated_since then 'restated'
            else 'unexplained'
        end as explanation,
        difference,
        tolerance,
        figure_basis,
        is_published_preferred,
        is_input_in_hand,
        is_trust_type_complete,
        is_pool_complete,
        is_published_beside,
        published_version_count,
        is_input_restated_since,
        file_id,
        row_number
    from judged
),

final as (
    select
        framework_id,
        quarter_id,
        figure_kind,
        measure_id,
        trust_code,
        trust_type_id,
        cast(recomputed_figure as decimal(18, 2)) as recomputed_figure,
        cast(published_figure as decimal(18, 2)) as published_figure,
        outcome,
        explanation,
        cast(difference as decimal(18, 2)) as difference,
        tolerance,
        figure_basis,
        is_published_preferred,
        is_input_in_hand,
        is_trust_type_complete,
        is_pool_complete,
        is_published_beside,
        published_version_count,
        is_input_restated_since,
        file_id,
        row_number
    from explained
)

select * from final
