"""An ICB under the draft that segments ICBs: a release made by hand; every figure is worked out by hand."""

from harness_explain import QUARTER, Rows, scored

DRAFT = "npaf-2025-26-draft"
AREAS = (("urgent", "Urgent care", 1, ("OF0013", "OF0014")), ("elective", "Elective care", 2, ("OF0003",)),
         ("primary", "Primary care", 3, ("",)), ("cancer", "Cancer", 4, ("OF0010",)))  # fmt: skip
RULE = {
    "trust_type_id": "icb", "challenged_score_at_least": 3, "challenged_area_count_at_least": 1,
    "segment_steps": 1, "worst_segment": 4, "rule_certainty": "assumption",
}  # fmt: skip
METRICS = (("OF0013", "3.4"), ("OF0014", "2.8"), ("OF0003", "2.0"))


def draft_release() -> Rows:
    """One ICB with a deficit: 3.4 and 2.8 make 3.10, challenged from 3.00; 2.00 is not; max(2, 3) + 1 = 4."""
    # (3.4 + 2.8 + 2.0) / 3 = 8.2 / 3 = 2.733333333333333
    metrics = [
        scored(metric_id, "ND4000", score, "band", trust_code="QAA", trust_type_id="icb", value_label="x",
               file_id=None)
        for metric_id, score in METRICS
    ]  # fmt: skip
    finance = [
        scored(metric_id, "ND4001", "3", "band", trust_code="QAA", trust_type_id="icb", value=value,
               enters_average=False, file_id=None)
        for metric_id, value in (("OF0079", "-2"), ("OF0081", "-0.7"))
    ]  # fmt: skip
    tables: Rows = {
        "dim_quarter": [{"quarter_id": QUARTER, "quarter_label": "Q1 2025/26"}],
        "dim_trust": [{"trust_code": "QAA", "trust_name": "Ash ICB", "trust_type_id": "icb",
                       "trust_type_label": "Integrated care board", "organisation_kind": "icb"}],
        "dim_metric": [{"metric_id": row["metric_id"], "metric_label": row["metric_id"]}
                       for row in metrics + finance],
        "fct_completeness": [{"trust_type_id": "icb", "expected_trust_count": 42, "core_metric_count": 2,
                              "weakest_core_metric_count": 42, "is_complete": True}],
        "fct_metric": metrics + finance,
        "fct_segment": [{
            "trust_code": "QAA", "trust_type_id": "icb", "delivery_status": "scored",
            "average_metric_score_unrounded": "2.733333333333333", "average_metric_score": "2.73",
            "average_basis": "computed", "unadjusted_segment": 2, "segment_basis": "computed",
            "has_financial_override": True, "override_basis": "derived", "override_segment_floor": 3,
            "plan_and_variance": "-2.7", "is_in_deficit": True, "override_limb": "deficit",
            "system_scored_area_count": 2, "system_challenged_area_count": 1, "system_segment_steps": 1,
            "adjusted_segment": 4, "final_segment_basis": "unknown", "league_rank": 1,
            "league_trust_count": 1, "league_rank_basis": "computed",
        }],
        "fct_cut_point": [
            {"score_id": "ND5002", "cut_partition_id": partition, "boundary": f"{number}/{number + 1}",
             "segment": number, "cut_point": cut, "cut_point_basis": basis, "quantile": quantile,
             "trusts_counted": count}
            for partition, basis, count, cuts in (("icb", "fixed", 0, ("2.5", "3.0", "3.5")),
                                                  ("all", "computed", 205, ("1.1", "1.2", "1.3")))
            for number, (cut, quantile) in enumerate(zip(cuts, ("0.25", "0.5", "0.75"), strict=True), start=1)
        ],
        "fct_system_area": [
            {"trust_code": "QAA", "area_id": key, "area_label": key, "area_score": score,
             "metrics_counted": count, "challenged_score_at_least": 3, "is_challenged": is_challenged}
            for key, score, count, is_challenged in (("urgent", "3.10", 2, True), ("elective", 2, 1, False))
        ],
        "method_system_rules": [
            RULE | {"area_id": key, "area_label": label, "display_order": order, "metric_id": metric_id}
            for key, label, order, metric_ids in AREAS for metric_id in metric_ids
        ],
    }  # fmt: skip
    return {name: [{"framework_id": DRAFT} | row for row in rows] for name, rows in tables.items()}
