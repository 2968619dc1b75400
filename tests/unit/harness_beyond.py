"""Registers, an ICB, targets and consequences beside the small release of the explain tests."""

from datetime import date
from typing import Any

from harness_explain import MHC, QUARTER, Rows, small_release

REGISTER = "f-reg"


def entry(
    row: int, register_id: str, subject_id: str, value_id: str, text: str, **more: Any
) -> dict[str, Any]:
    """A row of fct_register_entry about the trust AAA."""
    return {
        "file_id": REGISTER, "row_number": row, "register_id": register_id, "organisation_code": "AAA",
        "register_label": register_id.capitalize(), "subject_id": subject_id, "value_id": value_id,
        "value_text": text, "from_date": date(2025, 4, 1), "is_withdrawn": False, "is_current": True,
        "decided_by_role": "Regional team", "role_status": "shown", "value_status": "shown",
        "has_reason": True,
    } | more  # fmt: skip


def consequence(key: str, kind: str, outcome: str, rule: str, **more: Any) -> dict[str, Any]:
    """A row of fct_response of the trust AAA."""
    return {
        "trust_code": "AAA", "consequence_id": key, "consequence_label": key.replace("_", " "),
        "trigger_kind": kind, "outcome": outcome, "rule_label": rule, "rule_source": "rules 7",
        "rule_certainty": "manual", "basis": "published",
    } | more  # fmt: skip


def rating(subject: str, order: int, label: str | None, **more: Any) -> dict[str, Any]:
    """A row of fct_capability of the trust AAA, in hand where it has a label."""
    given = {
        "trust_code": "AAA", "register_id": "capability_rating", "subject_id": subject,
        "subject_label": subject.capitalize(), "display_order": order, "rating_label": label,
        "rating_status": "in_hand" if label else "not_in_hand",
    }  # fmt: skip
    told = {
        "from_date": date(2025, 6, 30), "decided_by_role": "Trust board", "file_id": REGISTER,
        "row_number": 20 + order,
    }  # fmt: skip
    return given | (told if label else {}) | more


def context(code: str, metric_id: str, kind: str, **more: Any) -> dict[str, Any]:
    """A row of fct_context."""
    return {
        "trust_code": code, "metric_id": metric_id, "trust_type_id": MHC, "organisation_kind": kind,
        "domain_id": "OF4001", "context_status": "in_hand", "unit_label": "%", "file_id": "f-icb",
        "reporting_period_label": "2025", "benchmark_basis": "computed", "benchmark_organisation_count": 42,
        "lower_quartile_value": 10, "median_value": 20, "upper_quartile_value": "30.5",
    } | more  # fmt: skip


