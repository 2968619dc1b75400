-- No source publication is made into values yet: the columns that readers of this model count on, and no row.
with final as (
    select
        cast(null as varchar) as framework_id,
        cast(null as varchar) as quarter_id,
        cast(null as varchar) as trust_code,
        cast(null as varchar) as measure_id,
        cast(null as varchar) as metric_id,
        cast(null as decimal(28, 10)) as numerator,
        cast(null as decimal(28, 10)) as denominator,
        cast(null as decimal(28, 16)) as value_number,
        cast(null as decimal(28, 6)) as value_rounded,
        cast(null as varchar) as value_status,
        cast(null as varchar) as period_basis,
        cast(null as date) as period_start_date,
        cast(null as date) as period_end_date,
        cast(null as bigint) as months_in_hand,
        cast(null as bigint) as months_expected,
        cast(null as varchar) as reporting_period_label,
        cast(null as varchar) as file_id,
        cast(null as bigint) as row_number
    where false
)

select * from final
