{#- The rows of some partitions of Parquet, with `period` and `file_id` out of the names of their folders, and always as
    text: an engine that guesses would take 0123456789ab for a text and 012345678901 for a number. No other file is
    opened: DuckDB (the default) is given the files by name, as it would look into the first of a folder whichever is asked for; Spark
    leaves out the folders of other months and files. -#}
{% macro records_of(folder, partitions) -%}
    {{ adapter.dispatch('records_of', 'nof')(folder, partitions) }}
{%- endmacro %}

{% macro default__records_of(folder, partitions) -%}
    {%- set paths = [] -%}
    {%- for each in partitions -%}
        {%- do paths.append(
            "'" ~ folder | replace("'", "''") ~ '/period=' ~ each.period ~ '/file_id=' ~ each.file_id ~ "/part-0.parquet'"
        ) -%}
    {%- endfor -%}
    select *
    from
        read_parquet(
            [{{ paths | join(', ') }}],
            hive_partitioning = true,
            hive_types = {'period': varchar, 'file_id': varchar}
        )
{%- endmacro %}

{#- The session has spark.sql.sources.partitionColumnTypeInference.enabled switched off. -#}
{% macro spark__records_of(folder, partitions) -%}
    {%- set periods, file_ids = [], [] -%}
    {%- for each in partitions -%}
        {%- do periods.append("'" ~ each.period ~ "'") -%}
        {%- do file_ids.append("'" ~ each.file_id ~ "'") -%}
    {%- endfor -%}
    select *
    from parquet.`{{ folder }}`
    where
        period in ({{ periods | unique | join(', ') }})
        and file_id in ({{ file_ids | join(', ') }})
{%- endmacro %}

{#- Sums of rows by provider, part and group of commissioners, those of the total rows and those of the treatment
    functions side by side. A sum is empty where every cell that it stands on is. The first exclusion that a row meets
    says its group. -#}
{% macro record_sums(folder, partitions, counts, exclusions, all_functions, other_group) -%}
    {%- set groups = [] -%}
    {%- for each in exclusions -%}
        {%- do groups.append('when ' ~ each.column ~ " = '" ~ each.code ~ "' then '" ~ each.group_id ~ "'") -%}
    {%- endfor -%}
    {%- set group = "'" ~ other_group ~ "'" -%}
    {%- if groups -%}
        {%- set group = 'case ' ~ (groups | join(' ')) ~ ' else ' ~ group ~ ' end' -%}
    {%- endif -%}
    with records as (
        {{ records_of(folder, partitions) }}
    ),

    grouped as (
        select
            *,
            {{ group }} as commissioner_group,
            treatment_function_code = '{{ all_functions }}' as is_total
        from records
    )

    {{ sums_of_grouped(counts) }}
{%- endmacro %}

{#- Spark would sort all rows, with every count, to take the least of a text among them: there the rows are first summed
    by the texts too, and the least is taken of the few that are left. -#}
{% macro sums_of_grouped(counts) -%}
    {{ adapter.dispatch('sums_of_grouped', 'nof')(counts) }}
{%- endmacro %}

{% macro default__sums_of_grouped(counts) -%}
    select
        period,
        file_id,
        provider_code,
        min(provider_name) as provider_name,
        min(provider_parent_code) as provider_parent_code,
        part_type,
        commissioner_group,
        is_total,
        min(row_number) as row_number,
        count(*) as row_count,
        {{ whole_sums(counts) }}
    from grouped
    group by period, file_id, provider_code, part_type, commissioner_group, is_total
{%- endmacro %}

{% macro spark__sums_of_grouped(counts) -%}
    select
        period,
        file_id,
        provider_code,
        min(provider_name) as provider_name,
        min(provider_parent_code) as provider_parent_code,
        part_type,
        commissioner_group,
        is_total,
        min(row_number) as row_number,
        {{ whole_sums(['row_count'] + counts | list) }}
    from (
        select
            period,
            file_id,
            provider_code,
            provider_name,
            provider_parent_code,
            part_type,
            commissioner_group,
            is_total,
            min(row_number) as row_number,
            count(*) as row_count,
            {{ whole_sums(counts) }}
        from grouped
        group by
            period, file_id, provider_code, provider_name, provider_parent_code, part_type, commissioner_group, is_total
    ) as by_name
    group by period, file_id, provider_code, part_type, commissioner_group, is_total
{%- endmacro %}

{#- A sum of each of these columns, under its name. -#}
{% macro whole_sums(counts) -%}
    {%- set sums = [] -%}
    {%- for count in counts -%}
        {%- do sums.append(whole_sum(count) ~ ' as ' ~ count) -%}
    {%- endfor -%}
    {{ sums | join(',\n        ') }}
{%- endmacro %}

{#- The sum of whole numbers, which a double holds exactly up to 2 to the power of 53: that is nine million rows of the
    largest count. DuckDB adds doubles in half the time that it needs for whole numbers. -#}
{% macro whole_sum(column) -%}
    {{ adapter.dispatch('whole_sum', 'nof')(column) }}
{%- endmacro %}

{% macro default__whole_sum(column) -%}
    cast(sum({{ column }}) as bigint)
{%- endmacro %}

{% macro duckdb__whole_sum(column) -%}
    cast(sum(cast({{ column }} as double)) as bigint)
{%- endmacro %}

{#- What is staged: the sums of the total rows. -#}
{% macro staged_sums(sums, counts) -%}
    select
        period,
        file_id,
        row_number,
        provider_code,
        provider_name,
        provider_parent_code,
        part_type,
        commissioner_group,
        row_count,
        {{ counts | join(',\n        ') }}
    from {{ sums }}
    where is_total
    order by period asc, file_id asc, row_number asc
{%- endmacro %}

{#- What each extract holds of rows, total rows and pathways, and in how many sums its treatment functions are not its
    total rows. -#}
{% macro sums_in_hand(sums, counts) -%}
    {%- set differences = [] -%}
    {%- for count in counts -%}
        {%- do differences.append('coalesce(totals.' ~ count ~ ', 0) <> coalesce(functions.' ~ count ~ ', 0)') -%}
    {%- endfor -%}
    with totals as (
        select * from {{ sums }}
        where is_total
    ),

    functions as (
        select * from {{ sums }}
        where not is_total
    ),

    compared as (
        select
            coalesce(totals.file_id, functions.file_id) as file_id,
            coalesce(totals.row_count, 0) as total_row_count,
            coalesce(functions.row_count, 0) as function_row_count,
            coalesce(totals.total_with_unknown_start, 0) as pathway_count,
            case
                when totals.file_id is null or functions.file_id is null then 1
                when {{ differences | join('\n                or ') }} then 1
                else 0
            end as differs
        from totals
        full outer join functions
            on
                totals.file_id = functions.file_id
                and totals.provider_code = functions.provider_code
                and totals.part_type = functions.part_type
                and totals.commissioner_group = functions.commissioner_group
    )

    select
        file_id,
        cast(sum(total_row_count + function_row_count) as bigint) as row_count,
        cast(sum(total_row_count) as bigint) as total_row_count,
        cast(sum(pathway_count) as bigint) as pathway_count,
        cast(sum(differs) as bigint) as sums_that_differ
    from compared
    group by file_id
{%- endmacro %}

{#- Staged sums as the landing table has them: text, empty where there is nothing. Only the parts and groups of
    commissioners that some term of a measure counts, where those are told; an empty one takes all. -#}
{% macro staged_as_landed(folder, partitions, names, counted) -%}
    {%- set texts, conditions = [], [] -%}
    {%- for each in counted -%}
        {%- do conditions.append(
            "('" ~ each.part_type ~ "' in ('', part_type) and '"
            ~ each.commissioner_group ~ "' in ('', commissioner_group))"
        ) -%}
    {%- endfor -%}
    {%- for name in names -%}
        {%- do texts.append('coalesce(' ~ as_text(name) ~ ", '') as " ~ name) -%}
    {%- endfor -%}
    select
        file_id,
        {{ as_text('row_number') }} as row_number,
        'true' as is_current_vintage,
        {{ texts | join(',\n        ') }}
    from (
        {{ records_of(folder, partitions) }}
    ) as staged
    where {{ conditions | join(' or ') or 'true' }}
    order by period asc, file_id asc, cast(staged.row_number as bigint) asc
{%- endmacro %}
