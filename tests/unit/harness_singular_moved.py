"""What the singular test about movements reads, and how it is broken.

ZA0 went from an average of 2.1004 to 2.3996 by a metric of its own and by the others of a pool, and with it
from segment 2 to 3; the segment of ZG4 is open.
"""

NATION = """
create or replace table insight.average_movements as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, trust_code, 'compared' as score_status,
        cast(before as decimal(18, 15)) as average_before_unrounded,
        cast(now as decimal(18, 15)) as average_now_unrounded,
        cast(round(before, 2) as decimal(6, 2)) as average_before_as_released,
        cast(round(now, 2) as decimal(6, 2)) as average_now
    from (values ('ZA0', 2.1004, 2.3996), ('ZG4', 2.5, 2.5)) as averages (trust_code, before, now);
create or replace table insight.metric_part_effects as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, trust_code, part_id,
        cast(effect as decimal(18, 15)) as effect
    from (
        values ('ZA0', 'own', 0.2), ('ZA0', 'pool', 0.099199999999999), ('ZG4', 'own', 0)
    ) as effects (trust_code, part_id, effect);
create or replace table insight.score_movements as
    select framework_id, quarter_id, trust_code, part_id, true as is_of_unrounded,
        cast(round(effect, 12) as decimal(18, 15)) as score_effect
    from insight.metric_part_effects
    union all
    select 'nof-2025-26', '2025-26-Q4', trust_code, 'rounding', false, cast(effect as decimal(18, 15))
    from (values ('ZA0', 0.0008), ('ZG4', 0)) as effects (trust_code, effect);
create or replace table insight.segment_pairs as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, trust_code, movement_status,
        2 as adjusted_segment_before_as_released, 3 as adjusted_segment_now
    from (values ('ZA0', 'compared'), ('ZG4', 'segment_open')) as pairs (trust_code, movement_status);
create or replace table insight.segment_steps as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, 'ZA0' as trust_code, *
    from (values ('own', 2), ('cut_points', -1)) as steps (cause_id, segment_steps);
"""

_PARTS = "update insight.score_movements set"
_OF = "where trust_code = 'ZA0' and part_id"

BREAKS = {
    "the_parts_of_a_movement_add_up_to_the_change": [
        f"{_PARTS} score_effect = score_effect + 0.000000000000001 {_OF} = 'own'",
        f"{_PARTS} score_effect = score_effect - 0.01 {_OF} = 'rounding'",
        f"{_PARTS} is_of_unrounded = true {_OF} = 'rounding'",
        f"{_PARTS} score_effect = null {_OF} in ('own', 'pool')",
        "delete from insight.score_movements where trust_code = 'ZG4'",
        f"delete from insight.score_movements {_OF} = 'pool'",
        # The last decimal is no place to hide a part.
        f"update insight.metric_part_effects set effect = effect + 0.00000000001 {_OF} = 'own'",
        "delete from insight.metric_part_effects where trust_code = 'ZA0'",
        "update insight.average_movements set average_now_unrounded = 2.4 where trust_code = 'ZA0'",
        "update insight.average_movements set average_before_as_released = 2.2 where trust_code = 'ZA0'",
        "update insight.segment_steps set segment_steps = 1 where cause_id = 'own'",
        "delete from insight.segment_steps",
        "update insight.segment_pairs set movement_status = 'compared' where trust_code = 'ZG4'",
    ],
}
