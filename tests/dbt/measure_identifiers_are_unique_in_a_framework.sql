-- One identifier means one thing: no metric, score, domain score, domain segment or summary figure of a framework
-- shares an identifier with another.
with identifiers as (
    select framework_id, metric_id as measure_id from {{ ref('metrics') }}
    union all
    select framework_id, score_id as measure_id from {{ ref('metrics') }}
    union all
    select framework_id, domain_id as measure_id from {{ ref('domains') }}
    union all
    select framework_id, domain_segment_id as measure_id from {{ ref('domains') }}
    union all
    select framework_id, measure_id from {{ ref('summary_measures') }}
)

select
    framework_id,
    measure_id,
    count(*) as use_count
from identifiers
where measure_id is not null
group by framework_id, measure_id
having count(*) > 1

union all

-- A scored metric without a score identifier could not be published.
select
    framework_id,
    metric_id as measure_id,
    0 as use_count
from {{ ref('metrics') }}
where metric_role in ('scored', 'component') and score_id is null
