"""The numbers of the rules, typed from them: a seed that says otherwise is wrong, or the rules have changed.

The plain statement of the rules and the SQL read the same seeds, so that a wrong row is no difference between
them. These tables were written by hand; what the rules call a default is held as that default.
"""

from harness_stated import IN_FORCE, NEXT, held, of_each, seed, table

QUARTERS = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")
FAMILIES = table("""
    rank                true  -         -      -  1  4
    rank_with_standard  true  standard  true   1  2  4
    rank_with_floor     true  floor     false  4  1  3
    band                false -         -      -  -  -
    matrix              false -         -      -  -  -
    none                false -         -      -  -  -
""")
FAMILY_COLUMNS = "has_ranked_part threshold_kind fixed_when_met fixed_score ranked_low ranked_high"


def test_families_spread_the_ranked_part_and_fix_the_rest() -> None:
    # Rules 1, the table of families: 1 + 3 x, 2 + 2 x beside 1.00, 1 + 2 x beside 4.00.
    assert held("scoring_families", "scoring_family", FAMILY_COLUMNS) == FAMILIES
    assert held("scoring_families", "scoring_family", FAMILY_COLUMNS, NEXT) == FAMILIES


def test_standards_and_the_floor() -> None:
    # Rules 1, "Standards, floors and bands": each from the start, none changes in the course of the year.
    assert held("thresholds", "metric_id first_quarter_id", "threshold_kind comparator threshold") == table(
        """
        OF0057  -  floor     at_least  70
        OF0010  -  standard  at_least  80
        OF0011  -  standard  at_least  75
        OF0013  -  standard  at_least  78
        OF0003  -  standard  at_most   1
        OF0017  -  standard  at_most   30
        OF0106  -  standard  at_least  0
        OF0020  -  standard  at_most   0
        OF0048  -  standard  at_most   1
        OF0088  -  standard  at_most   1
        """,
        keys=2,
    )


def test_bands_of_plan_and_variance_and_on_which_side_an_edge_falls() -> None:
    # Rules 1, OF1079: >= 0, > -1, >= -2, otherwise; OF1081: >= 0, > -0.5, > -1, otherwise.
    bands = held(
        "value_bands", "metric_id band_score", "lower_bound is_lower_inclusive upper_bound is_upper_inclusive"
    )
    # The side of an edge that is not there says nothing.
    sides = {
        key: (low, low and is_low_in, high, high and is_high_in)
        for key, (low, is_low_in, high, is_high_in) in bands.items()
    }
    assert sides == table(
        """
        OF0079 1   0     true   -     -
        OF0079 2   -1    false  0     false
        OF0079 3   -2    true   -1    true
        OF0079 4   -     -      -2    false
        OF0081 1   0     true   -     -
        OF0081 2   -0.5  false  0     false
        OF0081 3   -1    false  -0.5  true
        OF0081 4   -     -      -1    true
        """,
        keys=2,
    )


def test_labels_of_ratings_surveys_and_mortality() -> None:
    # Rules 1, OF1067, OF1035 and SHMI; the adult inpatient survey is read as the community one.
    ratings = {"Outstanding": "1", "Good": "2", "Requires improvement": "3", "Inadequate": "4"}
    survey = {
        "Better than expected": "1",
        "About the same": "2",
        "Somewhat worse than expected": "3",
        "Worse than expected": "4",
        "Much worse than expected": "4",
    }
    mortality = {"Lower than expected": "1", "As expected": "2", "Higher than expected": "3"}
    stated = {"OF0067": ratings, "OF0035": survey, "UN0002": survey, "UN0001": mortality}
    assert held("label_bands", "metric_id band_label", "band_score") == {
        f"{metric} {label}": (score,) for metric, labels in stated.items() for label, score in labels.items()
    }


def test_combined_finance_is_looked_up_from_plan_and_variance() -> None:
    # Rules 1, OF1080: rows plan, columns variance; (2, 3) was never observed and is 3 by default.
    stated = ("1 1 2 3", "2 2 3 4", "2 3 3 4", "2 3 4 4")
    cells = held(
        "matrix_cells", "row_score column_score", "metric_id row_metric_id column_metric_id cell_score"
    )
    assert cells == {
        f"{row} {column}": ("OF0080", "OF0079", "OF0081", score)
        for row, line in enumerate(stated, start=1)
        for column, score in enumerate(line.split(), start=1)
    }


def test_three_scores_of_the_first_quarter_are_rounded_before_averaging() -> None:
    # Rules 1: OF1005, OF1016 and OF1063 in Q1 2025/26, and nothing else.
    rounded = held("rounded_scores", "metric_id quarter_id", "is_rounded_before_averaging", None)
    assert rounded == of_each({f"{metric} 2025-26-Q1": "true" for metric in ("OF0005", "OF0016", "OF0063")})


