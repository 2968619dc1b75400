with organisation_snapshots as (
    select * from {{ ref('organisation_snapshots') }}
),

snapshot_dates as (
    select distinct as_at_date from organisation_snapshots
),

snapshot_pairs as (
    select
        as_at_date,
        lag(as_at_date) over (order by as_at_date) as previous_as_at_date
    from snapshot_dates
),

-- Trusts of an ICB that are in both files and still open: what they have in common tells a new code of the ICB
-- from a trust that went to another ICB.
followed as (
    select
        snapshot_pairs.previous_as_at_date,
        snapshot_pairs.as_at_date,
        organisation_snapshots.previous_icb_code as old_icb_code,
        organisation_snapshots.icb_code as new_icb_code,
        organisation_snapshots.file_id,
        organisation_snapshots.row_number
    from snapshot_pairs
    inner join organisation_snapshots
        on
            snapshot_pairs.as_at_date = organisation_snapshots.as_at_date
            and snapshot_pairs.previous_as_at_date = organisation_snapshots.previous_as_at_date
    where
        organisation_snapshots.is_open
        and organisation_snapshots.previous_icb_code is not null
),

codes_in_use as (
    select distinct
        as_at_date,
        icb_code
    from organisation_snapshots
    where is_open and icb_code is not null
),

ended as (
    select
        followed.previous_as_at_date,
        followed.as_at_date,
        followed.old_icb_code,
        count(*) as of_trust_count
    from followed
    left join codes_in_use
        on
            followed.as_at_date = codes_in_use.as_at_date
            and followed.old_icb_code = codes_in_use.icb_code
    where codes_in_use.icb_code is null
    group by followed.previous_as_at_date, followed.as_at_date, followed.old_icb_code
),

final as (
    select
        ended.previous_as_at_date,
        ended.as_at_date,
        ended.old_icb_code,
        followed.new_icb_code,
        count(*) as moved_trust_count,
        ended.of_trust_count,
        cast(
            cast(count(*) as decimal(18, 10)) / ended.of_trust_count as decimal(6, 4)
        ) as moved_share,
        min(followed.file_id) as file_id,
        min(followed.row_number) as row_number
    from ended
    inner join followed
        on
            ended.as_at_date = followed.as_at_date
            and ended.old_icb_code = followed.old_icb_code
    where followed.new_icb_code is not null
    group by
        ended.previous_as_at_date,
        ended.as_at_date,
        ended.old_icb_code,
        followed.new_icb_code,
        ended.of_trust_count
)

select * from final
