"""Context tables and bad cases of the suites about capability, responses, targets, board and winter.

Four invented trusts, one in each segment, and an integrated care board; to make the tables twice
changes nothing.
"""

from harness_gates_beyond import Bad

BOARD = "ZQ1"
# Columns of an entry of the register that are there for one row only.
ENTRY = """
    case when {row} then date '2025-05-30' end as from_date, case when {row} then 'letter' end as source_text,
    case when {row} then 'f4' end as file_id, case when {row} then cast(2 as bigint) end as row_number
"""
RATED = "trust_code = 'ZZ1' and subject_id = 'overall'"
ASSURED = "trust_code = 'ZZ1' and subject_id = 'trigger_bed_occupancy_pct'"

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
    f"""
    create or replace table context.capability_ratings as
    select
        framework_id, quarter_id, trust_code, trust_type_id, organisation_kind, register_id, subject_id,
        case when {RATED} then 'Green' end as rating_label,
        case when {RATED} then 'in_hand' else 'not_in_hand' end as rating_status, {ENTRY.format(row=RATED)}
    from scoring.organisation_quarters
    inner join reference.register_subjects
        on register_id = case organisation_kind when 'icb' then 'icb_assessment' else 'capability_rating' end
    """,
    # ZZ1's finance is low at 3.00, the other areas have no score; ZZ4V5, in segment 4, awaits its review.
    """
    create or replace table context.responses as
    select
        segments.framework_id, quarter_id, trust_code, segments.trust_type_id, consequence_id,
        consequence_kind,
        case
            when trigger_kind = 'always' then 'applies'
            when trigger_kind = 'priority_area_score'
                and (trust_code <> 'ZZ1' or priority_area_id <> 'finance') then 'unknown'
            when trigger_kind = 'priority_area_score' or adjusted_segment between segment_low and segment_high
                then 'applies'
            else 'does_not_apply'
        end as outcome,
        trigger_kind,
        case
            when trigger_kind like '%segment' then cast(adjusted_segment as decimal(6, 2))
            when trust_code = 'ZZ1' and priority_area_id = 'finance' then cast(3 as decimal(6, 2))
        end as trigger_value,
        cast(coalesce(segment_low, 3) as decimal(6, 2)) as trigger_limit, 'a rule' as rule_label,
        'rules 7' as rule_source,
        case
            when trigger_kind <> 'priority_area_score' then 'published'
            when trust_code = 'ZZ1' and priority_area_id = 'finance' then 'computed'
            else 'unknown'
        end as basis,
        case when consequence_kind = 'diagnostic_review' and adjusted_segment = 4 then 'awaiting' end
            as review_status,
        case when consequence_kind = 'diagnostic_review' and adjusted_segment = 4 then 'no_entry' end
            as review_basis
    from scoring.segments
    inner join framework.consequences on segments.framework_id = consequences.framework_id
    """,
    # The plan is 5 for a value, lower being better, of 4, 5, 6 and none.
    """
    create or replace table context.target_progress as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'OF0082' as metric_id, 'plan' as target_id,
        'at_most' as comparator, cast(case when n < 4 then 3 + n end as decimal(28, 10)) as value_number,
        cast(5 as decimal(28, 10)) as target_value, 'plan' as target_basis,
        cast(null as decimal(28, 10)) as baseline_value, cast(null as varchar) as baseline_file_id,
        cast(5 as decimal(28, 10)) as plan_value, 'f4' as plan_file_id,
        cast(case when n < 4 then 2 - n end as decimal(28, 10)) as gap_to_target,
        case when n < 4 then n < 3 end as is_on_target,
        case when n < 3 then 'on_target' when n = 3 then 'off_target' else 'no_value' end as target_status
    from main.trusts
    """,
    # Sickness, lower being better, was 5 in the quarter before: 4 is better, 5 the same, 6 worse.
    """
    create or replace table context.board_lines as
    select
        {grain}, trust_code, 'acute' as trust_type_id, 'OF0082' as metric_id, 'scored' as cell_status,
        cast(3 + n as decimal(28, 10)) as value_number,
        cast(case when n < 4 then 5 end as decimal(28, 10)) as previous_value,
        cast(case when n < 4 then n - 2 end as decimal(28, 10)) as movement,
        case n when 1 then 'better' when 2 then 'same' when 3 then 'worse' end as movement_direction,
        'Chief people officer' as owner_role
    from main.trusts
    """,
    f"""
    create or replace table context.winter_assurance as
    select
        framework_id, quarter_id, trust_code, trust_type_id, subject_id, value_kind,
        case when {ASSURED} then 'in_hand' else 'not_in_hand' end as assurance_status,
        cast(null as varchar) as value_id, case when {ASSURED} then '92.5' end as value_text,
        case when {ASSURED} then cast(92.5 as decimal(28, 10)) end as value_number,
        cast(null as date) as value_date, {ENTRY.format(row=ASSURED)}
    from scoring.organisation_quarters
    inner join reference.register_subjects on register_id = 'winter_assurance'
    where organisation_kind = 'provider'
    """,
    """
    create or replace table context.register_entries_in_hand as
    select
        'nof-2025-26' as framework_id, 'f4' as file_id, cast(n + 1 as bigint) as row_number,
        'plan' as register_id, 'Plans' as register_label, trust_code as organisation_code,
        'OF0082' as subject_id, '5' as value_text,
        date '2025-04-01' as from_date, 'plan' as source_text, n = 4 as is_withdrawn, n < 3 as is_current
    from main.trusts
    """,
)


