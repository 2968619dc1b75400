-- Rules 0, organisations: a merger neither loses nor doubles an organisation that was reported, and where nothing
-- has changed it stands for itself.
with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

like_for_like as (
    select * from {{ ref('like_for_like') }}
),

placed as (
    select
        framework_id,
        quarter_id,
        reported_trust_code,
        count(*) as place_count,
        max(case when comparison_basis = 'same_organisation' and trust_code <> reported_trust_code then 1 else 0 end)
            as is_misplaced
    from like_for_like
    group by framework_id, quarter_id, reported_trust_code
)

select
    coalesce(organisation_quarters.quarter_id, placed.quarter_id) as quarter_id,
    coalesce(organisation_quarters.trust_code, placed.reported_trust_code) as trust_code,
    placed.place_count,
    placed.is_misplaced
from organisation_quarters
full outer join placed
    on
        organisation_quarters.framework_id = placed.framework_id
        and organisation_quarters.quarter_id = placed.quarter_id
        and organisation_quarters.trust_code = placed.reported_trust_code
where
    organisation_quarters.trust_code is null
    or placed.reported_trust_code is null
    or placed.place_count <> 1
    or placed.is_misplaced = 1
