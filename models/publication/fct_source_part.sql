with source_parts as (
    select * from {{ ref('source_parts') }}
),

source_agreement as (
    select * from {{ ref('source_agreement') }}
)

select
    source_parts.framework_id,
    source_parts.quarter_id,
    source_parts.trust_code as organisation_code,
    source_parts.measure_id,
    {{ first_day_of_month('source_parts.month_number') }} as period_start_date,
    source_parts.organisation_code as source_organisation_code,
    source_parts.numerator,
    source_parts.denominator,
    source_parts.figures_missing,
    source_parts.row_count,
    source_parts.file_id,
    source_parts.row_number
from source_parts
inner join source_agreement
    on
        source_parts.framework_id = source_agreement.framework_id
        and source_parts.quarter_id = source_agreement.quarter_id
        and source_parts.trust_code = source_agreement.organisation_code
        and source_parts.measure_id = source_agreement.measure_id
