with next_boundaries as (
    select * from {{ ref('next_boundaries') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status = 'scored'
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
    where cell_status = 'scored'
),

metric_weights as (
    select * from {{ ref('metric_weights') }}
),

value_bands as (
    select * from {{ ref('value_bands') }}
),

label_bands as (
    select * from {{ ref('label_bands') }}
),

matrix_cells as (
    select * from {{ ref('matrix_cells') }}
),

value_steps as (
    select * from {{ ref('value_steps') }}
),

pool_trust_types as (
    select * from {{ ref('pool_trust_types') }}
),

-- The nearest value inside each other band: its edge, or one step inside an edge that belongs to the band beside it.
banded as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.metric_id,
        metric_values.value_number,
        value_bands.band_score as new_part_score,
        case
            when metric_values.value_number <= value_bands.lower_bound
                then
                    value_bands.lower_bound
                    + case when value_bands.is_lower_inclusive then 0 else value_steps.value_step end
            else
                value_bands.upper_bound
                - case when value_bands.is_upper_inclusive then 0 else value_steps.value_step end
        end as new_value
    from metric_values
    inner join value_bands
        on
            metric_values.framework_id = value_bands.framework_id
            and metric_values.metric_id = value_bands.metric_id
    inner join value_steps
        on
            metric_values.framework_id = value_steps.framework_id
            and metric_values.metric_id = value_steps.metric_id
    inner join metric_scores
        on
            metric_values.framework_id = metric_scores.framework_id
            and metric_values.quarter_id = metric_scores.quarter_id
            and metric_values.trust_code = metric_scores.trust_code
            and metric_values.metric_id = metric_scores.metric_id
            and value_bands.band_score <> metric_scores.metric_score
    where metric_values.value_number is not null
),

-- Labels of one score are alike, so one of them stands for them.
labelled as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.metric_id,
        label_bands.band_score as new_part_score,
        max(label_bands.band_label) as new_label,
        cast(abs(label_bands.band_score - metric_scores.metric_score) as decimal(28, 10)) as move_size
    from metric_scores
    inner join label_bands
        on
            metric_scores.framework_id = label_bands.framework_id
            and metric_scores.metric_id = label_bands.metric_id
            and metric_scores.metric_score <> label_bands.band_score
    group by
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.metric_id,
        metric_scores.metric_score,
        label_bands.band_score
),

moved as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        new_part_score,
        cast(new_value as decimal(28, 10)) as new_value,
        cast(null as varchar) as new_label,
        cast(abs(new_value - value_number) as decimal(28, 10)) as move_size
    from banded
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        new_part_score,
        cast(null as decimal(28, 10)) as new_value,
        new_label,
        move_size
    from labelled
),

-- A part enters the average by the matrix that it is looked up in, with the other part as it is (rules 1, OF1080).
entered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        metric_id as averaged_metric_id,
        new_value,
        new_label,
        move_size,
        {{ exact_score('new_part_score') }} as new_score
    from moved
    union all
    select
        moved.framework_id,
        moved.quarter_id,
        moved.trust_code,
        moved.metric_id,
        matrix_cells.metric_id as averaged_metric_id,
        moved.new_value,
        moved.new_label,
        moved.move_size,
        {{ exact_score('matrix_cells.cell_score') }} as new_score
    from moved
    inner join matrix_cells
        on
            moved.framework_id = matrix_cells.framework_id
            and (
                (moved.metric_id = matrix_cells.row_metric_id and moved.new_part_score = matrix_cells.row_score)
                or (
                    moved.metric_id = matrix_cells.column_metric_id
                    and moved.new_part_score = matrix_cells.column_score
                )
            )
    inner join metric_scores as other_scores
        on
            moved.framework_id = other_scores.framework_id
            and moved.quarter_id = other_scores.quarter_id
            and moved.trust_code = other_scores.trust_code
            and other_scores.metric_id = case
                when moved.metric_id = matrix_cells.row_metric_id then matrix_cells.column_metric_id
                else matrix_cells.row_metric_id
            end
            and other_scores.metric_score = case
                when moved.metric_id = matrix_cells.row_metric_id then matrix_cells.column_score
                else matrix_cells.row_score
            end
),

final as (
    select
        entered.framework_id,
        entered.quarter_id,
        entered.trust_code,
        entered.metric_id,
        next_boundaries.direction,
        pool_trust_types.pool_partition_id,
        entered.new_value,
        entered.new_label,
        entered.move_size,
        entered.new_score,
        cast({{ round_half_up(
            'next_boundaries.score_unrounded'
            ~ ' + (entered.new_score - metric_weights.averaged_score) / metric_weights.average_share'
        ) }} as decimal(6, 2)) as moved_score
    from entered
    inner join metric_weights
        on
            entered.framework_id = metric_weights.framework_id
            and entered.quarter_id = metric_weights.quarter_id
            and entered.trust_code = metric_weights.trust_code
            and entered.averaged_metric_id = metric_weights.metric_id
    inner join metrics
        on
            entered.framework_id = metrics.framework_id
            and entered.metric_id = metrics.metric_id
    inner join pool_trust_types
        on
            metrics.framework_id = pool_trust_types.framework_id
            and metrics.pool_id = pool_trust_types.pool_id
            and metric_weights.trust_type_id = pool_trust_types.trust_type_id
    inner join next_boundaries
        on
            entered.framework_id = next_boundaries.framework_id
            and entered.quarter_id = next_boundaries.quarter_id
            and entered.trust_code = next_boundaries.trust_code
)

select * from final
