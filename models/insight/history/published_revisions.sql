with revised as (
    select * from {{ ref('published_changes') }}
),

figure_parts as (
    select * from {{ ref('figure_parts') }}
),

value_changes as (
    select
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id as input_id,
        unit_label,
        new_landed_order as landed_order,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number
    from revised
    where figure_kind = 'published_text' and not is_result
),

-- A value stands on itself alone; its rank, and all that is made from it, on those of the others too.
parts as (
    select
        revised.revision_number,
        revised.measure_id as input_id,
        revised.figure_kind = 'published_rank' as is_of_pool
    from revised
    where not revised.is_result
    union all
    select
        revised.revision_number,
        figure_parts.input_id,
        figure_parts.is_of_pool
    from revised
    inner join figure_parts
        on
            revised.framework_id = figure_parts.framework_id
            and revised.parts_measure_id = figure_parts.measure_id
    where revised.is_result
),

own as (
    select
        revised.revision_number,
        value_changes.trust_code,
        value_changes.input_id,
        value_changes.old_file_id,
        value_changes.old_row_number,
        value_changes.new_file_id,
        value_changes.new_row_number,
        row_number() over (
            partition by revised.revision_number
            order by value_changes.input_id, value_changes.unit_label, value_changes.landed_order
        ) as place
    from revised
    inner join parts
        on revised.revision_number = parts.revision_number
    inner join value_changes
        on
            revised.quarter_id = value_changes.quarter_id
            and revised.trust_type_id = value_changes.trust_type_id
            and revised.trust_code = value_changes.trust_code
            and parts.input_id = value_changes.input_id
            and (revised.is_result or revised.unit_label = value_changes.unit_label)
    where
        revised.old_landed_order < value_changes.landed_order
        and revised.new_landed_order >= value_changes.landed_order
),

-- Of those that changed in a pool with one file, two are enough: seen from the first the second is another member.
numbered_changes as (
    select
        quarter_id,
        trust_type_id,
        input_id,
        landed_order,
        trust_code,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number,
        dense_rank() over (
            partition by quarter_id, trust_type_id, input_id, landed_order
            order by trust_code
        ) as trust_place,
        row_number() over (
            partition by quarter_id, trust_type_id, input_id, landed_order, trust_code
            order by unit_label
        ) as unit_place
    from value_changes
),

others as (
    select
        revised.revision_number,
        numbered_changes.trust_code,
        numbered_changes.input_id,
        numbered_changes.old_file_id,
        numbered_changes.old_row_number,
        numbered_changes.new_file_id,
        numbered_changes.new_row_number,
        row_number() over (
            partition by revised.revision_number
            order by numbered_changes.input_id, numbered_changes.trust_code, numbered_changes.landed_order
        ) as place
    from revised
    inner join parts
        on
            revised.revision_number = parts.revision_number
            and parts.is_of_pool
    inner join numbered_changes
        on
            revised.quarter_id = numbered_changes.quarter_id
            and parts.input_id = numbered_changes.input_id
            and revised.trust_code <> numbered_changes.trust_code
    where
        numbered_changes.trust_place <= 2
        and numbered_changes.unit_place = 1
        and revised.old_landed_order < numbered_changes.landed_order
        and revised.new_landed_order >= numbered_changes.landed_order
        -- Rules 4: ranks are within trust type.
        and (revised.figure_kind = 'published_text' or revised.trust_type_id = numbered_changes.trust_type_id)
),

judged as (
    select
        revised.revision_number,
        own.revision_number is not null as has_own_input_changed,
        false as has_method_changed,
        others.revision_number is not null as has_pool_changed,
        revised.is_result or revised.figure_kind = 'published_rank' as has_published_result_changed
    from revised
    left join own
        on
            revised.revision_number = own.revision_number
            and own.place = 1
    left join others
        on
            revised.revision_number = others.revision_number
            and others.place = 1
),

reasoned as (
    select
        revision_number,
        has_own_input_changed,
        has_method_changed,
        has_pool_changed,
        has_published_result_changed,
        {{ revision_reason(
            'has_own_input_changed', 'has_method_changed', 'has_pool_changed', 'has_published_result_changed'
        ) }} as revision_reason
    from judged
),

-- Where nothing but the figure itself was restated, its own rows say so.
causes as (
    select
        'own' as cause_kind,
        revision_number,
        trust_code,
        input_id,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number
    from own
    where place = 1
    union all
    select
        'pool' as cause_kind,
        revision_number,
        trust_code,
        input_id,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number
    from others
    where place = 1
    union all
    select
        'itself' as cause_kind,
        revision_number,
        trust_code,
        measure_id as input_id,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number
    from revised
)

select
    revised.framework_id,
    revised.quarter_id,
    revised.trust_type_id,
    revised.trust_code,
    revised.measure_id,
    revised.unit_label,
    revised.figure_kind,
    revised.version_number,
    revised.old_figure_text,
    revised.new_figure_text,
    revised.old_from_date,
    revised.from_date,
    reasoned.revision_reason,
    reasoned.has_own_input_changed,
    reasoned.has_method_changed,
    reasoned.has_pool_changed,
    reasoned.has_published_result_changed,
    causes.trust_code as cause_trust_code,
    causes.input_id as cause_measure_id,
    causes.old_file_id,
    causes.old_row_number,
    causes.new_file_id,
    causes.new_row_number
from revised
inner join reasoned
    on revised.revision_number = reasoned.revision_number
inner join causes
    on
        revised.revision_number = causes.revision_number
        and causes.cause_kind = case
            when reasoned.has_own_input_changed then 'own'
            when reasoned.revision_reason = 'changed_pool' then 'pool'
            else 'itself'
        end
