"""Builds gone wrong for the suites about files, values, scores, ranks and segments."""

from harness_gates_beyond import Bad

OVERSIGHT = "staging.stg_nhse__oversight_data"
LEAGUE = "staging.stg_nhse__league_table"


def _set(relation: str, change: str, where: str) -> str:
    return f"update {relation} set {change} where {where}"


def _value(measure: str, value: str, trust: str = "ZZ1") -> str:
    return _set(OVERSIGHT, f"value_number = {value}", f"measure_id = '{measure}' and trust_code = '{trust}'")


def _row(row_number: int, change: str) -> str:
    return _set(OVERSIGHT, change, f"row_number = {row_number}")


def _league(trust: str, change: str) -> str:
    return _set(LEAGUE, change, f"trust_code = '{trust}'")


def _segments(trust: str, change: str) -> str:
    return _set("scoring.segments", change, f"trust_code = '{trust}'")


def _twice(relation: str, trust: str) -> str:
    return f"insert into {relation} select * from {relation} where trust_code = '{trust}'"


def _averages(relation: str, score: str, unrounded: str, basis: str) -> list[str]:
    """Too high a score, one below its parts, one above them, one without a basis, and a row twice."""
    return [
        _twice(relation, "ZZ4V5"),
        _set(relation, f"{score} = 4.01", "trust_code = 'ZZ4V5'"),
        _set(relation, f"{unrounded} = lowest_part_score - 0.1", "trust_code = 'ZZ2'"),
        _set(relation, f"{unrounded} = highest_part_score + 0.1", "trust_code = 'ZZ3'"),
        _set(relation, f"{basis} = null", "trust_code = 'ZZ1'"),
    ]


ORIGIN = {"no_value_is_of_an_origin_that_its_quarter_and_framework_rule_out"}

