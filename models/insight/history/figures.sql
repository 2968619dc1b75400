with metric_values as (
    select * from {{ ref('metric_values') }}
),

recomputed_figures as (
    select * from {{ ref('recomputed_figures') }}
    where
        figure_kind in (
            'metric_score', 'domain_score', 'domain_score_rank', 'domain_segment', 'average_metric_score',
            'average_score_rank', 'unadjusted_segment', 'financial_override', 'adjusted_segment',
            'final_segment', 'league_rank'
        )
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

segments as (
    select * from {{ ref('segments') }}
),

-- As readers of the tables see it: values as in fct_metric, scores with two decimals, ranks and segments whole,
-- flags in words.
value_figures as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id as measure_id,
        'value' as figure_kind,
        coalesce(value_label, cast(cast(value_number as decimal(18, 4)) as varchar)) as figure_text,
        file_id,
        row_number
    from metric_values
    where value_number is not null or value_label is not null
),

other_figures as (
    select
        recomputed_figures.framework_id,
        recomputed_figures.quarter_id,
        recomputed_figures.trust_code,
        trust_quarters.trust_type_id,
        recomputed_figures.measure_id,
        recomputed_figures.figure_kind,
        case
            when recomputed_figures.figure_kind in ('metric_score', 'domain_score', 'average_metric_score')
                then cast(cast(recomputed_figures.recomputed_figure as decimal(6, 2)) as varchar)
            when recomputed_figures.figure_kind = 'financial_override'
                then case when recomputed_figures.recomputed_figure = 1 then 'Yes' else 'No' end
            else cast(cast(recomputed_figures.recomputed_figure as bigint) as varchar)
        end as figure_text,
        case recomputed_figures.figure_kind
            when 'metric_score' then coalesce(metric_values.file_id, metric_values.score_file_id)
            when 'financial_override' then segments.override_file_id
            when 'final_segment' then segments.programme_file_id
        end as file_id,
        case recomputed_figures.figure_kind
            when 'metric_score'
                then case
                    when metric_values.file_id is not null then metric_values.row_number
                    else metric_values.score_row_number
                end
            when 'financial_override' then segments.override_row_number
            when 'final_segment' then segments.programme_row_number
        end as row_number
    from recomputed_figures
    inner join trust_quarters
        on
            recomputed_figures.framework_id = trust_quarters.framework_id
            and recomputed_figures.quarter_id = trust_quarters.quarter_id
            and recomputed_figures.trust_code = trust_quarters.trust_code
    inner join segments
        on
            recomputed_figures.framework_id = segments.framework_id
            and recomputed_figures.quarter_id = segments.quarter_id
            and recomputed_figures.trust_code = segments.trust_code
    left join metric_values
        on
            recomputed_figures.framework_id = metric_values.framework_id
            and recomputed_figures.quarter_id = metric_values.quarter_id
            and recomputed_figures.trust_code = metric_values.trust_code
            and recomputed_figures.measure_id = metric_values.score_id
)

select * from value_figures
union all
select * from other_figures
