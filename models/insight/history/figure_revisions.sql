with figure_evidence as (
    select * from {{ ref('figure_evidence') }}
),

input_changes as (
    select * from {{ ref('input_changes') }}
),

caused as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        measure_id,
        figure_kind,
        old_version_number,
        old_figure_text,
        new_figure_text,
        file_id,
        row_number,
        has_own_input_changed,
        has_method_changed,
        has_pool_changed,
        has_published_result_changed,
        {{ revision_reason(
            'has_own_input_changed', 'has_method_changed', 'has_pool_changed', 'has_published_result_changed'
        ) }} as revision_reason,
        own_measure_id,
        result_measure_id,
        other_trust_code,
        other_measure_id
    from figure_evidence
),

named as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        measure_id,
        figure_kind,
        old_version_number,
        old_figure_text,
        new_figure_text,
        file_id,
        row_number,
        has_own_input_changed,
        has_method_changed,
        has_pool_changed,
        has_published_result_changed,
        revision_reason,
        case revision_reason
            when 'restated_input' then trust_code
            when 'changed_pool' then other_trust_code
        end as cause_trust_code,
        case revision_reason
            when 'restated_input' then coalesce(own_measure_id, result_measure_id)
            when 'changed_pool' then other_measure_id
        end as cause_measure_id
    from caused
),

final as (
    select
        named.framework_id,
        named.quarter_id,
        named.trust_code,
        named.trust_type_id,
        named.measure_id,
        named.figure_kind,
        named.old_version_number,
        named.old_figure_text,
        named.new_figure_text,
        named.file_id,
        named.row_number,
        named.has_own_input_changed,
        named.has_method_changed,
        named.has_pool_changed,
        named.has_published_result_changed,
        named.revision_reason,
        named.cause_trust_code,
        named.cause_measure_id,
        input_changes.old_file_id,
        input_changes.old_row_number,
        input_changes.new_file_id,
        input_changes.new_row_number
    from named
    left join input_changes
        on
            named.framework_id = input_changes.framework_id
            and named.quarter_id = input_changes.quarter_id
            and named.cause_trust_code = input_changes.trust_code
            and named.cause_measure_id = input_changes.input_id
)

select * from final
