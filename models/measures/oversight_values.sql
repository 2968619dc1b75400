-- What scoring stands on, in the shape of NHS England's files: their rows, and under a framework that says so values
-- made from source publications in their place; in a forecast quarter also rows carried forward. Without a derived
-- framework it is staging row for row.
with run_framework as (
    select * from {{ ref('run_framework') }}
),

forecast_quarters as (
    select * from {{ ref('forecast_quarters') }}
),

oversight_data as (
    select * from {{ ref('stg_nhse__oversight_data') }}
),

metrics as (
    select metrics.*
    from {{ ref('metrics') }} as metrics
    inner join run_framework
        on metrics.framework_id = run_framework.framework_id
),

domains as (
    select domains.*
    from {{ ref('domains') }} as domains
    inner join run_framework
        on domains.framework_id = run_framework.framework_id
),

metric_applicability as (
    select metric_applicability.*
    from {{ ref('metric_applicability') }} as metric_applicability
    inner join run_framework
        on metric_applicability.framework_id = run_framework.framework_id
),

matrix_parts as (
    select distinct
        matrix_cells.metric_id,
        matrix_cells.row_metric_id,
        matrix_cells.column_metric_id
    from {{ ref('matrix_cells') }} as matrix_cells
    inner join run_framework
        on matrix_cells.framework_id = run_framework.framework_id
),

-- The facts about a trust that are published beside its metrics, and that a forecast has from nowhere else.
facts as (
    select summary_measures.measure_id
    from {{ ref('summary_measures') }} as summary_measures
    inner join run_framework
        on summary_measures.framework_id = run_framework.framework_id
    where summary_measures.measure_role in ('financial_override', 'improvement_programme', 'final_segment')
),

cell_statuses as (
    select * from {{ ref('cell_statuses') }}
),

-- Which values are scored: of a quarter in hand those that cover its whole period, of a forecast also part of it.
-- The quarters in hand of a forecast are what NHS England's files say.
chosen as (
    select
        source_values.quarter_id,
        source_values.trust_code,
        source_values.metric_id,
        source_values.value_number,
        source_values.value_rounded,
        source_values.value_status,
        source_values.months_in_hand,
        source_values.months_expected,
        source_values.reporting_period_label,
        source_values.file_id,
        source_values.row_number
    from {{ ref('source_values') }} as source_values
    inner join run_framework
        on
            source_values.framework_id = run_framework.framework_id
            and run_framework.value_origin = 'source_publication'
    inner join metrics
        on
            source_values.metric_id = metrics.metric_id
            and metrics.value_kind = 'number'
    left join forecast_quarters
        on source_values.quarter_id = forecast_quarters.quarter_id
    where
        source_values.value_number is not null
        and (
            forecast_quarters.quarter_id is not null
            or (source_values.value_status = 'whole_period' and not run_framework.is_forecast)
        )
),

-- The measures whose rows are carried: values (not the count beside a rate), published scores, facts.
carried_measures as (
    select
        metric_id as measure_id,
        companion_unit_label
    from metrics
    union
    select
        score_id as measure_id,
        {{ no_text() }} as companion_unit_label
    from metrics
    where score_id <> metric_id
    union
    select
        measure_id,
        {{ no_text() }} as companion_unit_label
    from facts
),

