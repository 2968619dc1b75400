"""Landed tables and bad cases of the suites about registers and ODS trust files."""

from harness_gates_beyond import Bad

ENTRIES = "staging.stg_register__entries"
ODS = "staging.stg_ods__trusts"
FILES = "staging.stg_nhse__files"

LANDED_TABLES = (
    f"""
    create table {ENTRIES} as
    select
        'f3' as file_id, cast(row_number as bigint) as row_number, register_id, organisation_code, subject_id,
        value_text, value_id, cast(value_number as decimal(28, 10)) as value_number,
        cast(value_date as date) as value_date, date '2025-04-01' as from_date,
        cast(to_date as date) as to_date, false as is_withdrawn, 'Regional director' as decided_by_role,
        'Regional director' as listed_role, value_text as listed_text,
        cast(null as varchar) as reason, 'Invented decision' as source_text
    from (
        values
        (2, 'capability_rating', 'ZZ1', 'overall', 'Green', 'green', null, null, '2026-03-31'),
        (3, 'improvement_programme', 'ALL', 'programme', 'Not in the programme', 'not_in', null, null, null),
        (4, 'plan', 'ZZ2', 'OF0023', '62.5', null, 62.5, null, null),
        (5, 'icb_assessment', 'ZX1', 'annual_rating', 'Achieving', 'achieving', null, null, null),
        (6, 'icb_membership', 'ZZ1', 'lead', 'ZX1', null, null, null, null),
        (7, 'icb_membership', 'ZZ1', 'member', 'ZX2A3', null, null, null, null),
        (8, 'winter_assurance', 'ZZ3', 'board_assurance_statement', 'Submitted', 'submitted', null, null,
            null),
        (9, 'winter_assurance', 'ZZ3', 'signed_by_chair', '2025-09-30', null, null, '2025-09-30', null),
        (10, 'winter_assurance', 'ZZ3', 'signed_by_chief_executive', '2025-09-30', null, null, '2025-09-30',
            null),
        (11, 'winter_assurance', 'ZZ3', 'executive_winter_director', 'Chief operating officer', null, null,
            null, null)
    ) as entries (
        row_number, register_id, organisation_code, subject_id, value_text, value_id, value_number,
        value_date, to_date
    )
    """,
    f"""
    create table {ODS} as
    select
        'f4' as file_id, cast(n as bigint) as row_number, date '2025-07-01' as as_at_date,
        code as organisation_code, 'INVENTED ' || code as organisation_name, region as region_id,
        icb as icb_code, date '2011-04-01' as opened_date,
        case n when 4 then date '2025-03-31' end as closed_date
    from (
        values (1, 'ZZ1', 'Y56', 'ZX1'), (2, 'ZZ2', 'Y61', 'ZX2A3'), (3, 'ZZ3', 'Y62', 'ZX1'),
        (4, 'ZZ9', null, null)
    ) as trusts (n, code, region, icb)
    """,
    f"insert into {FILES} values "
    f"('f3', 'all-register.csv', 'register_entries', '{'0b' * 32}', 900, 10, null), "
    f"('f4', 'ods-trusts-2025-07.csv', 'ods_trusts', '{'0c' * 32}', 700, 4, null)",
)


def _entry(row_number: int, change: str) -> str:
    return f"update {ENTRIES} set {change} where row_number = {row_number}"


def _trust(code: str, change: str) -> str:
    return f"update {ODS} set {change} where organisation_code = '{code}'"


BAD: Bad = {
    ("landed", "register_entries"): [
        (
            [
                _entry(2, "to_date = date '2025-03-31'"),
                _entry(3, "register_id = null"),
                _entry(4, "value_number = null"),
                _entry(5, "organisation_code = 'zx1'"),
                _entry(6, "organisation_code = 'ALL'"),
                _entry(7, "source_text = null, file_id = 'f9'"),
                _entry(8, "subject_id = null"),
                _entry(9, "organisation_code = null"),
                _entry(10, "from_date = null"),
                f"insert into {ENTRIES} select * from {ENTRIES} where row_number = 11",
            ],
            set(),
        ),
        ([_entry(2, "value_id = null")], {"every_register_entry_has_the_value_its_subject_asks_for"}),
        ([_entry(9, "value_date = null")], {"every_register_entry_has_the_value_its_subject_asks_for"}),
        # Two labels on one day are a contradiction; two ICBs are not, unless it is the same one twice.
        (
            [
                f"insert into {ENTRIES} select * from {ENTRIES} where row_number = 2",
                f"update {ENTRIES} set row_number = 12, value_text = 'Red', value_id = 'red' "
                "where row_number = 2 and rowid > 5",
            ],
            {"one_register_entry_in_hand_for_each_key"},
        ),
    ],
    ("landed", "register_words"): [
        ([_entry(2, "listed_role = null")], {"every_role_that_a_register_names_is_a_listed_one"}),
        ([_entry(11, "listed_text = null")], {"every_value_in_words_is_a_listed_one"}),
    ],
    ("landed", "register_organisations"): [
        (
            [_entry(2, "organisation_code = 'ZQ7'"), _entry(6, "value_text = 'ZQ8'")],
            {
                "every_register_entry_is_about_an_organisation_in_hand",
                "every_organisation_that_an_entry_names_as_its_value_is_in_hand",
            },
        ),
        (
            [_entry(5, "organisation_code = 'ZZ1'")],
            {"every_register_entry_is_about_its_kind_of_organisation"},
        ),
        (
            [_entry(2, "organisation_code = 'ZX2A3'")],
            {"every_register_entry_is_about_its_kind_of_organisation"},
        ),
        # A withdrawn entry is none.
        *(
            ([statement], {"the_entries_about_an_organisation_hold_what_their_register_requires"})
            for statement in (
                f"delete from {ENTRIES} where row_number = 10",
                _entry(10, "is_withdrawn = true"),
            )
        ),
    ],
    ("landed", "ods_trusts"): [
        (
            [
                _trust("ZZ1", "closed_date = date '2011-03-31', icb_code = 'ZX'"),
                _trust("ZZ2", "region_id = 'W00', opened_date = null"),
                _trust("ZZ3", "organisation_name = null, as_at_date = null, file_id = 'f1'"),
                f"insert into {ODS} select * from {ODS} where organisation_code = 'ZZ1'",
                f"insert into {ODS} select * from {ODS} where organisation_code = 'ZZ9'",
                f"update {ODS} set organisation_code = case rowid when 3 then 'zz9' end "
                "where organisation_code = 'ZZ9'",
            ],
            set(),
        )
    ],
}
