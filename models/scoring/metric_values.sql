with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

metrics as (
    select * from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
    where treatment = 'scored'
),

service_applicability as (
    select * from {{ ref('service_applicability') }}
),

exclusions as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'exclusion'
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

oversight_data as (
    select * from {{ ref('oversight_values') }}
),

label_bands as (
    select * from {{ ref('label_bands') }}
),

missing_reasons as (
    select * from {{ ref('missing_reasons') }}
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
        trust_type_completeness.is_complete as is_trust_type_complete,
        frameworks.adopts_published_scores
    from trust_quarters
    inner join frameworks
        on trust_quarters.framework_id = frameworks.framework_id
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
        value_rows.value_origin,
        value_rows.value_quarter_id,
        value_rows.months_in_hand,
        value_rows.months_expected,
        value_rows.shorthand_status,
        value_rows.unit_label,
        coalesce(value_rows.reporting_period_label, score_rows.reporting_period_label)
            as reporting_period_label,
        coalesce(value_rows.sub_domain_label, score_rows.sub_domain_label) as sub_domain_label,
        value_rows.published_rank,
        case when spine.adopts_published_scores then score_rows.value_number end as published_score,
        value_rows.file_id,
        value_rows.row_number,
        score_rows.file_id as score_file_id,
        score_rows.row_number as score_row_number,
        score_rows.value_quarter_id as score_quarter_id,
        matrix_metrics.row_metric_id,
        matrix_metrics.column_metric_id
    from spine
    left join oversight_data as value_rows
        on
            spine.quarter_id = value_rows.quarter_id
            and spine.trust_code = value_rows.trust_code
            and spine.metric_id = value_rows.measure_id
            -- Not the companion's row (the count beside a rate), where the metric has one; no unit is a metric's
            -- identifier. An `or` here would make the join compare every row with every other.
            and coalesce(spine.companion_unit_label, spine.metric_id) <> coalesce(value_rows.unit_label, '')
    left join oversight_data as score_rows
        on
            spine.quarter_id = score_rows.quarter_id
            and spine.trust_code = score_rows.trust_code
            and spine.score_id = score_rows.measure_id
    left join label_bands
        on
            spine.framework_id = label_bands.framework_id
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
        with_rows.value_quarter_id,
        with_rows.months_in_hand,
        with_rows.months_expected,
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
        with_rows.score_quarter_id,
        (
            with_rows.value_number is not null
            or with_rows.value_label is not null
            or with_rows.published_score is not null
            or (
                coalesce(row_parts.value_number, row_parts.published_score) is not null
                and coalesce(column_parts.value_number, column_parts.published_score) is not null
            )
        ) as has_something_to_score,
        coalesce(row_exclusions.file_id, column_exclusions.file_id) as part_exclusion_file_id,
        case
            when row_exclusions.register_id is not null then row_exclusions.row_number
            else column_exclusions.row_number
        end as part_exclusion_row_number
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
    left join exclusions as row_exclusions
        on
            with_rows.framework_id = row_exclusions.framework_id
            and with_rows.quarter_id = row_exclusions.quarter_id
            and with_rows.trust_code = row_exclusions.trust_code
            and with_rows.row_metric_id = row_exclusions.subject_id
    left join exclusions as column_exclusions
        on
            with_rows.framework_id = column_exclusions.framework_id
            and with_rows.quarter_id = column_exclusions.quarter_id
            and with_rows.trust_code = column_exclusions.trust_code
            and with_rows.column_metric_id = column_exclusions.subject_id
),

