with figures as (
    select * from {{ ref('figures') }}
),

figures_before as (
    select * from {{ source('landing', 'previous_versions') }}
    where until_release_id is null
),

run_scope as (
    select * from {{ ref('run_scope') }}
),

framework as (
    select max(framework_id) as framework_id from run_scope
),

-- A figure that is gone before and now is in neither.
paired as (
    select
        framework.framework_id,
        coalesce(figures.quarter_id, figures_before.quarter_id) as quarter_id,
        coalesce(figures.trust_code, figures_before.trust_code) as trust_code,
        coalesce(figures.trust_type_id, figures_before.trust_type_id) as trust_type_id,
        coalesce(figures.measure_id, figures_before.measure_id) as measure_id,
        coalesce(figures.figure_kind, figures_before.figure_kind) as figure_kind,
        cast(figures_before.version_number as bigint) as old_version_number,
        figures_before.figure_text as old_figure_text,
        figures.figure_text as new_figure_text,
        figures.file_id,
        figures.row_number
    from figures
    full outer join figures_before
        on
            figures.quarter_id = figures_before.quarter_id
            and figures.trust_code = figures_before.trust_code
            and figures.measure_id = figures_before.measure_id
            and figures.figure_kind = figures_before.figure_kind
    cross join framework
)

select * from paired
where coalesce(old_figure_text, '') <> coalesce(new_figure_text, '')
