-- The rows of NHS England's data files; in a forecast quarter those of the quarter before, carried forward. Without a
-- forecast it is staging row for row.
with run_framework as (
    select * from {{ ref('run_framework') }}
),

forecast_quarters as (
    select * from {{ ref('forecast_quarters') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

metrics as (
    select metrics.*
    from {{ ref('metrics') }} as metrics
    inner join run_framework
        on metrics.framework_id = run_framework.framework_id
),

-- The facts about a trust that are published beside its metrics, and that a forecast has from nowhere else.
facts as (
    select summary_measures.measure_id
    from {{ ref('summary_measures') }} as summary_measures
    inner join run_framework
        on summary_measures.framework_id = run_framework.framework_id
    where summary_measures.measure_role in ('financial_override', 'improvement_programme', 'final_segment')
),

-- The measures whose rows are carried: values (not the count beside a rate), published scores, facts.
carried_measures as (
    select
        metric_id as measure_id,
        companion_unit_label
    from metrics
    union
    select
        score_id as measure_id,
        {{ no_text() }} as companion_unit_label
    from metrics
    where score_id <> metric_id
    union
    select
        measure_id,
        {{ no_text() }} as companion_unit_label
    from facts
),

final as (
    select
        quarter_id,
        quarter_id as value_quarter_id,
        'framework_file' as value_origin,
        file_id,
        row_number,
        trust_type_id,
        trust_code,
        trust_name,
        trust_subtype_label,
        region_label,
        domain_label,
        sub_domain_label,
        measure_id,
        measure_label,
        reporting_period_label,
        unit_label,
        value_text,
        shorthand_status,
        value_number,
        median_value,
        lower_quartile_value,
        upper_quartile_value,
        published_rank
    from oversight_data
    union all
    select
        forecast_quarters.quarter_id,
        oversight_data.quarter_id as value_quarter_id,
        'carried_forward' as value_origin,
        oversight_data.file_id,
        oversight_data.row_number,
        oversight_data.trust_type_id,
        oversight_data.trust_code,
        oversight_data.trust_name,
        oversight_data.trust_subtype_label,
        oversight_data.region_label,
        oversight_data.domain_label,
        oversight_data.sub_domain_label,
        oversight_data.measure_id,
        oversight_data.measure_label,
        oversight_data.reporting_period_label,
        oversight_data.unit_label,
        oversight_data.value_text,
        oversight_data.shorthand_status,
        oversight_data.value_number,
        oversight_data.median_value,
        oversight_data.lower_quartile_value,
        oversight_data.upper_quartile_value,
        oversight_data.published_rank
    from forecast_quarters
    inner join oversight_data
        on forecast_quarters.carried_quarter_id = oversight_data.quarter_id
    inner join carried_measures
        on
            oversight_data.measure_id = carried_measures.measure_id
            and coalesce(carried_measures.companion_unit_label, oversight_data.measure_id)
            <> coalesce(oversight_data.unit_label, '')
)

select * from final
