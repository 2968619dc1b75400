with published_figures as (
    select * from {{ ref('published_figures') }}
),

published_versions as (
    select * from {{ ref('published_versions') }}
),

figure_parts as (
    select * from {{ ref('figure_parts') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
),

files as (
    select * from {{ ref('stg_nhse__files') }}
),

-- A cell of a league table is a figure of the nation's files under another name: it is made from the same values.
league_cells as (
    {% for kind, heading, role in [
        ('league_table_average_score', 'Average_score', 'average_metric_score'),
        ('league_table_score_low', 'Likely_range_of_average_score', 'average_metric_score'),
        ('league_table_score_high', 'Likely_range_of_average_score', 'average_metric_score'),
        ('league_table_segment', 'Segment', 'adjusted_segment'),
        ('league_table_deficit', 'Trust_in_financial_deficit', 'financial_override'),
        ('league_table_rank', 'Rank', 'adjusted_segment'),
        ('league_table_rank_low', 'Likely_range_of_rank', 'adjusted_segment'),
        ('league_table_rank_high', 'Likely_range_of_rank', 'adjusted_segment'),
    ] -%}
        select
            '{{ kind }}' as figure_kind,
            '{{ heading }}' as unit_label,
            '{{ role }}' as measure_role
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

version_counts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        case when measure_id = 'league table' then unit_label end as heading,
        max(version_number) as version_count
    from published_versions
    group by
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        case when measure_id = 'league table' then unit_label end
),

restatements as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id as input_id,
        max(landed_order) as landed_order
    from published_versions
    where version_number > 1
    group by framework_id, quarter_id, trust_code, measure_id
),

-- The newest restatement of a value that the measure is made from: of the trust's own, and of anybody's in the pool.
newest as (
    select
        restatements.framework_id,
        restatements.quarter_id,
        restatements.trust_code,
        figure_parts.measure_id,
        figure_parts.is_of_pool,
        max(restatements.landed_order) as landed_order
    from restatements
    inner join figure_parts
        on
            restatements.framework_id = figure_parts.framework_id
            and restatements.input_id = figure_parts.input_id
    group by
        restatements.framework_id,
        restatements.quarter_id,
        restatements.trust_code,
        figure_parts.measure_id,
        figure_parts.is_of_pool
),

own as (
    select
        framework_id,
        quarter_id,
        trust_code,
        measure_id,
        max(landed_order) as landed_order
    from newest
    group by framework_id, quarter_id, trust_code, measure_id
),

pooled as (
    select
        framework_id,
        quarter_id,
        measure_id,
        max(landed_order) as landed_order
    from newest
    where is_of_pool
    group by framework_id, quarter_id, measure_id
),

figures as (
    select
        published_figures.framework_id,
        published_figures.quarter_id,
        published_figures.figure_kind,
        published_figures.measure_id,
        published_figures.trust_code,
        league_cells.unit_label as heading,
        coalesce(summary_measures.measure_id, published_figures.measure_id) as made_as_measure_id,
        files.landed_order
    from published_figures
    left join files
        on published_figures.file_id = files.file_id
    left join league_cells
        on published_figures.figure_kind = league_cells.figure_kind
    left join summary_measures
        on
            published_figures.framework_id = summary_measures.framework_id
            and league_cells.measure_role = summary_measures.measure_role
),

final as (
    select
        figures.framework_id,
        figures.quarter_id,
        figures.figure_kind,
        figures.measure_id,
        figures.trust_code,
        coalesce(version_counts.version_count, 1) as published_version_count,
        coalesce(
            greatest(coalesce(own.landed_order, 0), coalesce(pooled.landed_order, 0)) > figures.landed_order, false
        ) as is_input_restated_since
    from figures
    left join version_counts
        on
            figures.framework_id = version_counts.framework_id
            and figures.quarter_id = version_counts.quarter_id
            and figures.trust_code = version_counts.trust_code
            and figures.measure_id = version_counts.measure_id
            and coalesce(figures.heading, '') = coalesce(version_counts.heading, '')
    left join own
        on
            figures.framework_id = own.framework_id
            and figures.quarter_id = own.quarter_id
            and figures.trust_code = own.trust_code
            and figures.made_as_measure_id = own.measure_id
    left join pooled
        on
            figures.framework_id = pooled.framework_id
            and figures.quarter_id = pooled.quarter_id
            and figures.made_as_measure_id = pooled.measure_id
)

select * from final
