"""The part of the query of segments that finds what lies behind a move: own scores, and cut points."""

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


def behind_ctes() -> str:
    """Common table expressions `own`, `cuts` and `names`, over `moved` and what was read of both releases."""
    own = _OWN.format(old_score=_score("o"), new_score=_score("n"))
    return own + _CUTS.format(old_cut=_cut("o"), new_cut=_cut("n"))


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
