with consequences as (
    select * from {{ ref('consequences') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    consequences.framework_id,
    consequences.consequence_id,
    consequences.consequence_label,
    consequences.consequence_kind,
    consequences.trust_type_id,
    consequences.trigger_kind,
    consequences.segment_low,
    consequences.segment_high,
    consequences.priority_area_id,
    consequences.source,
    consequences.certainty
from consequences
inner join scored_frameworks
    on consequences.framework_id = scored_frameworks.framework_id