-- Rules 1 and 7: why there is no score, from what is known for certain to what is only absent.
reasoned as (
    select
        with_parts.framework_id,
        with_parts.quarter_id,
        with_parts.trust_code,
        with_parts.metric_id,
        with_parts.score_id,
        with_parts.trust_type_id,
        with_parts.domain_id,
        with_parts.applicability,
        with_parts.shorthand_status,
        case
            -- A published combined score was made from an excluded part too: adopting it would let the part back in.
            when exclusions.register_id is not null or with_parts.part_exclusion_file_id is not null
                then 'excluded_by_register'
            when with_parts.has_something_to_score and with_parts.applicability = 'never'
                then 'excluded_by_framework'
            when with_parts.has_something_to_score then null
            when with_parts.shorthand_status is not null then 'shorthand'
            when with_parts.applicability = 'never' then 'not_for_this_trust_type'
            when not service_applicability.runs_service then 'service_not_run'
            -- In a trust type that is not complete an absence says nothing about the trust.
            when service_applicability.runs_service and with_parts.is_trust_type_complete then 'service_run_no_row'
            when with_parts.applicability = 'every_trust' and with_parts.is_trust_type_complete
                then 'every_trust_reports'
            else 'no_row'
        end as missing_reason_id,
        coalesce(exclusions.file_id, with_parts.part_exclusion_file_id) as exclusion_file_id,
        case
            when exclusions.register_id is not null then exclusions.row_number
            else with_parts.part_exclusion_row_number
        end as exclusion_row_number,
        service_applicability.file_id as service_file_id,
        service_applicability.row_number as service_row_number,
        with_parts.value_number,
        with_parts.value_label,
        with_parts.value_origin,
        with_parts.value_quarter_id,
        with_parts.months_in_hand,
        with_parts.months_expected,
        with_parts.unit_label,
        with_parts.reporting_period_label,
        with_parts.sub_domain_label,
        with_parts.published_rank,
        with_parts.published_score,
        with_parts.file_id,
        with_parts.row_number,
        with_parts.score_file_id,
        with_parts.score_row_number,
        with_parts.score_quarter_id
    from with_parts
    left join exclusions
        on
            with_parts.framework_id = exclusions.framework_id
            and with_parts.quarter_id = exclusions.quarter_id
            and with_parts.trust_code = exclusions.trust_code
            and with_parts.metric_id = exclusions.subject_id
    left join service_applicability
        on
            with_parts.framework_id = service_applicability.framework_id
            and with_parts.quarter_id = service_applicability.quarter_id
            and with_parts.trust_code = service_applicability.trust_code
            and with_parts.metric_id = service_applicability.metric_id
),

final as (
    select
        reasoned.framework_id,
        reasoned.quarter_id,
        reasoned.trust_code,
        reasoned.metric_id,
        reasoned.score_id,
        reasoned.trust_type_id,
        reasoned.domain_id,
        reasoned.applicability,
        -- A shorthand says itself what it stands for; every other reason stands for one status.
        case
            when reasoned.missing_reason_id is null then 'scored'
            when reasoned.missing_reason_id = 'shorthand' then reasoned.shorthand_status
            else missing_reasons.cell_status
        end as cell_status,
        reasoned.missing_reason_id,
        case
            when reasoned.missing_reason_id = 'excluded_by_register' then reasoned.exclusion_file_id
            when reasoned.missing_reason_id in ('service_not_run', 'service_run_no_row') then reasoned.service_file_id
        end as status_file_id,
        case
            when reasoned.missing_reason_id = 'excluded_by_register' then reasoned.exclusion_row_number
            when reasoned.missing_reason_id in ('service_not_run', 'service_run_no_row')
                then reasoned.service_row_number
        end as status_row_number,
        reasoned.value_number,
        reasoned.value_label,
        reasoned.value_origin,
        reasoned.value_quarter_id,
        reasoned.months_in_hand,
        reasoned.months_expected,
        reasoned.unit_label,
        reasoned.reporting_period_label,
        reasoned.sub_domain_label,
        reasoned.published_rank,
        reasoned.published_score,
        reasoned.file_id,
        reasoned.row_number,
        reasoned.score_file_id,
        reasoned.score_row_number,
        reasoned.score_quarter_id
    from reasoned
    left join missing_reasons
        on reasoned.missing_reason_id = missing_reasons.missing_reason_id
)

select * from final
