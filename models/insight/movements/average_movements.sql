with compared_quarters as (
    select * from {{ ref('compared_quarters') }}
),

delivery_scores as (
    select * from {{ ref('delivery_scores') }}
),

score_bases as (
    select * from {{ ref('score_bases') }}
),

summary_measures as (
    select * from {{ ref('summary_measures') }}
    where measure_role = 'average_metric_score'
),

figure_revisions as (
    select * from {{ ref('figure_revisions') }}
    where figure_kind = 'average_metric_score'
),

newest_quarter as (
    select
        framework_id,
        max(quarter_id) as quarter_id
    from compared_quarters
    group by framework_id
),

paired as (
    select
        compared_quarters.framework_id,
        compared_quarters.quarter_id,
        compared_quarters.trust_code,
        compared_quarters.earlier_quarter_id,
        compared_quarters.trust_type_id,
        compared_quarters.score_status,
        summary_measures.measure_id,
        earlier_rows.average_metric_score_unrounded as average_before_unrounded,
        later_rows.average_metric_score_unrounded as average_now_unrounded,
        earlier_rows.average_metric_score as average_before,
        later_rows.average_metric_score as average_now,
        -- What a reader of the release before was told of the quarter before; only the newest movement begins there.
        cast(figure_revisions.old_figure_text as decimal(6, 2)) as average_before_revised_from,
        figure_revisions.revision_reason,
        greatest(bases_before.weakness_order, bases_now.weakness_order) as weakness_order
    from compared_quarters
    inner join summary_measures
        on compared_quarters.framework_id = summary_measures.framework_id
    inner join newest_quarter
        on compared_quarters.framework_id = newest_quarter.framework_id
    left join delivery_scores as later_rows
        on
            compared_quarters.framework_id = later_rows.framework_id
            and compared_quarters.quarter_id = later_rows.quarter_id
            and compared_quarters.trust_code = later_rows.trust_code
    left join delivery_scores as earlier_rows
        on
            compared_quarters.framework_id = earlier_rows.framework_id
            and compared_quarters.earlier_quarter_id = earlier_rows.quarter_id
            and compared_quarters.trust_code = earlier_rows.trust_code
    left join score_bases as bases_now
        on later_rows.average_basis = bases_now.score_basis
    left join score_bases as bases_before
        on earlier_rows.average_basis = bases_before.score_basis
    left join figure_revisions
        on
            compared_quarters.framework_id = figure_revisions.framework_id
            and compared_quarters.earlier_quarter_id = figure_revisions.quarter_id
            and compared_quarters.trust_code = figure_revisions.trust_code
            and summary_measures.measure_id = figure_revisions.measure_id
            and compared_quarters.quarter_id = newest_quarter.quarter_id
            and figure_revisions.old_figure_text is not null
),

final as (
    select
        paired.framework_id,
        paired.quarter_id,
        paired.trust_code,
        paired.earlier_quarter_id,
        paired.trust_type_id,
        paired.score_status,
        paired.measure_id,
        paired.average_before_unrounded,
        paired.average_now_unrounded,
        paired.average_before,
        paired.average_now,
        case
            when paired.score_status = 'compared'
                then coalesce(paired.average_before_revised_from, paired.average_before)
        end as average_before_as_released,
        case
            when paired.score_status = 'compared' and paired.average_before_revised_from <> paired.average_before
                then paired.revision_reason
        end as revision_reason,
        case when paired.score_status = 'compared' then score_bases.score_basis end as movement_basis
    from paired
    left join score_bases
        on paired.weakness_order = score_bases.weakness_order
)

select * from final
