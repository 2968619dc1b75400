"""Tables and bad cases of the suites about versions and revisions.

Four trusts: the sickness absence of ZZ1 was 4 in the first release and in the first file and is 5 since, so
that its score moved too; the score of ZZ2 moved with it, by no input of its own, and the rank of ZZ3 was
published anew. ZZ4V5 had a value and has none; its score moved with the method.
"""

from harness_gates_beyond import Bad

SCORED_TABLES = (
    "create schema if not exists staging",
    "create table scoring.run_scope as select {grain}",
    """
    create or replace table staging.stg_nhse__oversight_data as
    select
        'f2' as file_id, cast(n + 1 as bigint) as row_number, '2025-26-Q1' as quarter_id,
        'acute' as trust_type_id, trust_code, 'OF0082' as measure_id, '%' as unit_label
    from main.trusts
    """,
    """
    create table insight.figures as
    select
        {grain}, trust_code, 'OF0082' as measure_id, 'value' as figure_kind, '5.0000' as figure_text
    from main.trusts where n < 4
    """,
    # ZZ4V5 had a value in the first release and has none now.
    """
    create table insight.figure_versions as
    select
        {grain}, trust_code, 'OF0082' as measure_id, 'value' as figure_kind,
        cast(1 as bigint) as version_number, case n when 1 then '4.0000' else '5.0000' end as figure_text,
        false as is_gone, n in (2, 3) as is_latest, date '2025-09-09' as from_date,
        case when n in (1, 4) then date '2025-12-11' end as until_date
    from main.trusts
    union all
    select
        {grain}, trust_code, 'OF0082', 'value', 2, case n when 1 then '5.0000' end, n = 4, true,
        date '2025-12-11', null
    from main.trusts where n in (1, 4)
    """,
    """
    create table insight.published_versions as
    select
        {grain}, 'acute' as trust_type_id, trust_code, 'OF0082' as measure_id, '%' as unit_label,
        cast(1 as bigint) as version_number, n > 1 as is_latest, date '2025-09-09' as from_date,
        case n when 1 then 'f1' else 'f2' end as last_file_id, cast(n + 1 as bigint) as last_row_number
    from main.trusts
    union all
    select
        {grain}, 'acute', trust_code, 'OF0082', '%', 2, true, date '2025-12-11', 'f2', 2
    from main.trusts where n = 1
    """,
    """
    create table insight.revisions as
    select
        {grain}, trust_code, 'OF1082' as measure_id, 'recomputed' as revision_source,
        'metric_score' as figure_kind, cast(2 as bigint) as version_number, '1.00' as old_figure_text,
        '2.00' as new_figure_text,
        case n when 2 then 'changed_pool' when 4 then 'changed_method' else 'restated_input' end
            as revision_reason,
        n = 1 as has_own_input_changed, n = 4 as has_method_changed, n = 2 as has_pool_changed,
        n = 3 as has_published_result_changed,
        case when n = 2 then 'ZZ1' when n < 4 then trust_code end as cause_trust_code,
        case when n < 4 then 'OF0082' end as cause_measure_id
    from main.trusts
    """,
)

VERSIONS, PUBLISHED, REVISIONS = (
    f"insight.{name}" for name in ("figure_versions", "published_versions", "revisions")
)
THE_FIGURE = "the_latest_version_of_every_figure_is_the_figure"
IN_LINE = "the_versions_of_a_figure_follow_each_other"
IN_FORCE = "every_published_row_in_force_is_a_latest_version"
FIRST_REASON = "the_reason_of_a_revision_is_the_first_that_holds"
CAUSE = "a_restated_input_is_ones_own_and_a_changed_pool_anothers"


def _each(table: str, expectation: str, *changes: tuple[str, str]) -> list[tuple[list[str], set[str]]]:
    return [([f"update {table} set {change} where {where}"], {expectation}) for change, where in changes]


BAD: Bad = {
    ("scored", "figure_versions"): [
        *_each(
            VERSIONS,
            THE_FIGURE,
            ("figure_text = '4.9000'", "is_latest and trust_code = 'ZZ2'"),
            ("is_latest = false", "trust_code = 'ZZ3'"),
            ("is_gone = false", "is_latest and trust_code = 'ZZ4V5'"),
            ("is_latest = true", "trust_code = 'ZZ1'"),
        ),
        ([f"delete from {VERSIONS} where trust_code = 'ZZ2'"], {THE_FIGURE}),
        (["delete from insight.figures where trust_code = 'ZZ2'"], {THE_FIGURE}),
        *_each(
            VERSIONS,
            IN_LINE,
            ("version_number = 3", "is_latest and trust_code = 'ZZ1'"),
            ("version_number = 2", "trust_code = 'ZZ2'"),
            ("from_date = date '2025-12-12'", "is_latest and trust_code = 'ZZ1'"),
            ("until_date = null", "not is_latest and trust_code = 'ZZ1'"),
            ("until_date = date '2025-09-08'", "trust_code = 'ZZ2'"),
            ("from_date = null", "trust_code = 'ZZ3'"),
        ),
        ([f"insert into {VERSIONS} select * from {VERSIONS} where trust_code = 'ZZ2'"], {IN_LINE}),
    ],
    ("scored", "published_versions"): [
        *_each(
            PUBLISHED,
            IN_FORCE,
            ("is_latest = false", "trust_code = 'ZZ2'"),
            ("is_latest = true", "trust_code = 'ZZ1'"),
            ("last_file_id = 'f1'", "trust_code = 'ZZ2'"),
            ("last_row_number = 9", "trust_code = 'ZZ2'"),
        ),
        ([f"delete from {PUBLISHED} where trust_code = 'ZZ3'"], {IN_FORCE}),
        *_each(
            PUBLISHED,
            "every_published_version_has_a_day",
            ("from_date = null", "version_number = 1 and trust_code = 'ZZ1'"),
        ),
    ],
    ("scored", "revisions"): [
        *_each(
            REVISIONS,
            "every_revision_has_a_reason",
            ("revision_reason = 'unexplained'", "trust_code = 'ZZ2'"),
        ),
        *_each(
            REVISIONS, "no_revision_is_without_a_reason", ("revision_reason = null", "trust_code = 'ZZ2'")
        ),
        *_each(
            REVISIONS,
            FIRST_REASON,
            ("has_own_input_changed = true", "trust_code = 'ZZ2'"),
            ("has_method_changed = true", "trust_code = 'ZZ2'"),
            ("has_pool_changed = false", "trust_code = 'ZZ2'"),
            ("has_published_result_changed = false", "trust_code = 'ZZ3'"),
            ("revision_reason = 'changed_pool'", "trust_code = 'ZZ4V5'"),
        ),
        *_each(
            REVISIONS,
            "a_revision_is_a_change",
            ("new_figure_text = '1.00'", "trust_code = 'ZZ1'"),
            ("new_figure_text = null, old_figure_text = null", "trust_code = 'ZZ1'"),
        ),
        *_each(
            REVISIONS,
            CAUSE,
            ("cause_trust_code = 'ZZ2'", "trust_code = 'ZZ1'"),
            ("cause_measure_id = null", "trust_code = 'ZZ1'"),
            ("cause_trust_code = 'ZZ2'", "trust_code = 'ZZ2'"),
        ),
    ],
}
