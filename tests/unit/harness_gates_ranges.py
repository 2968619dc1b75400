"""Tables and bad cases of the suites about likely ranges, probable segments and changes of the average.

ZZ1 moved by the override, ZZ2 significantly, ZZ3 not, and ZZ4V5 has no average.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    """
    create table insight.likely_ranges as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'OF5002' as score_id,
        case n when 3 then 'score_only' when 4 then 'incomplete' else 'score_and_rank' end as range_status,
        cast(case when n < 4 then 2.00 end as decimal(6, 2)) as score,
        cast(case when n < 4 then 1.50 end as decimal(6, 2)) as score_low,
        cast(case when n < 4 then 2.50 end as decimal(6, 2)) as score_high,
        cast(case when n < 3 then 1 end as bigint) as rank_low,
        cast(case when n < 3 then 2 end as bigint) as rank_high
    from main.trusts
    """,
    """
    create table insight.segment_probabilities as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'OF5000' as measure_id,
        cast(segment as bigint) as segment,
        cast(case when n = 2 then 0 else 50 end as bigint) as draws_counted,
        cast(100 as bigint) as draw_count,
        cast(case when n = 2 then 1 else 0 end as decimal(6, 4)) as unknown_probability,
        segment = 1 and n <> 2 as is_segment_of_score
    from main.trusts cross join (select unnest([1, 2]) as segment) where n < 4
    """,
    """
    create table insight.score_changes as
    select
        {grain}, trust_code, 'acute' as trust_type_id,
        case n
            when 1 then 'override' when 2 then 'significant' when 3 then 'not_significant'
            else 'not_compared'
        end as change_group,
        cast(case when n < 4 then 2.50 end as decimal(6, 2)) as average_metric_score,
        cast(case when n < 4 then 2.00 end as decimal(6, 2)) as previous_average_metric_score,
        cast(case when n < 4 then 0.50 end as decimal(7, 2)) as score_change,
        cast(0.10 as decimal(6, 2)) as change_low, cast(0.90 as decimal(6, 2)) as change_high,
        case when n < 4 then true end as is_significant
    from main.trusts
    """,
    """
    create table insight.score_change_counts as
    select framework_id, quarter_id, trust_type_id, change_group, count(*) as trust_count
    from insight.score_changes
    group by all
    """,
)

RANGES, PROBABILITIES, CHANGES = (
    f"insight.{name}" for name in ("likely_ranges", "segment_probabilities", "score_changes")
)

BAD: Bad = {
    ("scored", "likely_ranges"): [
        (
            [f"update {RANGES} set score_low = null where trust_code = 'ZZ3'"],
            {"every_score_has_a_likely_range_and_nothing_else_has"},
        ),
        (
            [f"update {RANGES} set score_low = 1, score_high = 2 where trust_code = 'ZZ4V5'"],
            {"every_score_has_a_likely_range_and_nothing_else_has"},
        ),
        (
            [f"update {RANGES} set range_status = 'score_only' where trust_code = 'ZZ1'"],
            {"a_likely_range_of_the_rank_is_there_where_the_status_says_so"},
        ),
        (
            [f"update {RANGES} set score_high = 1.99 where trust_code = 'ZZ1'"],
            {"every_score_lies_within_its_likely_range"},
        ),
        (
            [f"update {RANGES} set rank_low = 3 where trust_code = 'ZZ1'"],
            {"likely_ranges_of_ranks_run_from_best_to_worst"},
        ),
    ],
    ("scored", "segment_probabilities"): [
        (
            [f"update {PROBABILITIES} set draws_counted = 49 where trust_code = 'ZZ1' and segment = 1"],
            {"every_draw_is_in_one_segment_or_known_to_be_in_none"},
        ),
        (
            [f"update {PROBABILITIES} set is_segment_of_score = true where trust_code = 'ZZ3'"],
            {"no_trust_has_two_segments_of_its_score"},
        ),
    ],
    ("scored", "score_changes"): [
        (
            [f"update {CHANGES} set score_change = 0.49 where trust_code = 'ZZ1'"],
            {"the_change_of_a_score_is_the_difference_of_the_two"},
        ),
        (
            ["delete from insight.score_change_counts where change_group = 'override'"],
            {"every_trust_is_in_one_group_of_changes"},
        ),
    ],
}
