-- What scoring stands on, in the shape of NHS England's files: their rows, or in their place values taken from source
-- publications. Without a derived framework it is staging row for row.
with run_framework as (
    select * from {{ ref('run_framework') }}
),

metrics as (
    select metrics.*
    from {{ ref('metrics') }} as metrics
    inner join run_framework
        on metrics.framework_id = run_framework.framework_id
),

domains as (
    select domains.*
    from {{ ref('domains') }} as domains
    inner join run_framework
        on domains.framework_id = run_framework.framework_id
),

matrix_parts as (
    select distinct
        matrix_cells.metric_id,
        matrix_cells.row_metric_id,
        matrix_cells.column_metric_id
    from {{ ref('matrix_cells') }} as matrix_cells
    inner join run_framework
        on matrix_cells.framework_id = run_framework.framework_id
),

oversight_rows as (
    select * from {{ ref('oversight_rows') }}
),

taken as (
    select * from {{ ref('taken_values') }}
),

-- A published score was made from the published value, that of a matrix from the published values of its parts.
score_makers as (
    select
        score_id,
        metric_id
    from metrics
    union
    select
        metrics.score_id,
        matrix_parts.row_metric_id as metric_id
    from metrics
    inner join matrix_parts
        on metrics.metric_id = matrix_parts.metric_id
    union
    select
        metrics.score_id,
        matrix_parts.column_metric_id as metric_id
    from metrics
    inner join matrix_parts
        on metrics.metric_id = matrix_parts.metric_id
),

stale_scores as (
    select distinct
        taken.quarter_id,
        taken.trust_code,
        score_makers.score_id
    from taken
    inner join score_makers
        on taken.metric_id = score_makers.metric_id
    where score_makers.score_id <> taken.metric_id
),

-- A published rank is a place among the published values: with another value among them it is nobody's any more.
stale_ranks as (
    select distinct
        quarter_id,
        trust_type_id,
        metric_id
    from taken
),

standing as (
    select
        oversight_rows.quarter_id,
        case when taken.metric_id is not null then oversight_rows.quarter_id else oversight_rows.value_quarter_id end
            as value_quarter_id,
        case when taken.metric_id is not null then 'source_publication' else oversight_rows.value_origin end
            as value_origin,
        case when taken.metric_id is not null then taken.file_id else oversight_rows.file_id end as file_id,
        case when taken.metric_id is not null then taken.row_number else oversight_rows.row_number end as row_number,
        oversight_rows.trust_type_id,
        oversight_rows.trust_code,
        oversight_rows.trust_name,
        oversight_rows.trust_subtype_label,
        oversight_rows.region_label,
        oversight_rows.domain_label,
        oversight_rows.sub_domain_label,
        oversight_rows.measure_id,
        oversight_rows.measure_label,
        case
            when taken.metric_id is not null then taken.reporting_period_label
            else oversight_rows.reporting_period_label
        end as reporting_period_label,
        oversight_rows.unit_label,
        case
            when taken.metric_id is not null then {{ decimal_as_text('taken.value_rounded', 28, 6) }}
            else oversight_rows.value_text
        end as value_text,
        case when taken.metric_id is null then oversight_rows.shorthand_status end as shorthand_status,
        case
            when taken.metric_id is not null then cast(taken.value_number as decimal(28, 10))
            else oversight_rows.value_number
        end as value_number,
        case when taken.metric_id is null then oversight_rows.median_value end as median_value,
        case when taken.metric_id is null then oversight_rows.lower_quartile_value end as lower_quartile_value,
        case when taken.metric_id is null then oversight_rows.upper_quartile_value end as upper_quartile_value,
        case when stale_ranks.metric_id is null then oversight_rows.published_rank end as published_rank,
        taken.value_status,
        taken.months_in_hand,
        taken.months_expected
    from oversight_rows
    left join metrics
        on
            oversight_rows.measure_id = metrics.metric_id
            and coalesce(metrics.companion_unit_label, metrics.metric_id) <> coalesce(oversight_rows.unit_label, '')
    left join taken
        on
            oversight_rows.quarter_id = taken.quarter_id
            and oversight_rows.trust_code = taken.trust_code
            and metrics.metric_id = taken.metric_id
    left join stale_ranks
        on
            oversight_rows.quarter_id = stale_ranks.quarter_id
            and oversight_rows.trust_type_id = stale_ranks.trust_type_id
            and metrics.metric_id = stale_ranks.metric_id
    left join stale_scores
        on
            oversight_rows.quarter_id = stale_scores.quarter_id
            and oversight_rows.trust_code = stale_scores.trust_code
            and oversight_rows.measure_id = stale_scores.score_id
    where stale_scores.score_id is null
),

-- A value of which the files have no row gets one, described as the method describes the metric.
made as (
    select
        taken.quarter_id,
        taken.quarter_id as value_quarter_id,
        'source_publication' as value_origin,
        taken.file_id,
        taken.row_number,
        taken.trust_type_id,
        taken.trust_code,
        taken.trust_name,
        taken.trust_subtype_label,
        taken.region_label,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_id as measure_id,
        metrics.metric_label as measure_label,
        taken.reporting_period_label,
        metrics.unit_label,
        {{ decimal_as_text('taken.value_rounded', 28, 6) }} as value_text,
        {{ no_text() }} as shorthand_status,
        cast(taken.value_number as decimal(28, 10)) as value_number,
        cast(null as decimal(28, 10)) as median_value,
        cast(null as decimal(28, 10)) as lower_quartile_value,
        cast(null as decimal(28, 10)) as upper_quartile_value,
        cast(null as bigint) as published_rank,
        taken.value_status,
        taken.months_in_hand,
        taken.months_expected
    from taken
    inner join metrics
        on taken.metric_id = metrics.metric_id
    inner join domains
        on metrics.domain_id = domains.domain_id
    where not taken.has_published_row
),

final as (
    select * from standing
    union all
    select * from made
)

select * from final
