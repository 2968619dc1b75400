-- Rules 0, organisations: what a membership, a change or a comparison names can be looked up, under the framework.
with organisations as (
    select * from {{ ref('organisations') }}
),

named as (
    select
        framework_id,
        icb_code as organisation_code,
        'organisation_icbs' as named_in
    from {{ ref('organisation_icbs') }}
    union all
    select
        framework_id,
        lead_icb_code as organisation_code,
        'organisations' as named_in
    from organisations
    where lead_icb_code is not null
    union all
    select
        framework_id,
        successor_code as organisation_code,
        'organisations' as named_in
    from organisations
    where successor_code is not null
    union all
    select
        framework_id,
        organisation_code,
        'organisation_changes' as named_in
    from {{ ref('organisation_changes') }}
    union all
    select
        framework_id,
        other_code as organisation_code,
        'organisation_changes' as named_in
    from {{ ref('organisation_changes') }}
    where other_code <> ''
    union all
    select
        framework_id,
        trust_code as organisation_code,
        'like_for_like' as named_in
    from {{ ref('like_for_like') }}
    union all
    select
        framework_id,
        reported_trust_code as organisation_code,
        'like_for_like' as named_in
    from {{ ref('like_for_like') }}
)

select
    named.organisation_code,
    named.named_in
from named
left join organisations
    on
        named.framework_id = organisations.framework_id
        and named.organisation_code = organisations.organisation_code
where organisations.organisation_code is null
