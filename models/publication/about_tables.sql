with tables as (
    {% if execute %}
        {{ published_tables() }}
    {% else %}
        select '' as table_name, '' as table_kind, '' as what_it_holds, '' as one_row_per
    {% endif %}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
),

reading_order as (
    select
        table_name,
        table_kind,
        what_it_holds,
        one_row_per,
        case table_kind
            when 'ready_to_read' then 1
            when 'dimension' then 2
            when 'fact' then 3
            when 'quality' then 4
            when 'method' then 5
        end as kind_order
    from tables
)

-- The tables are the same under every framework; the framework stands here as it does in every table.
select
    scored_frameworks.framework_id,
    reading_order.table_name,
    reading_order.table_kind,
    row_number() over (
        partition by scored_frameworks.framework_id
        order by reading_order.kind_order, reading_order.table_name
    ) as reading_order,
    reading_order.what_it_holds,
    reading_order.one_row_per
from reading_order
cross join scored_frameworks
