-- On every day since it was first known a figure has one version: each begins when the one before it ends, says
-- something else, and only the last one has no end.
with figure_versions as (
    select * from {{ ref('figure_versions') }}
),

published_versions as (
    select * from {{ ref('published_versions') }}
),

versions as (
    select
        quarter_id || ' ' || trust_code || ' ' || measure_id || ' ' || figure_kind as figure,
        version_number,
        is_gone,
        figure_text as said,
        from_date,
        until_date
    from figure_versions
    union all
    select
        'published ' || quarter_id || ' ' || trust_type_id || ' ' || trust_code || ' ' || measure_id || ' '
        || unit_label as figure,
        version_number,
        is_gone,
        compared_text || '; ' || coalesce({{ as_text('published_rank') }}, '') as said,
        from_date,
        until_date
    from published_versions
),

beside as (
    select
        figure,
        version_number,
        is_gone,
        said,
        from_date,
        until_date,
        lag(version_number) over (partition by figure order by version_number) as earlier_number,
        lag(until_date) over (partition by figure order by version_number) as earlier_until_date,
        lag(said) over (partition by figure order by version_number) as earlier_said,
        lead(version_number) over (partition by figure order by version_number) as later_number
    from versions
)

select
    figure,
    version_number
from beside
where
    version_number <> coalesce(earlier_number, 0) + 1
    or (version_number = 1 and is_gone)
    or is_gone <> (said is null)
    or (version_number > 1 and (earlier_until_date is null or earlier_until_date <> from_date))
    or (version_number > 1 and coalesce(earlier_said, '') = coalesce(said, ''))
    or (later_number is null) <> (until_date is null)
