with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

numbered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_name,
        trust_type_id,
        organisation_kind,
        trust_subtype_label,
        region_label,
        min(quarter_id) over (partition by framework_id, trust_code) as first_quarter_id,
        row_number() over (
            partition by framework_id, trust_code
            order by quarter_id desc
        ) as recency
    from trust_quarters
)

-- One row per trust, as its newest quarter describes it.
select
    numbered.framework_id,
    numbered.trust_code,
    numbered.trust_name,
    numbered.trust_type_id,
    numbered.organisation_kind,
    trust_types.trust_type_label,
    numbered.trust_subtype_label,
    numbered.region_label,
    numbered.first_quarter_id,
    numbered.quarter_id as last_quarter_id
from numbered
inner join trust_types
    on numbered.trust_type_id = trust_types.trust_type_id
where numbered.recency = 1
