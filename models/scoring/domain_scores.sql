with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

domains as (
    select * from {{ ref('domains') }}
    where is_scored
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

all_metric_values as (
    select * from {{ ref('metric_values') }}
),

core_metrics as (
    select * from {{ ref('core_metrics') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

trust_type_completeness as (
    select * from {{ ref('trust_type_completeness') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

-- A metric that stands alone is its own weight group.
{{ average_of_metrics('metric_scores', 'domain_id', 'metric_scores.weight_group_id = metric_scores.metric_id') }},

core_in_hand as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        metrics.domain_id,
        count(*) as core_metric_count,
        count(all_metric_values.value_number) as core_metric_in_hand_count
    from trust_quarters
    inner join trust_type_completeness
        on
            trust_quarters.framework_id = trust_type_completeness.framework_id
            and trust_quarters.quarter_id = trust_type_completeness.quarter_id
            and trust_quarters.trust_type_id = trust_type_completeness.trust_type_id
    inner join core_metrics
        on
            trust_quarters.framework_id = core_metrics.framework_id
            and trust_quarters.trust_type_id = core_metrics.trust_type_id
    inner join metrics
        on
            core_metrics.framework_id = metrics.framework_id
            and core_metrics.metric_id = metrics.metric_id
    inner join all_metric_values
        on
            trust_quarters.framework_id = all_metric_values.framework_id
            and trust_quarters.quarter_id = all_metric_values.quarter_id
            and trust_quarters.trust_code = all_metric_values.trust_code
            and core_metrics.metric_id = all_metric_values.metric_id
    -- In a complete trust type nothing hangs on it.
    where not trust_type_completeness.is_complete
    group by
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        metrics.domain_id
),

-- Rules 1, completeness: in a trust type that is not complete a domain score stands only for a trust that
-- has the core metrics of the domain; a domain without any core metric then proves nothing.
judged as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        domains.domain_id,
        trust_quarters.trust_type_id,
        case
            when
                not trust_type_completeness.is_complete
                and coalesce(core_in_hand.core_metric_in_hand_count < core_in_hand.core_metric_count, true)
                then 'incomplete'
            when averages.average_score is null then 'no_metrics'
            else 'scored'
        end as domain_status,
        averages.average_score,
        averages.metrics_counted,
        averages.weight_units_counted,
        averages.lowest_part_score,
        averages.highest_part_score,
        averages.weakness_order
    from trust_quarters
    inner join domains
        on trust_quarters.framework_id = domains.framework_id
    inner join trust_type_completeness
        on
            trust_quarters.framework_id = trust_type_completeness.framework_id
            and trust_quarters.quarter_id = trust_type_completeness.quarter_id
            and trust_quarters.trust_type_id = trust_type_completeness.trust_type_id
    left join core_in_hand
        on
            trust_quarters.framework_id = core_in_hand.framework_id
            and trust_quarters.quarter_id = core_in_hand.quarter_id
            and trust_quarters.trust_code = core_in_hand.trust_code
            and domains.domain_id = core_in_hand.domain_id
    left join averages
        on
            trust_quarters.framework_id = averages.framework_id
            and trust_quarters.quarter_id = averages.quarter_id
            and trust_quarters.trust_code = averages.trust_code
            and domains.domain_id = averages.domain_id
),

final as (
    select
        judged.framework_id,
        judged.quarter_id,
        judged.trust_code,
        judged.domain_id,
        judged.trust_type_id,
        judged.domain_status,
        case when judged.domain_status = 'scored' then judged.average_score end as domain_score_unrounded,
        case
            when judged.domain_status = 'scored'
                then cast({{ round_half_up('judged.average_score') }} as decimal(6, 2))
        end as domain_score,
        case when judged.domain_status = 'scored' then score_bases.score_basis end as domain_score_basis,
        coalesce(judged.metrics_counted, 0) as metrics_counted,
        coalesce(judged.weight_units_counted, 0) as weight_units_counted,
        case when judged.domain_status = 'scored' then judged.lowest_part_score end as lowest_part_score,
        case when judged.domain_status = 'scored' then judged.highest_part_score end as highest_part_score
    from judged
    left join score_bases
        on judged.weakness_order = score_bases.weakness_order
)

select * from final
