-- Whatever two scores the bands of the row and the column metric can give, the matrix has one cell for them, and
-- no cell for a pair that they cannot give.
with matrix_metrics as (
    select
        framework_id,
        metric_id
    from {{ ref('metrics') }}
    where scoring_family = 'matrix'
),

cells as (
    select * from {{ ref('matrix_cells') }}
),

parts as (
    select distinct
        framework_id,
        metric_id,
        row_metric_id,
        column_metric_id
    from cells
),

band_scores as (
    select distinct
        framework_id,
        metric_id,
        band_score
    from {{ ref('value_bands') }}
),

possible as (
    select
        parts.framework_id,
        parts.metric_id,
        row_bands.band_score as row_score,
        column_bands.band_score as column_score
    from parts
    inner join band_scores as row_bands
        on
            parts.framework_id = row_bands.framework_id
            and parts.row_metric_id = row_bands.metric_id
    inner join band_scores as column_bands
        on
            parts.framework_id = column_bands.framework_id
            and parts.column_metric_id = column_bands.metric_id
),

given_cells as (
    select
        framework_id,
        metric_id,
        row_score,
        column_score,
        count(*) as cell_count
    from cells
    group by framework_id, metric_id, row_score, column_score
)

select
    matrix_metrics.framework_id,
    matrix_metrics.metric_id,
    'no cells, or cells of more than one pair of metrics' as problem
from matrix_metrics
left join parts
    on
        matrix_metrics.framework_id = parts.framework_id
        and matrix_metrics.metric_id = parts.metric_id
group by matrix_metrics.framework_id, matrix_metrics.metric_id
having count(parts.metric_id) <> 1

union all

select
    coalesce(possible.framework_id, given_cells.framework_id) as framework_id,
    coalesce(possible.metric_id, given_cells.metric_id) as metric_id,
    'not one cell for row '
    || {{ as_text('cast(coalesce(possible.row_score, given_cells.row_score) as bigint)') }}
    || ' and column '
    || {{ as_text('cast(coalesce(possible.column_score, given_cells.column_score) as bigint)') }} as problem
from possible
full outer join given_cells
    on
        possible.framework_id = given_cells.framework_id
        and possible.metric_id = given_cells.metric_id
        and possible.row_score = given_cells.row_score
        and possible.column_score = given_cells.column_score
where
    possible.metric_id is null
    or given_cells.metric_id is null
    or given_cells.cell_count <> 1
