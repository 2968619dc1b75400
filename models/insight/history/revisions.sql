with published_revisions as (
    select * from {{ ref('published_revisions') }}
),

figure_versions as (
    select * from {{ ref('figure_versions') }}
),

published as (
    select
        framework_id,
        'published' as revision_source,
        quarter_id,
        trust_type_id,
        trust_code,
        measure_id,
        unit_label,
        figure_kind,
        version_number,
        old_figure_text,
        new_figure_text,
        old_from_date,
        from_date as revised_date,
        cast(null as varchar) as old_release_id,
        cast(null as varchar) as new_release_id,
        revision_reason,
        has_own_input_changed,
        has_method_changed,
        has_pool_changed,
        has_published_result_changed,
        cause_trust_code,
        cause_measure_id,
        old_file_id,
        old_row_number,
        new_file_id,
        new_row_number
    from published_revisions
),

recomputed as (
    select
        later.framework_id,
        'recomputed' as revision_source,
        later.quarter_id,
        later.trust_type_id,
        later.trust_code,
        later.measure_id,
        '' as unit_label,
        later.figure_kind,
        later.version_number,
        earlier.figure_text as old_figure_text,
        later.figure_text as new_figure_text,
        earlier.from_date as old_from_date,
        later.from_date as revised_date,
        earlier.from_release_id as old_release_id,
        later.from_release_id as new_release_id,
        later.revision_reason,
        later.has_own_input_changed,
        later.has_method_changed,
        later.has_pool_changed,
        later.has_published_result_changed,
        later.cause_trust_code,
        later.cause_measure_id,
        later.old_file_id,
        later.old_row_number,
        later.new_file_id,
        later.new_row_number
    from figure_versions as later
    inner join figure_versions as earlier
        on
            later.framework_id = earlier.framework_id
            and later.quarter_id = earlier.quarter_id
            and later.trust_code = earlier.trust_code
            and later.measure_id = earlier.measure_id
            and later.figure_kind = earlier.figure_kind
            and later.version_number = earlier.version_number + 1
)

select * from published
union all
select * from recomputed
