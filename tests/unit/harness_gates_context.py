"""The context room of the small build that the tests of the gates judge: what every suite about it passes.

Four invented trusts and an integrated care board; the trusts ZZ1 and ZZ2 have gone into ZZ4V5 since.
"""

from pathlib import Path

from harness_gates import FRAMEWORK, QUARTER, execute

BOARD = "ZQ1"
GRAIN = f"'{FRAMEWORK}' as framework_id, '{QUARTER}' as quarter_id"

CONTEXT_TABLES = (
    "create schema if not exists context",
    f"""
    create or replace table scoring.organisation_quarters as
    select {GRAIN}, trust_code, 'acute' as trust_type_id, 'provider' as organisation_kind from main.trusts
    union all
    select {GRAIN}, '{BOARD}', 'icb', 'icb'
    """,
    # UN0009 has a value of every trust, UN0010 is held back of all, and the rest has no row.
    f"""
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
        and applicability.treatment = 'contextual' and applicability.framework_id = '{FRAMEWORK}'
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
    f"""
    create or replace table context.organisations as
    select
        '{FRAMEWORK}' as framework_id, trust_code as organisation_code, organisation_kind,
        date '1991-04-01' as opened_date,
        case when trust_code in ('ZZ1', 'ZZ2') then date '2026-03-31' end as closed_date, true as is_in_scope
    from scoring.organisation_quarters
    union all
    select '{FRAMEWORK}', 'ZQ0', 'icb', null, null, false
    """,
    f"""
    create or replace table context.organisation_icbs as
    select
        {GRAIN}, trust_code, '{BOARD}' as icb_code, true as is_lead, 'ods' as membership_basis,
        'f3' as file_id, cast(n as bigint) as row_number
    from main.trusts
    union all
    select {GRAIN}, 'ZZ3', 'ZQ0', false, 'register', 'f4', 2
    """,
    f"""
    create or replace table context.organisation_changes as
    select
        '{FRAMEWORK}' as framework_id, organisation_code, change_kind, change_date, other_code, change_basis,
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


def add_context(database: Path) -> None:
    """Give a scored build (harness_gates.build_scored) its context room; doing it twice changes nothing."""
    execute(database, *CONTEXT_TABLES)
