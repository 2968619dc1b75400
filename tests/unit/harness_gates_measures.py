"""Scored tables and bad cases of the suite about values from source publications."""

from harness_gates_beyond import Bad

VALUES = "insight.source_agreement"

SCORED_TABLES = (
    f"""
    create table {VALUES} as
    select
        {{grain}}, trust_code as organisation_code, trust_code, 'acute' as trust_type_id,
        'OF0013' as measure_id,
        cast(80 as decimal(28, 16)) as numerator, cast(100 as decimal(28, 16)) as denominator,
        cast(80 as decimal(28, 16)) as source_value, cast(80 as decimal(28, 6)) as source_value_rounded,
        cast(80 as decimal(28, 10)) as file_value, cast(0 as decimal(28, 10)) as difference,
        'whole_period' as value_status, 'equal' as agreement, cast(3 as bigint) as months_in_hand,
        cast(3 as bigint) as months_expected, 's1' as file_id, cast(n as bigint) as row_number
    from main.trusts
    """,
)

BAD: Bad = {
    ("scored", "source_agreement"): [
        (
            [
                f"insert into {VALUES} select * from {VALUES} where trust_code = 'ZZ1'",
                f"update {VALUES} set source_value = 100.5 where trust_code = 'ZZ2'",
                f"update {VALUES} set row_number = null where trust_code = 'ZZ3'",
                f"update {VALUES} set agreement = 'differs', difference = 0.01 where trust_code = 'ZZ4V5'",
            ],
            set(),
        ),
        (
            [f"update {VALUES} set value_status = 'no_row' where trust_code = 'ZZ1'"],
            {"values_from_sources_lead_back_to_a_row"},
        ),
    ],
}
