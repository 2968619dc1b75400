with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

label_bands as (
    select * from {{ ref('label_bands') }}
),

matrix_metrics as (
    select distinct
        framework_id,
        metric_id,
        row_metric_id,
        column_metric_id
    from {{ ref('matrix_cells') }}
),

spine as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        metrics.metric_id,
        metrics.score_id,
        trust_quarters.trust_type_id,
        metrics.domain_id,
        metrics.value_kind,
        metrics.companion_unit_label,
        metric_applicability.applicability,
        trust_type_completeness.is_complete as is_trust_type_complete
    from trust_quarters
    inner join metrics
        on trust_quarters.framework_id = metrics.framework_id
    inner join metric_applicability
        on
            metrics.framework_id = metric_applicability.framework_id
            and metrics.metric_id = metric_applicability.metric_id
            and trust_quarters.trust_type_id = metric_applicability.trust_type_id
    inner join trust_type_completeness
        on
            trust_quarters.framework_id = trust_type_completeness.framework_id
            and trust_quarters.quarter_id = trust_type_completeness.quarter_id
            and trust_quarters.trust_type_id = trust_type_completeness.trust_type_id
),

with_rows as (
    select
        spine.framework_id,
        spine.quarter_id,
        spine.trust_code,
        spine.metric_id,
        spine.score_id,
        spine.trust_type_id,
        spine.domain_id,
        spine.applicability,
        spine.is_trust_type_complete,
        case when spine.value_kind = 'number' then value_rows.value_number end as value_number,
        label_bands.band_label as value_label,
        case
            when value_rows.file_id is not null then 'published_file'
        end as value_origin,
        value_rows.shorthand_status,
        value_rows.unit_label,
        coalesce(value_rows.reporting_period_label, score_rows.reporting_period_label)
            as reporting_period_label,
        coalesce(value_rows.sub_domain_label, score_rows.sub_domain_label) as sub_domain_label,
        value_rows.published_rank,
        score_rows.value_number as published_score,
        value_rows.file_id,
        value_rows.row_number,
        score_rows.file_id as score_file_id,
        score_rows.row_number as score_row_number,
        matrix_metrics.row_metric_id,
        matrix_metrics.column_metric_id
    from spine
    left join oversight_data as value_rows
        on
            spine.quarter_id = value_rows.quarter_id
            and spine.trust_code = value_rows.trust_code
            and spine.metric_id = value_rows.measure_id
            and (
                spine.companion_unit_label is null
                or spine.companion_unit_label <> value_rows.unit_label
            )
    left join oversight_data as score_rows
        on
            spine.quarter_id = score_rows.quarter_id
            and spine.trust_code = score_rows.trust_code
            and spine.score_id = score_rows.measure_id
    left join label_bands
        on
            spine.value_kind = 'label'
            and spine.framework_id = label_bands.framework_id
            and spine.metric_id = label_bands.metric_id
            and lower(value_rows.value_text) = lower(label_bands.band_label)
    left join matrix_metrics
        on
            spine.framework_id = matrix_metrics.framework_id
            and spine.metric_id = matrix_metrics.metric_id
),

-- A matrix metric has no value of its own: it can be scored where both of its parts can.
with_parts as (
    select
        with_rows.framework_id,
        with_rows.quarter_id,
        with_rows.trust_code,
        with_rows.metric_id,
        with_rows.score_id,
        with_rows.trust_type_id,
        with_rows.domain_id,
        with_rows.applicability,
        with_rows.is_trust_type_complete,
        with_rows.value_number,
        with_rows.value_label,
        with_rows.value_origin,
        with_rows.shorthand_status,
        with_rows.unit_label,
        with_rows.reporting_period_label,
        with_rows.sub_domain_label,
        with_rows.published_rank,
        with_rows.published_score,
        with_rows.file_id,
        with_rows.row_number,
        with_rows.score_file_id,
        with_rows.score_row_number,
        (
            with_rows.value_number is not null
            or with_rows.value_label is not null
            or with_rows.published_score is not null
            or (
                coalesce(row_parts.value_number, row_parts.published_score) is not null
                and coalesce(column_parts.value_number, column_parts.published_score) is not null
            )
        ) as has_something_to_score
    from with_rows
    left join with_rows as row_parts
        on
            with_rows.framework_id = row_parts.framework_id
            and with_rows.quarter_id = row_parts.quarter_id
            and with_rows.trust_code = row_parts.trust_code
            and with_rows.row_metric_id = row_parts.metric_id
    left join with_rows as column_parts
        on
            with_rows.framework_id = column_parts.framework_id
            and with_rows.quarter_id = column_parts.quarter_id
            and with_rows.trust_code = column_parts.trust_code
            and with_rows.column_metric_id = column_parts.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        score_id,
        trust_type_id,
        domain_id,
        applicability,
        case
            when has_something_to_score and applicability = 'never' then 'excluded'
            when has_something_to_score then 'scored'
            when shorthand_status is not null then shorthand_status
            when applicability = 'never' then 'not_applicable'
            -- In a trust type that is not complete an absence says nothing about the trust.
            when applicability = 'every_trust' and is_trust_type_complete then 'not_reported'
            else 'absent'
        end as cell_status,
        value_number,
        value_label,
        value_origin,
        unit_label,
        reporting_period_label,
        sub_domain_label,
        published_rank,
        published_score,
        file_id,
        row_number,
        score_file_id,
        score_row_number
    from with_parts
)

select * from final
