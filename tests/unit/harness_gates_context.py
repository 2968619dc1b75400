"""Context tables and bad cases of the suites about contextual metrics and organisations.

Four invented trusts and an integrated care board; ZZ1 and ZZ2 have gone into ZZ4V5 since. To make the tables
twice changes nothing.
"""

from harness_gates_beyond import Bad

BOARD = "ZQ1"
VALUES = "context.context_values"
CHANGES = "context.organisation_changes"
LIKE = "context.like_for_like"

SCORED_TABLES = (
    "create schema if not exists context",
    f"""
    create or replace table scoring.organisation_quarters as
    select
        {{grain}}, trust_code, 'acute' as trust_type_id, 'provider' as organisation_kind,
        true as is_segmented
    from main.trusts
    union all
    select {{grain}}, '{BOARD}', 'icb', 'icb', false
    """,
    # UN0009 has a value of every trust, UN0010 is held back of all, and the rest has no row.
    """
    create or replace table context.context_values as
    select
        organisations.framework_id, organisations.quarter_id, organisations.trust_code,
        applicability.metric_id, organisations.trust_type_id,
        case applicability.metric_id
            when 'UN0009' then 'in_hand' when 'UN0010' then 'suppressed' else 'absent'
        end as context_status,
        case applicability.metric_id
            when 'UN0009' then null when 'UN0010' then 'shorthand' else 'no_row'
        end as missing_reason_id,
        case when applicability.metric_id = 'UN0009' then cast(trusts.n as decimal(28, 10)) end
            as value_number,
        cast(null as varchar) as value_label,
        case when applicability.metric_id in ('UN0009', 'UN0010') then 'f1' end as file_id,
        case when applicability.metric_id in ('UN0009', 'UN0010') then cast(trusts.n + 40 as bigint) end
            as row_number
    from scoring.organisation_quarters as organisations
    inner join framework.metric_applicability as applicability
        on applicability.trust_type_id = organisations.trust_type_id
        and applicability.treatment = 'contextual' and applicability.framework_id = 'nof-2025-26'
    left join main.trusts as trusts on trusts.trust_code = organisations.trust_code
    """,
    """
    create or replace table context.context_benchmarks as
    select
        framework_id, quarter_id, trust_type_id, metric_id, count(*) as organisations_counted,
        cast(1.75 as decimal(18, 2)) as lower_quartile_value, cast(2.5 as decimal(18, 2)) as median_value,
        cast(3.25 as decimal(18, 2)) as upper_quartile_value, 'computed' as benchmark_basis
    from context.context_values
    where context_status = 'in_hand'
    group by all
    """,
    """
    create or replace table context.context_ranks as
    select framework_id, quarter_id, trust_code, metric_id, cast(value_number as bigint) as value_rank
    from context.context_values
    where context_status = 'in_hand'
    """,
    """
    create or replace table context.organisations as
    select
        'nof-2025-26' as framework_id, trust_code as organisation_code, organisation_kind,
        date '1991-04-01' as opened_date,
        case when trust_code in ('ZZ1', 'ZZ2') then date '2026-03-31' end as closed_date, true as is_in_scope
    from scoring.organisation_quarters
    union all
    select 'nof-2025-26', 'ZQ0', 'icb', null, null, false
    """,
    f"""
    create or replace table context.organisation_icbs as
    select
        {{grain}}, trust_code, '{BOARD}' as icb_code, true as is_lead, 'ods' as membership_basis,
        'f3' as file_id, cast(n as bigint) as row_number
    from main.trusts
    union all
    select {{grain}}, 'ZZ3', 'ZQ0', false, 'register', 'f4', 2
    """,
    """
    create or replace table context.organisation_changes as
    select
        'nof-2025-26' as framework_id, organisation_code, change_kind, change_date, other_code, change_basis,
        cast(moved_trust_count as bigint) as moved_trust_count, cast(of_trust_count as bigint)
            as of_trust_count,
        'f3' as file_id, cast(1 as bigint) as row_number
    from (
        values
        ('ZZ1', 'merged_into', date '2026-04-01', 'ZZ4V5', 'register', null, null),
        ('ZZ2', 'merged_into', date '2026-04-01', 'ZZ4V5', 'register', null, null),
        ('ZZ3', 'opened', date '1991-04-01', '', 'ods', null, null),
        ('ZQ0', 'icb_code_succeeded', date '2026-07-01', 'ZQ1', 'inferred', 3, 4)
    ) as changes (
        organisation_code, change_kind, change_date, other_code, change_basis, moved_trust_count,
        of_trust_count
    )
    """,
    """
    create or replace table context.like_for_like as
    with placed as (
        select
            organisations.framework_id, organisations.quarter_id,
            case
                when organisations.trust_code in ('ZZ1', 'ZZ2') then 'ZZ4V5' else organisations.trust_code
            end as trust_code,
            organisations.trust_code as reported_trust_code, scores.average_metric_score
        from scoring.organisation_quarters as organisations
        left join scoring.delivery_scores as scores
            on scores.quarter_id = organisations.quarter_id and scores.trust_code = organisations.trust_code
    )
    select
        *, count(*) over now as reported_count, true as is_chain_ended,
        min(average_metric_score) over now as lowest_average_metric_score,
        max(average_metric_score) over now as highest_average_metric_score
    from placed
    window now as (partition by framework_id, quarter_id, trust_code)
    """,
)


