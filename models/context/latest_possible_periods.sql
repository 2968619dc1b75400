with calendar_periods as (
    select * from {{ ref('calendar_periods') }}
),

data_ages as (
    select * from {{ ref('data_ages') }}
),

-- Trust types are published apart and their files name periods apart, so each has a row of its own.
published as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        count(*) as cell_count,
        count(reporting_period_label) as text_count,
        count(case when age_status = 'quarter_only' then 1 end) as quarter_only_count,
        count(age_days_at_quarter_end) as aged_count,
        count(distinct case when age_days_at_quarter_end is not null then period_end_date end) as period_count,
        max(case when age_days_at_quarter_end is not null then period_end_date end) as published_end_date,
        min(case when age_days_at_quarter_end is not null then period_end_date end) as oldest_end_date
    from data_ages
    group by framework_id, quarter_id, trust_type_id, metric_id
),

measured as (
    select
        published.framework_id,
        published.quarter_id,
        published.trust_type_id,
        published.metric_id,
        calendar_periods.period_basis,
        calendar_periods.lag_months,
        calendar_periods.calendar_status,
        calendar_periods.latest_start_date,
        calendar_periods.latest_end_date,
        published.published_end_date,
        published.oldest_end_date,
        published.period_count,
        published.cell_count,
        published.text_count,
        published.quarter_only_count,
        published.aged_count,
        {{ month_number('calendar_periods.latest_end_date') }}
        - {{ month_number('published.published_end_date') }} as months_behind,
        calendar_periods.rule_source,
        calendar_periods.rule_certainty
    from published
    inner join calendar_periods
        on
            published.framework_id = calendar_periods.framework_id
            and published.quarter_id = calendar_periods.quarter_id
            and published.metric_id = calendar_periods.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_type_id,
        metric_id,
        period_basis,
        lag_months,
        calendar_status,
        latest_start_date,
        latest_end_date,
        published_end_date,
        oldest_end_date,
        period_count,
        cell_count,
        text_count,
        quarter_only_count,
        aged_count,
        months_behind,
        case
            when text_count = 0 then 'no_text'
            when calendar_status <> 'by_calendar' then 'not_by_calendar'
            when published_end_date is null then 'period_not_said'
            when months_behind > 0 then 'behind'
            when months_behind < 0 then 'ahead'
            else 'latest'
        end as latest_status,
        case when months_behind is not null then months_behind <= 0 end as is_latest_possible,
        rule_source,
        rule_certainty
    from measured
)

select * from final