# suite -> builds gone wrong: statements, and the expectations that must then fail (all of the suite's where
# none are named)
BAD: Bad = {
    ("landed", "oversight_data_shape"): [
        (
            [
                _row(2, "file_id = null"),
                _row(3, "row_number = 1"),
                _row(4, "row_number = null"),
                _row(5, "quarter_id = null"),
                _row(6, "trust_type_id = null"),
                _row(7, "trust_code = null"),
                _row(8, "trust_code = 'zz3'"),
                _row(9, "trust_name = null"),
                _row(10, "trust_name = ' '"),
                _row(11, "measure_id = null"),
                f"insert into {OVERSIGHT} select * from {OVERSIGHT} where row_number = 12",
            ],
            {
                "every_row_has_a_file",
                "every_row_number_is_below_the_header",
                "every_row_has_a_row_number",
                "every_quarter_is_known",
                "every_trust_type_is_known",
                "every_row_has_a_trust_code",
                "every_trust_code_has_the_shape_of_one",
                "every_row_has_a_trust_name",
                "no_trust_name_is_blank",
                "every_row_has_a_measure",
                "one_row_per_quarter_trust_measure_and_unit",
            },
        ),
        (
            [
                f"alter table {OVERSIGHT} drop column sub_domain_label",
                f"alter table {OVERSIGHT} alter value_number type double",
                f"alter table {OVERSIGHT} alter row_number type varchar",
                f"alter table {OVERSIGHT} alter published_rank type double",
                f"alter table {OVERSIGHT} drop column trust_code",
                f"alter table {OVERSIGHT} add column trust_code bigint default 7",
            ],
            {
                "every_oversight_column_is_there",
                "values_are_decimals",
                "row_numbers_are_integers",
                "published_ranks_are_integers",
                "trust_codes_are_text",
            },
        ),
    ],
    ("landed", "oversight_data_labels"): [
        (
            [
                _row(2, "measure_id = 'OF0999'"),
                _row(3, "unit_label = 'furlongs'"),
                _row(4, "domain_label = 'Astronomy'"),
                _row(5, "region_label = 'Atlantis'"),
                _row(6, "quarter_id = '2024-25-Q4'"),
            ],
            set(),
        )
    ],
    # An address, a number whose last digit checks the others, a telephone.
    ("landed", "oversight_data_text"): [
        ([_row(2, "trust_name = 'Invented, invented@example.org'")], set()),
        ([_row(3, "measure_label = 'Patient 943 476 5919'")], set()),
        ([_row(4, "reporting_period_label = 'ask 020 7946 0958'")], set()),
    ],
    ("landed", "oversight_data_values"): [
        (
            [
                _set(OVERSIGHT, "value_text = 'Splendid'", "measure_id = 'OF0067' and trust_code = 'ZZ1'"),
                _row(2, "shorthand_status = 'suppressed'"),
            ],
            set(),
        )
    ],
    ("landed", "values_percentages"): [([_value("OF0082", "140")], set()), ([_value("OF0082", "-1")], set())],
    ("landed", "values_finance_percentages"): [([_value("OF0079", "-100.01")], set())],
    ("landed", "values_productivity"): [([_value("OF0085", "200")], set())],
    ("landed", "values_relative_costs"): [
        ([_value("OF0086", "-3")], set()),
        ([_value("OF0086", "1.02")], set()),
    ],
    ("landed", "values_percentage_points"): [([_value("OF0041", "-101")], set())],
    ("landed", "values_out_of_10"): [([_value("OF0061", "10.01")], set())],
    ("landed", "values_scores"): [([_value("OF1061", "0.99")], set()), ([_value("OF4000", "4.01")], set())],
    ("landed", "values_minutes"): [([_value("OF0017", "0")], set())],
    ("landed", "values_days"): [([_value("OF0025", "-0.5")], set())],
    ("landed", "values_rates"): [([_value("OF0048", "-0.1")], set())],
    ("landed", "values_counts"): [([_value("OF0020", "-1"), _value("OF0020", "1.5", "ZZ2")], set())],
    ("landed", "values_segments"): [([_value("OF5000", "5"), _value("OF5000", "1.5", "ZZ2")], set())],
    ("landed", "values_final_segments"): [([_value("OF5005", "6"), _value("OF5005", "1.5", "ZZ2")], set())],
    ("landed", "values_flags"): [([_value("OF5004", "2"), _value("OF5004", "0.5", "ZZ2")], set())],
    ("landed", "published_benchmarks_and_ranks"): [
        (
            [
                _row(2, "lower_quartile_value = 2.5"),
                _row(3, "upper_quartile_value = 1.5"),
                _row(4, "published_rank = 0"),
                _row(5, "published_rank = 5"),
            ],
            set(),
        )
    ],
    ("landed", "files"): [
        (
            [
                *["insert into staging.stg_nhse__files select * from staging.stg_nhse__files limit 1"] * 2,
                "insert into staging.stg_nhse__files values (null, null, 'poem', 'abc', 0, 0, null)",
            ],
            {
                "every_file_has_an_id",
                "one_row_per_file",
                "every_file_has_a_name",
                "every_file_is_of_a_known_kind",
                "every_file_has_its_hash",
                "no_file_is_empty",
                "no_file_has_0_bytes",
            },
        ),
        (["alter table staging.stg_nhse__files drop column landed_date"], {"every_file_column_is_there"}),
    ],
    ("landed", "rows_of_files"): [
        (
            [
                _row(2, "file_id = 'f9'"),
                _row(3, "row_number = 999"),
                *[f"insert into {OVERSIGHT} select * from {OVERSIGHT} where row_number = 4"] * 2,
            ],
            set(),
        )
    ],
    ("landed", "trusts"): [
        ([_row(2, "trust_type_id = 'ambulance', region_label = 'Midlands', file_id = 'f9'")], set())
    ],
    ("landed", "completeness_of_files"): [
        (
            [f"delete from {OVERSIGHT} where trust_code = 'ZZ4V5'"],
            {"a_file_covers_the_expected_trusts", "a_file_has_each_core_metric_for_the_expected_trusts"},
        ),
        (
            [
                _set(OVERSIGHT, "trust_code = 'ZZ5'", "trust_code = 'ZZ4V5' and measure_id = 'OF5000'"),
            ],
            {"no_file_has_more_trusts_than_there_are", "every_trust_of_a_file_has_a_value"},
        ),
    ],
    ("landed", "league_table"): [
        (
            [
                _twice(LEAGUE, "ZZ1"),
                _league("ZZ1", "average_score = 4.5, segment = 5, league_rank = 0"),
                _league("ZZ2", "average_score = null, segment = null, league_rank = null"),
                _league("ZZ2", "quarter_id = null, trust_type_id = null, is_in_deficit = null"),
                _league("ZZ3", "trust_code = null"),
                _league("ZZ4V5", "trust_code = 'ZZ4V'"),
            ],
            {
                "every_league_table_quarter_is_known",
                "every_league_table_trust_type_is_known",
                "every_league_table_row_has_a_trust_code",
                "every_league_table_trust_code_has_the_shape_of_one",
                "one_league_table_row_per_quarter_and_trust",
                "every_league_table_row_has_an_average",
                "league_table_averages_lie_within_1_and_4",
                "league_table_segments_are_1_to_4",
                "every_league_table_row_has_a_segment",
                "every_league_table_row_says_whether_in_deficit",
                "every_league_table_row_has_a_rank",
                "league_ranks_in_files_start_at_1",
            },
        ),
        ([f"alter table {LEAGUE} drop column average_score"], {"every_league_table_column_is_there"}),
    ],
    ("scored", "spine"): [
        (
            [
                "insert into insight.spine_counts select framework_id, '2025-26-Q2', 0, 1, 1 "
                "from insight.spine_counts"
            ],
            set(),
        )
    ],
    ("scored", "metric_values"): [
        (
            [
                _twice("scoring.metric_values", "ZZ1"),
                _set("scoring.metric_values", "cell_status = null", "trust_code = 'ZZ2'"),
                _set("scoring.metric_values", "cell_status = 'lost'", "trust_code = 'ZZ3'"),
                _set("scoring.metric_values", "row_number = null", "trust_code = 'ZZ4V5'"),
                _set("scoring.metric_values", "value_origin = 'published_file'", "trust_code = 'ZZ1'"),
            ],
            set(),
        ),
        # What is carried forward outside a forecast, or made elsewhere under a framework of the files.
        *(
            ([_set("scoring.metric_values", change, "trust_code = 'ZZ2'")], ORIGIN)
            for change in (
                "value_origin = 'carried_forward', value_quarter_id = '2024-25-Q4'",
                "value_origin = 'source_publication'",
                "value_quarter_id = '2024-25-Q4'",
            )
        ),
        # In a forecast a value of a data file, of another quarter than is carried, or of the wrong one.
        *(
            (
                [
                    _set(
                        "scoring.scored_quarters",
                        "is_forecast = true, carried_quarter_id = '2024-25-Q4'",
                        "true",
                    ),
                    _set(
                        "scoring.metric_values",
                        "value_origin = 'carried_forward', value_quarter_id = '2024-25-Q4'",
                        "true",
                    ),
                    _set("scoring.metric_values", change, "trust_code = 'ZZ2'"),
                ],
                ORIGIN,
            )
            for change in (
                "value_origin = 'framework_file', value_quarter_id = quarter_id",
                "value_quarter_id = '2024-25-Q3'",
                "value_quarter_id = null",
            )
        ),
    ],
    ("scored", "metric_scores"): [
        (
            [
                _twice("scoring.metric_scores", "ZZ1"),
                _set("scoring.metric_scores", "metric_score = 4.1, score_basis = null", "trust_code = 'ZZ2'"),
                _set("scoring.metric_scores", "cell_status = 'absent', pool_rank = 0", "trust_code = 'ZZ3'"),
                _set(
                    "scoring.metric_scores", "score_basis = 'hearsay', pool_rank = 5", "trust_code = 'ZZ4V5'"
                ),
            ],
            set(),
        ),
        (
            [_set("scoring.metric_scores", "metric_score = null", "trust_code = 'ZZ2'")],
            {
                "no_score_without_a_basis_and_no_basis_without_a_score",
                "every_scored_cell_has_a_score_and_no_other",
            },
        ),
    ],
    ("scored", "domain_scores"): [
        (
            _averages(
                "scoring.domain_scores", "domain_score", "domain_score_unrounded", "domain_score_basis"
            ),
            set(),
        )
    ],
    ("scored", "delivery_scores"): [
        (
            _averages(
                "scoring.delivery_scores",
                "average_metric_score",
                "average_metric_score_unrounded",
                "average_basis",
            ),
            set(),
        )
    ],
    ("scored", "segments"): [
        (
            [
                _twice("scoring.segments", "ZZ1"),
                _segments("ZZ1", "unadjusted_segment = 0, adjusted_segment = 5, final_segment = 6"),
                _segments("ZZ2", "is_override_consistent = null, is_incomplete_respected = null"),
                _segments("ZZ2", "final_segment = null, cut_point_basis = null"),
                _segments("ZZ3", "is_override_consistent = false, is_incomplete_respected = false"),
                _segments("ZZ4V5", "adjusted_segment = 3"),
            ],
            set(),
        ),
        (
            [_segments("ZZ1", "final_segment_basis = 'unknown'")],
            {"no_final_segment_where_its_basis_is_unknown"},
        ),
    ],
    ("scored", "segment_counts"): [
        (
            [
                _segments("ZZ1", "unadjusted_segment = null"),
                "delete from scoring.segments where trust_code = 'ZZ2'",
            ],
            set(),
        )
    ],
    ("scored", "segment_shares"): [([_segments("ZZ1", "unadjusted_segment = 2")], set())],
    ("scored", "league_ranks"): [
        (
            [
                _segments("ZZ3", "league_rank = 5"),
                _segments("ZZ1", "league_trust_count = 3"),
                _segments("ZZ2", "adjusted_segment = 4"),
            ],
            set(),
        )
    ],
    ("scored", "agreement_of_figures"): [
        (
            [
                "update insight.agreement set agreed_count = 88, agreed_share = 0.977778 "
                "where figure_kind = 'metric_score'"
            ],
            set(),
        )
    ],
    ("scored", "agreement_of_benchmarks"): [
        (["update insight.agreement set agreed_count = 76 where figure_kind = 'benchmark_median'"], set())
    ],
    ("scored", "benchmarks_within_a_hundredth"): [
        (
            [
                "update insight.reconciliation set recomputed_figure = 2.52, outcome = 'differs' "
                "where figure_kind = 'benchmark_median'"
            ],
            set(),
        )
    ],
}
