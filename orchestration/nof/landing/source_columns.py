"""The landing tables of source publications: what a row of each holds, in landing names.

The names are the contract with macros/landing.sql and staging; a test compares the two. Every table begins
with the period, and a row says where in the file it stands.
"""

from nof.landing.model import FileKind

# Weeks waited, as the referral to treatment extract bands them: 0 to 1, …, 103 to 104, 104 and more.
RTT_BANDS = tuple(f"weeks_{week:03}" for week in range(105))

SOURCE_COLUMNS: dict[FileKind, tuple[str, ...]] = {
    # One row per month, provider, part and group of commissioners: the total over treatment functions.
    "rtt_waits": (
        *("period", "provider_code", "provider_name", "provider_parent_code", "part_type"),
        *("commissioner_group", "row_count", "total", "total_with_unknown_start", "unknown_start"),
        *RTT_BANDS,
    ),
    # One row per month and organisation, as published.
    "ae_attendances": (
        *("period", "organisation_code", "parent_name", "organisation_name"),
        *("attendances_type_1", "attendances_type_2", "attendances_other"),
        *("booked_type_1", "booked_type_2", "booked_other"),
        *("over_4_hours_type_1", "over_4_hours_type_2", "over_4_hours_other"),
        *("booked_over_4_hours_type_1", "booked_over_4_hours_type_2", "booked_over_4_hours_other"),
        *("waited_4_to_12_hours_from_decision", "waited_over_12_hours_from_decision"),
        *("admissions_type_1", "admissions_type_2", "admissions_other", "other_admissions"),
    ),
    # One row per month, standard, provider, stage or route, modality and cancer type, as published.
    "cancer_waits": (
        *("period", "standard", "organisation_code", "stage_or_route", "treatment_modality", "cancer_type"),
        *("total_treated", "within_standard", "breaches"),
    ),
    # One row per month, area (England, region or trust) and indicator of the ambulance systems indicators.
    "ambulance_responses": ("period", "region_code", "area_code", "indicator_id", "value"),
    # One row per month, organisation, table (total, or a band of weeks) and service, as published.
    "community_waits": (
        *("period", "organisation_type", "organisation_code", "organisation_name", "weeks_band", "service"),
        "waiting",
    ),
    # One row per survey year, organisation and result; weighting tells whose results compare.
    "staff_survey_results": (
        *("period", "organisation_code", "organisation_name", "benchmark_group", "weighting"),
        *("result_id", "result_label", "respondents", "value"),
    ),
}
