with scoring_families as (
    select * from {{ ref('scoring_families') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    scoring_families.framework_id,
    scoring_families.scoring_family,
    scoring_families.has_ranked_part,
    scoring_families.threshold_kind,
    scoring_families.fixed_when_met,
    scoring_families.fixed_score,
    scoring_families.ranked_low,
    scoring_families.ranked_high,
    scoring_families.source
from scoring_families
inner join scored_frameworks
    on scoring_families.framework_id = scored_frameworks.framework_id
