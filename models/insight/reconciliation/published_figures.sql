with oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

league_table as (
    select * from {{ ref('stg_nhse__league_table') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
    where has_published_figures
),

-- Figures published under one framework say nothing about a score made under another.
run_scope as (
    select
        all_scope.framework_id,
        all_scope.quarter_id
    from {{ ref('run_scope') }} as all_scope
    inner join frameworks
        on all_scope.framework_id = frameworks.framework_id
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

in_scope as (
    select
        run_scope.framework_id,
        oversight_data.quarter_id,
        oversight_data.trust_type_id,
        oversight_data.trust_code,
        oversight_data.measure_id,
        oversight_data.unit_label,
        oversight_data.value_number,
        oversight_data.median_value,
        oversight_data.lower_quartile_value,
        oversight_data.upper_quartile_value,
        oversight_data.published_rank,
        oversight_data.file_id,
        oversight_data.row_number
    from run_scope
    inner join oversight_data
        on run_scope.quarter_id = oversight_data.quarter_id
),

value_rows as (
    select
        in_scope.framework_id,
        in_scope.quarter_id,
        in_scope.trust_type_id,
        in_scope.trust_code,
        in_scope.measure_id,
        in_scope.median_value,
        in_scope.lower_quartile_value,
        in_scope.upper_quartile_value,
        in_scope.published_rank,
        in_scope.file_id,
        in_scope.row_number
    from in_scope
    inner join metrics
        on
            in_scope.framework_id = metrics.framework_id
            and in_scope.measure_id = metrics.metric_id
            and (
                metrics.companion_unit_label is null
                or in_scope.unit_label <> metrics.companion_unit_label
            )
),

-- A benchmark is repeated on every row of its trust type: one figure, shown by its first row.
benchmark_rows as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        measure_id,
        median_value,
        lower_quartile_value,
        upper_quartile_value,
        file_id,
        row_number,
        row_number() over (
            partition by framework_id, quarter_id, trust_type_id, measure_id
            order by row_number, file_id
        ) as appearance
    from value_rows
    where median_value is not null
),

domain_rows as (
    select
        in_scope.framework_id,
        in_scope.quarter_id,
        in_scope.trust_type_id,
        in_scope.trust_code,
        in_scope.measure_id,
        in_scope.value_number,
        in_scope.published_rank,
        in_scope.file_id,
        in_scope.row_number,
        in_scope.measure_id = domains.domain_id as is_score
    from in_scope
    inner join domains
        on
            in_scope.framework_id = domains.framework_id
            and in_scope.measure_id in (domains.domain_id, domains.domain_segment_id)
),

summary_rows as (
    select
        in_scope.framework_id,
        in_scope.quarter_id,
        in_scope.trust_type_id,
        in_scope.trust_code,
        in_scope.measure_id,
        in_scope.value_number,
        in_scope.published_rank,
        in_scope.file_id,
        in_scope.row_number,
        summary_measures.measure_role
    from in_scope
    inner join summary_measures
        on
            in_scope.framework_id = summary_measures.framework_id
            and in_scope.measure_id = summary_measures.measure_id
),

league_rows as (
    select
        run_scope.framework_id,
        league_table.quarter_id,
        league_table.trust_type_id,
        league_table.trust_code,
        league_table.average_score,
        league_table.segment,
        league_table.is_in_deficit,
        league_table.league_rank,
        league_table.average_score_range_label,
        league_table.rank_range_label,
        league_table.file_id,
        league_table.row_number
    from run_scope
    inner join league_table
        on run_scope.quarter_id = league_table.quarter_id
),

unioned as (
    select
        framework_id, quarter_id, trust_type_id, trust_code, measure_id,
        'value_rank' as figure_kind, cast(published_rank as decimal(28, 10)) as published_figure,
        file_id, row_number
    from value_rows
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_type_id as trust_code, measure_id,
        'benchmark_lower_quartile' as figure_kind, lower_quartile_value as published_figure,
        file_id, row_number
    from benchmark_rows
    where appearance = 1
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_type_id as trust_code, measure_id,
        'benchmark_median' as figure_kind, median_value as published_figure,
        file_id, row_number
    from benchmark_rows
    where appearance = 1
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_type_id as trust_code, measure_id,
        'benchmark_upper_quartile' as figure_kind, upper_quartile_value as published_figure,
        file_id, row_number
    from benchmark_rows
    where appearance = 1
    union all
    select
        in_scope.framework_id, in_scope.quarter_id, in_scope.trust_type_id, in_scope.trust_code, in_scope.measure_id,
        'metric_score' as figure_kind, in_scope.value_number as published_figure,
        in_scope.file_id, in_scope.row_number
    from in_scope
    inner join metrics
        on
            in_scope.framework_id = metrics.framework_id
            and in_scope.measure_id = metrics.score_id
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, measure_id,
        case when is_score then 'domain_score' else 'domain_segment' end as figure_kind,
        value_number as published_figure,
        file_id, row_number
    from domain_rows
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, measure_id,
        'domain_score_rank' as figure_kind, cast(published_rank as decimal(28, 10)) as published_figure,
        file_id, row_number
    from domain_rows
    where is_score
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, measure_id,
        measure_role as figure_kind, value_number as published_figure,
        file_id, row_number
    from summary_rows
    where measure_role <> 'improvement_programme'
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, measure_id,
        case measure_role
            when 'average_metric_score' then 'average_score_rank'
            else 'league_rank'
        end as figure_kind,
        cast(published_rank as decimal(28, 10)) as published_figure,
        file_id, row_number
    from summary_rows
    where measure_role in ('average_metric_score', 'adjusted_segment')
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, 'league table' as measure_id,
        'league_table_average_score' as figure_kind, average_score as published_figure,
        file_id, row_number
    from league_rows
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, 'league table' as measure_id,
        'league_table_segment' as figure_kind, cast(segment as decimal(28, 10)) as published_figure,
        file_id, row_number
    from league_rows
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, 'league table' as measure_id,
        'league_table_deficit' as figure_kind,
        cast(case is_in_deficit when true then 1 when false then 0 end as decimal(28, 10)) as published_figure,
        file_id, row_number
    from league_rows
    union all
    select
        framework_id, quarter_id, trust_type_id, trust_code, 'league table' as measure_id,
        'league_table_rank' as figure_kind, cast(league_rank as decimal(28, 10)) as published_figure,
        file_id, row_number
    from league_rows
    -- Rules 5: a likely range is text, its ends parted by a word (`1.2 to 1.89`).
    {% for kind, label, place in [
        ('league_table_score_low', 'average_score_range_label', 1),
        ('league_table_score_high', 'average_score_range_label', 2),
        ('league_table_rank_low', 'rank_range_label', 1),
        ('league_table_rank_high', 'rank_range_label', 2),
    ] -%}
        union all
        select
            framework_id, quarter_id, trust_type_id, trust_code, 'league table' as measure_id,
            '{{ kind }}' as figure_kind,
            {{ to_number("split_part(" ~ label ~ ", ' to ', " ~ place ~ ")") }} as published_figure,
            file_id, row_number
        from league_rows
    {% endfor %}
)

select
    framework_id,
    quarter_id,
    trust_type_id,
    trust_code,
    measure_id,
    figure_kind,
    published_figure,
    file_id,
    row_number
from unioned
where published_figure is not null
