with average_weight_units as (
    select * from {{ ref('average_weight_units') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

-- Rules 8: what both quarters scored is compared with itself; what entered or left has nothing to be compared with.
final as (
    select
        now.framework_id,
        now.quarter_id,
        now.trust_code,
        now.trust_type_id,
        now.score_id,
        'score_change' as resampled,
        now.weight_unit_id,
        now.unit_score - before.unit_score as unit_score
    from average_weight_units as now
    inner join quarters
        on now.quarter_id = quarters.quarter_id
    inner join average_weight_units as before
        on
            now.framework_id = before.framework_id
            and quarters.previous_quarter_id = before.quarter_id
            and now.trust_code = before.trust_code
            and now.weight_unit_id = before.weight_unit_id
)

select * from final
