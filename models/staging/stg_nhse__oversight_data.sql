with vintages as (
    select * from {{ ref('stg_nhse__oversight_data_vintages') }}
)

select
    file_id,
    row_number,
    quarter_id,
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
from vintages
where is_current_vintage
