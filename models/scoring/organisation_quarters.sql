with run_scope as (
    select * from {{ ref('run_scope') }}
),

organisation_scope as (
    select * from {{ ref('organisation_scope') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

oversight_data as (
    select * from {{ ref('oversight_values') }}
),

-- A name can be spelt in two ways within a quarter: the first row in file order decides. Two metrics can be made of
-- one row of a publication, so the order goes on by metric and unit.
numbered as (
    select
        quarter_id,
        trust_code,
        trust_name,
        trust_type_id,
        trust_subtype_label,
        region_label,
        row_number() over (
            partition by quarter_id, trust_code
            order by row_number, file_id, measure_id, unit_label
        ) as appearance
    from oversight_data
),

final as (
    select
        run_scope.framework_id,
        run_scope.quarter_id,
        numbered.trust_code,
        numbered.trust_name,
        numbered.trust_type_id,
        trust_types.organisation_kind,
        numbered.trust_subtype_label,
        numbered.region_label,
        organisation_scope.is_segmented
    from run_scope
    inner join numbered
        on run_scope.quarter_id = numbered.quarter_id
    inner join organisation_scope
        on
            run_scope.framework_id = organisation_scope.framework_id
            and numbered.trust_type_id = organisation_scope.trust_type_id
    inner join trust_types
        on numbered.trust_type_id = trust_types.trust_type_id
    where numbered.appearance = 1
)

select * from final
