{#- The gate in the graph: `nof run` writes a row of gates.gate_records when a gate has spoken; a new build of
    the scored part removes it; a publication model refuses to build without a passing one. -#}
{#- What a gate says of each expectation; a test compares it with what orchestration/nof/gates writes. -#}
{% macro expectation_result_columns() -%}
    {%- do return([
        'gate varchar', 'suite varchar', 'relation varchar', 'expectation_id varchar', 'expectation_type varchar',
        '"column" varchar', 'severity varchar', 'is_passed boolean', 'outcome varchar', 'checked_count bigint',
        'unexpected_count bigint', 'first_unexpected varchar', 'observed varchar', 'meaning varchar',
        'remedy varchar', 'owner_role varchar',
    ]) -%}
{%- endmacro %}

{% macro void_gate_record() -%}
    {%- if execute -%}
        {%- set record = ['gate varchar', 'is_passed boolean', 'expectation_count bigint', 'failed_count bigint'] -%}
        {%- set statements = [
            'create schema if not exists gates',
            'create table if not exists gates.gate_records (' ~ columns_of_engine(record) ~ ')',
            'create table if not exists gates.expectation_results (' ~ columns_of_engine(expectation_result_columns()) ~ ')',
        ] -%}
        {%- set scored = namespace(any=false) -%}
        {%- for resource in selected_resources if resource.startswith('model.nof.') -%}
            {%- if graph.nodes[resource].schema in ('scoring', 'context', 'insight') -%}
                {%- set scored.any = true -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if scored.any -%}
            {%- do statements.extend(forget_gate('gate_records', 'scored')) -%}
            {%- do statements.extend(forget_gate('expectation_results', 'scored')) -%}
        {%- endif -%}
        {%- do return(statements_of_hook(statements)) -%}
    {%- endif -%}
{%- endmacro %}

{% macro require_gate_pass() -%}
    {%- if execute -%}
        {%- set passes = run_query(
            "select count(*) from gates.gate_records where gate = 'scored' and is_passed and expectation_count > 0"
        ).columns[0].values()[0] -%}
        {%- if passes != 1 -%}
            {%- do exceptions.raise_compiler_error(
                'The scored gate has not passed for this build, so nothing may be published. '
                ~ 'Run the whole way with `nof run`; after `dbt build` alone the publication models do not build.'
            ) -%}
        {%- endif -%}
    {%- endif -%}
    select 1
{%- endmacro %}
