with segments as (
    select * from {{ ref('segments') }}
),

frameworks as (
    select * from {{ ref('frameworks') }}
),

possible_segments as (
    select * from {{ ref('possible_segments') }}
),

consequences as (
    select * from {{ ref('consequences') }}
),

priority_area_scores as (
    select * from {{ ref('priority_area_scores') }}
),

diagnostic_reviews as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'improvement_programme' and subject_id = 'diagnostic_review'
),

programme_decisions as (
    select * from {{ ref('register_in_force') }}
    where register_id = 'improvement_programme' and subject_id = 'programme' and not is_for_all
),

-- One row per trust and consequence that can apply to its type.
spine as (
    select
        segments.framework_id,
        segments.quarter_id,
        segments.trust_code,
        segments.trust_type_id,
        consequences.consequence_id,
        consequences.consequence_label,
        consequences.consequence_kind,
        consequences.trigger_kind,
        consequences.segment_low,
        consequences.segment_high,
        consequences.source as rule_source,
        consequences.certainty as rule_certainty,
        frameworks.programme_segment,
        segments.adjusted_segment,
        segments.final_segment,
        segments.final_segment_basis,
        segments.segment_basis,
        segments.is_in_improvement_programme,
        segments.programme_file_id,
        segments.programme_row_number,
        priority_area_scores.priority_area_label,
        priority_area_scores.area_status,
        priority_area_scores.area_score,
        priority_area_scores.area_score_basis,
        priority_area_scores.low_score_at_least,
        priority_area_scores.is_low
    from segments
    inner join frameworks
        on segments.framework_id = frameworks.framework_id
    inner join consequences
        on
            segments.framework_id = consequences.framework_id
            and coalesce(consequences.trust_type_id, segments.trust_type_id) = segments.trust_type_id
    left join priority_area_scores
        on
            segments.framework_id = priority_area_scores.framework_id
            and segments.quarter_id = priority_area_scores.quarter_id
            and segments.trust_code = priority_area_scores.trust_code
            and consequences.priority_area_id = priority_area_scores.priority_area_id
    where consequences.trigger_kind <> 'priority_area_score' or priority_area_scores.priority_area_id is not null
),

-- A possible segment that is empty stands for any adjusted one, all of which are below that of the programme.
judged_segments as (
    select
        spine.framework_id,
        spine.quarter_id,
        spine.trust_code,
        spine.consequence_id,
        max(
            case
                when possible_segments.segment is null and spine.segment_low < spine.programme_segment then 1
                when possible_segments.segment between spine.segment_low and spine.segment_high then 1
                else 0
            end
        ) = 1 as may_apply,
        max(
            case
                when possible_segments.segment between spine.segment_low and spine.segment_high then 0
                else 1
            end
        ) = 1 as may_not_apply
    from spine
    inner join possible_segments
        on
            spine.framework_id = possible_segments.framework_id
            and spine.quarter_id = possible_segments.quarter_id
            and spine.trust_code = possible_segments.trust_code
            and spine.trigger_kind = possible_segments.segment_kind
    group by spine.framework_id, spine.quarter_id, spine.trust_code, spine.consequence_id
),

