"""What the consultation draft takes over from 2025/26, and what it says otherwise (rules 7)."""

from harness_stated import DRAFT, IN_FORCE, held, of_each, table

SCORED = ("ND4001", "ND4002", "ND4003", "ND4004")
CARRIED = (
    ("scoring_families", "scoring_family", "has_ranked_part threshold_kind fixed_when_met fixed_score"),
    ("scoring_families", "scoring_family", "ranked_low ranked_high"),
    ("thresholds", "metric_id first_quarter_id", "threshold_kind comparator threshold"),
    ("value_bands", "metric_id band_score", "lower_bound is_lower_inclusive upper_bound is_upper_inclusive"),
    ("label_bands", "metric_id band_label", "band_score"),
    ("matrix_cells", "metric_id row_metric_id column_metric_id row_score column_score", "cell_score"),
    ("metrics", "metric_id", "score_id companion_unit_label polarity value_kind scoring_family"),
    ("metrics", "metric_id", "enters_average weight_group_id pool_id sub_domain_label"),
    ("metric_services", "metric_id service_id", "service_id"),
    ("override_inputs", "metric_id", "input_label"),
    ("pool_sizes", "metric_id pool_partition_id quarter_id", "pool_size"),
    ("segment_quantiles", "boundary", "segment quantile"),
    ("pools", "pool_id", "pool_id"),
    ("weight_groups", "weight_group_id", "weight_group_id"),
)


def test_rows_that_the_draft_takes_over_are_those_of_2025_26() -> None:
    # Assumptions npaf-01 (scoring), npaf-06 (quartiles), npaf-07 (sizes), npaf-09 (deficit).
    for name, keys, columns in CARRIED:
        taken = held(name, keys, columns, DRAFT)
        assert taken and taken == held(name, keys, columns), name


def test_a_sub_domain_decides_the_domain() -> None:
    # Assumption npaf-02.
    domains = {
        "ND4001": ("Elective care", "Cancer care", "Urgent and emergency care", "Mental health care"),
        "ND4002": ("Finance", "Productivity"),
        "ND4003": (
            *("Effective care", "Effective flow and discharge", "Effective out of hospital care"),
            *("Readmissions", "Maternity", "Primary prevention"),
        ),
        "ND4004": (
            *("Patient safety", "Patient experience", "Retention and culture"),
            *("Education and training", "Inequalities"),
        ),
    }
    stated = {sub_domain: domain for domain, listed in domains.items() for sub_domain in listed}
    placed = held("metrics", "metric_id", "sub_domain_label domain_id", DRAFT)
    assert all(stated[sub_domain] == domain for sub_domain, domain in placed.values())
    assert held("domains", "domain_id", "domain_segment_id is_scored", DRAFT) == {
        domain: (domain.replace("ND40", "ND41"), "true") for domain in SCORED
    }


def test_icbs_are_scored_on_what_was_shown_beside_and_on_combined_finance() -> None:
    # Assumption npaf-04; of the providers nothing changes.
    columns = "applicability treatment"
    before = held("metric_applicability", "metric_id trust_type_id", columns)
    scored = {key.split()[0] for key, (_, treatment) in before.items() if treatment == "scored"}
    finance = {"OF0079", "OF0080", "OF0081"}
    stated = {key: said for key, said in before.items() if not key.endswith(" icb")}
    for metric in scored:
        shown = "where_it_applies" if f"{metric} icb" in before else "never"
        stated[f"{metric} icb"] = ("every_trust" if metric in finance else shown, "scored")
    assert held("metric_applicability", "metric_id trust_type_id", columns, DRAFT) == stated


def test_icbs_are_ranked_and_cut_among_themselves() -> None:
    # Assumptions npaf-05 and npaf-06; the pool that no ICB is in has no part for them.
    parts = held("pool_trust_types", "pool_id trust_type_id", "pool_partition_id")
    icbs = {f"{pool} icb": "icb" for pool in {key.split()[0] for key in parts} - {"mhc_and_ambulance"}}
    assert held("pool_trust_types", "pool_id trust_type_id", "pool_partition_id", DRAFT) == parts | of_each(
        icbs
    )
    cuts = held("segmentation", "score_id", "cut_pool_id cut_method estimator is_cut_point_inside", DRAFT)
    assert cuts == dict.fromkeys(("ND5002", *SCORED), ("all_trusts", "quantile", "type_7", "true"))


def test_completeness_and_the_organisations() -> None:
    # Assumption npaf-08: as in 2025/26, and ICBs by plan and variance; rules 7: ICBs are segmented.
    core = set(held("core_metrics", "trust_type_id metric_id", "source"))
    drafted = set(held("core_metrics", "trust_type_id metric_id", "source", DRAFT))
    assert drafted == core | {"icb OF0079", "icb OF0081"}
    scope = held("organisation_scope", "trust_type_id", "expected_trust_count is_segmented", IN_FORCE)
    drafted_scope = held("organisation_scope", "trust_type_id", "expected_trust_count is_segmented", DRAFT)
    assert drafted_scope == scope | {"icb": ("42", "true")}


def test_identifiers_are_the_projects_own_but_for_the_flags() -> None:
    # Assumption npaf-03; npaf-09 and npaf-13 take the published flags.
    assert held("summary_measures", "measure_role", "measure_id", DRAFT) == of_each(
        {
            "average_metric_score": "ND5002",
            "unadjusted_segment": "ND5003",
            "financial_override": "OF5004",
            "adjusted_segment": "ND5000",
            "final_segment": "ND5005",
            "improvement_programme": "OF5007",
        }
    )


def test_three_challenged_areas_move_an_icb_one_segment() -> None:
    # Assumptions npaf-10 and npaf-11.
    columns = "challenged_score_at_least challenged_area_count_at_least segment_steps worst_segment"
    assert held("system_adjustment_rules", "framework_id trust_type_id", columns, None) == table(
        "npaf-2025-26-draft icb 3.00 3 1 4", keys=2
    )
    areas = {
        "urgent_and_emergency_care": "OF0013 OF0014 OF0017",
        "elective": "OF0003 OF0023",
        "cancer": "OF0010 OF0011",
        "mental_health": "OF0016 OF0041 OF0063",
        "finance": "OF0080",
    }
    assert set(held("system_area_metrics", "framework_id area_id metric_id", "source", None)) == {
        f"{DRAFT} {area} {metric}" for area, metrics in areas.items() for metric in metrics.split()
    }


def test_only_the_framework_in_force_and_the_draft_have_their_rows() -> None:
    # Rules 7: what 2026/27 scores by is not in hand; nothing was observed under the draft.
    frameworks = {
        key.split()[0]
        for key in held("observed_cut_points", "framework_id quarter_id score_id boundary", "source", None)
    }
    assert frameworks == {IN_FORCE}
