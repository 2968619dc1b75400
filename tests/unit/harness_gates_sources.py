"""Landed tables and bad cases of the suite about source publications."""

from harness_gates_beyond import Bad

from nof.project import read_seed

FILES = "staging.stg_nhse__files"
# One file for each; what else a row holds is the business of its staging view.
MONTHLY = tuple(
    row["dataset_id"]
    for row in read_seed("reference", "source_datasets")
    if (row["is_read"], row["period_unit"]) == ("true", "month")
)
SURVEY = "staging.stg_nhse__staff_survey_results"
OF_FILES = (
    *((f"s{place}", dataset) for place, dataset in enumerate(MONTHLY)),
    ("s9", "staff_survey_results"),
)

LANDED_TABLES = (
    *(
        f"create table staging.stg_nhse__{dataset} as select 's{place}' as file_id, "
        "cast(n as bigint) as row_number, date '2025-06-01' as period_start_date "
        "from (values (2), (3)) as numbers (n)"
        for place, dataset in enumerate(MONTHLY)
    ),
    f"create table {SURVEY} as select 's9' as file_id, cast(6 as bigint) as row_number, 2024 as survey_year",
    *(
        f"insert into {FILES} values "
        f"('{file_id}', '{dataset}.csv', '{dataset}', '{number}{'0' * 62}', 700, 2, date '2025-08-14')"
        for number, (file_id, dataset) in enumerate(OF_FILES, start=30)
    ),
)

BAD: dict[tuple[str, str], list[Bad]] = {
    ("landed", "source_publications"): [
        (
            [
                "update staging.stg_nhse__rtt_waits set file_id = 's1'",
                "update staging.stg_nhse__cancer_waits set period_start_date = null",
                "update staging.stg_nhse__community_waits set period_start_date = date '2025-09-01'",
                "insert into staging.stg_nhse__ae_attendances select 's4', row_number, period_start_date "
                "from staging.stg_nhse__ae_attendances",
            ],
            set(),
        )
    ],
}
