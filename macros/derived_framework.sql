{#- A derived framework has every row of its base: under a run of one each seed with a framework_id gets the base's
    rows once more under the derived identifier, so that no row is copied by hand. Where no run is under one the
    landing table is empty, and so nothing is added. What the derived framework says otherwise is a column of
    seeds/framework/derived_frameworks.csv of the same name. Run after each seed of seeds/framework. -#}
{% macro add_derived_framework() -%}
    {%- if execute -%}
        {%- set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list -%}
        {%- if 'framework_id' in columns -%}
            {%- set own, never = ['framework_id'], [] -%}
            {%- if this.identifier == 'frameworks' -%}
                {%- set own = own + ['framework_label', 'value_origin', 'source', 'certainty'] -%}
                {#- Nothing is published under it, and it is never the one in force. -#}
                {%- set never = ['is_in_force', 'has_published_figures'] -%}
            {%- endif -%}
            {%- set values = [] -%}
            {%- for column in columns -%}
                {%- if column in never -%}
                    {%- do values.append('false') -%}
                {%- elif column == 'is_forecast' -%}
                    {%- do values.append("derived.is_forecast = 'true'") -%}
                {%- elif column in own -%}
                    {%- do values.append('derived.' ~ column) -%}
                {%- else -%}
                    {%- do values.append('base.' ~ column) -%}
                {%- endif -%}
            {%- endfor -%}
            insert into {{ this }} ({{ columns | join(', ') }})
            select {{ values | join(', ') }}
            from {{ this }} as base
            inner join {{ source('landing', 'derived_framework') }} as derived
                on base.framework_id = derived.base_framework_id
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
