-- In the bundled nation everything can be computed but one score, which has no value row on purpose
-- (docs/methodology/bundled-nation.md): OF0067 of trust ZG4 in 2025-26-Q4, and what is averaged from it.
-- Says nothing where files are landed, or under a framework that is tried beside the one in force.
with tried as (
    select delivery_scores.framework_id
    from {{ ref('delivery_scores') }} as delivery_scores
    inner join framework.frameworks as frameworks
        on delivery_scores.framework_id = frameworks.framework_id
    where not frameworks.is_in_force
),

named_case as (
    select
        '2025-26-Q4' as quarter_id,
        'ZG4' as trust_code,
        'OF0067' as metric_id
),

metric_scores as (
    select * from {{ ref('metric_scores') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

cut_points as (
    select * from {{ ref('cut_points') }}
),

named_domain as (
    select
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.domain_id
    from metric_scores
    inner join named_case
        on
            metric_scores.quarter_id = named_case.quarter_id
            and metric_scores.trust_code = named_case.trust_code
            and metric_scores.metric_id = named_case.metric_id
    where metric_scores.score_basis = 'published'
),

problems as (
    select
        metric_scores.quarter_id,
        metric_scores.trust_code,
        metric_scores.metric_id as measure_id,
        metric_scores.score_basis as basis
    from metric_scores
    left join named_case
        on
            metric_scores.quarter_id = named_case.quarter_id
            and metric_scores.trust_code = named_case.trust_code
            and metric_scores.metric_id = named_case.metric_id
    where
        metric_scores.cell_status = 'scored'
        and coalesce(metric_scores.score_basis, '')
        <> case when named_case.trust_code is null then 'computed' else 'published' end

    union all

    select
        domain_scores.quarter_id,
        domain_scores.trust_code,
        domain_scores.domain_id as measure_id,
        domain_scores.domain_score_basis as basis
    from domain_scores
    left join named_domain
        on
            domain_scores.quarter_id = named_domain.quarter_id
            and domain_scores.trust_code = named_domain.trust_code
            and domain_scores.domain_id = named_domain.domain_id
    where
        domain_scores.domain_status <> 'no_metrics'
        and coalesce(domain_scores.domain_score_basis, '')
        <> case when named_domain.trust_code is null then 'computed' else 'published' end

    union all

    select
        delivery_scores.quarter_id,
        delivery_scores.trust_code,
        'average' as measure_id,
        delivery_scores.average_basis as basis
    from delivery_scores
    left join named_case
        on
            delivery_scores.quarter_id = named_case.quarter_id
            and delivery_scores.trust_code = named_case.trust_code
    where
        coalesce(delivery_scores.average_basis, '')
        <> case when named_case.trust_code is null then 'computed' else 'published' end

    union all

    select
        quarter_id,
        'all' as trust_code,
        score_id || ' ' || boundary as measure_id,
        cut_point_basis as basis
    from cut_points
    where cut_point_basis <> 'computed'

    union all

    -- The named case must be there wherever its quarter is: a test that has lost it would agree with anything.
    select
        named_case.quarter_id,
        named_case.trust_code,
        named_case.metric_id as measure_id,
        'the named case is not in the nation' as basis
    from named_case
    left join named_domain
        on
            named_case.quarter_id = named_domain.quarter_id
            and named_case.trust_code = named_domain.trust_code
    where
        named_domain.trust_code is null
        and exists (
            select 1
            from cut_points
            where cut_points.quarter_id = named_case.quarter_id
        )
)

-- The landing table and the frameworks are named plainly: as a source and a seed they would be parents of this test,
-- and building the staged part alone would then ask for it.
select *
from problems
where
    not exists (select 1 from landing.files)
    and not exists (select 1 from tried)