base as (
    select
        quarter_id,
        quarter_id as value_quarter_id,
        'framework_file' as value_origin,
        file_id,
        row_number,
        trust_type_id,
        trust_code,
        trust_name,
        trust_subtype_label,
        region_label,
        domain_label,
        sub_domain_label,
        measure_id,
        measure_label,
        reporting_period_label,
        unit_label,
        value_text,
        shorthand_status,
        value_number,
        median_value,
        lower_quartile_value,
        upper_quartile_value,
        published_rank
    from oversight_data
    union all
    select
        forecast_quarters.quarter_id,
        oversight_data.quarter_id as value_quarter_id,
        'carried_forward' as value_origin,
        oversight_data.file_id,
        oversight_data.row_number,
        oversight_data.trust_type_id,
        oversight_data.trust_code,
        oversight_data.trust_name,
        oversight_data.trust_subtype_label,
        oversight_data.region_label,
        oversight_data.domain_label,
        oversight_data.sub_domain_label,
        oversight_data.measure_id,
        oversight_data.measure_label,
        oversight_data.reporting_period_label,
        oversight_data.unit_label,
        oversight_data.value_text,
        oversight_data.shorthand_status,
        oversight_data.value_number,
        oversight_data.median_value,
        oversight_data.lower_quartile_value,
        oversight_data.upper_quartile_value,
        oversight_data.published_rank
    from forecast_quarters
    inner join oversight_data
        on forecast_quarters.carried_quarter_id = oversight_data.quarter_id
    inner join carried_measures
        on
            oversight_data.measure_id = carried_measures.measure_id
            and coalesce(carried_measures.companion_unit_label, oversight_data.measure_id)
            <> coalesce(oversight_data.unit_label, '')
),

numbered as (
    select
        quarter_id,
        trust_code,
        trust_type_id,
        trust_name,
        trust_subtype_label,
        region_label,
        row_number() over (
            partition by quarter_id, trust_code
            order by row_number, file_id
        ) as appearance
    from base
),

organisations as (
    select * from numbered
    where appearance = 1
),

-- The one row of a trust and quarter that holds the value of a metric, not the count beside it.
value_rows as (
    select
        base.quarter_id,
        base.trust_code,
        base.measure_id,
        base.shorthand_status
    from base
    inner join metrics
        on
            base.measure_id = metrics.metric_id
            and coalesce(metrics.companion_unit_label, metrics.metric_id) <> coalesce(base.unit_label, '')
),

-- What a row says in the place of a value (that the metric does not apply to the trust, say) may stand against a
-- value from elsewhere; and a figure that some publication has of a trust makes no metric apply to its type.
taken as (
    select
        chosen.quarter_id,
        chosen.trust_code,
        chosen.metric_id,
        chosen.value_number,
        chosen.value_rounded,
        chosen.value_status,
        chosen.months_in_hand,
        chosen.months_expected,
        chosen.reporting_period_label,
        chosen.file_id,
        chosen.row_number,
        organisations.trust_type_id,
        value_rows.measure_id is not null as has_row
    from chosen
    inner join organisations
        on
            chosen.quarter_id = organisations.quarter_id
            and chosen.trust_code = organisations.trust_code
    left join value_rows
        on
            chosen.quarter_id = value_rows.quarter_id
            and chosen.trust_code = value_rows.trust_code
            and chosen.metric_id = value_rows.measure_id
    left join cell_statuses
        on value_rows.shorthand_status = cell_statuses.cell_status
    left join metric_applicability
        on
            chosen.metric_id = metric_applicability.metric_id
            and organisations.trust_type_id = metric_applicability.trust_type_id
    where
        (value_rows.measure_id is not null and coalesce(cell_statuses.gives_way_to_source, true))
        or (value_rows.measure_id is null and metric_applicability.applicability <> 'never')
),

-- A published score was made from the published value, that of a matrix from the published values of its parts.
score_makers as (
    select
        score_id,
        metric_id
    from metrics
    union
    select
        metrics.score_id,
        matrix_parts.row_metric_id as metric_id
    from metrics
    inner join matrix_parts
        on metrics.metric_id = matrix_parts.metric_id
    union
    select
        metrics.score_id,
        matrix_parts.column_metric_id as metric_id
    from metrics
    inner join matrix_parts
        on metrics.metric_id = matrix_parts.metric_id
),

stale_scores as (
    select distinct
        taken.quarter_id,
        taken.trust_code,
        score_makers.score_id
    from taken
    inner join score_makers
        on taken.metric_id = score_makers.metric_id
    where score_makers.score_id <> taken.metric_id
),

