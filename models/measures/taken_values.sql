-- Values made from source publications that are scored in the place of what the data files say, under a framework that
-- says so; none under another.
with run_framework as (
    select * from {{ ref('run_framework') }}
),

forecast_quarters as (
    select * from {{ ref('forecast_quarters') }}
),

metrics as (
    select metrics.*
    from {{ ref('metrics') }} as metrics
    inner join run_framework
        on metrics.framework_id = run_framework.framework_id
),

metric_applicability as (
    select metric_applicability.*
    from {{ ref('metric_applicability') }} as metric_applicability
    inner join run_framework
        on metric_applicability.framework_id = run_framework.framework_id
),

cell_statuses as (
    select * from {{ ref('cell_statuses') }}
),

oversight_rows as (
    select * from {{ ref('oversight_rows') }}
),

-- Which values are scored: of a quarter in hand those that cover its whole period, of a forecast also part of it.
-- The quarters in hand of a forecast are what NHS England's files say.
chosen as (
    select
        source_values.quarter_id,
        source_values.trust_code,
        source_values.metric_id,
        source_values.value_number,
        source_values.value_rounded,
        source_values.value_status,
        source_values.months_in_hand,
        source_values.months_expected,
        source_values.reporting_period_label,
        source_values.file_id,
        source_values.row_number
    from {{ ref('source_values') }} as source_values
    inner join run_framework
        on
            source_values.framework_id = run_framework.framework_id
            and run_framework.value_origin = 'source_publication'
    inner join metrics
        on
            source_values.metric_id = metrics.metric_id
            and metrics.value_kind = 'number'
    left join forecast_quarters
        on source_values.quarter_id = forecast_quarters.quarter_id
    where
        source_values.value_number is not null
        and (
            forecast_quarters.quarter_id is not null
            or (source_values.value_status = 'whole_period' and not run_framework.is_forecast)
        )
),

numbered as (
    select
        quarter_id,
        trust_code,
        trust_type_id,
        trust_name,
        trust_subtype_label,
        region_label,
        row_number() over (
            partition by quarter_id, trust_code
            order by row_number, file_id
        ) as appearance
    from oversight_rows
),

organisations as (
    select * from numbered
    where appearance = 1
),

-- The one row of a trust and quarter that holds the value of a metric, not the count beside it.
value_rows as (
    select
        oversight_rows.quarter_id,
        oversight_rows.trust_code,
        oversight_rows.measure_id,
        oversight_rows.shorthand_status
    from oversight_rows
    inner join metrics
        on
            oversight_rows.measure_id = metrics.metric_id
            and coalesce(metrics.companion_unit_label, metrics.metric_id) <> coalesce(oversight_rows.unit_label, '')
),

-- What a row says in the place of a value (that the metric does not apply to the trust, say) may stand against a
-- value from elsewhere; and a figure that some publication has of a trust makes no metric apply to its type.
final as (
    select
        chosen.quarter_id,
        chosen.trust_code,
        chosen.metric_id,
        chosen.value_number,
        chosen.value_rounded,
        chosen.value_status,
        chosen.months_in_hand,
        chosen.months_expected,
        chosen.reporting_period_label,
        chosen.file_id,
        chosen.row_number,
        organisations.trust_type_id,
        organisations.trust_name,
        organisations.trust_subtype_label,
        organisations.region_label,
        value_rows.measure_id is not null as has_published_row
    from chosen
    inner join organisations
        on
            chosen.quarter_id = organisations.quarter_id
            and chosen.trust_code = organisations.trust_code
    left join value_rows
        on
            chosen.quarter_id = value_rows.quarter_id
            and chosen.trust_code = value_rows.trust_code
            and chosen.metric_id = value_rows.measure_id
    left join cell_statuses
        on value_rows.shorthand_status = cell_statuses.cell_status
    left join metric_applicability
        on
            chosen.metric_id = metric_applicability.metric_id
            and organisations.trust_type_id = metric_applicability.trust_type_id
    where
        (value_rows.measure_id is not null and coalesce(cell_statuses.gives_way_to_source, true))
        or (value_rows.measure_id is null and metric_applicability.applicability <> 'never')
)

select * from final
