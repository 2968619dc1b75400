with source_organisations as (
    select * from {{ ref('source_organisations') }}
),

source_datasets as (
    select * from {{ ref('source_datasets') }}
),

source_measures as (
    select distinct
        framework_id,
        dataset_id
    from {{ ref('source_measures') }}
),

changes as (
    select * from {{ ref('stg_register__entries') }}
    where register_id = 'organisation_change' and subject_id = 'merged_into' and not is_withdrawn
),

-- What is written down of a publication comes before what the register says of every one that adds up: the figures of
-- who has merged are then figures of the trust that it has gone into.
merged as (
    select
        source_measures.framework_id,
        source_measures.dataset_id,
        changes.organisation_code,
        changes.value_text as trust_code,
        max(changes.from_date) as from_date
    from changes
    cross join source_measures
    inner join source_datasets
        on source_measures.dataset_id = source_datasets.dataset_id
    left join source_organisations
        on
            source_measures.framework_id = source_organisations.framework_id
            and source_measures.dataset_id = source_organisations.dataset_id
            and changes.organisation_code = source_organisations.organisation_code
    where source_datasets.adds_up and source_organisations.organisation_code is null
    group by
        source_measures.framework_id,
        source_measures.dataset_id,
        changes.organisation_code,
        changes.value_text
),

final as (
    select
        framework_id,
        dataset_id,
        organisation_code,
        trust_code,
        {{ month_number('first_period') }} as first_month,
        {{ month_number('last_period') }} as last_month,
        cast(null as date) as from_date,
        'source_organisations' as standing
    from source_organisations
    union all
    select
        framework_id,
        dataset_id,
        organisation_code,
        trust_code,
        cast(null as bigint) as first_month,
        cast(null as bigint) as last_month,
        from_date,
        'register' as standing
    from merged
)

select * from final
