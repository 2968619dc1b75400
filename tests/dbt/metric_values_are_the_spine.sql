-- One row for every trust x metric x quarter that could be scored, no more and no fewer, in metric_values and in
-- metric_scores: absence is never silent. It reads models of the scored part only, so that building the staged
-- part alone does not ask for it.
with spine_counts as (
    select * from {{ ref('spine_counts') }}
),

trust_quarters as (
    select * from {{ ref('trust_quarters') }}
),

cells as (
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'metric_values' as held_in
    from {{ ref('metric_values') }}
    union all
    select
        framework_id,
        quarter_id,
        trust_code,
        metric_id,
        'metric_scores' as held_in
    from {{ ref('metric_scores') }}
),

held as (
    select
        framework_id,
        quarter_id,
        trust_code,
        held_in,
        count(*) as row_count,
        count(distinct metric_id) as metric_count
    from cells
    group by framework_id, quarter_id, trust_code, held_in
),

places as (
    select 'metric_values' as held_in
    union all
    select 'metric_scores' as held_in
),

wanted as (
    select
        trust_quarters.framework_id,
        trust_quarters.quarter_id,
        trust_quarters.trust_code,
        places.held_in,
        spine_counts.metric_count
    from trust_quarters
    inner join spine_counts
        on
            trust_quarters.framework_id = spine_counts.framework_id
            and trust_quarters.quarter_id = spine_counts.quarter_id
    cross join places
)

select
    coalesce(wanted.quarter_id, held.quarter_id) as quarter_id,
    coalesce(wanted.trust_code, held.trust_code) as trust_code,
    coalesce(wanted.held_in, held.held_in) as held_in,
    wanted.metric_count as wanted_row_count,
    held.row_count
from wanted
full outer join held
    on
        wanted.framework_id = held.framework_id
        and wanted.quarter_id = held.quarter_id
        and wanted.trust_code = held.trust_code
        and wanted.held_in = held.held_in
where
    coalesce(wanted.metric_count <> held.row_count, true)
    or coalesce(wanted.metric_count <> held.metric_count, true)

union all

select
    'none' as quarter_id,
    'none' as trust_code,
    'metric_values' as held_in,
    0 as wanted_row_count,
    0 as row_count
where not exists (select 1 from wanted)
