"""The query behind the segments that moved: what each trust had and has, and what lies behind the move."""

from nof.difference.pair import NEW, OLD, Pair
from nof.sql import literal

FIGURES = ("average_metric_score", "unadjusted_segment", "adjusted_segment", "final_segment", "league_rank")
_SEGMENT = (
    "quarter_id",
    "trust_code",
    "trust_type_id",
    *FIGURES,
    "delivery_status",
    "metrics_counted",
    "weight_units_counted",
    "segment_low",
    "segment_high",
    "has_financial_override",
    "override_segment_floor",
    "system_segment_steps",
    "is_in_improvement_programme",
    "final_segment_basis",
    "league_trust_count",
)
_METRIC = (
    "quarter_id",
    "trust_code",
    "metric_id",
    "score_id",
    "cell_status",
    "value",
    "metric_score",
    "metric_score_unrounded",
    "enters_average",
)
_CUT_POINT = ("quarter_id", "score_id", "cut_partition_id", "boundary", "segment", "cut_point")
_REVISION = (
    "revision_source",
    "quarter_id",
    "trust_code",
    "measure_id",
    "figure_kind",
    "version_number",
    "revision_reason",
)

# What each trust and quarter had and has, in quarters of both releases, where a figure of it differs.
_MOVED = """
old_quarters as (select distinct quarter_id from old_segments),

new_quarters as (select distinct quarter_id from new_segments),

paired as (
    select
        coalesce(n.quarter_id, o.quarter_id) as quarter_id,
        coalesce(n.trust_code, o.trust_code) as trust_code,
        coalesce(n.trust_type_id, o.trust_type_id) as trust_type_id,
        case
            when o.trust_code is null then 'came'
            when n.trust_code is null then 'went'
            else 'changed'
        end as change,
        {figures},
        o.delivery_status is distinct from n.delivery_status as has_other_status,
        o.metrics_counted is distinct from n.metrics_counted
        or o.weight_units_counted is distinct from n.weight_units_counted as has_other_weights,
        o.segment_low as old_segment_low,
        o.segment_high as old_segment_high,
        n.segment_low as new_segment_low,
        n.segment_high as new_segment_high,
        o.has_financial_override is distinct from n.has_financial_override
        or o.override_segment_floor is distinct from n.override_segment_floor as has_other_override,
        {override_old} || ' to ' || {override_new} as override_words,
        o.system_segment_steps is distinct from n.system_segment_steps as has_other_steps,
        coalesce(cast(o.system_segment_steps as varchar), 'none') || ' to '
        || coalesce(cast(n.system_segment_steps as varchar), 'none') || ' steps' as steps_words,
        o.is_in_improvement_programme is distinct from n.is_in_improvement_programme
        or o.final_segment_basis is distinct from n.final_segment_basis as has_other_programme,
        {programme_old} || ' to ' || {programme_new} as programme_words,
        o.league_trust_count is distinct from n.league_trust_count as has_other_league,
        coalesce(cast(o.league_trust_count as varchar), 'none') || ' to '
        || coalesce(cast(n.league_trust_count as varchar), 'none') || ' trusts ranked' as league_words
    from old_segments as o
    full outer join new_segments as n on o.quarter_id = n.quarter_id and o.trust_code = n.trust_code
),

moved as (
    select
        *,
        {has_moved}
    from paired
    where
        quarter_id in (select quarter_id from old_quarters)
        and quarter_id in (select quarter_id from new_quarters)
        and (change <> 'changed' or {differs})
),
"""

# Its own metric scores that enter the average, each with the reason that the revisions since then give (more
# than one where the two are some releases apart), or else whether the value moved too.
_OWN = """
score_revisions as (
    select
        n.quarter_id,
        n.trust_code,
        n.measure_id,
        string_agg(n.revision_reason, ', then ' order by n.version_number) as revision_reason
    from new_revisions as n
    anti join old_revisions as o
        using (revision_source, quarter_id, trust_code, measure_id, figure_kind, version_number)
    where n.revision_source = 'recomputed' and n.figure_kind = 'metric_score'
    group by n.quarter_id, n.trust_code, n.measure_id
),

scores as (
    select
        moved.quarter_id,
        moved.trust_code,
        coalesce(n.metric_id, o.metric_id) as metric_id,
        coalesce(n.score_id, o.score_id) as score_id,
        o.value is distinct from n.value as has_other_value,
        abs(coalesce(o.metric_score, 0) - coalesce(n.metric_score, 0)) as score_move,
        {old_score} as old_score,
        {new_score} as new_score,
        case when n.enters_average is not true then ', no longer in the average'
             when o.enters_average is not true then ', new in the average'
             else '' end as entering
    from (select * from old_metrics) as o
    full outer join (select * from new_metrics) as n
        on o.quarter_id = n.quarter_id and o.trust_code = n.trust_code and o.metric_id = n.metric_id
    inner join moved
        on
            moved.quarter_id = coalesce(n.quarter_id, o.quarter_id)
            and moved.trust_code = coalesce(n.trust_code, o.trust_code)
            and moved.change = 'changed'
    where
        (o.enters_average or n.enters_average)
        and (
            o.metric_score is distinct from n.metric_score
            or o.metric_score_unrounded is distinct from n.metric_score_unrounded
            or o.enters_average is distinct from n.enters_average
        )
),

own as (
    select
        scores.quarter_id,
        scores.trust_code,
        string_agg(
            scores.metric_id || ' ' || scores.old_score || ' to ' || scores.new_score || scores.entering
            || ' (' || coalesce(
                score_revisions.revision_reason,
                case when scores.has_other_value then 'its value changed' else 'its value did not change' end
            ) || ')',
            '; ' order by scores.score_move desc, scores.metric_id
        ) as own_words
    from scores
    left join score_revisions
        on
            scores.quarter_id = score_revisions.quarter_id
            and scores.trust_code = score_revisions.trust_code
            and scores.score_id = score_revisions.measure_id
    group by scores.quarter_id, scores.trust_code
),
"""

