"""What scoring is measured between: the tables that it starts from, and those that it ends with."""

# Values and what is known about them, by folder of the input. The models are of models/scoring, but for two.
MADE_BEFORE = {
    "metric_values": "scoring",
    "trust_quarters": "scoring",
    "trust_type_completeness": "scoring",
    "run_scope": "scoring",
    "register_in_force": "scoring",
    "programme_memberships": "scoring",
    "oversight_values": "measures",
    "forecast_quarters": "measures",
}
# The method: rows of seeds/framework, of the framework that is scored under.
METHOD = (
    "benchmark_quantiles",
    "core_metrics",
    "cut_point_bases",
    "domains",
    "frameworks",
    "label_bands",
    "matrix_cells",
    "metrics",
    "observed_cut_points",
    "override_inputs",
    "pool_sizes",
    "pool_trust_types",
    "rounded_scores",
    "score_bases",
    "scoring_families",
    "segment_quantiles",
    "segment_thresholds",
    "segmentation",
    "summary_measures",
    "system_adjustment_rules",
    "system_area_metrics",
    "thresholds",
    "value_bands",
)
# What everybody ends with: the key of each table, and the figures beside it. The SQL has more: files and rows that a figure
# came from, why an override is set in words, the adjustment of systems.
RESULTS = {
    "metric_scores": (
        ("quarter_id", "trust_code", "metric_id"),
        (
            "score_id", "trust_type_id", "domain_id", "cell_status", "scoring_family", "metric_score",
            "metric_score_rounded", "averaged_score", "score_basis", "is_grid_restored", "is_fixed_part",
            "threshold_kind", "threshold", "is_threshold_met", "pool_id", "pool_partition_id", "pool_rank",
            "ranked_count", "pool_size", "expected_pool_size", "is_pool_complete", "rank_origin", "published_score",
            "enters_average", "weight_group_id", "is_rounded_before_averaging",
        ),
    ),
    "value_ranks": (
        ("quarter_id", "trust_code", "metric_id"),
        ("value_rank", "rank_by_value", "trusts_ranked", "value_rank_origin"),
    ),
    "benchmarks": (
        ("quarter_id", "trust_type_id", "metric_id"),
        ("trusts_counted", "lower_quartile_value", "median_value", "upper_quartile_value", "benchmark_basis"),
    ),
    "domain_scores": (
        ("quarter_id", "trust_code", "domain_id"),
        (
            "trust_type_id", "domain_status", "domain_score_unrounded", "domain_score", "domain_score_basis",
            "metrics_counted", "weight_units_counted", "lowest_part_score", "highest_part_score",
        ),
    ),
    "delivery_scores": (
        ("quarter_id", "trust_code"),
        (
            "trust_type_id", "delivery_status", "average_metric_score_unrounded", "average_metric_score",
            "average_basis", "metrics_counted", "weight_units_counted", "lowest_part_score", "highest_part_score",
        ),
    ),
    "cut_points": (
        ("quarter_id", "score_id", "cut_partition_id", "boundary"),
        ("segment", "cut_point", "cut_point_basis", "trusts_counted"),
    ),
    "score_segments": (
        ("quarter_id", "trust_code", "score_id"),
        (
            "trust_type_id", "score", "segment", "segment_low", "segment_high", "cut_point_basis", "segment_basis",
            "score_rank",
        ),
    ),
    "segments": (
        ("quarter_id", "trust_code"),
        (
            "trust_type_id", "delivery_status", "average_score_rank", "unadjusted_segment", "segment_low",
            "segment_high", "cut_point_basis", "segment_basis", "has_financial_override", "override_basis",
            "plan_and_variance", "adjusted_segment", "final_segment", "final_segment_basis",
            "is_in_improvement_programme", "membership_source", "league_rank", "league_trust_count",
            "league_rank_basis",
        ),
    ),
}  # fmt: skip
