with published_versions as (
    select * from {{ ref('published_versions') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

-- What is published about an organisation, not by it: scores, segments and the like; the values are all other rows.
results as (
    select
        framework_id,
        score_id as measure_id,
        score_id as parts_measure_id,
        '' as league_label
    from metrics
    where score_id is not null
    union
    select
        framework_id,
        domain_id as measure_id,
        domain_id as parts_measure_id,
        '' as league_label
    from domains
    union
    select
        framework_id,
        domain_segment_id as measure_id,
        domain_segment_id as parts_measure_id,
        '' as league_label
    from domains
    union
    -- The flags are decisions about the organisation: inputs, as the values are.
    select
        framework_id,
        measure_id,
        measure_id as parts_measure_id,
        '' as league_label
    from summary_measures
    where measure_role not in ('financial_override', 'improvement_programme')
    union
    select
        framework_id,
        'league table' as measure_id,
        measure_id as parts_measure_id,
        case measure_role
            when 'financial_override' then 'Trust_in_financial_deficit'
            else 'Segment'
        end as league_label
    from summary_measures
    where measure_role in ('financial_override', 'adjusted_segment')
),

-- A version and the one before it; text and rank of one cell are two figures.
paired as (
    select
        later.framework_id,
        later.quarter_id,
        later.trust_type_id,
        later.trust_code,
        later.measure_id,
        later.unit_label,
        later.version_number,
        earlier.figure_text as old_text,
        later.figure_text as new_text,
        earlier.compared_text as old_compared_text,
        later.compared_text as new_compared_text,
        earlier.published_rank as old_rank,
        later.published_rank as new_rank,
        earlier.is_gone or later.is_gone as is_gone_or_back,
        earlier.from_date as old_from_date,
        later.from_date,
        earlier.last_landed_order as old_landed_order,
        later.landed_order as new_landed_order,
        earlier.last_file_id as old_file_id,
        earlier.last_row_number as old_row_number,
        later.file_id as new_file_id,
        later.row_number as new_row_number,
        results.parts_measure_id is not null as is_result,
        coalesce(results.parts_measure_id, later.measure_id) as parts_measure_id
    from published_versions as later
    inner join published_versions as earlier
        on
            later.framework_id = earlier.framework_id
            and later.quarter_id = earlier.quarter_id
            and later.trust_type_id = earlier.trust_type_id
            and later.trust_code = earlier.trust_code
            and later.measure_id = earlier.measure_id
            and later.unit_label = earlier.unit_label
            and later.version_number = earlier.version_number + 1
    left join results
        on
            later.framework_id = results.framework_id
            and later.measure_id = results.measure_id
            and results.league_label = case
                when later.measure_id <> 'league table' then ''
                when later.unit_label = 'Trust_in_financial_deficit' then later.unit_label
                else 'Segment'
            end
),

-- A text that is gone or back is one change, whatever the rank beside it.
unioned as (
    select
        *,
        'published_text' as figure_kind,
        old_text as old_figure_text,
        new_text as new_figure_text
    from paired
    where is_gone_or_back or old_compared_text <> new_compared_text
    union all
    select
        *,
        'published_rank' as figure_kind,
        cast(old_rank as varchar) as old_figure_text,
        cast(new_rank as varchar) as new_figure_text
    from paired
    where not is_gone_or_back and coalesce(old_rank, 0) <> coalesce(new_rank, 0)
),

final as (
    select
        row_number() over (
            order by quarter_id, trust_type_id, trust_code, measure_id, unit_label, figure_kind, version_number
        ) as revision_number,
        framework_id,
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id,
        unit_label,
        figure_kind,
        version_number,
        old_figure_text,
        new_figure_text,
        old_from_date,
        from_date,
        old_landed_order,
        new_landed_order,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number,
        is_result,
        parts_measure_id
    from unioned
)

select * from final
