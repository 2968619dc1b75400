-- Each score that becomes a segment (the average metric score and every scored domain's) is in the segmentation
-- once, and nothing else is.
with domains as (
    select * from {{ ref('domains') }}
    where is_scored
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

method_gaps as (
    select distinct framework_id from {{ ref('method_gaps') }}
),

-- A framework whose method is not whole in hand cannot be run, and lacks what is not in hand.
frameworks as (
    select all_frameworks.framework_id
    from {{ ref('frameworks') }} as all_frameworks
    left join method_gaps
        on all_frameworks.framework_id = method_gaps.framework_id
    where method_gaps.framework_id is null
),

segmentation as (
    select
        framework_id,
        score_id,
        count(*) as row_count
    from {{ ref('segmentation') }}
    group by framework_id, score_id
),

wanted as (
    select framework_id, domain_id as score_id from domains
    union all
    select framework_id, measure_id as score_id from summary_measures
),

wanted_counts as (
    select
        frameworks.framework_id,
        count(domains.domain_id) as domain_count,
        count(distinct summary_measures.measure_id) as average_count
    from frameworks
    left join domains
        on frameworks.framework_id = domains.framework_id
    left join summary_measures
        on frameworks.framework_id = summary_measures.framework_id
    group by frameworks.framework_id
)

select
    coalesce(wanted.framework_id, segmentation.framework_id) as framework_id,
    coalesce(wanted.score_id, segmentation.score_id) as score_id,
    segmentation.row_count
from wanted
full outer join segmentation
    on
        wanted.framework_id = segmentation.framework_id
        and wanted.score_id = segmentation.score_id
where wanted.score_id is null or coalesce(segmentation.row_count, 0) <> 1

union all

select
    framework_id,
    'no scored domain, or not one average metric score' as score_id,
    domain_count as row_count
from wanted_counts
where domain_count = 0 or average_count <> 1
