-- A framework that says of some metric what its latest possible period is says it once of each that has a value or a
-- score: that how late one is is not known is said too, by an empty lag. No other metric has one.
with metric_periods as (
    select * from {{ ref('metric_periods') }}
),

period_bases as (
    select * from {{ ref('period_bases') }}
),

metrics as (
    select
        framework_id,
        metric_id
    from {{ ref('metrics') }}
    where metric_role in ('scored', 'component')
),

frameworks_with_periods as (
    select framework_id from metric_periods
    union
    select framework_id from {{ ref('frameworks') }}
    where is_in_force
),

said as (
    select
        metric_periods.framework_id,
        metric_periods.metric_id,
        count(*) as period_count,
        sum(
            case
                when period_bases.period_basis is null then 1
                when period_bases.is_window and metric_periods.lag_months is not null then 1
                when metric_periods.lag_months < 0 and not period_bases.may_end_after_quarter then 1
                when trim(coalesce(metric_periods.source, '')) = '' then 1
                when metric_periods.certainty is null then 1
                else 0
            end
        ) as wrong_count
    from metric_periods
    left join period_bases
        on metric_periods.period_basis = period_bases.period_basis
    group by metric_periods.framework_id, metric_periods.metric_id
),

wanted as (
    select
        metrics.framework_id,
        metrics.metric_id
    from metrics
    inner join frameworks_with_periods
        on metrics.framework_id = frameworks_with_periods.framework_id
),

final as (
    select
        coalesce(wanted.framework_id, said.framework_id) as framework_id,
        coalesce(wanted.metric_id, said.metric_id) as metric_id,
        said.period_count,
        said.wrong_count
    from wanted
    full outer join said
        on
            wanted.framework_id = said.framework_id
            and wanted.metric_id = said.metric_id
    where
        wanted.metric_id is null
        or said.metric_id is null
        or said.period_count <> 1
        or said.wrong_count > 0
)

select * from final
