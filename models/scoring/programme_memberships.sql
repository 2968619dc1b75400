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
    select * from {{ ref('oversight_values') }}
),

decisions as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'improvement_programme' and subject_id = 'programme'
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
        oversight_data.value_quarter_id <> trust_quarters.quarter_id as is_carried,
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

stated as (
    select
        framework_id,
        quarter_id,
        trust_code,
        is_in_improvement_programme,
        measure_role as membership_source,
        measure_id,
        is_carried,
        file_id,
        row_number
    from published
    where preference = 1
),

-- Rules 3, final segment: what is published comes first; a decision of the register counts where nothing is.
final as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        case
            when stated.is_carried then 'carried_forward'
            when stated.file_id is not null then 'published'
            else 'decision'
        end as membership_basis,
        coalesce(stated.is_in_improvement_programme, decisions.value_id = 'in') as is_in_improvement_programme,
        coalesce(stated.membership_source, 'register') as membership_source,
        stated.measure_id,
        decisions.value_id as decision_id,
        decisions.from_date as decision_from_date,
        decisions.decided_by_role,
        decisions.listed_role,
        decisions.reason,
        decisions.source_text,
        coalesce(stated.file_id, decisions.file_id) as file_id,
        coalesce(stated.row_number, decisions.row_number) as row_number,
        coalesce(stated.is_in_improvement_programme = (decisions.value_id = 'in'), true) as is_in_agreement
    from trust_quarters
    left join decisions
        on
            trust_quarters.framework_id = decisions.framework_id
            and trust_quarters.quarter_id = decisions.quarter_id
            and trust_quarters.trust_code = decisions.trust_code
    left join stated
        on
            trust_quarters.framework_id = stated.framework_id
            and trust_quarters.quarter_id = stated.quarter_id
            and trust_quarters.trust_code = stated.trust_code
            -- What was published for the quarter before gives way to a decision about this one.
            and not (coalesce(stated.is_carried, false) and decisions.file_id is not null)
    where stated.file_id is not null or decisions.file_id is not null
)

select * from final