def _set(table: str, change: str, where: str) -> list[str]:
    return [f"update context.{table} set {change} where {where}"]


def _twice(table: str, where: str) -> list[str]:
    return [f"insert into context.{table} select * from context.{table} where {where}"]


def _each(table: str, expectation: str, *changes: tuple[str, str]) -> list[tuple[list[str], set[str]]]:
    """One bad build for each change, of which the expectation must make out every one."""
    return [(_set(table, change, where), {expectation}) for change, where in changes]


# Expectations that are named more than once or are long.
WHOLE_RATING = "a_rating_in_hand_has_its_label_date_and_source"
RATINGS = "every_subject_of_every_rating_has_a_row"
OUTCOMES = "every_consequence_has_an_outcome_for_every_trust"
BASIS = "every_target_says_what_it_rests_on"

_LOW = "consequence_id = 'support_finance' and trust_code = 'ZZ1'"
_REVIEW = "consequence_id = 'diagnostic_review' and trust_code = 'ZZ4V5'"

BAD: Bad = {
    ("scored", "capability_ratings"): [
        (_twice("capability_ratings", RATED), {"one_rating_row_per_organisation_and_subject"}),
        (
            _set("capability_ratings", "rating_status = null", RATED),
            {"a_rating_in_hand_has_its_label_date_and_source"},
        ),
        (
            _set("capability_ratings", "rating_status = 'lost'", "trust_code = 'ZZ2'"),
            {"every_rating_says_whether_it_is_in_hand"},
        ),
        *_each(
            "capability_ratings",
            WHOLE_RATING,
            ("rating_label = null", RATED),
            ("from_date = null", RATED),
            ("source_text = null", RATED),
            ("row_number = null", RATED),
            ("rating_label = 'Red'", "trust_code = 'ZZ2'"),
        ),
        *_each(
            "capability_ratings",
            "ratings_are_of_the_kind_of_organisation_that_they_are_for",
            ("organisation_kind = 'icb'", "trust_code = 'ZZ2'"),
            ("register_id = 'horoscope'", "trust_code = 'ZQ1'"),
        ),
    ],
    ("scored", "responses"): [
        (_twice("responses", _LOW), {"one_outcome_per_trust_and_consequence"}),
        (_set("responses", "outcome = 'perhaps'", _LOW), {"every_outcome_is_in_the_closed_list"}),
        *_each(
            "responses",
            "every_outcome_names_its_rule_and_source",
            ("rule_label = null", _LOW),
            ("rule_source = null", _LOW),
            ("basis = null", _LOW),
            ("consequence_id = 'party'", _LOW),
        ),
        *_each(
            "responses",
            "every_outcome_agrees_with_what_triggers_it",
            ("outcome = null", _LOW),
            ("trigger_kind = null", _LOW),
            ("outcome = 'does_not_apply'", _LOW),
            ("outcome = 'unknown'", _LOW),
            ("trigger_value = 2.99", _LOW),
            ("outcome = 'unknown'", "consequence_id = 'quarterly_review'"),
            ("outcome = 'applies'", "consequence_id = 'pay_award_withheld'"),
            ("outcome = 'unknown'", "consequence_id = 'more_autonomy' and trust_code = 'ZZ1'"),
            ("trigger_value = 2", "consequence_id = 'more_autonomy' and trust_code = 'ZZ1'"),
        ),
        *_each(
            "responses",
            "every_outcome_looks_at_the_trusts_own_segment",
            ("trigger_value = 3", "consequence_id = 'pay_award_withheld' and trust_code = 'ZZ1'"),
            ("trigger_value = null", "consequence_id = 'diagnostic_review' and trust_code = 'ZZ1'"),
        ),
        *_each(
            "responses",
            "diagnostic_reviews_that_apply_have_a_status_and_no_others",
            ("review_status = null", _REVIEW),
            ("review_status = 'lost'", _REVIEW),
            ("review_basis = 'programme_decision'", _REVIEW),
            ("review_status = 'awaiting'", "consequence_id = 'diagnostic_review' and trust_code = 'ZZ1'"),
            ("review_status = 'awaiting'", _LOW),
        ),
    ],
    ("scored", "response_spine"): [
        (
            ["delete from context.capability_ratings where trust_code = 'ZQ1'"],
            {RATINGS},
        ),
        (_twice("capability_ratings", RATED), {RATINGS}),
        (
            [f"delete from context.winter_assurance where {ASSURED}"],
            {"every_subject_of_winter_assurance_has_a_row"},
        ),
        (
            [f"delete from context.responses where {_LOW}"],
            {OUTCOMES},
        ),
        (["delete from context.responses"], {OUTCOMES}),
        (
            ["delete from context.board_lines where trust_code = 'ZZ1'"],
            {"every_metric_about_a_trust_has_a_board_line"},
        ),
        (
            _set("target_progress", "target_basis = 'national'", "trust_code = 'ZZ1'"),
            {"every_target_stands_beside_every_value_it_is_about"},
        ),
        (
            ["update scoring.metric_values set metric_id = 'OF0013' where trust_code = 'ZZ1'"],
            {"every_target_stands_beside_every_value_it_is_about"},
        ),
    ],
    ("scored", "target_progress"): [
        (_twice("target_progress", "trust_code = 'ZZ1'"), {"one_row_per_trust_metric_and_target"}),
        (
            _set("target_progress", "target_basis = 'hope'", "trust_code = 'ZZ1'"),
            {BASIS},
        ),
        *_each(
            "target_progress",
            "every_gap_is_positive_on_the_good_side",
            ("comparator = 'at_least'", "trust_code = 'ZZ1'"),
            ("comparator = 'about'", "trust_code = 'ZZ1'"),
            ("target_value = null", "trust_code = 'ZZ1'"),
            ("gap_to_target = 0.9", "trust_code = 'ZZ1'"),
            ("gap_to_target = 0", "trust_code = 'ZZ4V5'"),
        ),
        *_each(
            "target_progress",
            "every_target_status_agrees_with_its_gap",
            ("is_on_target = false", "trust_code = 'ZZ2'"),
            ("is_on_target = null", "trust_code = 'ZZ2'"),
            ("target_status = 'off_target'", "trust_code = 'ZZ2'"),
            ("target_status = 'on_target'", "trust_code = 'ZZ3'"),
            ("is_on_target = true", "trust_code = 'ZZ4V5'"),
            ("target_status = 'baseline_not_in_hand'", "trust_code = 'ZZ1'"),
            (
                "target_status = 'baseline_not_in_hand', is_on_target = null, baseline_value = 4",
                "trust_code = 'ZZ1'",
            ),
        ),
        *_each(
            "target_progress",
            "plans_and_baselines_lead_back_to_their_entry",
            ("target_basis = null", "trust_code = 'ZZ1'"),
            ("plan_file_id = null", "trust_code = 'ZZ1'"),
            ("plan_value = null", "trust_code = 'ZZ1'"),
            ("target_basis = 'improvement_on_baseline'", "trust_code = 'ZZ1'"),
        ),
    ],
    ("scored", "board_lines"): [
        (_twice("board_lines", "trust_code = 'ZZ1'"), {"one_board_line_per_trust_and_metric"}),
        *_each(
            "board_lines",
            "every_movement_is_against_the_quarter_before",
            ("movement = -1.5", "trust_code = 'ZZ1'"),
            ("movement = null, movement_direction = null", "trust_code = 'ZZ1'"),
            ("previous_value = null", "trust_code = 'ZZ1'"),
        ),
        *_each(
            "board_lines",
            "every_direction_follows_the_polarity",
            ("movement_direction = 'worse'", "trust_code = 'ZZ1'"),
            ("movement_direction = 'better'", "trust_code = 'ZZ2'"),
            ("movement_direction = null", "trust_code = 'ZZ3'"),
            ("movement_direction = 'same'", "trust_code = 'ZZ4V5'"),
            ("metric_id = 'OF0084'", "trust_code = 'ZZ1'"),
        ),
        (_set("board_lines", "owner_role = null", "trust_code = 'ZZ1'"), {"every_line_has_an_owner"}),
    ],
    ("scored", "winter_assurance"): [
        (_twice("winter_assurance", ASSURED), {"one_assurance_row_per_provider_and_subject"}),
        (
            _set("winter_assurance", "assurance_status = 'lost'", "trust_code = 'ZZ2'"),
            {"every_assurance_says_whether_it_is_in_hand"},
        ),
        *_each(
            "winter_assurance",
            "an_assurance_in_hand_has_its_value_date_and_source",
            ("assurance_status = null", ASSURED),
            ("value_number = null", ASSURED),
            ("value_text = null", ASSURED),
            ("value_kind = 'date'", ASSURED),
            ("value_kind = 'label'", ASSURED),
            ("from_date = null", ASSURED),
            ("source_text = null", ASSURED),
            ("file_id = null", ASSURED),
            ("value_number = 92", "trust_code = 'ZZ2'"),
            ("value_text = 'Submitted'", "trust_code = 'ZZ2'"),
        ),
    ],
    ("scored", "register_entries_in_hand"): [
        (_twice("register_entries_in_hand", "row_number = 2"), {"one_row_per_register_entry"}),
        *_each(
            "register_entries_in_hand",
            "every_register_entry_has_its_value_date_and_source",
            ("register_label = null", "row_number = 2"),
            ("organisation_code = null", "row_number = 2"),
            ("value_text = null", "row_number = 2"),
            ("from_date = null", "row_number = 2"),
            ("source_text = null", "row_number = 2"),
        ),
        *_each(
            "register_entries_in_hand",
            "no_withdrawn_entry_is_in_force",
            ("is_withdrawn = true", "row_number = 2"),
            ("is_withdrawn = null", "row_number = 2"),
        ),
    ],
}