-- The same answer for every segment that the trust could be in is an answer; otherwise it is unknown.
judged as (
    select
        spine.framework_id,
        spine.quarter_id,
        spine.trust_code,
        spine.trust_type_id,
        spine.consequence_id,
        spine.consequence_label,
        spine.consequence_kind,
        case
            when spine.trigger_kind = 'always' then 'applies'
            when spine.is_low or (judged_segments.may_apply and not judged_segments.may_not_apply) then 'applies'
            when not spine.is_low or not judged_segments.may_apply then 'does_not_apply'
            else 'unknown'
        end as outcome,
        spine.trigger_kind,
        cast(
            case spine.trigger_kind
                when 'priority_area_score' then spine.area_score
                when 'adjusted_segment' then spine.adjusted_segment
                when 'final_segment' then spine.final_segment
            end as decimal(6, 2)
        ) as trigger_value,
        cast(coalesce(spine.low_score_at_least, spine.segment_low) as decimal(6, 2)) as trigger_limit,
        case
            when spine.trigger_kind = 'always' then 'always'
            when spine.trigger_kind = 'priority_area_score'
                then
                    spine.priority_area_label
                    || ': mean metric score of at least '
                    || cast(spine.low_score_at_least as varchar)
            else
                case spine.trigger_kind when 'final_segment' then 'final segment ' else 'adjusted segment ' end
                || cast(spine.segment_low as varchar)
                || case
                    when spine.segment_high > spine.segment_low
                        then ' to ' || cast(spine.segment_high as varchar)
                    else ''
                end
        end as rule_label,
        spine.rule_source,
        spine.rule_certainty,
        case
            when spine.trigger_kind = 'always' then 'always'
            when spine.area_status = 'not_applicable' then 'not_applicable'
            when spine.trigger_kind = 'priority_area_score' then spine.area_score_basis
            when spine.trigger_kind = 'final_segment' and spine.final_segment_basis <> 'unknown'
                then spine.final_segment_basis
            else spine.segment_basis
        end as figure_basis,
        spine.is_in_improvement_programme,
        spine.programme_file_id,
        spine.programme_row_number
    from spine
    left join judged_segments
        on
            spine.framework_id = judged_segments.framework_id
            and spine.quarter_id = judged_segments.quarter_id
            and spine.trust_code = judged_segments.trust_code
            and spine.consequence_id = judged_segments.consequence_id
),

-- Rules 7: a segment 4 trust awaits its diagnostic review until an entry says that one has begun, or until the
-- trust's own programme decision, or its place in the programme, shows that it is past it. A statement about all
-- trusts is no decision about one.
reviewed as (
    select
        judged.framework_id,
        judged.quarter_id,
        judged.trust_code,
        judged.trust_type_id,
        judged.consequence_id,
        judged.consequence_label,
        judged.consequence_kind,
        judged.outcome,
        judged.trigger_kind,
        judged.trigger_value,
        judged.trigger_limit,
        judged.rule_label,
        judged.rule_source,
        judged.rule_certainty,
        case when judged.outcome = 'unknown' then 'unknown' else coalesce(judged.figure_basis, 'unknown') end as basis,
        judged.consequence_kind = 'diagnostic_review' and judged.outcome = 'applies' as is_reviewed,
        case
            when diagnostic_reviews.file_id is not null then 'diagnostic_review_entry'
            when programme_decisions.file_id is not null then 'programme_decision'
            when judged.is_in_improvement_programme then 'in_the_programme'
            else 'no_entry'
        end as review_basis,
        diagnostic_reviews.value_id as review_id,
        coalesce(diagnostic_reviews.from_date, programme_decisions.from_date) as review_from_date,
        coalesce(diagnostic_reviews.file_id, programme_decisions.file_id, judged.programme_file_id)
            as review_file_id,
        case
            when diagnostic_reviews.file_id is not null then diagnostic_reviews.row_number
            when programme_decisions.file_id is not null then programme_decisions.row_number
            else judged.programme_row_number
        end as review_row_number
    from judged
    left join diagnostic_reviews
        on
            judged.framework_id = diagnostic_reviews.framework_id
            and judged.quarter_id = diagnostic_reviews.quarter_id
            and judged.trust_code = diagnostic_reviews.trust_code
    left join programme_decisions
        on
            judged.framework_id = programme_decisions.framework_id
            and judged.quarter_id = programme_decisions.quarter_id
            and judged.trust_code = programme_decisions.trust_code
),

final as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        consequence_id,
        consequence_label,
        consequence_kind,
        outcome,
        trigger_kind,
        trigger_value,
        trigger_limit,
        rule_label,
        rule_source,
        rule_certainty,
        basis,
        case
            when not is_reviewed then null
            when review_basis = 'diagnostic_review_entry' then review_id
            when review_basis = 'no_entry' then 'awaiting'
            else 'completed'
        end as review_status,
        case when is_reviewed then review_basis end as review_basis,
        case when is_reviewed and review_basis <> 'no_entry' then review_from_date end as review_from_date,
        case when is_reviewed and review_basis <> 'no_entry' then review_file_id end as review_file_id,
        case when is_reviewed and review_basis <> 'no_entry' then review_row_number end as review_row_number
    from reviewed
)

select * from final
