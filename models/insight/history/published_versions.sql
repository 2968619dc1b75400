with run_scope as (
    select * from {{ ref('run_scope') }}
),

files as (
    select * from {{ ref('stg_nhse__files') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data_vintages') }}
),

league_table as (
    select * from {{ ref('stg_nhse__league_table_vintages') }}
),

-- A number that is written otherwise (`0.9` for `0.90`) is the same: it is compared as the number that it is.
data_cells as (
    select
        file_id,
        row_number,
        'oversight_data' as file_kind,
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id,
        coalesce(unit_label, '') as unit_label,
        value_text as figure_text,
        case when value_number is null then value_text else {{ published_number('value_number') }} end as compared_text,
        published_rank
    from oversight_data
),

league_cells as (
    {% for heading, text in [
        ('Average_score', published_number('average_score')),
        ('Likely_range_of_average_score', "coalesce(average_score_range_label, '')"),
        ('Segment', "coalesce(cast(segment as varchar), '')"),
        ('Trust_in_financial_deficit', "case is_in_deficit when true then 'Yes' when false then 'No' else '' end"),
        ('Rank', "coalesce(cast(league_rank as varchar), '')"),
        ('Likely_range_of_rank', "coalesce(rank_range_label, '')"),
    ] -%}
        select
            file_id,
            row_number,
            'league_table' as file_kind,
            quarter_id,
            trust_type_id,
            trust_code,
            'league table' as measure_id,
            '{{ heading }}' as unit_label,
            {{ text }} as figure_text,
            {{ text }} as compared_text,
            cast(null as bigint) as published_rank
        from league_table
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

cells as (
    select * from data_cells
    union all
    select * from league_cells
),

-- Rules 5, vintages: the file landed later supplies a trust type and quarter whole, so what it leaves out is gone.
units as (
    select distinct
        file_kind,
        quarter_id,
        trust_type_id,
        file_id
    from cells
),

unit_files as (
    select
        run_scope.framework_id,
        units.file_kind,
        units.quarter_id,
        units.trust_type_id,
        units.file_id,
        files.landed_order,
        files.landed_date,
        row_number() over (
            partition by units.file_kind, units.quarter_id, units.trust_type_id
            order by files.landed_order
        ) as place,
        count(*) over (partition by units.file_kind, units.quarter_id, units.trust_type_id) as file_count
    from units
    inner join run_scope
        on units.quarter_id = run_scope.quarter_id
    inner join files
        on units.file_id = files.file_id
),

keys as (
    select distinct
        file_kind,
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id,
        unit_label
    from cells
),

numbered_keys as (
    select
        file_kind,
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id,
        unit_label,
        row_number() over (
            order by file_kind, quarter_id, trust_type_id, trust_code, measure_id, unit_label
        ) as key_number
    from keys
),

states as (
    select
        numbered_keys.key_number,
        numbered_keys.trust_code,
        numbered_keys.measure_id,
        numbered_keys.unit_label,
        unit_files.framework_id,
        unit_files.file_kind,
        unit_files.quarter_id,
        unit_files.trust_type_id,
        unit_files.file_id,
        unit_files.landed_order,
        unit_files.landed_date,
        unit_files.place,
        unit_files.file_count,
        cells.row_number,
        cells.figure_text,
        cells.compared_text,
        cells.published_rank,
        cells.file_id is null as is_gone
    from numbered_keys
    inner join unit_files
        on
            numbered_keys.file_kind = unit_files.file_kind
            and numbered_keys.quarter_id = unit_files.quarter_id
            and numbered_keys.trust_type_id = unit_files.trust_type_id
    left join cells
        on
            numbered_keys.file_kind = cells.file_kind
            and numbered_keys.quarter_id = cells.quarter_id
            and numbered_keys.trust_type_id = cells.trust_type_id
            and numbered_keys.trust_code = cells.trust_code
            and numbered_keys.measure_id = cells.measure_id
            and numbered_keys.unit_label = cells.unit_label
            and unit_files.file_id = cells.file_id
),

compared as (
    select
        key_number,
        trust_code,
        measure_id,
        unit_label,
        framework_id,
        file_kind,
        quarter_id,
        trust_type_id,
        file_id,
        landed_order,
        landed_date,
        place,
        file_count,
        row_number,
        figure_text,
        compared_text,
        published_rank,
        is_gone,
        lag(is_gone) over (partition by key_number order by place) as was_gone,
        lag(compared_text) over (partition by key_number order by place) as earlier_text,
        lag(published_rank) over (partition by key_number order by place) as earlier_rank
    from states
),

-- A version begins where a file says something else than the one before; what is not yet there is not gone.
opened as (
    select
        key_number,
        trust_code,
        measure_id,
        unit_label,
        framework_id,
        file_kind,
        quarter_id,
        trust_type_id,
        file_id,
        landed_order,
        landed_date,
        file_count,
        row_number,
        figure_text,
        compared_text,
        published_rank,
        is_gone,
        row_number() over (partition by key_number order by place) as version_number,
        lead(place) over (partition by key_number order by place) as until_place
    from compared
    where
        is_gone <> coalesce(was_gone, true)
        or coalesce(compared_text, '') <> coalesce(earlier_text, '')
        or coalesce(published_rank, 0) <> coalesce(earlier_rank, 0)
),

-- It lasts over all files that say the same, to the one before the file that opens the next version.
final as (
    select
        opened.framework_id,
        opened.quarter_id,
        opened.trust_type_id,
        opened.trust_code,
        opened.measure_id,
        opened.unit_label,
        cast(opened.version_number as bigint) as version_number,
        opened.figure_text,
        opened.compared_text,
        opened.published_rank,
        opened.is_gone,
        opened.version_number = 1 as is_first_published,
        opened.until_place is null as is_latest,
        opened.file_id,
        opened.row_number,
        opened.landed_order,
        opened.landed_date as from_date,
        last_files.file_id as last_file_id,
        last_cells.row_number as last_row_number,
        last_files.landed_order as last_landed_order,
        until_files.file_id as until_file_id,
        until_files.landed_date as until_date
    from opened
    inner join unit_files as last_files
        on
            opened.file_kind = last_files.file_kind
            and opened.quarter_id = last_files.quarter_id
            and opened.trust_type_id = last_files.trust_type_id
            and coalesce(opened.until_place - 1, opened.file_count) = last_files.place
    left join cells as last_cells
        on
            opened.quarter_id = last_cells.quarter_id
            and opened.trust_type_id = last_cells.trust_type_id
            and opened.trust_code = last_cells.trust_code
            and opened.measure_id = last_cells.measure_id
            and opened.unit_label = last_cells.unit_label
            and last_files.file_id = last_cells.file_id
    left join unit_files as until_files
        on
            opened.file_kind = until_files.file_kind
            and opened.quarter_id = until_files.quarter_id
            and opened.trust_type_id = until_files.trust_type_id
            and opened.until_place = until_files.place
)

select * from final
