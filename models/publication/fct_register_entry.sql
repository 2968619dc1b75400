with entries as (
    select * from {{ ref('register_entries_in_hand') }}
    where not is_confidential
)

-- Confidential entries are counted in fct_withheld; of the others the words that were typed stay with the landed file.
select
    framework_id,
    file_id,
    row_number,
    register_id,
    register_label,
    organisation_code,
    subject_id,
    case when is_value_published then 'shown' else 'withheld' end as value_status,
    value_id,
    listed_text as value_text,
    cast(value_number as decimal(18, 4)) as value_number,
    value_date,
    from_date,
    to_date,
    is_withdrawn,
    is_current,
    case
        when decided_by_role is null then 'not_given'
        when listed_role is null then 'withheld'
        else 'shown'
    end as role_status,
    listed_role as decided_by_role,
    reason is not null as has_reason
from entries
