"""The columns of the published files, what each must hold, and what they are called in the landing tables.

The names are the contract with macros/landing.sql and staging; a test compares the two.
"""

from dataclasses import dataclass
from typing import Literal

from nof.landing.model import FileKind
from nof.landing.source_columns import SOURCE_COLUMNS

Rule = Literal[
    "text",
    "quarter",
    "trust_type",
    "trust_code",
    "metric_id",
    "value",
    "number",
    "rank",
    "segment",
    "yes_no",
    "number_range",
    "rank_range",
    "filled",
    "date",
    "date_or_empty",
    "entry_status",
    "organisation_or_all",
    "region_code",
    "icb_code",
    "day_or_empty",
]


@dataclass(frozen=True)
class Column:
    """One column: its published heading, its name in landing, and the rule that its cells keep to.

    A cell whose meaning hangs on others of its row (the Value of a register) is `text` here: entries.py
    judges it.
    """

    published: str
    name: str
    rule: Rule = "text"


_SHARED = (
    Column("Quarter", "quarter", "quarter"),
    Column("Region", "region"),
    Column("Trust_type", "trust_type", "trust_type"),
    Column("Trust_subtype", "trust_subtype"),
    Column("Trust_code", "trust_code", "trust_code"),
    Column("Trust_name", "trust_name"),
)

PUBLISHED_COLUMNS: dict[FileKind, tuple[Column, ...]] = {
    "oversight_data": (
        *_SHARED,
        Column("Domain", "domain"),
        Column("Sub-domain", "sub_domain"),
        Column("Metric_ID", "metric_id", "metric_id"),
        Column("Metric_description", "metric_description"),
        Column("Reporting_date", "reporting_date"),
        Column("Units", "units"),
        Column("Value", "value", "value"),
        Column("Median_value", "median_value", "number"),
        Column("Lower_quartile", "lower_quartile", "number"),
        Column("Upper_quartile", "upper_quartile", "number"),
        Column("Rank", "rank", "rank"),
    ),
    "league_table": (
        *_SHARED,
        Column("Average_score", "average_score", "number"),
        Column("Likely_range_of_average_score", "likely_range_of_average_score", "number_range"),
        Column("Segment", "segment", "segment"),
        Column("Trust_in_financial_deficit", "trust_in_financial_deficit", "yes_no"),
        Column("Rank", "rank", "rank"),
        Column("Likely_range_of_rank", "likely_range_of_rank", "rank_range"),
    ),
    "register_entries": (
        Column("Register", "register"),
        Column("Organisation_code", "organisation_code", "organisation_or_all"),
        Column("Subject", "subject"),
        Column("Value", "value"),
        Column("From_date", "from_date", "date"),
        Column("To_date", "to_date", "date_or_empty"),
        Column("Entry_status", "entry_status", "entry_status"),
        Column("Decided_by_role", "decided_by_role"),
        Column("Reason", "reason"),
        Column("Source", "source", "filled"),
    ),
    # The ODS trust file has no headings: a problem names the place of a column and what it holds.
    "ods_trusts": (
        Column("month in the file's name", "as_at"),
        Column("1 (code)", "organisation_code", "trust_code"),
        Column("2 (name)", "organisation_name", "filled"),
        Column("3 (region)", "region_code", "region_code"),
        Column("4 (ICB)", "icb_code", "icb_code"),
        Column("10 (postcode)", "postcode"),
        Column("11 (opened)", "opened", "day_or_empty"),
        Column("12 (closed)", "closed", "day_or_empty"),
    ),
}

# What makes two rows the same row, in landing names.
ROW_KEYS: dict[FileKind, tuple[str, ...]] = {
    "oversight_data": ("quarter", "trust_code", "metric_id", "units"),
    "league_table": ("quarter", "trust_code"),
    "register_entries": ("register", "organisation_code", "subject", "from_date"),
    "ods_trusts": ("as_at", "organisation_code"),
}

# Where the columns of an ODS trust file stand, counted from 0, and how many there are.
ODS_PLACES = {
    "organisation_code": 0,
    "organisation_name": 1,
    "region_code": 2,
    "icb_code": 3,
    "postcode": 9,
    "opened": 10,
    "closed": 11,
}
ODS_WIDTH = 27

# A file may leave this one out (the first Q1 files do, rules 5); the label is then found in its rows.
OPTIONAL_COLUMN = "quarter"

WALK_COLUMNS = ("file_id", "row_number", "is_current_vintage")

LANDING_TABLES: dict[str, tuple[str, ...]] = {
    **{
        kind: (*WALK_COLUMNS, *(column.name for column in columns))
        for kind, columns in PUBLISHED_COLUMNS.items()
    },
    **{kind: (*WALK_COLUMNS, *names) for kind, names in SOURCE_COLUMNS.items()},
    "files": (
        "file_id",
        "file_name",
        "file_kind",
        "sha256",
        "byte_count",
        "row_count",
        "landed_date",
        "landed_order",
    ),
    "run_settings": ("framework_id", "quarter_id"),
    "derived_framework": (
        "framework_id",
        "base_framework_id",
        "framework_label",
        "value_origin",
        "is_forecast",
        "source",
        "certainty",
    ),
    "lineage": (
        "release_id",
        "released_date",
        "previous_release_id",
        "previous_quarter_id",
        "has_changed_method",
    ),
    # What the release before carries, under the names that it has there (release/previous.py).
    "previous_versions": (
        "quarter_id",
        "trust_code",
        "trust_type_id",
        "measure_id",
        "figure_kind",
        "version_number",
        "figure_text",
        "file_id",
        "row_number",
        "from_release_id",
        "from_date",
        "until_release_id",
        "until_date",
        "revision_reason",
        "has_own_input_changed",
        "has_method_changed",
        "has_pool_changed",
        "has_published_result_changed",
        "cause_trust_code",
        "cause_measure_id",
        "old_file_id",
        "old_row_number",
        "new_file_id",
        "new_row_number",
    ),
    "previous_metrics": (
        "quarter_id",
        "trust_code",
        "trust_type_id",
        "metric_id",
        "cell_status",
        "value",
        "value_label",
        "value_rank",
        "value_rank_origin",
        "published_score",
        "score_basis",
        "file_id",
        "row_number",
        "score_file_id",
        "score_row_number",
        "status_file_id",
        "status_row_number",
    ),
    "previous_segments": (
        "quarter_id",
        "trust_code",
        "has_financial_override",
        "override_basis",
        "override_file_id",
        "override_row_number",
        "is_in_improvement_programme",
        "programme_file_id",
        "programme_row_number",
    ),
    "previous_cut_points": (
        "quarter_id",
        "score_id",
        "cut_partition_id",
        "boundary",
        "cut_point",
        "cut_point_basis",
    ),
    "previous_quality": (
        "release_id",
        "release_order",
        "framework_id",
        "quarter_id",
        "released_date",
        "gate",
        "suite",
        "relation",
        "column_names",
        "expectation_id",
        "expectation_type",
        "severity",
        "outcome",
        "is_passed",
        "checked_count",
        "unexpected_count",
        "observed",
        "first_unexpected",
        "meaning",
        "remedy",
        "owner_role",
    ),
}
