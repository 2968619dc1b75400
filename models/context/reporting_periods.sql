with oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

reporting_period_forms as (
    select * from {{ ref('reporting_period_forms') }}
),

reporting_period_boundaries as (
    select * from {{ ref('reporting_period_boundaries') }}
),

period_units as (
    select * from {{ ref('period_units') }}
),

month_names as (
    select * from {{ ref('month_names') }}
),

-- A value that was made here names its period too, in a text that no file need hold.
all_texts as (
    select
        reporting_period_label,
        file_id,
        row_number
    from oversight_data
    union all
    select
        reporting_period_label,
        file_id,
        row_number
    from metric_values
),

first_rows as (
    select
        reporting_period_label,
        file_id,
        row_number,
        row_number() over (
            partition by reporting_period_label
            order by file_id nulls last, row_number nulls last
        ) as place
    from all_texts
    where reporting_period_label is not null and reporting_period_label <> ''
),

texts as (
    select
        reporting_period_label,
        file_id,
        row_number
    from first_rows
    where place = 1
),

{{ read_periods(
    'texts', 'reporting_period_forms', 'reporting_period_boundaries', 'period_units', 'month_names'
) }},

-- Of two forms that read a text neither is believed: which of them holds is then not known.
counted_readings as (
    select
        reporting_period_label,
        count(*) as form_count,
        min(form_id) as form_id,
        min(period_basis) as period_basis,
        min(period_start_date) as period_start_date,
        min(period_end_date) as period_end_date,
        min(comparison_start_date) as comparison_start_date,
        min(comparison_end_date) as comparison_end_date
    from readings
    where is_read
    group by reporting_period_label
),

final as (
    select
        texts.reporting_period_label,
        cast(coalesce(counted_readings.form_count, 0) as bigint) as form_count,
        case
            when counted_readings.form_count is null then 'not_known'
            when counted_readings.form_count > 1 then 'ambiguous'
            when counted_readings.period_end_date is null then 'open_ended'
            else 'parsed'
        end as parse_status,
        case when counted_readings.form_count = 1 then counted_readings.form_id end as form_id,
        case when counted_readings.form_count = 1 then counted_readings.period_basis end as period_basis,
        case when counted_readings.form_count = 1 then counted_readings.period_start_date end as period_start_date,
        case when counted_readings.form_count = 1 then counted_readings.period_end_date end as period_end_date,
        case when counted_readings.form_count = 1 then counted_readings.comparison_start_date end
            as comparison_start_date,
        case when counted_readings.form_count = 1 then counted_readings.comparison_end_date end
            as comparison_end_date,
        texts.file_id,
        texts.row_number
    from texts
    left join counted_readings
        on texts.reporting_period_label = counted_readings.reporting_period_label
)

select * from final
