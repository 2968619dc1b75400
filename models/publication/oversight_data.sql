{#- What every row of the file has. A value may have a label in place of the number, and benchmarks beside it. -#}
{%- set in_every_row = [
    'framework_id', 'quarter_id', 'trust_code', 'measure_id', 'unit_label', 'section_order', 'domain_label',
    'sub_domain_label', 'metric_description', 'reporting_period_label', 'value_number', 'figure_rank',
] -%}
with data_file_values as (
    select * from {{ ref('data_file_values') }}
),

data_file_scores as (
    select * from {{ ref('data_file_scores') }}
),

data_file_domains as (
    select * from {{ ref('data_file_domains') }}
),

data_file_summaries as (
    select * from {{ ref('data_file_summaries') }}
),

organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

unioned as (
    select
        {{ in_every_row | join(', ') }},
        value_label, median_value, lower_quartile_value, upper_quartile_value
    from data_file_values
    {% for figures in ['data_file_scores', 'data_file_domains', 'data_file_summaries'] -%}
        union all
        select
            {{ in_every_row | join(', ') }},
            null as value_label, null as median_value, null as lower_quartile_value, null as upper_quartile_value
        from {{ figures }}
    {% endfor %}
)

select
    unioned.framework_id,
    unioned.quarter_id,
    unioned.trust_code,
    unioned.measure_id,
    unioned.unit_label,
    organisation_quarters.trust_type_id,
    cast(unioned.section_order as bigint) as section_order,
    quarters.quarter_label,
    organisation_quarters.region_label,
    trust_types.trust_type_label,
    organisation_quarters.trust_subtype_label,
    organisation_quarters.trust_name,
    unioned.domain_label,
    unioned.sub_domain_label,
    unioned.metric_description,
    coalesce(unioned.reporting_period_label, '') as reporting_date,
    coalesce(unioned.value_label, {{ published_number('unioned.value_number') }}) as value,
    {{ published_number('unioned.median_value') }} as median_value,
    {{ published_number('unioned.lower_quartile_value') }} as lower_quartile,
    {{ published_number('unioned.upper_quartile_value') }} as upper_quartile,
    {{ published_number('unioned.figure_rank') }} as rank
from unioned
inner join organisation_quarters
    on
        unioned.framework_id = organisation_quarters.framework_id
        and unioned.quarter_id = organisation_quarters.quarter_id
        and unioned.trust_code = organisation_quarters.trust_code
inner join trust_types
    on organisation_quarters.trust_type_id = trust_types.trust_type_id
inner join quarters
    on
        unioned.framework_id = quarters.framework_id
        and unioned.quarter_id = quarters.quarter_id
