{#- Rows of a landed dataset or, in a build where no file is landed at all, of the bundled seed of the same
    shape. The two never mix. -#}
{% macro landed_or_bundled(dataset) -%}
    select * from {{ source('landing', dataset) }}
    union all
    select * from {{ ref('sample_' ~ dataset) }}
    where not exists (select 1 from {{ source('landing', 'files') }})
{%- endmacro %}
