"""Tables and bad cases of the suites about the cases of the sensitivity analysis.

Each case leaves the four trusts where they are, one in each segment, but for one case that moves ZZ1.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    """
    create table insight.sensitivity as
    select
        {grain}, cases.case_id, trusts.trust_code, cases.case_kind, 'scored' as case_status,
        cast(trusts.n as decimal(18, 10)) as average_score, cast(trusts.n as bigint) as unadjusted_segment,
        cast(trusts.n as bigint) as adjusted_segment, cast(trusts.n as bigint) as league_rank,
        cast(trusts.n as decimal(6, 2)) as scored_average,
        cast(trusts.n as bigint) as scored_unadjusted_segment,
        cast(trusts.n as bigint) as scored_adjusted_segment, cast(trusts.n as bigint) as scored_league_rank
    from main.trusts as trusts
    cross join framework.sensitivity_cases as cases
    where cases.framework_id = 'nof-2025-26'
    """,
    "update insight.sensitivity set unadjusted_segment = 2, adjusted_segment = 2 "
    "where case_id = 'estimator_type_6' and trust_code = 'ZZ1'",
    """
    create table insight.stability as
    select
        {grain}, trust_code, cast(n as bigint) as adjusted_segment, cast(n as bigint) as best_segment,
        cast(case n when 1 then 2 else n end as bigint) as worst_segment,
        cast(40 as bigint) as compared_case_count,
        cast(case n when 1 then 39 else 40 end as bigint) as same_segment_case_count,
        cast(case n when 1 then 0.975 else 1 end as decimal(9, 6)) as stable_share
    from main.trusts
    """,
)

CASES, STABILITY = "insight.sensitivity", "insight.stability"


def _each(table: str, expectation: str, *changes: tuple[str, str]) -> list[tuple[list[str], set[str]]]:
    return [([f"update {table} set {change} where {where}"], {expectation}) for change, where in changes]


BAD: Bad = {
    ("scored", "sensitivity"): [
        ([f"delete from {CASES} where case_id = 'unrounded'"], {"every_trust_is_in_every_case_once"}),
        (
            [f"insert into {CASES} select * from {CASES} where case_id = 'base' and trust_code = 'ZZ2'"],
            {"every_trust_is_in_every_case_once"},
        ),
        *_each(
            CASES,
            "the_base_case_moves_nobody",
            ("average_score = 1.01", "case_id = 'base' and trust_code = 'ZZ1'"),
            ("unadjusted_segment = 1", "case_id = 'base' and trust_code = 'ZZ2'"),
            ("adjusted_segment = null", "case_id = 'base' and trust_code = 'ZZ2'"),
            ("league_rank = 3", "case_id = 'base' and trust_code = 'ZZ2'"),
        ),
        *_each(
            CASES,
            "a_case_has_segments_where_it_says_so",
            ("case_status = 'not_computable'", "case_id = 'unrounded' and trust_code = 'ZZ1'"),
            ("unadjusted_segment = null", "case_id = 'unrounded' and trust_code = 'ZZ1'"),
        ),
        *_each(
            CASES,
            "no_case_lifts_a_segment_by_the_override",
            ("adjusted_segment = 2", "case_id = 'override_off' and trust_code = 'ZZ3'"),
        ),
    ],
    ("scored", "stability"): [
        *_each(
            STABILITY,
            "the_stable_share_counts_what_was_compared",
            ("same_segment_case_count = 38", "trust_code = 'ZZ1'"),
            ("compared_case_count = 0", "trust_code = 'ZZ1'"),
            ("stable_share = null", "trust_code = 'ZZ1'"),
        ),
        *_each(
            STABILITY,
            "a_segment_lies_between_its_best_and_its_worst_case",
            ("worst_segment = 1, best_segment = 1", "trust_code = 'ZZ2'"),
            ("best_segment = 4", "trust_code = 'ZZ3'"),
        ),
    ],
}
