-- A figure that changed says why, and on the first criterion that holds: an input of its own, the method, the pool.
with revisions as (
    select * from {{ ref('revisions') }}
)

select
    revision_source,
    quarter_id,
    trust_code,
    measure_id,
    figure_kind,
    version_number,
    revision_reason
from revisions
where
    revision_reason is null
    or revision_reason not in ('restated_input', 'changed_method', 'changed_pool')
    or has_own_input_changed is null
    or has_method_changed is null
    or has_pool_changed is null
    or has_published_result_changed is null
    or (has_own_input_changed and revision_reason <> 'restated_input')
    or (revision_reason = 'changed_method' and not has_method_changed)
    or (revision_reason = 'changed_pool' and (has_method_changed or not has_pool_changed))
    or (
        revision_reason = 'restated_input'
        and not has_own_input_changed
        and (has_method_changed or has_pool_changed or not has_published_result_changed)
    )
