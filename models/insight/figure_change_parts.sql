with figure_changes as (
    select * from {{ ref('figure_changes') }}
),

figure_parts as (
    select * from {{ ref('figure_parts') }}
),

figure_bases as (
    select * from {{ ref('figure_bases') }}
    where is_score
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'financial_override'
),

moved_inputs as (
    select distinct
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_parts.input_id
    from figure_changes
    inner join figure_parts
        on
            figure_changes.framework_id = figure_parts.framework_id
            and figure_changes.measure_id = figure_parts.measure_id
    where figure_changes.figure_kind = 'metric_score'
),

moved_figures as (
    select distinct
        quarter_id,
        trust_code,
        measure_id
    from figure_changes
    where figure_kind in ('domain_score', 'average_metric_score', 'financial_override')
),

-- An average moves with the scores that moved in it, a segment or rank by itself only with the score that it is made
-- from, and a flag counts where it is another one: what changed beside that has moved nothing.
final as (
    select
        figure_changes.framework_id,
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.trust_type_id,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        figure_parts.input_id,
        figure_parts.is_of_pool,
        case
            when figure_changes.figure_kind in ('value', 'metric_score', 'financial_override') then true
            when summary_measures.measure_id is not null then moved_flags.measure_id is not null
            when not figure_parts.is_of_pool then true
            when figure_changes.figure_kind in ('domain_score', 'average_metric_score')
                then moved_inputs.input_id is not null
            else moved_inputs.input_id is not null and moved_scores.measure_id is not null
        end as is_in_play
    from figure_changes
    inner join figure_parts
        on
            figure_changes.framework_id = figure_parts.framework_id
            and figure_changes.measure_id = figure_parts.measure_id
    left join summary_measures
        on
            figure_parts.framework_id = summary_measures.framework_id
            and figure_parts.input_id = summary_measures.measure_id
    left join figure_bases
        on
            figure_changes.framework_id = figure_bases.framework_id
            and figure_changes.measure_id = figure_bases.measure_id
    left join moved_inputs
        on
            figure_changes.quarter_id = moved_inputs.quarter_id
            and figure_changes.trust_code = moved_inputs.trust_code
            and figure_parts.input_id = moved_inputs.input_id
    left join moved_figures as moved_flags
        on
            figure_changes.quarter_id = moved_flags.quarter_id
            and figure_changes.trust_code = moved_flags.trust_code
            and figure_parts.input_id = moved_flags.measure_id
    left join moved_figures as moved_scores
        on
            figure_changes.quarter_id = moved_scores.quarter_id
            and figure_changes.trust_code = moved_scores.trust_code
            and figure_bases.base_measure_id = moved_scores.measure_id
    where figure_changes.old_version_number is not null
)

select * from final
