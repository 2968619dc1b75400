{#- What is done around a build. -#}

{#- Several statements as one hook. -#}
{% macro statements_of_hook(statements) -%}
    {%- do return(adapter.dispatch('statements_of_hook', 'nof')(statements)) -%}
{%- endmacro %}

{% macro default__statements_of_hook(statements) -%}
    {%- do return(statements | join('; ')) -%}
{%- endmacro %}

{#- A session of Spark takes one at a time. -#}
{% macro spark__statements_of_hook(statements) -%}
    {%- for statement in statements -%}
        {%- do run_query(statement) -%}
    {%- endfor -%}
    {%- do return('') -%}
{%- endmacro %}

{#- Columns with their types, spelled for the engine. -#}
{% macro columns_of_engine(columns) -%}
    {%- set quote = adapter.quote('') | first -%}
    {{ columns | join(', ') | replace(' varchar', ' ' ~ text_type()) | replace('"', quote) }}
{%- endmacro %}

{#- Rows of a table of gates that a new build voids. -#}
{% macro forget_gate(table, gate) -%}
    {%- do return(adapter.dispatch('forget_gate', 'nof')(table, gate)) -%}
{%- endmacro %}

{% macro default__forget_gate(table, gate) -%}
    {%- do return(["delete from gates." ~ table ~ " where gate = '" ~ gate ~ "'"]) -%}
{%- endmacro %}

{#- Files of Parquet are not deleted from: the rows that stay are put aside and back. -#}
{% macro spark__forget_gate(table, gate) -%}
    {%- do return([
        "drop table if exists gates.kept",
        "create table gates.kept as select * from gates." ~ table ~ " where gate <> '" ~ gate ~ "'",
        "truncate table gates." ~ table,
        "insert into gates." ~ table ~ " select * from gates.kept",
        "drop table gates.kept",
    ]) -%}
{%- endmacro %}

{#- Texts are ordered and compared by their bytes on every engine: a database that sorts as a dictionary does would take
    other quarters for the newest. -#}
{% macro check_engine() -%}
    {%- if execute -%}
        {%- do return(adapter.dispatch('check_engine', 'nof')()) -%}
    {%- endif -%}
{%- endmacro %}

{% macro default__check_engine() -%} {%- do return('') -%} {%- endmacro %}

{% macro postgres__check_engine() -%}
    {%- set found = run_query("select case when 'B' < 'a' then 'bytes' else 'words' end").columns[0].values()[0] -%}
    {%- if found != 'bytes' -%}
        {%- do exceptions.raise_compiler_error(
            'The database ' ~ target.dbname ~ ' sorts texts as a dictionary does, and not by their bytes. Make one: '
            ~ "create database nof template template0 encoding 'UTF8' locale_provider libc locale 'C.UTF-8'."
        ) -%}
    {%- endif -%}
    {%- do return('') -%}
{%- endmacro %}
