{#- Seeds of an engine that reads no file of its own: the rows go over as JSON, thousands in a statement. dbt's own way
    writes a value for each cell into the statement, which takes a minute for the bundled nation, and on Spark takes an
    empty cell for the word None. -#}

{% macro postgres__load_csv_rows(model, agate_table) -%}
    {%- do return(load_rows_as_json(model, agate_table)) -%}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- do return(load_rows_as_json(model, agate_table)) -%}
{%- endmacro %}

{% macro load_rows_as_json(model, agate_table, rows_at_once=5000) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set cells = [] -%}
    {%- for name in agate_table.column_names -%}
        {%- set type = type_of_engine(types.get(name) or adapter.convert_type(agate_table, loop.index0)) -%}
        {%- do cells.append('cast(' ~ json_cell(loop.index0) ~ ' as ' ~ type ~ ')') -%}
    {%- endfor -%}
    {%- set statements = [] -%}
    {%- for chunk in agate_table.rows | batch(rows_at_once) -%}
        {%- set rows = [] -%}
        {%- for row in chunk -%}
            {%- do rows.append(row.values() | list) -%}
        {%- endfor -%}
        {%- set insert = 'insert into ' ~ this.render() ~ ' select ' ~ cells | join(', ') ~ ' from ' -%}
        {%- do insert_json(insert, tojson(rows)) -%}
        {%- do statements.append(insert ~ '...') -%}
    {%- endfor -%}
    {%- do return(statements | join('; ')) -%}
{%- endmacro %}

{% macro json_cell(place) -%} {{ adapter.dispatch('json_cell', 'nof')(place) }} {%- endmacro %}
{#- DuckDB reads the seeds itself, and dbt wants every dispatched macro to be there when it parses. -#}
{% macro default__json_cell(place) -%} line[{{ place }}] {%- endmacro %}
{% macro postgres__json_cell(place) -%} (line ->> {{ place }}) {%- endmacro %}

{% macro insert_json(insert, text) -%}
    {%- do adapter.dispatch('insert_json', 'nof')(insert, text) -%}
{%- endmacro %}

{% macro default__insert_json(insert, text) -%}
    {%- do exceptions.raise_compiler_error('insert_json: ' ~ target.type ~ ' has no way of its own to load a seed') -%}
{%- endmacro %}

{% macro postgres__insert_json(insert, text) -%}
    {%- do adapter.add_query(
        insert ~ 'json_array_elements(cast(%s as json)) as lines (line)', bindings=[text], abridge_sql_log=True
    ) -%}
{%- endmacro %}

{% macro spark__insert_json(insert, text) -%}
    {%- set literal = text | replace('\\', '\\\\') | replace("'", "\\'") -%}
    {%- do adapter.add_query(
        insert ~ "(select explode(from_json('" ~ literal ~ "', 'array<array<string>>')) as line)", abridge_sql_log=True
    ) -%}
{%- endmacro %}

{#- Seeds spell their types as DuckDB and PostgreSQL do. -#}
{% macro type_of_engine(type) -%} {{ adapter.dispatch('type_of_engine', 'nof')(type) }} {%- endmacro %}
{% macro default__type_of_engine(type) -%} {{ type }} {%- endmacro %}
{% macro spark__type_of_engine(type) -%} {{ 'string' if type == 'varchar' else type }} {%- endmacro %}

{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set columns = [] -%}
    {%- for name in agate_table.column_names -%}
        {%- set type = type_of_engine(types.get(name) or adapter.convert_type(agate_table, loop.index0)) -%}
        {%- do columns.append(name ~ ' ' ~ type) -%}
    {%- endfor -%}
    {%- set statement = 'create table ' ~ this.render() ~ ' (' ~ columns | join(', ') ~ ')' -%}
    {%- do run_query(statement) -%}
    {%- do return(statement) -%}
{%- endmacro %}