def _set(relation: str, change: str, where: str) -> str:
    return f"update {relation} set {change} where {where}"


def _twice(relation: str, where: str) -> str:
    return f"insert into {relation} select * from {relation} where {where}"


# suite -> builds gone wrong: statements, and the expectations that must then fail
BAD: Bad = {
    ("scored", "context_values"): [
        (
            [_twice(VALUES, "trust_code = 'ZZ1' and metric_id = 'UN0009'")],
            {"one_contextual_value_per_organisation_metric_and_quarter"},
        ),
        (
            [_set(VALUES, "context_status = 'scored'", "trust_code = 'ZZ1' and metric_id = 'UN0009'")],
            {"every_contextual_status_is_known_and_none_is_scored"},
        ),
        (
            [_set(VALUES, "context_status = 'lost'", "trust_code = 'ZZ1' and metric_id = 'UN0010'")],
            {"every_contextual_status_is_known_and_none_is_scored"},
        ),
        *(
            ([_set(VALUES, change, where)], {"every_contextual_cell_without_a_value_says_why"})
            for change, where in (
                ("missing_reason_id = null", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'hearsay'", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'service_not_run'", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'no_row'", "trust_code = 'ZZ1' and metric_id = 'UN0009'"),
                ("value_number = null", "trust_code = 'ZZ1' and metric_id = 'UN0009'"),
            )
        ),
        (
            [_set(VALUES, "file_id = null", "trust_code = 'ZZ1'")],
            {"every_contextual_value_says_where_it_came_from"},
        ),
        (
            [_set(VALUES, "row_number = null", "trust_code = 'ZZ2'")],
            {"every_contextual_value_says_where_it_came_from"},
        ),
    ],
    ("scored", "context_spine"): [
        (
            [f"delete from {VALUES} where trust_code = 'ZZ1' and metric_id = 'UN0004'"],
            {"one_contextual_cell_per_organisation_and_contextual_metric"},
        ),
        (
            [f"delete from {VALUES} where trust_type_id = 'icb'"],
            {"one_contextual_cell_per_organisation_and_contextual_metric"},
        ),
        (
            [_set("scoring.metric_scores", "metric_id = 'UN0009'", "trust_code = 'ZZ1'")],
            {"no_contextual_metric_is_scored"},
        ),
        (
            [_set("scoring.metric_scores", "trust_code = 'ZQ1'", "trust_code = 'ZZ1'")],
            {"no_contextual_metric_is_scored"},
        ),
    ],
    ("scored", "context_benchmarks"): [
        (
            [_twice("context.context_benchmarks", "true")],
            {"one_contextual_benchmark_per_trust_type_metric_and_quarter"},
        ),
        (
            [_set("context.context_benchmarks", "median_value = 3.26", "true")],
            {"contextual_medians_lie_between_their_quartiles"},
        ),
        (
            [_set("context.context_benchmarks", "lower_quartile_value = null", "true")],
            {"contextual_medians_lie_between_their_quartiles"},
        ),
        (
            [_set("context.context_benchmarks", "benchmark_basis = 'guess'", "true")],
            {
                "every_contextual_benchmark_says_what_it_stands_on",
                "contextual_ranks_are_of_a_whole_trust_type",
            },
        ),
        (
            [_set("context.context_benchmarks", "benchmark_basis = 'computed_partial_pool'", "true")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
        (
            [_set("context.context_ranks", "value_rank = 5", "trust_code = 'ZZ4V5'")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
        (
            [_set("context.context_ranks", "value_rank = 2", "trust_code = 'ZZ1'")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
    ],
    ("scored", "organisations"): [
        ([_twice("context.organisations", "organisation_code = 'ZZ1'")], {"one_row_per_organisation"}),
        (
            ["delete from context.organisations where organisation_code = 'ZZ1'"],
            {"organisations_in_scope_are_those_of_the_oversight_files"},
        ),
        (
            [_set("context.organisations", "is_in_scope = true", "organisation_code = 'ZQ0'")],
            {"organisations_in_scope_are_those_of_the_oversight_files"},
        ),
        (
            [_set("context.organisations", "closed_date = date '1990-01-01'", "organisation_code = 'ZZ1'")],
            {"no_organisation_closed_before_it_opened"},
        ),
    ],
    ("scored", "organisation_icbs"): [
        (
            [_twice("context.organisation_icbs", "icb_code = 'ZQ0'")],
            {"one_membership_per_provider_icb_and_quarter"},
        ),
        ([_set("context.organisation_icbs", "is_lead = true", "true")], {"no_provider_has_two_lead_icbs"}),
        (
            [_set("context.organisation_icbs", "icb_code = 'ZZ1'", "trust_code = 'ZZ2'")],
            {"every_icb_of_a_provider_is_an_icb"},
        ),
        (
            ["delete from context.organisations where organisation_code = 'ZQ0'"],
            {"every_icb_of_a_provider_is_an_icb"},
        ),
    ],
    ("scored", "organisation_changes"): [
        ([_twice(CHANGES, "organisation_code = 'ZZ1'")], {"one_row_per_change_of_an_organisation"}),
        (
            [_set(CHANGES, "organisation_code = 'ZZX'", "organisation_code = 'ZZ3'")],
            {"every_change_is_of_a_known_organisation"},
        ),
        *(
            (
                [_set(CHANGES, change, "organisation_code = 'ZZ1'")],
                {"every_change_leads_to_another_known_organisation"},
            )
            for change in ("other_code = 'ZZX'", "other_code = 'ZZ1'", "other_code = ''")
        ),
        *(
            ([_set(CHANGES, change, where)], {"every_inferred_change_says_of_how_many_trusts"})
            for change, where in (
                ("moved_trust_count = null", "change_basis = 'inferred'"),
                ("moved_trust_count = 5", "change_basis = 'inferred'"),
                ("moved_trust_count = 0", "change_basis = 'inferred'"),
                ("moved_trust_count = 1, of_trust_count = 1", "organisation_code = 'ZZ3'"),
            )
        ),
    ],
    ("scored", "like_for_like"): [
        (
            [_twice(LIKE, "reported_trust_code = 'ZZ1'")],
            {
                "every_reported_organisation_stands_for_one_organisation_now",
                "every_merged_organisation_counts_its_members",
            },
        ),
        (
            [f"delete from {LIKE} where reported_trust_code = 'ZZ3'"],
            {"no_reported_organisation_is_lost_in_a_merger"},
        ),
        (
            [_set(LIKE, "is_chain_ended = false", "reported_trust_code = 'ZZ1'")],
            {"every_chain_of_changes_comes_to_an_end"},
        ),
        (
            [_set(LIKE, "reported_count = 2", "reported_trust_code = 'ZZ1'")],
            {"every_merged_organisation_counts_its_members"},
        ),
        *(
            (
                [_set(LIKE, change, f"reported_trust_code = '{code}'")],
                {"like_for_like_shows_each_member_as_reported"},
            )
            for change, code in (
                ("average_metric_score = 2.33", "ZZ1"),
                ("average_metric_score = null", "ZZ1"),
                ("average_metric_score = 2.33", "ZQ1"),
                ("lowest_average_metric_score = 1.01", "ZZ1"),
                ("highest_average_metric_score = 3.99", "ZZ4V5"),
            )
        ),
    ],
}
