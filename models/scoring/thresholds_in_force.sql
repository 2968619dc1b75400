with run_scope as (
    select * from {{ ref('run_scope') }}
),

quarters as (
    select * from {{ ref('quarters') }}
),

thresholds as (
    select * from {{ ref('thresholds') }}
),

-- A row without a first quarter holds from the start of its framework; one with it from that quarter on.
begun as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        thresholds.metric_id,
        thresholds.first_quarter_id,
        thresholds.threshold_kind,
        thresholds.comparator,
        thresholds.threshold,
        thresholds.source,
        thresholds.certainty,
        row_number() over (
            partition by run_scope.framework_id, run_scope.quarter_id, thresholds.metric_id
            order by first_quarters.start_date desc nulls last
        ) as recency,
        quarters.start_date = max(quarters.start_date) over (
            partition by run_scope.framework_id
        ) as is_newest_quarter
    from run_scope
    inner join quarters
        on run_scope.quarter_id = quarters.quarter_id
    inner join thresholds
        on run_scope.framework_id = thresholds.framework_id
    left join quarters as first_quarters
        on thresholds.first_quarter_id = first_quarters.quarter_id
    where
        thresholds.first_quarter_id is null
        or first_quarters.start_date <= quarters.start_date
),

final as (
    select
        framework_id,
        quarter_id,
        metric_id,
        first_quarter_id,
        threshold_kind,
        comparator,
        threshold,
        source,
        certainty,
        is_newest_quarter
    from begun
    where recency = 1
)

select * from final
