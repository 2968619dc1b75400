"""The bundled values of trusts fill every pool, so that scores are computed; and they move as published."""

from decimal import Decimal

import pytest
from harness_sample import (
    QUARTERS,
    all_rows,
    as_number,
    cell,
    contextual_pairs,
    current_rows,
    framework_rows,
    number,
    numbers,
    organisation_types,
    trust_types,
)

from harness_some import some

QUARTER_IDS = tuple(QUARTERS.values())


def test_each_recorded_pool_is_in_hand_at_exactly_its_size() -> None:
    floors = {
        row["metric_id"]: Decimal(row["threshold"])
        for row in framework_rows("thresholds")
        if row["threshold_kind"] == "floor" and not row["first_quarter_id"]
    }
    sizes = framework_rows("pool_sizes")
    assert len(sizes) == 56
    for size in sizes:
        partition, metric_id = size["pool_partition_id"], size["metric_id"]
        values = [
            value
            for code, value in numbers(size["quarter_id"], metric_id).items()
            if partition in {"all", trust_types()[code]}
        ]
        ranked = [value for value in values if value >= floors.get(metric_id, value)]
        assert len(ranked) == int(size["pool_size"]), size
        assert (len(ranked) < len(values)) == (metric_id in floors), size


def test_each_trust_type_is_complete_in_each_quarter() -> None:
    expected = {
        row["trust_type_id"]: int(row["expected_trust_count"])
        for row in framework_rows("organisation_scope")
        if row["is_segmented"] == "true"
    }
    assert set(expected) == set(trust_types().values())
    share = Decimal(framework_rows("frameworks")[0]["core_metric_share"])
    for quarter_id in QUARTER_IDS:
        for core in some(framework_rows("core_metrics")):
            type_id = core["trust_type_id"]
            having = [
                code for code in numbers(quarter_id, core["metric_id"]) if trust_types()[code] == type_id
            ]
            assert len(having) >= share * expected[type_id], (quarter_id, core)


def test_every_metric_with_values_is_there_in_every_quarter_and_nothing_else() -> None:
    metrics = {row["metric_id"] for row in framework_rows("metrics") if row["value_kind"] != "none"}
    for label, quarter_id in QUARTERS.items():
        found = {row["metric_id"] for row in current_rows() if row["quarter"] == label}
        flags = {"OF5004", "OF5007"} if quarter_id in QUARTER_IDS[:2] else {"OF5004"}
        scores = {"OF1067"} if quarter_id == "2025-26-Q4" else set()
        assert found == metrics | flags | scores


def test_no_value_is_of_a_metric_that_never_applies_to_the_trust_type() -> None:
    never = {
        (row["metric_id"], row["trust_type_id"])
        for row in framework_rows("metric_applicability")
        if row["applicability"] == "never"
    }
    types = organisation_types()
    assert never
    assert not [row for row in all_rows() if (row["metric_id"], types[row["trust_code"]]) in never]


def test_label_metrics_carry_each_label_of_the_framework_and_no_other() -> None:
    labels = {(row["metric_id"], row["band_label"]) for row in framework_rows("label_bands")}
    metrics = {metric_id for metric_id, _ in labels}
    assert {
        (row["metric_id"], row["value"]) for row in current_rows() if row["metric_id"] in metrics
    } == labels


def test_units_and_descriptions_are_those_of_the_catalogue() -> None:
    metrics = {row["metric_id"]: row for row in framework_rows("metrics")}
    for row in some(all_rows()):
        if row["metric_id"] in metrics:
            metric = metrics[row["metric_id"]]
            assert row["units"] in {metric["unit_label"], metric["companion_unit_label"]}
            assert row["metric_description"].rstrip("\u00a0") == metric["metric_label"]


@pytest.mark.parametrize("metric_id", ["OF0061", "OF0084", "OF0035", "UN0002"])
def test_survey_results_change_once_in_q4(metric_id: str) -> None:
    q1, q2, q3, q4 = (
        {code: row["value"] for code in trust_types() if (row := cell(quarter_id, code, metric_id))}
        for quarter_id in QUARTER_IDS
    )
    assert q1 == q2 == q3 != q4


def test_costs_change_after_q1_and_the_plan_stands_all_year() -> None:
    q1, q2, q3, q4 = (numbers(quarter_id, "OF0086") for quarter_id in QUARTER_IDS)
    assert q1 != q2 == q3 == q4
    assert len(q1) == len(q2) - 1
    plans = [numbers(quarter_id, "OF0079") for quarter_id in QUARTER_IDS]
    assert all(plan == plans[0] for plan in plans)


def test_sickness_lags_one_quarter() -> None:
    texts = {row["quarter"]: row["reporting_date"] for row in current_rows() if row["metric_id"] == "OF0082"}
    assert list(texts.values()) == ["Q4 2024-25", "Q1 2025/26", "Q2 2025/26", "Q3 2025/26"]


def test_flags_follow_plan_and_variance_but_for_deficit_support() -> None:
    support = set()
    for quarter_id in QUARTER_IDS:
        for code in trust_types():
            flag, variance = number(quarter_id, code, "OF5004"), number(quarter_id, code, "OF0081")
            if flag is None:
                assert (variance is None) == (code == "ZD6"), (quarter_id, code)
                continue
            plan = number(quarter_id, code, "OF0079")
            is_deficit = plan + variance < 0
            assert flag == 1 or not is_deficit
            if flag == 1 and not is_deficit:
                support.add(code)
    assert support == {"ZB1", "ZF2", "ZK5", "ZR4"}


def test_published_ranks_are_by_goodness_within_trust_type() -> None:
    is_higher_better = {row["metric_id"]: row["polarity"] == "higher" for row in framework_rows("metrics")}
    unrounded = {"OF0005", "OF0061", "OF0082", "OF0084"}
    groups: dict[tuple[str, str, str], list[tuple[Decimal, int]]] = {}
    for row in some(all_rows()):
        value = as_number(row["value"])
        if not row["rank"]:
            is_beside = (row["metric_id"], organisation_types()[row["trust_code"]]) in contextual_pairs()
            is_excluded = (row["trust_code"], row["metric_id"]) == ("ZM2", "OF0023")
            is_no_value = value is None or row["metric_id"][:3] in {"OF5", "OF1"} or row["units"] == "count"
            assert is_no_value or is_beside or is_excluded, row
            continue
        group = groups.setdefault((row["file_id"], row["quarter"], row["metric_id"]), [])
        sign = -1 if is_higher_better[row["metric_id"]] else 1
        group.append((sign * value, int(Decimal(row["rank"]))))
    for (_, _, metric_id), members in groups.items():
        ranks = sorted(rank for _, rank in members)
        assert all(rank == ranks.index(rank) + 1 for rank in ranks)
        # A better rank never has a worse value; where values tie as published, so do the ranks.
        ordered = sorted(members, key=lambda member: member[1])
        assert [value for value, _ in ordered] == sorted(value for value, _ in members)
        if metric_id not in unrounded:
            assert len({value for value, _ in members}) == len(set(ranks))
    assert {metric_id for _, _, metric_id in groups} > unrounded
