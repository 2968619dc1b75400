with organisation_quarters as (
    select * from {{ ref('organisation_quarters') }}
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

in_hand as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        count(*) as organisation_count
    from organisation_quarters
    group by framework_id, quarter_id, trust_type_id
),

-- Contextual metrics have no core metric to judge by: the organisations in hand are counted against those that
-- there are, with the share that rules 1 ask of a core metric.
final as (
    select
        in_hand.framework_id,
        in_hand.quarter_id,
        in_hand.trust_type_id,
        in_hand.organisation_count,
        organisation_scope.expected_trust_count,
        in_hand.organisation_count >= frameworks.core_metric_share * organisation_scope.expected_trust_count
            as is_complete
    from in_hand
    inner join organisation_scope
        on
            in_hand.framework_id = organisation_scope.framework_id
            and in_hand.trust_type_id = organisation_scope.trust_type_id
    inner join frameworks
        on in_hand.framework_id = frameworks.framework_id
)

select * from final
