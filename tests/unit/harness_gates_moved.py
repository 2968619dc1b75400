"""Tables and bad cases of the suites about movements.

Each of the four trusts is half a point and a segment worse than in the quarter before, which is not in the
build: ZZ1 and ZZ2 by figures of their own, ZZ3 by the cut points. The segment of ZZ4V5 before is not known.
That of ZZ2 was restated from 2 to 1, and its average by a hundredth.
"""

from harness_gates_beyond import Bad

STEPS = (
    *("restated", "method_since_release", "own", "own_or_pool", "metric_set"),
    *("pool", "method", "cut_points", "override", "system"),
)
_MOVED = {"restated": "case n when 2 then -1 else 0 end", "own": "case when n < 3 then 1 else 0 end"}
_MOVED |= {"cut_points": "case n when 3 then 1 else 0 end"}
_STEPS = ", ".join(
    f"case when n < 4 then cast({_MOVED.get(step, '0')} as bigint) end as {step}_steps" for step in STEPS
)

SCORED_TABLES = (
    """
    create table insight.average_movements as
    select
        {grain}, trust_code, 'compared' as score_status,
        cast(n - 0.504 as decimal(18, 15)) as average_before_unrounded,
        cast(n as decimal(18, 15)) as average_now_unrounded, cast(n as decimal(6, 2)) as average_now,
        cast(n - 0.5 - case n when 2 then 0.01 else 0 end as decimal(6, 2)) as average_before_as_released
    from main.trusts
    """,
    """
    create table insight.score_movements as
    select
        {grain}, trust_code, part_id, cast(effect as decimal(18, 15)) as score_effect,
        part_id in ('own', 'pool') as is_of_unrounded, 'computed' as movement_basis
    from main.trusts
    cross join (
        values ('own', 0.6), ('pool', -0.096), ('rounding', -0.004), ('restated_input', 0.01)
    ) as parts (part_id, effect)
    where n = 2 or part_id <> 'restated_input'
    """,
    f"""
    create table insight.segment_movements as
    select
        {{grain}}, trust_code, case when n < 4 then 'compared' else 'segment_open' end as movement_status,
        case when n < 4 then cast(n as bigint) - case when n = 2 then 0 else 1 end end
            as adjusted_segment_before_as_released,
        case when n < 4 then cast(n as bigint) - 1 end as adjusted_segment_before,
        cast(n as bigint) as adjusted_segment_now,
        case when n < 4 then cast(case when n = 2 then 0 else 1 end as bigint) end as segment_change,
        case n when 1 then 'own' when 2 then 'cancelled_out' when 3 then 'cut_points' end as main_cause_id,
        {_STEPS}
    from main.trusts
    """,
)

_SCORE_SUM = "the_parts_of_a_score_add_up_to_the_change_that_readers_see"
_UNROUNDED_SUM = "the_parts_of_a_score_add_up_to_the_unrounded_change"
_COMPARED = "averages_are_compared_wherever_both_quarters_have_one"
_THERE = "every_trust_and_quarter_says_whether_its_segment_moved"
_BETWEEN = "a_segment_movement_is_between_the_segments_as_scored"
_STEP_SUM = "the_steps_of_a_segment_add_up_to_its_change"
_CAUSE = "the_main_cause_moved_the_segment_the_way_it_went"
_PARTS, _AVERAGES = "update insight.score_movements set", "update insight.average_movements set"
_SEGMENTS = "update insight.segment_movements set"


def _earlier(table: str) -> str:
    """The quarter before, as if it were in the build, with the figures of this one."""
    rows = f"select * replace ('2024-25-Q4' as quarter_id) from scoring.{table}"
    return f"insert into scoring.{table} {rows} where trust_code = 'ZZ1'"


BAD: Bad = {
    ("scored", "score_movements"): [
        ([f"{_PARTS} score_effect = 0.600000000000001 where part_id = 'own'"], {_SCORE_SUM, _UNROUNDED_SUM}),
        ([f"{_PARTS} score_effect = 0 where part_id = 'rounding'"], {_SCORE_SUM}),
        ([f"{_PARTS} is_of_unrounded = true where part_id = 'rounding'"], {_UNROUNDED_SUM}),
        (["delete from insight.score_movements where part_id = 'restated_input'"], {_SCORE_SUM}),
        (["delete from insight.score_movements where trust_code = 'ZZ3'"], {_SCORE_SUM, _UNROUNDED_SUM}),
        ([f"{_AVERAGES} score_status = 'incomplete' where trust_code = 'ZZ1'"], {_SCORE_SUM}),
        (
            [
                f"{_AVERAGES} score_status = 'incomplete' where trust_code = 'ZZ1'",
                _earlier("delivery_scores"),
            ],
            {_COMPARED},
        ),
        ([f"{_AVERAGES} average_now_unrounded = 1.2 where trust_code = 'ZZ1'"], {_COMPARED, _UNROUNDED_SUM}),
        (
            [f"{_PARTS} movement_basis = null where part_id = 'pool' and trust_code = 'ZZ3'"],
            {"every_part_of_a_score_movement_says_on_what_it_stands"},
        ),
    ],
    ("scored", "segment_movements"): [
        (["delete from insight.segment_movements where trust_code = 'ZZ4V5'"], {_THERE}),
        ([f"{_SEGMENTS} adjusted_segment_now = 2 where trust_code = 'ZZ1'"], {_BETWEEN}),
        # The quarter before was 1 for ZZ1 as well, and not 0.
        ([_earlier("segments")], {_BETWEEN}),
        *(
            ([f"{_SEGMENTS} {step}_steps = {step}_steps + 1 where trust_code = 'ZZ3'"], {_STEP_SUM})
            for step in STEPS
        ),
        ([f"{_SEGMENTS} own_steps = null where trust_code = 'ZZ1'"], {_STEP_SUM, _CAUSE}),
        ([f"{_SEGMENTS} segment_change = 0 where trust_code = 'ZZ4V5'"], {_STEP_SUM}),
        ([f"{_SEGMENTS} main_cause_id = 'override' where trust_code = 'ZZ3'"], {_CAUSE}),
        ([f"{_SEGMENTS} main_cause_id = 'unchanged' where trust_code = 'ZZ3'"], {_CAUSE}),
        ([f"{_SEGMENTS} main_cause_id = 'own' where trust_code = 'ZZ2'"], {_CAUSE}),
        ([f"{_SEGMENTS} main_cause_id = null where trust_code = 'ZZ2'"], {_CAUSE}),
        ([f"{_SEGMENTS} main_cause_id = 'unchanged' where trust_code = 'ZZ4V5'"], {_CAUSE}),
    ],
}
