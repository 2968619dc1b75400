with before_metrics as (
    select * from {{ source('landing', 'previous_metrics') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

value_ranks as (
    select * from {{ ref('value_ranks') }}
    where value_rank_origin = 'published_rank'
),

metrics as (
    select * from {{ ref('metrics') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

-- A cell as the release before says it. Whether a cell without a score is absent or not reported hangs on the other
-- cells of its type: only what is scored, or held out of the score by a register, is the trust's own.
cells_before as (
    select
        quarter_id,
        trust_code,
        metric_id,
        trust_type_id,
        value,
        value_label,
        case when cell_status in ('scored', 'excluded') then cell_status else 'no_score' end as standing,
        published_score,
        case when value_rank_origin = 'published_rank' then value_rank end as published_rank,
        score_basis,
        coalesce(file_id, score_file_id, status_file_id) as file_id,
        cast(case
            when file_id is not null then row_number
            when score_file_id is not null then score_row_number
            else status_row_number
        end as bigint) as row_number
    from before_metrics
),

cells_now as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.trust_type_id,
        cast(cast(metric_values.value_number as decimal(18, 4)) as varchar) as value,
        metric_values.value_label,
        case
            when metric_values.cell_status in ('scored', 'excluded') then metric_values.cell_status
            else 'no_score'
        end as standing,
        cast(cast(metric_values.published_score as decimal(6, 2)) as varchar) as published_score,
        cast(value_ranks.value_rank as varchar) as published_rank,
        metric_scores.score_basis,
        coalesce(metric_values.file_id, metric_values.score_file_id, metric_values.status_file_id) as file_id,
        case
            when metric_values.file_id is not null then metric_values.row_number
            when metric_values.score_file_id is not null then metric_values.score_row_number
            else metric_values.status_row_number
        end as row_number
    from metric_values
    inner join metric_scores
        on
            metric_values.framework_id = metric_scores.framework_id
            and metric_values.quarter_id = metric_scores.quarter_id
            and metric_values.trust_code = metric_scores.trust_code
            and metric_values.metric_id = metric_scores.metric_id
    left join value_ranks
        on
            metric_values.framework_id = value_ranks.framework_id
            and metric_values.quarter_id = value_ranks.quarter_id
            and metric_values.trust_code = value_ranks.trust_code
            and metric_values.metric_id = value_ranks.metric_id
),

framework as (
    select max(framework_id) as framework_id from cells_now
),

quarters_before as (
    select distinct quarter_id from cells_before
),

trusts_before as (
    select distinct quarter_id, trust_code from cells_before
),

trusts_now as (
    select distinct quarter_id, trust_code from cells_now
),

paired as (
    select
        coalesce(cells_now.quarter_id, cells_before.quarter_id) as quarter_id,
        coalesce(cells_now.trust_code, cells_before.trust_code) as trust_code,
        coalesce(cells_now.metric_id, cells_before.metric_id) as input_id,
        coalesce(cells_now.trust_type_id, cells_before.trust_type_id) as trust_type_id,
        cells_before.metric_id is not null as is_before,
        cells_now.metric_id is not null as is_now,
        coalesce(cells_before.trust_type_id, '') || '; ' || coalesce(cells_before.standing, 'no_score') || '; '
        || coalesce(cells_before.value, cells_before.value_label, '') as own_before,
        coalesce(cells_now.trust_type_id, '') || '; ' || coalesce(cells_now.standing, 'no_score') || '; '
        || coalesce(cells_now.value, cells_now.value_label, '') as own_now,
        coalesce(cells_before.standing, 'no_score') <> 'no_score' as has_figure_before,
        coalesce(cells_now.standing, 'no_score') <> 'no_score' as has_figure_now,
        coalesce(cells_before.published_score, '') || '; ' || coalesce(cells_before.published_rank, '')
            as result_before,
        coalesce(cells_now.published_score, '') || '; ' || coalesce(cells_now.published_rank, '') as result_now,
        coalesce(cells_before.score_basis, '') as basis_before,
        coalesce(cells_now.score_basis, '') as basis_now,
        cells_before.file_id as old_file_id,
        cells_before.row_number as old_row_number,
        cells_now.file_id as new_file_id,
        cells_now.row_number as new_row_number
    from cells_now
    full outer join cells_before
        on
            cells_now.quarter_id = cells_before.quarter_id
            and cells_now.trust_code = cells_before.trust_code
            and cells_now.metric_id = cells_before.metric_id
),

-- A cell on one side only came or went with its trust; where the trust stands on both sides it is the method that has
-- got or lost a metric.
judged as (
    select
        paired.quarter_id,
        paired.trust_code,
        paired.input_id,
        paired.trust_type_id,
        case
            when paired.is_before and paired.is_now then paired.own_before <> paired.own_now
            when paired.is_now then paired.has_figure_now and trusts_before.trust_code is null
            else paired.has_figure_before and trusts_now.trust_code is null
        end as is_own_changed,
        paired.is_before and paired.is_now and paired.result_before <> paired.result_now as is_result_changed,
        paired.is_before and paired.is_now and paired.basis_before <> paired.basis_now as is_basis_changed,
        paired.old_file_id,
        paired.old_row_number,
        paired.new_file_id,
        paired.new_row_number
    from paired
    inner join quarters_before
        on paired.quarter_id = quarters_before.quarter_id
    left join trusts_before
        on
            paired.quarter_id = trusts_before.quarter_id
            and paired.trust_code = trusts_before.trust_code
    left join trusts_now
        on
            paired.quarter_id = trusts_now.quarter_id
            and paired.trust_code = trusts_now.trust_code
),

final as (
    select
        framework.framework_id,
        judged.quarter_id,
        judged.trust_code,
        judged.input_id,
        judged.trust_type_id,
        pool_trust_types.pool_partition_id,
        judged.is_own_changed,
        judged.is_result_changed,
        judged.is_basis_changed,
        judged.old_file_id,
        judged.old_row_number,
        judged.new_file_id,
        judged.new_row_number
    from judged
    cross join framework
    left join metrics
        on
            framework.framework_id = metrics.framework_id
            and judged.input_id = metrics.metric_id
    left join pool_trust_types
        on
            framework.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and judged.trust_type_id = pool_trust_types.trust_type_id
    where judged.is_own_changed or judged.is_result_changed or judged.is_basis_changed
)

select * from final