def beyond() -> Rows:
    """The small release with registers, an ICB, targets, consequences and contextual metrics beside it."""
    tables = small_release()
    tables["dim_file"] += [
        {"file_id": REGISTER, "file_name": "registers.csv", "sha256": "aaaa000000000000"},
        {"file_id": "f-icb", "file_name": "icb.csv", "sha256": "bbbb000000000000"},
    ]
    tables["dim_quarter"] = [
        {"quarter_id": QUARTER, "quarter_label": "Q1 2025/26", "start_date": date(2025, 4, 1)}
    ]
    tables["dim_metric"] += [
        {"metric_id": "UN0009", "metric_label": "Diagnostic waits", "polarity": "lower"},
        {"metric_id": "UN0010", "metric_label": "Young people's waits", "polarity": "lower"},
    ]
    return tables | {
        "dim_organisation": [
            {"organisation_code": code, "organisation_kind": kind, "organisation_name": name,
             "region_label": "East"}
            for code, kind, name in (("AAA", "provider", "Alder Trust"), ("QAA", "icb", "Ash ICB"),
                                     ("QBB", "icb", "Beech ICB"), ("NEW", "provider", "Newly Merged Trust"))
        ],
        "dim_organisation_icb": [
            {"trust_code": "AAA", "icb_code": "QBB", "is_lead": False, "membership_basis": "register",
             "file_id": REGISTER, "row_number": 40},
            {"trust_code": "AAA", "icb_code": "QAA", "is_lead": True, "membership_basis": "ods"},
        ],
        "dim_organisation_group": [
            {"trust_code": "AAA", "group_kind": "group", "group_label": "East Group", "file_id": REGISTER,
             "group_id": "f-reg-41", "row_number": 41}
        ],
        "fct_organisation_change": [
            change("AAA", "opened", "2001-04-01"),
            change("AAA", "merged_into", "2026-04-01", other_code="NEW", change_basis="register",
                   file_id=REGISTER, row_number=42),
            change("NEW", "opened", "2026-04-01"),
        ],
        "fct_context": [
            context("AAA", "UN0009", "provider", value="36.06", row_number=7, value_rank=3),
            context("AAA", "UN0010", "provider", context_status="absent", missing_reason_id="no_row",
                    missing_reason="there is no row and nothing in hand says why", file_id=None),
            context("QAA", "UN0009", "icb", value="17.4", row_number=8, trust_type_id="icb"),
            context("QAA", "UN0010", "icb", context_status="suppressed", missing_reason_id="shorthand",
                    missing_reason="a symbol", trust_type_id="icb", row_number=9),
        ],
        "fct_capability": [
            rating("overall", 1, "Amber-red", decided_by_role="Regional team"),
            rating("quality", 2, "Confirmed"),
            rating("people", 3, "Confirmed"),
            rating("finance", 4, None),
        ],
        "fct_response": [
            consequence("support_finance", "priority_area_score", "applies",
                        "Finance: mean metric score of at least 3.00", trigger_value=3, trigger_limit=3),
            consequence("pay_award_withheld", "final_segment", "does_not_apply", "final segment 5",
                        trigger_value=3, trigger_limit=5),
            consequence("support_elective", "priority_area_score", "unknown",
                        "Elective care: mean metric score of at least 3.00", trigger_limit=3),
            consequence("diagnostic_review", "adjusted_segment", "applies", "adjusted segment 4",
                        trigger_value=4, trigger_limit=4, review_status="under_way",
                        review_basis="diagnostic_review_entry", review_from_date=date(2025, 5, 1),
                        review_file_id=REGISTER, review_row_number=30),
            consequence("quarterly_review", "always", "applies", "always", basis="always"),
        ],
        # 64.2 - 75 = -10.8; 12.5 at most 13: 13 - 12.5 = 0.5
        "fct_target": [
            target("OF0057", "march", 75, "-10.8", value="64.2", comparator="at_least", is_on_target=False),
            target("OF0005", "plan", 13, "0.5", value="12.5", comparator="at_most", is_on_target=True,
                   target_basis="plan", plan_file_id=REGISTER, plan_row_number=50),
            target("OF0061", "march", "6.2", "0.3", value="6.5", comparator="at_least", is_on_target=None,
                   target_basis="trust_minimum", baseline_month="2024-11"),
        ],
        "method_registers": [
            {"register_id": name, "subject_id": "x", "register_label": label, "organisation_kind": kind}
            for name, label, kind in (("capability_rating", "Capability rating", "provider"),
                                      ("improvement_programme", "Improvement programme", "provider"))
        ],
        "fct_register_entry": [
            entry(4, "improvement_programme", "programme", "in", "In the programme"),
            entry(5, "improvement_programme", "programme", "not_in", "Not in the programme",
                  organisation_code="ALL", from_date=date(2025, 1, 1), has_reason=False),
            entry(6, "deficit_support", "deficit_support", "received", "Received"),
            entry(21, "capability_rating", "overall", "amber_red", "Amber-red"),
            entry(7, "service", "urgent_response", "does_not_run", "Does not run it"),
        ],
    }  # fmt: skip


def change(code: str, kind: str, day: str, **more: Any) -> dict[str, Any]:
    """A row of fct_organisation_change."""
    return {
        "organisation_code": code, "change_kind": kind, "change_date": date.fromisoformat(day),
        "other_code": "", "change_basis": "ods",
    } | more  # fmt: skip


def target(metric_id: str, key: str, asked: Any, gap: str, **more: Any) -> dict[str, Any]:
    """A row of fct_target of the trust AAA."""
    return {
        "trust_code": "AAA", "metric_id": metric_id, "target_id": key, "target_label": "By March 2026",
        "target_value": asked, "gap_to_target": gap, "target_basis": "national",
    } | more  # fmt: skip
