with before as (
    select * from {{ source('landing', 'previous_versions') }}
),

figure_changes as (
    select * from {{ ref('figure_changes') }}
    where old_version_number is null
),

figure_revisions as (
    select * from {{ ref('figure_revisions') }}
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

this_release as (
    select * from {{ ref('this_release') }}
),

framework as (
    select max(framework_id) as framework_id from run_scope
),

-- A version of an earlier release stays as it was; all that a later one does is to end it.
earlier as (
    select
        framework.framework_id,
        before.quarter_id,
        before.trust_code,
        before.trust_type_id,
        before.measure_id,
        before.figure_kind,
        cast(before.version_number as bigint) as version_number,
        before.figure_text,
        before.file_id,
        cast(before.row_number as bigint) as row_number,
        before.from_release_id,
        cast(before.from_date as date) as from_date,
        case
            when figure_revisions.measure_id is not null then this_release.release_id
            else before.until_release_id
        end as until_release_id,
        case
            when figure_revisions.measure_id is not null then this_release.released_date
            else cast(before.until_date as date)
        end as until_date,
        before.revision_reason,
        cast(before.has_own_input_changed as boolean) as has_own_input_changed,
        cast(before.has_method_changed as boolean) as has_method_changed,
        cast(before.has_pool_changed as boolean) as has_pool_changed,
        cast(before.has_published_result_changed as boolean) as has_published_result_changed,
        before.cause_trust_code,
        before.cause_measure_id,
        before.old_file_id,
        cast(before.old_row_number as bigint) as old_row_number,
        before.new_file_id,
        cast(before.new_row_number as bigint) as new_row_number
    from before
    cross join framework
    cross join this_release
    left join figure_revisions
        on
            before.quarter_id = figure_revisions.quarter_id
            and before.trust_code = figure_revisions.trust_code
            and before.measure_id = figure_revisions.measure_id
            and before.figure_kind = figure_revisions.figure_kind
            and cast(before.version_number as bigint) = figure_revisions.old_version_number
),

first_versions as (
    select
        figure_changes.framework_id,
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.trust_type_id,
        figure_changes.measure_id,
        figure_changes.figure_kind,
        cast(1 as bigint) as version_number,
        figure_changes.new_figure_text as figure_text,
        figure_changes.file_id,
        figure_changes.row_number,
        this_release.release_id as from_release_id,
        this_release.released_date as from_date,
        cast(null as varchar) as until_release_id,
        cast(null as date) as until_date,
        cast(null as varchar) as revision_reason,
        cast(null as boolean) as has_own_input_changed,
        cast(null as boolean) as has_method_changed,
        cast(null as boolean) as has_pool_changed,
        cast(null as boolean) as has_published_result_changed,
        cast(null as varchar) as cause_trust_code,
        cast(null as varchar) as cause_measure_id,
        cast(null as varchar) as old_file_id,
        cast(null as bigint) as old_row_number,
        cast(null as varchar) as new_file_id,
        cast(null as bigint) as new_row_number
    from figure_changes
    cross join this_release
),

new_versions as (
    select
        figure_revisions.framework_id,
        figure_revisions.quarter_id,
        figure_revisions.trust_code,
        figure_revisions.trust_type_id,
        figure_revisions.measure_id,
        figure_revisions.figure_kind,
        figure_revisions.old_version_number + 1 as version_number,
        figure_revisions.new_figure_text as figure_text,
        figure_revisions.file_id,
        figure_revisions.row_number,
        this_release.release_id as from_release_id,
        this_release.released_date as from_date,
        cast(null as varchar) as until_release_id,
        cast(null as date) as until_date,
        figure_revisions.revision_reason,
        figure_revisions.has_own_input_changed,
        figure_revisions.has_method_changed,
        figure_revisions.has_pool_changed,
        figure_revisions.has_published_result_changed,
        figure_revisions.cause_trust_code,
        figure_revisions.cause_measure_id,
        figure_revisions.old_file_id,
        figure_revisions.old_row_number,
        figure_revisions.new_file_id,
        figure_revisions.new_row_number
    from figure_revisions
    cross join this_release
),

unioned as (
    select * from earlier
    union all
    select * from first_versions
    union all
    select * from new_versions
)

select
    framework_id,
    quarter_id,
    trust_code,
    trust_type_id,
    measure_id,
    figure_kind,
    version_number,
    figure_text,
    figure_text is null as is_gone,
    version_number = 1 as is_first_published,
    until_release_id is null as is_latest,
    file_id,
    row_number,
    from_release_id,
    from_date,
    until_release_id,
    until_date,
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
from unioned
