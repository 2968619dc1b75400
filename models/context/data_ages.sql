with metric_values as (
    select * from {{ ref('metric_values') }}
    where cell_status <> 'not_applicable'
),

calendar_periods as (
    select * from {{ ref('calendar_periods') }}
),

reporting_periods as (
    select * from {{ ref('reporting_periods') }}
),

period_bases as (
    select * from {{ ref('period_bases') }}
),

cells as (
    select
        metric_values.framework_id,
        metric_values.quarter_id,
        metric_values.trust_code,
        metric_values.trust_type_id,
        metric_values.metric_id,
        calendar_periods.previous_quarter_id,
        calendar_periods.quarter_start_date,
        calendar_periods.quarter_end_date,
        case when metric_values.reporting_period_label <> '' then metric_values.reporting_period_label end
            as reporting_period_label,
        reporting_periods.form_id,
        reporting_periods.parse_status,
        reporting_periods.period_start_date,
        reporting_periods.period_end_date,
        reporting_periods.comparison_start_date,
        reporting_periods.comparison_end_date,
        -- The metric's own basis where a row says one, otherwise that of the form.
        coalesce(calendar_periods.period_basis, reporting_periods.period_basis) as period_basis,
        case
            when calendar_periods.period_basis is not null then 'metric'
            when reporting_periods.period_basis is not null then 'form'
        end as period_basis_origin,
        calendar_periods.may_end_after_quarter,
        calendar_periods.is_window or coalesce(form_bases.is_window, false) as is_window,
        coalesce(calendar_periods.period_shape <> form_bases.period_shape, false) as is_of_other_shape,
        -- Where the calendar allows only an earlier one, the text can but mean the quarter of the file.
        coalesce(calendar_periods.latest_end_date < reporting_periods.period_end_date, false) as is_later_than_possible,
        coalesce(
            reporting_periods.period_start_date = calendar_periods.quarter_start_date
            and reporting_periods.period_end_date = calendar_periods.quarter_end_date,
            false
        ) as is_own_quarter,
        metric_values.value_number,
        metric_values.value_label,
        metric_values.published_score,
        coalesce(metric_values.value_origin, '') = 'source_publication' as is_from_source
    from metric_values
    inner join calendar_periods
        on
            metric_values.framework_id = calendar_periods.framework_id
            and metric_values.quarter_id = calendar_periods.quarter_id
            and metric_values.metric_id = calendar_periods.metric_id
    left join reporting_periods
        on metric_values.reporting_period_label = reporting_periods.reporting_period_label
    left join period_bases as form_bases
        on reporting_periods.period_basis = form_bases.period_basis
),

judged as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        previous_quarter_id,
        quarter_end_date,
        reporting_period_label,
        form_id,
        period_start_date,
        period_end_date,
        comparison_start_date,
        comparison_end_date,
        period_basis,
        period_basis_origin,
        value_number,
        value_label,
        published_score,
        is_from_source,
        case
            when reporting_period_label is null then 'no_text'
            when parse_status in ('not_known', 'ambiguous') then parse_status
            when is_own_quarter and (is_of_other_shape or is_later_than_possible) then 'quarter_only'
            when is_of_other_shape then 'other_form'
            when is_window then 'rating_window'
            when period_end_date <= quarter_end_date then 'aged'
            when may_end_after_quarter then 'not_over'
            else 'after_quarter'
        end as age_status
    from cells
),

-- A text that does not say the period gives no dates of one.
dated as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        previous_quarter_id,
        quarter_end_date,
        reporting_period_label,
        form_id,
        age_status,
        age_status in ('aged', 'not_over', 'after_quarter', 'rating_window') as is_period_known,
        case when age_status not in ('quarter_only', 'other_form') then period_start_date end as period_start_date,
        case when age_status not in ('quarter_only', 'other_form') then period_end_date end as period_end_date,
        case when age_status not in ('quarter_only', 'other_form') then comparison_start_date end
            as comparison_start_date,
        case when age_status not in ('quarter_only', 'other_form') then comparison_end_date end
            as comparison_end_date,
        period_basis,
        period_basis_origin,
        is_from_source,
        -- What is compared with the quarter before: the value, or the published score where no value is.
        case
            when value_number is not null then 'value'
            when value_label is not null then 'label'
            when published_score is not null then 'published_score'
        end as compared_figure,
        case
            when value_number is not null then cast(value_number as varchar)
            when value_label is not null then value_label
            else cast(published_score as varchar)
        end as compared_text
    from judged
),

compared as (
    select
        dated.framework_id,
        dated.quarter_id,
        dated.trust_code,
        dated.trust_type_id,
        dated.metric_id,
        dated.quarter_end_date,
        dated.reporting_period_label,
        dated.form_id,
        dated.age_status,
        dated.period_start_date,
        dated.period_end_date,
        dated.comparison_start_date,
        dated.comparison_end_date,
        dated.period_basis,
        dated.period_basis_origin,
        dated.compared_figure,
        case
            when dated.is_period_known and earlier.is_period_known
                then
                    dated.period_start_date = earlier.period_start_date
                    and coalesce(dated.period_end_date, dated.period_start_date)
                    = coalesce(earlier.period_end_date, earlier.period_start_date)
        end as is_same_period,
        -- A published value and one made here have other decimals: that they differ would say nothing.
        case
            when dated.compared_figure = earlier.compared_figure and dated.is_from_source = earlier.is_from_source
                then dated.compared_text = earlier.compared_text
        end as is_same_value
    from dated
    left join dated as earlier
        on
            dated.framework_id = earlier.framework_id
            and dated.previous_quarter_id = earlier.quarter_id
            and dated.trust_code = earlier.trust_code
            and dated.metric_id = earlier.metric_id
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        metric_id,
        quarter_end_date,
        reporting_period_label,
        form_id,
        age_status,
        period_start_date,
        period_end_date,
        comparison_start_date,
        comparison_end_date,
        period_basis,
        period_basis_origin,
        case
            when age_status in ('aged', 'not_over', 'after_quarter')
                then cast({{ days_from('period_end_date', 'quarter_end_date') }} as bigint)
        end as age_days_at_quarter_end,
        compared_figure,
        is_same_period as is_same_period_as_previous_quarter,
        case
            when not is_same_period then false
            else is_same_period and is_same_value
        end as is_unchanged_since_previous_quarter,
        case
            when not is_same_period then false
            else is_same_period and not is_same_value
        end as is_revised_since_previous_quarter
    from compared
)

select * from final
