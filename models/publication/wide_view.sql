with board_lines as (
    select * from {{ ref('board_lines') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

metrics as (
    select * from {{ ref('metrics') }}
),

domains as (
    select * from {{ ref('domains') }}
),

metric_values as (
    select * from {{ ref('metric_values') }}
),

benchmarks as (
    select * from {{ ref('benchmarks') }}
),

domain_scores as (
    select * from {{ ref('domain_scores') }}
),

score_segments as (
    select * from {{ ref('score_segments') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

segments as (
    select * from {{ ref('segments') }}
),

quarters as (
    select * from {{ ref('scored_quarters') }}
),

trust_types as (
    select * from {{ ref('trust_types') }}
),

cell_statuses as (
    select * from {{ ref('cell_statuses') }}
),

missing_reasons as (
    select * from {{ ref('missing_reasons') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

organisations as (
    select * from {{ ref('organisations') }}
),

files as (
    select * from {{ ref('stg_nhse__files') }}
),

lead_icbs as (
    select * from {{ ref('organisation_icbs') }}
    where is_lead
)

select
    board_lines.framework_id,
    board_lines.quarter_id,
    board_lines.trust_code,
    board_lines.metric_id,
    quarters.quarter_label,
    trust_quarters.trust_name,
    trust_types.trust_type_label,
    trust_quarters.trust_subtype_label,
    trust_quarters.region_label,
    lead_icbs.icb_code as lead_icb_code,
    icbs.organisation_name as lead_icb_name,
    domains.domain_label,
    metrics.sub_domain_label,
    board_lines.metric_label,
    board_lines.cell_status,
    cell_statuses.meaning as cell_status_label,
    missing_reasons.meaning as missing_reason,
    cast(board_lines.value_number as decimal(18, 4)) as value,
    board_lines.value_label,
    board_lines.unit_label,
    metric_values.reporting_period_label,
    benchmarks.lower_quartile_value,
    benchmarks.median_value,
    benchmarks.upper_quartile_value,
    board_lines.value_rank,
    board_lines.value_rank_count,
    board_lines.threshold_kind,
    cast(board_lines.threshold as decimal(18, 4)) as threshold,
    board_lines.is_threshold_met,
    board_lines.metric_score,
    score_bases.meaning as score_basis_label,
    domain_scores.domain_score,
    score_segments.segment as domain_segment,
    delivery_scores.average_metric_score,
    segments.adjusted_segment,
    segments.final_segment,
    segments.league_rank,
    segments.league_trust_count,
    files.file_name,
    metric_values.row_number,
    board_lines.trust_type_id,
    board_lines.domain_id
from board_lines
inner join trust_quarters
    on
        board_lines.framework_id = trust_quarters.framework_id
        and board_lines.quarter_id = trust_quarters.quarter_id
        and board_lines.trust_code = trust_quarters.trust_code
inner join quarters
    on
        board_lines.framework_id = quarters.framework_id
        and board_lines.quarter_id = quarters.quarter_id
inner join trust_types
    on board_lines.trust_type_id = trust_types.trust_type_id
inner join metrics
    on
        board_lines.framework_id = metrics.framework_id
        and board_lines.metric_id = metrics.metric_id
inner join domains
    on
        board_lines.framework_id = domains.framework_id
        and board_lines.domain_id = domains.domain_id
inner join metric_values
    on
        board_lines.framework_id = metric_values.framework_id
        and board_lines.quarter_id = metric_values.quarter_id
        and board_lines.trust_code = metric_values.trust_code
        and board_lines.metric_id = metric_values.metric_id
inner join cell_statuses
    on board_lines.cell_status = cell_statuses.cell_status
inner join delivery_scores
    on
        board_lines.framework_id = delivery_scores.framework_id
        and board_lines.quarter_id = delivery_scores.quarter_id
        and board_lines.trust_code = delivery_scores.trust_code
inner join segments
    on
        board_lines.framework_id = segments.framework_id
        and board_lines.quarter_id = segments.quarter_id
        and board_lines.trust_code = segments.trust_code
left join missing_reasons
    on metric_values.missing_reason_id = missing_reasons.missing_reason_id
left join score_bases
    on board_lines.score_basis = score_bases.score_basis
left join benchmarks
    on
        board_lines.framework_id = benchmarks.framework_id
        and board_lines.quarter_id = benchmarks.quarter_id
        and board_lines.trust_type_id = benchmarks.trust_type_id
        and board_lines.metric_id = benchmarks.metric_id
left join domain_scores
    on
        board_lines.framework_id = domain_scores.framework_id
        and board_lines.quarter_id = domain_scores.quarter_id
        and board_lines.trust_code = domain_scores.trust_code
        and board_lines.domain_id = domain_scores.domain_id
left join score_segments
    on
        board_lines.framework_id = score_segments.framework_id
        and board_lines.quarter_id = score_segments.quarter_id
        and board_lines.trust_code = score_segments.trust_code
        and board_lines.domain_id = score_segments.score_id
left join files
    on metric_values.file_id = files.file_id
left join lead_icbs
    on
        board_lines.framework_id = lead_icbs.framework_id
        and board_lines.quarter_id = lead_icbs.quarter_id
        and board_lines.trust_code = lead_icbs.trust_code
left join organisations as icbs
    on
        lead_icbs.framework_id = icbs.framework_id
        and lead_icbs.icb_code = icbs.organisation_code
