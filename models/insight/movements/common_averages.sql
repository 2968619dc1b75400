with metric_movements as (
    select * from {{ ref('metric_movements') }}
    where metric_standing = 'stayed'
),

units as (
    select
        framework_id,
        quarter_id,
        trust_code,
        weight_group_id,
        count(*) as metrics_stayed,
        {{ exact_score('sum(averaged_score_before) / count(*)') }} as unit_score_before,
        {{ exact_score('sum(averaged_score_now) / count(*)') }} as unit_score_now
    from metric_movements
    group by framework_id, quarter_id, trust_code, weight_group_id
),

trusts as (
    select
        framework_id,
        quarter_id,
        trust_code,
        count(*) as units_stayed,
        {{ exact_score('sum(unit_score_before) / count(*)') }} as average_before,
        {{ exact_score('sum(unit_score_now) / count(*)') }} as average_now
    from units
    group by framework_id, quarter_id, trust_code
),

final as (
    select
        units.framework_id,
        units.quarter_id,
        units.trust_code,
        units.weight_group_id,
        units.metrics_stayed,
        trusts.units_stayed,
        units.metrics_stayed * trusts.units_stayed as common_divisor,
        units.unit_score_before,
        units.unit_score_now,
        trusts.average_before,
        trusts.average_now
    from units
    inner join trusts
        on
            units.framework_id = trusts.framework_id
            and units.quarter_id = trusts.quarter_id
            and units.trust_code = trusts.trust_code
)

select * from final