-- A published rank is a place among the published values: with another value among them it is nobody's any more.
stale_ranks as (
    select distinct
        quarter_id,
        trust_type_id,
        metric_id
    from taken
),

standing as (
    select
        base.quarter_id,
        case when taken.metric_id is not null then base.quarter_id else base.value_quarter_id end as value_quarter_id,
        case when taken.metric_id is not null then 'source_publication' else base.value_origin end as value_origin,
        case when taken.metric_id is not null then taken.file_id else base.file_id end as file_id,
        case when taken.metric_id is not null then taken.row_number else base.row_number end as row_number,
        base.trust_type_id,
        base.trust_code,
        base.trust_name,
        base.trust_subtype_label,
        base.region_label,
        base.domain_label,
        base.sub_domain_label,
        base.measure_id,
        base.measure_label,
        case when taken.metric_id is not null then taken.reporting_period_label else base.reporting_period_label end
            as reporting_period_label,
        base.unit_label,
        case
            when taken.metric_id is not null then {{ decimal_as_text('taken.value_rounded', 28, 6) }}
            else base.value_text
        end as value_text,
        case when taken.metric_id is null then base.shorthand_status end as shorthand_status,
        case
            when taken.metric_id is not null then cast(taken.value_number as decimal(28, 10))
            else base.value_number
        end as value_number,
        case when taken.metric_id is null then base.median_value end as median_value,
        case when taken.metric_id is null then base.lower_quartile_value end as lower_quartile_value,
        case when taken.metric_id is null then base.upper_quartile_value end as upper_quartile_value,
        case when stale_ranks.metric_id is null then base.published_rank end as published_rank,
        taken.value_status,
        taken.months_in_hand,
        taken.months_expected
    from base
    left join metrics
        on
            base.measure_id = metrics.metric_id
            and coalesce(metrics.companion_unit_label, metrics.metric_id) <> coalesce(base.unit_label, '')
    left join taken
        on
            base.quarter_id = taken.quarter_id
            and base.trust_code = taken.trust_code
            and metrics.metric_id = taken.metric_id
    left join stale_ranks
        on
            base.quarter_id = stale_ranks.quarter_id
            and base.trust_type_id = stale_ranks.trust_type_id
            and metrics.metric_id = stale_ranks.metric_id
    left join stale_scores
        on
            base.quarter_id = stale_scores.quarter_id
            and base.trust_code = stale_scores.trust_code
            and base.measure_id = stale_scores.score_id
    where stale_scores.score_id is null
),

-- A value of which the files have no row gets one, described as the method describes the metric.
made as (
    select
        taken.quarter_id,
        taken.quarter_id as value_quarter_id,
        'source_publication' as value_origin,
        taken.file_id,
        taken.row_number,
        organisations.trust_type_id,
        organisations.trust_code,
        organisations.trust_name,
        organisations.trust_subtype_label,
        organisations.region_label,
        domains.domain_label,
        metrics.sub_domain_label,
        metrics.metric_id as measure_id,
        metrics.metric_label as measure_label,
        taken.reporting_period_label,
        metrics.unit_label,
        {{ decimal_as_text('taken.value_rounded', 28, 6) }} as value_text,
        {{ no_text() }} as shorthand_status,
        cast(taken.value_number as decimal(28, 10)) as value_number,
        cast(null as decimal(28, 10)) as median_value,
        cast(null as decimal(28, 10)) as lower_quartile_value,
        cast(null as decimal(28, 10)) as upper_quartile_value,
        cast(null as bigint) as published_rank,
        taken.value_status,
        taken.months_in_hand,
        taken.months_expected
    from taken
    inner join organisations
        on
            taken.quarter_id = organisations.quarter_id
            and taken.trust_code = organisations.trust_code
    inner join metrics
        on taken.metric_id = metrics.metric_id
    inner join domains
        on metrics.domain_id = domains.domain_id
    where not taken.has_row
),

final as (
    select * from standing
    union all
    select * from made
)

select * from final
