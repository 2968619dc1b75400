"""What the singular tests about versions and revisions read, and how each is broken.

A value that was restated from 4 to 5, the score that moved with it in two trusts, and a figure that went.
"""

NATION = """
create or replace table insight.revisions as
    select 'recomputed' as revision_source, '2025-26-Q4' as quarter_id, *
    from (
        values ('ZA0', 'OF0082', 'value', 2, 'restated_input', true, false, false, false),
            ('ZA0', 'OF1082', 'metric_score', 2, 'restated_input', true, true, true, false),
            ('ZG4', 'OF1082', 'metric_score', 2, 'changed_pool', false, false, true, true),
            ('ZG4', 'OF1067', 'metric_score', 2, 'restated_input', false, false, false, true),
            ('ZA0', 'OF1067', 'metric_score', 2, 'changed_method', false, true, true, false)
    ) as revisions (
        trust_code, measure_id, figure_kind, version_number, revision_reason, has_own_input_changed,
        has_method_changed, has_pool_changed, has_published_result_changed
    );
create or replace table insight.figure_versions as
    select '2025-26-Q4' as quarter_id, 'ZA0' as trust_code, *, figure_text is null as is_gone
    from (
        values ('OF0082', 'value', 1, '4.0000', date '2026-06-18', date '2026-06-30'),
            ('OF0082', 'value', 2, '5.0000', date '2026-06-30', null),
            ('OF1082', 'metric_score', 1, '2.50', date '2026-06-18', date '2026-06-30'),
            ('OF1082', 'metric_score', 2, null, date '2026-06-30', null),
            ('OF0067', 'value', 1, 'Good', date '2026-06-18', null)
    ) as versions (measure_id, figure_kind, version_number, figure_text, from_date, until_date);
create or replace table insight.published_versions as
    select
        '2025-26-Q4' as quarter_id, 'acute' as trust_type_id, 'ZA0' as trust_code, 'OF0082' as measure_id,
        '%' as unit_label, *, compared_text is null as is_gone
    from (
        values (1, '4.0', 2, date '2026-06-18', date '2026-06-30'), (2, '4.0', 3, date '2026-06-30', null)
    ) as versions (version_number, compared_text, published_rank, from_date, until_date);
"""

_REVISIONS = "update insight.revisions set"
_PUBLISHED_SCORE = "trust_code = 'ZG4' and measure_id = 'OF1067'"
_VERSIONS = "update insight.figure_versions set"

BREAKS = {
    "every_revision_is_explained": [
        f"{_REVISIONS} revision_reason = 'unexplained' where measure_id = 'OF0082'",
        f"{_REVISIONS} revision_reason = null where measure_id = 'OF0082'",
        f"{_REVISIONS} has_pool_changed = null where measure_id = 'OF0082'",
        # An input of its own outranks the rest, the method the pool.
        f"{_REVISIONS} revision_reason = 'changed_pool' where trust_code = 'ZA0' and measure_id = 'OF1082'",
        f"{_REVISIONS} revision_reason = 'changed_method' where trust_code = 'ZA0' and measure_id = 'OF1082'",
        f"{_REVISIONS} revision_reason = 'changed_pool' where trust_code = 'ZA0' and measure_id = 'OF1067'",
        # A reason that its own criterion does not bear.
        f"{_REVISIONS} has_pool_changed = false where revision_reason = 'changed_pool'",
        f"{_REVISIONS} has_method_changed = false where revision_reason = 'changed_method'",
        f"{_REVISIONS} has_published_result_changed = false where {_PUBLISHED_SCORE}",
        f"{_REVISIONS} has_pool_changed = true where {_PUBLISHED_SCORE}",
    ],
    "versions_of_a_figure_follow_each_other_without_a_gap": [
        f"{_VERSIONS} version_number = 3 where figure_text = '5.0000'",
        f"{_VERSIONS} version_number = 2 where figure_text = 'Good'",
        f"{_VERSIONS} is_gone = true where figure_text = 'Good'",
        f"{_VERSIONS} is_gone = true, figure_text = null where figure_text = 'Good'",
        f"{_VERSIONS} is_gone = false where figure_text is null",
        f"{_VERSIONS} from_date = date '2026-07-01' where figure_text = '5.0000'",
        f"{_VERSIONS} until_date = date '2026-06-29' where figure_text = '4.0000'",
        f"{_VERSIONS} until_date = null where figure_text = '4.0000'",
        f"{_VERSIONS} until_date = date '2026-07-09' where figure_text = 'Good'",
        f"{_VERSIONS} figure_text = '4.0000' where figure_text = '5.0000'",
        "delete from insight.figure_versions where figure_text = '4.0000'",
        "update insight.published_versions set published_rank = 2",
        "update insight.published_versions set from_date = from_date + 1 where version_number = 2",
    ],
}