# Cut points of the average that changed, of the partition in which the trust stands: the one that has the cut
# points beside its score.
_CUTS = """
average_cuts as (
    select 'old' as side, * from old_cut_points where score_id in (select measure_id from average_measures)
    union all
    select 'new' as side, * from new_cut_points where score_id in (select measure_id from average_measures)
),

partitions as (
    select distinct moved.quarter_id, moved.trust_code, average_cuts.cut_partition_id
    from moved
    inner join average_cuts
        on
            moved.quarter_id = average_cuts.quarter_id
            and case average_cuts.side
                when 'new' then
                    (average_cuts.segment = moved.new_unadjusted_segment
                     and average_cuts.cut_point = moved.new_segment_high)
                    or (average_cuts.segment = moved.new_unadjusted_segment - 1
                        and average_cuts.cut_point = moved.new_segment_low)
                else
                    (average_cuts.segment = moved.old_unadjusted_segment
                     and average_cuts.cut_point = moved.old_segment_high)
                    or (average_cuts.segment = moved.old_unadjusted_segment - 1
                        and average_cuts.cut_point = moved.old_segment_low)
            end
),

cut_moves as (
    select
        coalesce(n.quarter_id, o.quarter_id) as quarter_id,
        coalesce(n.cut_partition_id, o.cut_partition_id) as cut_partition_id,
        coalesce(n.boundary, o.boundary) as boundary,
        coalesce(n.boundary, o.boundary) || ' ' || {old_cut} || ' to ' || {new_cut} as cut_words
    from (select * from average_cuts where side = 'old') as o
    full outer join (select * from average_cuts where side = 'new') as n
        on
            o.quarter_id = n.quarter_id
            and o.cut_partition_id = n.cut_partition_id
            and o.boundary = n.boundary
    where o.cut_point is distinct from n.cut_point
),

cuts as (
    select
        partitions.quarter_id,
        partitions.trust_code,
        string_agg(cut_moves.cut_words, '; ' order by cut_moves.cut_partition_id, cut_moves.boundary)
            as cut_words
    from partitions
    inner join cut_moves
        on
            partitions.quarter_id = cut_moves.quarter_id
            and partitions.cut_partition_id = cut_moves.cut_partition_id
    group by partitions.quarter_id, partitions.trust_code
),

names as (
    select trust_code, min_by(trust_name, age) as trust_name
    from (select 0 as age, * from new_trusts union all select 1 as age, * from old_trusts)
    group by trust_code
)
"""

_FINAL = """
select
    moved.quarter_id,
    moved.trust_code,
    names.trust_name,
    moved.trust_type_id,
    moved.change,
    {shown},
    case change when 'came' then 'row_came' when 'went' then 'row_went' else concat_ws(
        '; ',
        case when has_average_moved and own.own_words is not null then 'own_metric_scores' end,
        case when has_average_moved and has_other_weights then 'metrics_counted' end,
        case when has_other_status then 'completeness' end,
        case when has_unadjusted_moved and cuts.cut_words is not null then 'cut_points' end,
        case when has_adjusted_moved and has_other_override then 'override' end,
        case when has_adjusted_moved and has_other_steps then 'system_adjustment' end,
        case when has_final_moved and has_other_programme then 'programme' end,
        case when has_rank_moved and not has_average_moved and not has_adjusted_moved
             then 'other_trusts' end,
        case when {is_method_changed} then 'method' end,
        case
            when {is_method_changed} or has_other_status then null
            when has_average_moved and own.own_words is null and not has_other_weights then 'unexplained'
            when has_unadjusted_moved and not has_average_moved and cuts.cut_words is null then 'unexplained'
            when
                has_adjusted_moved and not has_unadjusted_moved and not has_other_override
                and not has_other_steps
                then 'unexplained'
            when has_final_moved and not has_adjusted_moved and not has_other_programme then 'unexplained'
        end
    ) end as reasons,
    own.own_words,
    case when change = 'changed' and has_unadjusted_moved then cuts.cut_words end,
    case when change = 'changed' and has_other_override then override_words end,
    case when change = 'changed' and has_other_steps then steps_words end,
    case when change = 'changed' and has_other_programme then programme_words end,
    case when change = 'changed' and has_other_league then league_words end,
    case when {is_method_changed} then 'changed' else 'not changed' end
from moved
left join own on moved.quarter_id = own.quarter_id and moved.trust_code = own.trust_code
left join cuts on moved.quarter_id = cuts.quarter_id and moved.trust_code = cuts.trust_code
left join names on moved.trust_code = names.trust_code
order by moved.quarter_id, moved.trust_code
"""
_HAS_MOVED = {
    "has_average_moved": "average_metric_score",
    "has_unadjusted_moved": "unadjusted_segment",
    "has_adjusted_moved": "adjusted_segment",
    "has_final_moved": "final_segment",
    "has_rank_moved": "league_rank",
}


