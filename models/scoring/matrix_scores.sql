with value_scores as (
    select * from {{ ref('value_scores') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored'
),

matrix_cells as (
    select * from {{ ref('matrix_cells') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

looked_up as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        {{ exact_score('matrix_cells.cell_score') }} as metric_score,
        greatest(row_bases.weakness_order, column_bases.weakness_order) as weakness_order
    from metric_values
    inner join matrix_cells
        on
            metric_values.framework_id = matrix_cells.framework_id
            and metric_values.metric_id = matrix_cells.metric_id
    inner join value_scores as row_scores
        on
            metric_values.framework_id = row_scores.framework_id
            and metric_values.quarter_id = row_scores.quarter_id
            and metric_values.trust_code = row_scores.trust_code
            and matrix_cells.row_metric_id = row_scores.metric_id
            and matrix_cells.row_score = row_scores.metric_score
    inner join value_scores as column_scores
        on
            metric_values.framework_id = column_scores.framework_id
            and metric_values.quarter_id = column_scores.quarter_id
            and metric_values.trust_code = column_scores.trust_code
            and matrix_cells.column_metric_id = column_scores.metric_id
            and matrix_cells.column_score = column_scores.metric_score
    inner join score_bases as row_bases
        on row_scores.score_basis = row_bases.score_basis
    inner join score_bases as column_bases
        on column_scores.score_basis = column_bases.score_basis
),

final as (
    select
        looked_up.framework_id,
        looked_up.quarter_id,
        looked_up.trust_code,
        looked_up.metric_id,
        looked_up.metric_score,
        score_bases.score_basis
    from looked_up
    inner join score_bases
        on looked_up.weakness_order = score_bases.weakness_order
)

select * from final
