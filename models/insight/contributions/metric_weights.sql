with metric_scores as (
    select * from {{ ref('metric_scores') }}
    where enters_average and cell_status = 'scored'
),

unit_sizes as (
    select
        framework_id,
        quarter_id,
        trust_code,
        domain_id,
        weight_group_id,
        count(*) as metrics_in_domain_unit
    from metric_scores
    group by framework_id, quarter_id, trust_code, domain_id, weight_group_id
),

-- Rules 2: the metrics of a weight group weigh as one, in the average and in a domain score alike.
unit_counts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        count(distinct weight_group_id) as units_in_average
    from unit_sizes
    group by framework_id, quarter_id, trust_code
),

domain_unit_counts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        domain_id,
        count(*) as units_in_domain
    from unit_sizes
    group by framework_id, quarter_id, trust_code, domain_id
),

group_sizes as (
    select
        framework_id,
        quarter_id,
        trust_code,
        weight_group_id,
        cast(sum(metrics_in_domain_unit) as bigint) as metrics_in_unit
    from unit_sizes
    group by framework_id, quarter_id, trust_code, weight_group_id
),

final as (
    select
        metric_scores.framework_id,
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.metric_id,
        metric_scores.trust_type_id,
        metric_scores.domain_id,
        metric_scores.weight_group_id,
        metric_scores.averaged_score,
        metric_scores.score_basis,
        unit_counts.units_in_average * group_sizes.metrics_in_unit as average_share,
        domain_unit_counts.units_in_domain * unit_sizes.metrics_in_domain_unit as domain_share,
        {{ exact_score('1.0 / (unit_counts.units_in_average * group_sizes.metrics_in_unit)') }} as metric_weight
    from metric_scores
    inner join unit_counts
        on
            metric_scores.framework_id = unit_counts.framework_id
            and metric_scores.quarter_id = unit_counts.quarter_id
            and metric_scores.trust_code = unit_counts.trust_code
    inner join group_sizes
        on
            metric_scores.framework_id = group_sizes.framework_id
            and metric_scores.quarter_id = group_sizes.quarter_id
            and metric_scores.trust_code = group_sizes.trust_code
            and metric_scores.weight_group_id = group_sizes.weight_group_id
    inner join unit_sizes
        on
            metric_scores.framework_id = unit_sizes.framework_id
            and metric_scores.quarter_id = unit_sizes.quarter_id
            and metric_scores.trust_code = unit_sizes.trust_code
            and metric_scores.domain_id = unit_sizes.domain_id
            and metric_scores.weight_group_id = unit_sizes.weight_group_id
    inner join domain_unit_counts
        on
            metric_scores.framework_id = domain_unit_counts.framework_id
            and metric_scores.quarter_id = domain_unit_counts.quarter_id
            and metric_scores.trust_code = domain_unit_counts.trust_code
            and metric_scores.domain_id = domain_unit_counts.domain_id
)

select * from final
