with figure_changes as (
    select * from {{ ref('figure_changes') }}
    where figure_kind in ('domain_score', 'average_metric_score', 'adjusted_segment')
),

figure_parts as (
    select * from {{ ref('figure_parts') }}
),

input_changes as (
    select * from {{ ref('input_changes') }}
    where is_own_changed
),

domains as (
    select * from {{ ref('domains') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role not in ('financial_override', 'improvement_programme')
),

-- Whose scores place a trust: a domain's segment and rank hang on the domain scores of all, the other segments and
-- ranks on the averages, and the league rank, which stands beside the adjusted segment, on the adjusted segments too.
placed as (
    select
        framework_id,
        domain_id as measure_id,
        domain_id as base_measure_id
    from domains
    union all
    select
        framework_id,
        domain_segment_id as measure_id,
        domain_id as base_measure_id
    from domains
    union all
    select
        summary_measures.framework_id,
        summary_measures.measure_id,
        bases.measure_id as base_measure_id
    from summary_measures
    inner join summary_measures as bases
        on
            summary_measures.framework_id = bases.framework_id
            and (
                bases.measure_role = 'average_metric_score'
                or (
                    bases.measure_role = 'adjusted_segment'
                    and summary_measures.measure_role = 'adjusted_segment'
                )
            )
),

-- Of a score that moved because of its trust's own input, that input.
own_inputs as (
    select
        figure_changes.quarter_id,
        figure_changes.trust_code,
        figure_changes.measure_id,
        min(input_changes.input_id) as input_id
    from figure_changes
    inner join figure_parts
        on
            figure_changes.framework_id = figure_parts.framework_id
            and figure_changes.measure_id = figure_parts.measure_id
    inner join input_changes
        on
            figure_changes.framework_id = input_changes.framework_id
            and figure_changes.quarter_id = input_changes.quarter_id
            and figure_changes.trust_code = input_changes.trust_code
            and figure_parts.input_id = input_changes.input_id
    group by figure_changes.quarter_id, figure_changes.trust_code, figure_changes.measure_id
),

moved as (
    select
        figure_changes.framework_id,
        figure_changes.quarter_id,
        placed.measure_id,
        figure_changes.trust_type_id,
        figure_changes.trust_code,
        min(own_inputs.input_id) as input_id,
        min(figure_changes.measure_id) as base_measure_id
    from figure_changes
    inner join placed
        on
            figure_changes.framework_id = placed.framework_id
            and figure_changes.measure_id = placed.base_measure_id
    left join own_inputs
        on
            figure_changes.quarter_id = own_inputs.quarter_id
            and figure_changes.trust_code = own_inputs.trust_code
            and figure_changes.measure_id = own_inputs.measure_id
    group by
        figure_changes.framework_id,
        figure_changes.quarter_id,
        placed.measure_id,
        figure_changes.trust_type_id,
        figure_changes.trust_code
),

-- Cut points part all trusts, ranks stand within a trust type.
scoped as (
    select
        framework_id,
        quarter_id,
        measure_id,
        'all' as scope_id,
        trust_code,
        input_id,
        base_measure_id
    from moved
    union all
    select
        framework_id,
        quarter_id,
        measure_id,
        trust_type_id as scope_id,
        trust_code,
        input_id,
        base_measure_id
    from moved
),

ordered as (
    select
        framework_id,
        quarter_id,
        measure_id,
        scope_id,
        trust_code,
        coalesce(input_id, base_measure_id) as cause_measure_id,
        row_number() over (
            partition by framework_id, quarter_id, measure_id, scope_id
            order by case when input_id is null then 1 else 0 end, trust_code
        ) as place
    from scoped
)

-- Two are enough: seen from the first of them the second is another trust.
select
    framework_id,
    quarter_id,
    measure_id,
    scope_id,
    count(*) as changed_count,
    max(case when place = 1 then trust_code end) as first_trust_code,
    max(case when place = 1 then cause_measure_id end) as first_measure_id,
    max(case when place = 2 then trust_code end) as second_trust_code,
    max(case when place = 2 then cause_measure_id end) as second_measure_id
from ordered
group by framework_id, quarter_id, measure_id, scope_id
