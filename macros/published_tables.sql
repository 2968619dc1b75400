{#- The tables of the release as rows, from the YAML beside their models, so that no description is written twice.
    By their names they are of a kind: what is ready to read has no prefix. -#}
{% macro published_tables() -%}
    {%- set kinds = {'dim': 'dimension', 'fct': 'fact', 'method': 'method', 'dq': 'quality'} -%}
    {%- set tables = graph.nodes.values()
        | selectattr('resource_type', 'equalto', 'model')
        | selectattr('schema', 'equalto', this.schema)
        | sort(attribute='name') -%}
    {%- for table in tables %}
        select
            {{ text_literal(table.name) }} as table_name,
            {{ text_literal(kinds.get(table.name.split('_')[0], 'ready_to_read')) }} as table_kind,
            {{ text_literal(table.description) }} as what_it_holds,
            {{ text_literal(table.config.meta.grain) }} as one_row_per
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
{%- endmacro %}

{% macro text_literal(text) -%}
    '{{ text | replace("'", "''") }}'
{%- endmacro %}