def segments_query(pair: Pair, *, is_method_changed: bool) -> str:
    """The query; what one of the releases does not have is empty in it."""
    read = {
        "old_segments": pair.selected(OLD, "fct_segment", _SEGMENT),
        "new_segments": pair.selected(NEW, "fct_segment", _SEGMENT),
        "old_metrics": pair.selected(OLD, "fct_metric", _METRIC),
        "new_metrics": pair.selected(NEW, "fct_metric", _METRIC),
        "old_cut_points": pair.selected(OLD, "fct_cut_point", _CUT_POINT),
        "new_cut_points": pair.selected(NEW, "fct_cut_point", _CUT_POINT),
        "old_trusts": pair.selected(OLD, "dim_trust", ("trust_code", "trust_name")),
        "new_trusts": pair.selected(NEW, "dim_trust", ("trust_code", "trust_name")),
        "old_revisions": pair.selected(OLD, "fct_revision", _REVISION),
        "new_revisions": pair.selected(NEW, "fct_revision", _REVISION),
        "measures": pair.selected(NEW, "method_summary_measures", ("measure_id", "measure_role")),
        "average_measures": (
            "select cast(measure_id as varchar) as measure_id from measures "
            f"where measure_role = {literal('average_metric_score')}"
        ),
    }
    imports = ",\n\n".join(f"{name} as ({query})" for name, query in read.items())
    changed = "true" if is_method_changed else "false"
    moved = _MOVED.format(
        figures=", ".join(f"o.{name} as old_{name}, n.{name} as new_{name}" for name in FIGURES),
        differs=" or ".join(_differs(name) for name in FIGURES),
        has_moved=", ".join(f"{_differs(name)} as {flag}" for flag, name in _HAS_MOVED.items()),
        override_old=_override("o"),
        override_new=_override("n"),
        programme_old=_programme("o"),
        programme_new=_programme("n"),
    )
    own = _OWN.format(old_score=_score("o"), new_score=_score("n"))
    cuts = _CUTS.format(old_cut=_cut("o"), new_cut=_cut("n"))
    shown = ", ".join(f"cast(moved.{side}_{name} as varchar)" for name in FIGURES for side in ("old", "new"))
    return f"with {imports},\n{moved}{own}{cuts}" + _FINAL.format(shown=shown, is_method_changed=changed)


def _differs(name: str) -> str:
    return f"old_{name} is distinct from new_{name}"


def _override(side: str) -> str:
    return (
        f"case when {side}.has_financial_override "
        f"then 'on' || coalesce(' (segment ' || {side}.override_segment_floor || ' at best)', '') "
        f"when not {side}.has_financial_override then 'off' else 'not known' end"
    )


def _programme(side: str) -> str:
    return (
        f"case when {side}.is_in_improvement_programme then 'in' "
        f"when not {side}.is_in_improvement_programme then 'not in' else 'not known' end"
        f" || coalesce(' (' || {side}.final_segment_basis || ')', '')"
    )


def _score(side: str) -> str:
    """A score to 2 dp, with all places where only those beyond differ, or the status that stands for it."""
    return (
        f"case when {side}.metric_id is null then 'no row' "
        f"when {side}.metric_score is null then coalesce({side}.cell_status, 'no score') "
        "when o.metric_score is not distinct from n.metric_score "
        f"then cast(coalesce({side}.metric_score_unrounded, {side}.metric_score) as varchar) "
        f"else cast({side}.metric_score as varchar) end"
    )


def _cut(side: str) -> str:
    """A cut point without the zeros that its type adds."""
    text = f"cast({side}.cut_point as varchar)"
    return f"case when {side}.cut_point is null then 'none' else rtrim(rtrim({text}, '0'), '.') end"
