with run_scope as (
    select * from {{ ref('run_scope') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

-- A name can be spelt in two ways within a quarter: the first row in file order decides.
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
            order by row_number, file_id
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
        numbered.trust_subtype_label,
        numbered.region_label
    from run_scope
    inner join numbered
        on run_scope.quarter_id = numbered.quarter_id
    where numbered.appearance = 1
)

select * from final
