with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

metric_applicability as (
    select * from {{ ref('metric_applicability') }}
    where treatment = 'contextual'
),

service_applicability as (
    select * from {{ ref('service_applicability') }}
),

exclusions as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'exclusion'
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

-- Rules 7: what is published beside the score of an organisation of this type.
spine as (
    select
        organisation_quarters.framework_id,
        organisation_quarters.quarter_id,
        organisation_quarters.trust_code,
        metrics.metric_id,
        organisation_quarters.trust_type_id,
        organisation_quarters.organisation_kind,
        metrics.domain_id,
        metrics.value_kind,
        metrics.companion_unit_label,
        metric_applicability.applicability
    from organisation_quarters
    inner join metric_applicability
        on
            organisation_quarters.framework_id = metric_applicability.framework_id
            and organisation_quarters.trust_type_id = metric_applicability.trust_type_id
    inner join metrics
        on
            metric_applicability.framework_id = metrics.framework_id
            and metric_applicability.metric_id = metrics.metric_id
),

-- A label that the method gives no score stands as it is published: it is only shown.
with_rows as (
    select
        spine.framework_id,
        spine.quarter_id,
        spine.trust_code,
        spine.metric_id,
        spine.trust_type_id,
        spine.organisation_kind,
        spine.domain_id,
        spine.applicability,
        case when spine.value_kind = 'number' then oversight_data.value_number end as value_number,
        case
            when spine.value_kind = 'label' and oversight_data.shorthand_status is null
                then coalesce(label_bands.band_label, oversight_data.value_text)
        end as value_label,
        oversight_data.shorthand_status,
        oversight_data.unit_label,
        oversight_data.reporting_period_label,
        oversight_data.file_id,
        oversight_data.row_number
    from spine
    left join oversight_data
        on
            spine.quarter_id = oversight_data.quarter_id
            and spine.trust_code = oversight_data.trust_code
            and spine.metric_id = oversight_data.measure_id
            -- Not the companion's row (the count beside a rate), where the metric has one; no unit is a metric's
            -- identifier. An `or` here would make the join compare every row with every other.
            and coalesce(spine.companion_unit_label, spine.metric_id) <> coalesce(oversight_data.unit_label, '')
    left join label_bands
        on
            spine.value_kind = 'label'
            and spine.framework_id = label_bands.framework_id
            and spine.metric_id = label_bands.metric_id
            and lower(oversight_data.value_text) = lower(label_bands.band_label)
),

-- Rules 1, missing values. No file says that it holds every contextual figure, so an absence says nothing about
-- the organisation, not even where it runs the service.
reasoned as (
    select
        with_rows.framework_id,
        with_rows.quarter_id,
        with_rows.trust_code,
        with_rows.metric_id,
        with_rows.trust_type_id,
        with_rows.organisation_kind,
        with_rows.domain_id,
        with_rows.applicability,
        with_rows.shorthand_status,
        case
            when exclusions.register_id is not null then 'excluded_by_register'
            when
                with_rows.applicability = 'never'
                and (with_rows.value_number is not null or with_rows.value_label is not null)
                then 'excluded_by_framework'
            when with_rows.value_number is not null or with_rows.value_label is not null then null
            when with_rows.shorthand_status is not null then 'shorthand'
            when with_rows.applicability = 'never' then 'not_for_this_trust_type'
            when not service_applicability.runs_service then 'service_not_run'
            else 'no_row'
        end as missing_reason_id,
        exclusions.file_id as exclusion_file_id,
        exclusions.row_number as exclusion_row_number,
        service_applicability.file_id as service_file_id,
        service_applicability.row_number as service_row_number,
        with_rows.value_number,
        with_rows.value_label,
        with_rows.unit_label,
        with_rows.reporting_period_label,
        with_rows.file_id,
        with_rows.row_number
    from with_rows
    left join exclusions
        on
            with_rows.framework_id = exclusions.framework_id
            and with_rows.quarter_id = exclusions.quarter_id
            and with_rows.trust_code = exclusions.trust_code
            and with_rows.metric_id = exclusions.subject_id
    left join service_applicability
        on
            with_rows.framework_id = service_applicability.framework_id
            and with_rows.quarter_id = service_applicability.quarter_id
            and with_rows.trust_code = service_applicability.trust_code
            and with_rows.metric_id = service_applicability.metric_id
),

final as (
    select
        reasoned.framework_id,
        reasoned.quarter_id,
        reasoned.trust_code,
        reasoned.metric_id,
        reasoned.trust_type_id,
        reasoned.organisation_kind,
        reasoned.domain_id,
        reasoned.applicability,
        case
            when reasoned.missing_reason_id is null then 'in_hand'
            when reasoned.missing_reason_id = 'shorthand' then reasoned.shorthand_status
            else missing_reasons.cell_status
        end as context_status,
        reasoned.missing_reason_id,
        case reasoned.missing_reason_id
            when 'excluded_by_register' then reasoned.exclusion_file_id
            when 'service_not_run' then reasoned.service_file_id
        end as status_file_id,
        case reasoned.missing_reason_id
            when 'excluded_by_register' then reasoned.exclusion_row_number
            when 'service_not_run' then reasoned.service_row_number
        end as status_row_number,
        reasoned.value_number,
        reasoned.value_label,
        reasoned.unit_label,
        reasoned.reporting_period_label,
        reasoned.file_id,
        reasoned.row_number
    from reasoned
    left join missing_reasons
        on reasoned.missing_reason_id = missing_reasons.missing_reason_id
)

select * from final
