with trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role in ('improvement_programme', 'final_segment')
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

-- The flag says it outright; a published final segment says it by being the segment of the programme.
published as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        summary_measures.measure_role,
        summary_measures.measure_id,
        case summary_measures.measure_role
            when 'improvement_programme' then oversight_data.value_number = 1
            else oversight_data.value_number = frameworks.programme_segment
        end as is_in_improvement_programme,
        oversight_data.file_id,
        oversight_data.row_number,
        row_number() over (
            partition by trust_quarters.framework_id, trust_quarters.quarter_id, trust_quarters.trust_code
            order by case summary_measures.measure_role when 'improvement_programme' then 1 else 2 end
        ) as preference
    from trust_quarters
    inner join frameworks
        on trust_quarters.framework_id = frameworks.framework_id
    inner join summary_measures
        on trust_quarters.framework_id = summary_measures.framework_id
    inner join oversight_data
        on
            trust_quarters.quarter_id = oversight_data.quarter_id
            and trust_quarters.trust_code = oversight_data.trust_code
            and summary_measures.measure_id = oversight_data.measure_id
    where oversight_data.value_number is not null
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        is_in_improvement_programme,
        measure_role as membership_source,
        measure_id,
        file_id,
        row_number
    from published
    where preference = 1
)

select * from final
