with sufficient_moves as (
    select * from {{ ref('sufficient_moves') }}
),

pool_places as (
    select * from {{ ref('pool_places') }}
),

metric_weights as (
    select * from {{ ref('metric_weights') }}
),

matrix_cells as (
    select distinct
        framework_id,
        metric_id,
        row_metric_id,
        column_metric_id
    from {{ ref('matrix_cells') }}
),

-- Across units only the others can be the measure: whom the trust comes level with is half a place, whom it passes a
-- whole one. A ranked metric is compared by value in its pool.
ranked as (
    select
        sufficient_moves.framework_id,
        sufficient_moves.quarter_id,
        sufficient_moves.trust_code,
        sufficient_moves.metric_id,
        sufficient_moves.direction,
        count(*) as others_compared,
        cast(sum(abs(
            sign(peers.badness - own.badness) - sign(peers.badness - sufficient_moves.new_badness)
        )) as bigint) as half_places
    from sufficient_moves
    inner join pool_places as own
        on
            sufficient_moves.framework_id = own.framework_id
            and sufficient_moves.quarter_id = own.quarter_id
            and sufficient_moves.metric_id = own.metric_id
            and sufficient_moves.trust_code = own.trust_code
    inner join pool_places as peers
        on
            own.framework_id = peers.framework_id
            and own.quarter_id = peers.quarter_id
            and own.metric_id = peers.metric_id
            and own.pool_partition_id = peers.pool_partition_id
            and own.trust_code <> peers.trust_code
    where sufficient_moves.new_badness is not null
    group by
        sufficient_moves.framework_id,
        sufficient_moves.quarter_id,
        sufficient_moves.trust_code,
        sufficient_moves.metric_id,
        sufficient_moves.direction
),

-- What is looked up is compared by score within the trust type.
looked_up as (
    select
        sufficient_moves.framework_id,
        sufficient_moves.quarter_id,
        sufficient_moves.trust_code,
        sufficient_moves.metric_id,
        sufficient_moves.direction,
        count(peers.trust_code) as others_compared,
        cast(coalesce(sum(abs(
            sign(peers.averaged_score - own.averaged_score) - sign(peers.averaged_score - sufficient_moves.new_score)
        )), 0) as bigint) as half_places
    from sufficient_moves
    left join matrix_cells
        on
            sufficient_moves.framework_id = matrix_cells.framework_id
            and (
                sufficient_moves.metric_id = matrix_cells.row_metric_id
                or sufficient_moves.metric_id = matrix_cells.column_metric_id
            )
    inner join metric_weights as own
        on
            sufficient_moves.framework_id = own.framework_id
            and sufficient_moves.quarter_id = own.quarter_id
            and sufficient_moves.trust_code = own.trust_code
            and coalesce(matrix_cells.metric_id, sufficient_moves.metric_id) = own.metric_id
    left join metric_weights as peers
        on
            own.framework_id = peers.framework_id
            and own.quarter_id = peers.quarter_id
            and own.trust_type_id = peers.trust_type_id
            and own.metric_id = peers.metric_id
            and own.trust_code <> peers.trust_code
    where sufficient_moves.new_badness is null
    group by
        sufficient_moves.framework_id,
        sufficient_moves.quarter_id,
        sufficient_moves.trust_code,
        sufficient_moves.metric_id,
        sufficient_moves.direction
),

counted as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        others_compared,
        half_places
    from ranked
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        others_compared,
        half_places
    from looked_up
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        direction,
        others_compared,
        cast(half_places / 2.0 as decimal(8, 1)) as places_moved,
        cast(half_places / nullif(2.0 * others_compared, 0) as decimal(8, 6)) as share_moved
    from counted
)

select * from final
