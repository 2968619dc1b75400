"""What the bundled trusts publish beside the scores: there for most of them, and without a rank."""

from collections import Counter

import pytest
from harness_sample import (
    QUARTERS,
    as_number,
    cell,
    contextual_pairs,
    current_rows,
    framework_rows,
    trust_types,
)

from harness_some import some

QUARTER_IDS = tuple(QUARTERS.values())


def beside_rows() -> list[dict[str, str]]:
    types = trust_types()
    return [
        row
        for row in current_rows()
        if (row["metric_id"], types.get(row["trust_code"])) in contextual_pairs()
    ]


def test_every_metric_beside_the_scores_is_there_for_each_of_its_trust_types() -> None:
    expected = {pair for pair in contextual_pairs() if pair[1] != "icb"}
    # Seven metrics of acute trusts, three of mental health and community trusts, one of ambulance trusts.
    assert Counter(type_id for _, type_id in expected) == {
        "acute": 7,
        "mental_health_and_community": 3,
        "ambulance": 1,
    }
    for label in QUARTERS:
        found = {
            (row["metric_id"], trust_types()[row["trust_code"]])
            for row in beside_rows()
            if row["quarter"] == label
        }
        assert found == expected


def test_they_are_the_contextual_and_the_listed_metrics_and_no_scored_one() -> None:
    roles = {row["metric_id"]: row["metric_role"] for row in framework_rows("metrics")}
    assert {roles[row["metric_id"]] for row in beside_rows()} == {"contextual", "listed"}
    assert not [
        row
        for row in framework_rows("metrics")
        if row["metric_role"] in {"contextual", "listed"} and row["score_id"]
    ]


def test_none_has_a_rank() -> None:
    assert {row["rank"] for row in beside_rows()} == {""}


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_most_trusts_publish_them_and_some_do_not(quarter_id: str) -> None:
    for metric_id, least, most in (
        ("UN0004", 160, 185),
        ("UN0005", 105, 117),
        ("UN0006", 105, 117),
        ("UN0007", 185, 204),
        ("UN0008", 135, 165),
        ("UN0009", 115, 133),
        ("UN0010", 115, 129),
    ):
        codes = [code for code in trust_types() if cell(quarter_id, code, metric_id)]
        assert least <= len(codes) <= most, (metric_id, len(codes))


def test_one_is_suppressed_one_does_not_apply_and_the_others_are_values() -> None:
    found = {
        (row["quarter"][:2], row["trust_code"], row["metric_id"], row["value"])
        for row in beside_rows()
        if as_number(row["value"]) is None and row["metric_id"] != "UN0004"
    }
    assert found == {("Q2", "ZL4", "UN0008", "*"), ("Q3", "ZV3", "UN0007", "z")}


def test_the_listed_band_carries_plain_labels() -> None:
    labels = {row["value"] for row in beside_rows() if row["metric_id"] == "UN0004"}
    assert labels == {"Lower than expected", "As expected", "Higher than expected"}


def test_shares_lie_between_0_and_100() -> None:
    for row in some(beside_rows()):
        value = as_number(row["value"])
        if value is not None and row["metric_id"] in {"UN0006", "UN0008", "UN0009"}:
            assert 0 <= value <= 100, row
