with reconciliation as (
    select * from {{ ref('reconciliation') }}
),

published as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        figure_kind,
        measure_id,
        count(*) as published_count
    from reconciliation
    group by framework_id, quarter_id, trust_type_id, figure_kind, measure_id
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        figure_kind,
        measure_id,
        explanation,
        count(*) as figure_count
    from reconciliation
    group by framework_id, quarter_id, trust_type_id, figure_kind, measure_id, explanation
),

final as (
    select
        counted.framework_id,
        counted.quarter_id,
        counted.trust_type_id,
        counted.figure_kind,
        counted.measure_id,
        counted.explanation,
        counted.figure_count,
        published.published_count
    from counted
    inner join published
        on
            counted.framework_id = published.framework_id
            and counted.quarter_id = published.quarter_id
            and counted.trust_type_id = published.trust_type_id
            and counted.figure_kind = published.figure_kind
            and counted.measure_id = published.measure_id
)

select * from final
