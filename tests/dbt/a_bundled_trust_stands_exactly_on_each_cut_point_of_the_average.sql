-- The bundled nation puts a trust exactly on each cut point of the average metric score in each quarter, so that
-- `<=` and `<` would give different segments (rules 3, estimator). Says nothing where files are landed, or under a
-- framework that is tried beside the one in force.
with tried as (
    select delivery_scores.framework_id
    from {{ ref('delivery_scores') }} as delivery_scores
    inner join framework.frameworks as frameworks
        on delivery_scores.framework_id = frameworks.framework_id
    where not frameworks.is_in_force
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

domain_scores as (
    select distinct
        framework_id,
        domain_id
    from {{ ref('domain_scores') }}
),

-- Cut points of the average are those of no domain.
average_cut_points as (
    select
        cut_points.framework_id,
        cut_points.quarter_id,
        cut_points.boundary,
        cut_points.cut_point
    from {{ ref('cut_points') }} as cut_points
    left join domain_scores
        on
            cut_points.framework_id = domain_scores.framework_id
            and cut_points.score_id = domain_scores.domain_id
    where domain_scores.domain_id is null
),

quarters as (
    select
        delivery_scores.framework_id,
        delivery_scores.quarter_id,
        count(distinct average_cut_points.boundary) as boundary_count
    from delivery_scores
    left join average_cut_points
        on
            delivery_scores.framework_id = average_cut_points.framework_id
            and delivery_scores.quarter_id = average_cut_points.quarter_id
    group by delivery_scores.framework_id, delivery_scores.quarter_id
),

problems as (
    select
        average_cut_points.quarter_id,
        average_cut_points.boundary,
        'no trust on the cut point ' || {{ as_text('average_cut_points.cut_point') }} as problem
    from average_cut_points
    left join delivery_scores
        on
            average_cut_points.framework_id = delivery_scores.framework_id
            and average_cut_points.quarter_id = delivery_scores.quarter_id
            and average_cut_points.cut_point = delivery_scores.average_metric_score
    where delivery_scores.trust_code is null

    union all

    select
        quarter_id,
        'all' as boundary,
        'not three boundaries' as problem
    from quarters
    where boundary_count <> 3

    union all

    select
        'none' as quarter_id,
        'all' as boundary,
        'no quarter at all' as problem
    where not exists (select 1 from quarters)
)

-- The landing table and the frameworks are named plainly: as a source and a seed they would be parents of this test,
-- and building the staged part alone would then ask for it.
select *
from problems
where
    not exists (select 1 from landing.files)
    and not exists (select 1 from tried)
