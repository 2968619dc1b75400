with domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role not in ('financial_override', 'improvement_programme')
)

-- Whose scores place a trust: a domain's segment and rank hang on the domain scores of all, the other segments and
-- ranks on the averages, and the league rank, which stands beside the adjusted segment, on the adjusted segments too.
select
    framework_id,
    domain_id as measure_id,
    domain_id as base_measure_id,
    true as is_score
from domains
union all
select
    framework_id,
    domain_segment_id as measure_id,
    domain_id as base_measure_id,
    true as is_score
from domains
union all
select
    summary_measures.framework_id,
    summary_measures.measure_id,
    bases.measure_id as base_measure_id,
    bases.measure_role = 'average_metric_score' as is_score
from summary_measures
inner join summary_measures as bases
    on
        summary_measures.framework_id = bases.framework_id
        and (
            bases.measure_role = 'average_metric_score'
            or (bases.measure_role = 'adjusted_segment' and summary_measures.measure_role = 'adjusted_segment')
        )