def test_segments_are_national_quartiles_and_a_score_on_the_cut_is_inside() -> None:
    # Rules 3: one set of cut points for all trusts, type 7, <= q25 1, <= q50 2, <= q75 3, else 4.
    scores = ("OF5002", "OF4000", "OF4002", "OF4003", "OF4004", "OF4005")
    cuts = held("segmentation", "score_id", "cut_pool_id cut_method estimator is_cut_point_inside")
    assert cuts == dict.fromkeys(scores, ("all_trusts", "quantile", "type_7", "true"))
    assert held("segment_quantiles", "boundary", "segment quantile") == table("""
        1/2  1  0.25
        2/3  2  0.50
        3/4  3  0.75
    """)
    # Rules 7: in 2026/27 fixed thresholds, whose values are not in hand.
    following = held("segmentation", "score_id", "cut_pool_id cut_method estimator is_cut_point_inside", NEXT)
    assert following == {"OF5002": ("all_trusts", "fixed_threshold", "", "true")}
    assert (
        held("segment_quantiles", "boundary", "segment", NEXT)
        == {}
        == held("segment_thresholds", "score_id", "threshold", None)
    )


def test_benchmarks_are_quartiles_by_number() -> None:
    # Rules 4: type 7 within the trust type; the same in each framework.
    frameworks = {row["framework_id"] for row in seed("frameworks")}
    assert held("benchmark_quantiles", "framework_id benchmark_id", "quantile estimator", None) == {
        f"{framework} {benchmark}": (quantile, "type_7")
        for framework in frameworks
        for benchmark, quantile in (
            ("lower_quartile", "0.25"),
            ("median", "0.50"),
            ("upper_quartile", "0.75"),
        )
    }


def test_what_a_framework_limits_adopts_and_asks_for() -> None:
    # Rules 1: complete from 95 %; rules 3: a sum below 0 limits to 3, the programme is 5; rules 7: 2026/27.
    columns = (
        "first_quarter_id last_quarter_id is_in_force has_published_figures adopts_published_scores "
        "core_metric_share override_sum_below override_segment_floor programme_segment value_origin "
        "is_forecast"
    )
    assert held("frameworks", "framework_id", columns, None) == table("""
        nof-2025-26         2025-26-Q1  -           true   true   true   0.95  0  3  5  framework_file  false
        npaf-2025-26-draft  2025-26-Q1  2025-26-Q4  false  false  true   0.95  0  3  5  framework_file  false
        nof-2026-27         2026-27-Q1  -           false  false  false  0.95  0  3  5  framework_file  false
    """)


def test_the_override_adds_plan_and_variance() -> None:
    assert set(held("override_inputs", "metric_id", "input_label")) == {"OF0079", "OF0081"}


def test_how_many_organisations_there_are_and_which_are_segmented() -> None:
    # Rules 0: 134, 61 and 10 trusts; rules 7: ICBs are not segmented in 2025/26, and are in 2026/27.
    trusts = {
        "acute": ("134", "true"),
        "mental_health_and_community": ("61", "true"),
        "ambulance": ("10", "true"),
    }
    counts = "expected_trust_count is_segmented"
    assert held("organisation_scope", "trust_type_id", counts) == trusts | {"icb": ("42", "false")}
    assert held("organisation_scope", "trust_type_id", counts, NEXT) == trusts | {"icb": ("42", "true")}


def test_bases_from_the_strongest_to_the_weakest() -> None:
    # Rules 1: computed, published, computed_partial_pool; what a forecast carries forward stands between.
    # NHS England's layout cannot say that a pool is not complete: what rests on one stays out of it.
    assert held("score_bases", "score_basis", "weakness_order stands_in_published_layout", None) == table("""
        computed               1  true
        published              2  true
        carried_forward        3  true
        computed_partial_pool  4  false
    """)
    assert held("cut_point_bases", "cut_point_basis", "preference_order score_basis", None) == table("""
        fixed                  0  computed
        computed               1  computed
        observed               2  published
        carried_forward        3  carried_forward
        computed_partial_pool  4  computed_partial_pool
    """)


def test_what_a_symbol_and_a_reason_say_of_a_cell() -> None:
    # Rules 1: missing, suppressed, not run: each is a status, and never a zero.
    suppressed, unreported, not_for_it = (("suppressed",), ("not_reported",), ("not_applicable",))
    symbols = dict.fromkeys(("*", "**", "c"), suppressed) | dict.fromkeys((".", "x", "NA", ""), unreported)
    assert held("shorthand", "symbol", "value_status", None) == symbols | dict.fromkeys(
        ("z", "N/A"), not_for_it
    )
    assert held("missing_reasons", "missing_reason_id", "cell_status", None) == table("""
        shorthand                -
        not_for_this_trust_type  not_applicable
        service_not_run          not_applicable
        service_run_no_row       not_reported
        every_trust_reports      not_reported
        excluded_by_register     excluded
        excluded_by_framework    excluded
        no_row                   absent
    """)


def test_identifiers_of_the_summary_figures_and_the_domains() -> None:
    # Rules 0. The league shows OF5000; OF4001 is unused because its metrics are contextual.
    figures = of_each(
        {
            "average_metric_score": "OF5002",
            "unadjusted_segment": "OF5003",
            "financial_override": "OF5004",
            "adjusted_segment": "OF5000",
            "final_segment": "OF5005",
            "improvement_programme": "OF5007",
        }
    )
    for framework_id in (IN_FORCE, NEXT):
        assert held("summary_measures", "measure_role", "measure_id", framework_id) == figures
    scored = {f"OF400{number}": (f"OF410{number}", "true") for number in (0, 2, 3, 4, 5)}
    assert held("domains", "domain_id", "domain_segment_id is_scored") == scored | {
        "OF4001": ("OF4101", "false")
    }
