-- Every consequence says what triggers it, and nothing that does not: a range of segments, or one priority area that
-- there is, or nothing at all. One that asks for a segment past that of the programme would never follow.
with consequences as (
    select * from {{ ref('consequences') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

priority_areas as (
    select * from {{ ref('priority_areas') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

judged as (
    select
        consequences.framework_id,
        consequences.consequence_id,
        consequences.consequence_kind in (
            'support', 'review', 'pay_award', 'capital', 'autonomy', 'diagnostic_review'
        ) as is_kind_known,
        consequences.trust_type_id is null or trust_types.trust_type_id is not null as is_type_known,
        case consequences.trigger_kind
            when 'always'
                then
                    coalesce(consequences.segment_low, consequences.segment_high) is null
                    and consequences.priority_area_id is null
            when 'priority_area_score'
                then
                    coalesce(consequences.segment_low, consequences.segment_high) is null
                    and priority_areas.priority_area_id is not null
            when 'final_segment'
                then
                    consequences.priority_area_id is null
                    and consequences.segment_low between 1 and consequences.segment_high
                    and consequences.segment_high <= frameworks.programme_segment
            when 'adjusted_segment'
                then
                    consequences.priority_area_id is null
                    and consequences.segment_low between 1 and consequences.segment_high
                    and consequences.segment_high < frameworks.programme_segment
        end as is_trigger_whole,
        consequences.consequence_label is not null and consequences.source is not null as is_explained
    from consequences
    left join frameworks
        on consequences.framework_id = frameworks.framework_id
    left join priority_areas
        on
            consequences.framework_id = priority_areas.framework_id
            and consequences.priority_area_id = priority_areas.priority_area_id
    left join trust_types
        on consequences.trust_type_id = trust_types.trust_type_id
),

repeated as (
    select
        framework_id,
        consequence_id
    from consequences
    group by framework_id, consequence_id
    having count(*) > 1
)

select
    framework_id,
    consequence_id,
    'kind, trust type, trigger or explanation is not whole' as problem
from judged
where not coalesce(is_kind_known and is_type_known and is_trigger_whole and is_explained, false)

union all

select
    framework_id,
    consequence_id,
    'said more than once' as problem
from repeated
