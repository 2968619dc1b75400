"""Services, plans and baselines of the bundled register agree with the values beside them."""

from collections import Counter
from decimal import Decimal

from harness_sample import QUARTERS, cell, entries, framework_rows, number, numbers, trust_types

from harness_some import some
from nof.project import read_seed

QUARTER_IDS = tuple(QUARTERS.values())


def said() -> dict[tuple[str, str], str]:
    return {(row["organisation_code"], row["subject"]): row["value"] for row in entries("service")}


def about() -> dict[str, set[str]]:
    metric_ids: dict[str, set[str]] = {}
    for row in framework_rows("metric_services"):
        metric_ids.setdefault(row["service_id"], set()).add(row["metric_id"])
    return metric_ids


def test_no_trust_is_said_not_to_run_what_it_reports() -> None:
    for (code, service_id), value in some(said().items()):
        if value == "Does not run it":
            for metric_id in some(about()[service_id]):
                assert not [1 for quarter_id in QUARTER_IDS if cell(quarter_id, code, metric_id)]


def test_every_service_is_run_by_some_and_not_by_others() -> None:
    values = Counter((service_id, value) for (_, service_id), value in said().items())
    services = {row["service_id"] for row in read_seed("framework", "services")}
    assert set(values) == {(each, value) for each in services for value in ("Runs it", "Does not run it")}


def test_some_trusts_run_a_service_and_have_no_row() -> None:
    """These are not reported; the same row missing where nothing is said stays absent."""
    for quarter_id in QUARTER_IDS:
        for code in ("ZB7", "ZE2"):
            assert said()[code, "elective_care"] == "Runs it"
            assert cell(quarter_id, code, "OF0106") is None
        assert said()["ZR3", "urgent_community_response"] == "Runs it"
        assert cell(quarter_id, "ZR3", "OF0057") is None
        assert said()["ZW0", "crisis_response"] == "Runs it"
        assert cell(quarter_id, "ZW0", "OF0016") is None
    assert said()["ZH5", "elective_care"] == "Runs it"
    assert cell("2025-26-Q1", "ZH5", "OF0106") is None


def test_some_trusts_do_not_run_a_service_and_have_no_row() -> None:
    """These are not applicable: an orthopaedic trust without an emergency department, and so on."""
    for code, service_id, metric_id in (
        ("ZM9", "emergency_department", "OF0013"),
        ("ZM1", "elective_care", "OF0003"),
        ("ZN1", "cancer_care", "OF0011"),
        ("ZU9", "mental_health_beds", "OF0063"),
        ("ZU9", "crisis_response", "OF0016"),
    ):
        assert said()[code, service_id] == "Does not run it"
        assert cell("2025-26-Q4", code, metric_id) is None


def test_nothing_is_said_of_other_trusts_without_a_row() -> None:
    known = {code for code, _ in said()}
    assert len(known) == 31
    for code, metric_id in (("ZM8", "OF0010"), ("ZN5", "OF0013"), ("ZM2", "OF0003")):
        assert cell("2025-26-Q4", code, metric_id) is None
        assert (code, "elective_care") not in said()
    assert not known & {"ZM8", "ZN5"}


def test_sixty_trusts_have_plans_for_each_quarter() -> None:
    quarters = {row["quarter_id"]: row for row in read_seed("reference", "quarters")}
    assert len(entries("plan")) == 60 * 2 * 4
    for quarter_id in QUARTER_IDS:
        start, end = quarters[quarter_id]["start_date"], quarters[quarter_id]["end_date"]
        found = Counter(
            row["subject"] for row in entries("plan") if (row["from_date"], row["to_date"]) == (start, end)
        )
        assert found == {"OF0013": 60, "OF0023": 60}


def test_a_plan_for_18_weeks_is_the_value_less_the_published_difference() -> None:
    quarters = {row["start_date"]: row["quarter_id"] for row in read_seed("reference", "quarters")}
    reached = Counter()
    for row in entries("plan"):
        code, quarter_id, plan = row["organisation_code"], quarters[row["from_date"]], Decimal(row["value"])
        assert trust_types()[code] == "acute"
        assert 30 <= plan <= 100
        gap = number(quarter_id, code, row["subject"]) - plan
        reached[row["subject"], gap > 0, gap == 0] += 1
        if row["subject"] == "OF0023":
            assert gap == number(quarter_id, code, "OF0106")
        if code == {"OF0023": "ZE5", "OF0013": "ZC1"}[row["subject"]]:
            assert gap == 0
    assert (
        min(
            reached[metric_id, is_above, False]
            for metric_id in ("OF0013", "OF0023")
            for is_above in (True, False)
        )
        > 60
    )
    assert reached["OF0013", False, True] >= 4


def test_every_acute_trust_with_a_value_has_its_baseline_of_november_2024() -> None:
    baselines = {row["organisation_code"]: Decimal(row["value"]) for row in entries("baseline", "OF0023")}
    assert {row["from_date"] for row in entries("baseline")} == {"2024-11-30"}
    values = numbers("2025-26-Q4", "OF0023")
    assert baselines.keys() == values.keys()
    assert len(baselines) == 131
    # At least 60 %, and 5 points more than in November 2024: one stands exactly on the second.
    on_target = {code for code in values if values[code] >= max(Decimal(60), baselines[code] + 5)}
    assert values["ZA4"] == baselines["ZA4"] + 5
    assert "ZA4" in on_target
    assert 40 < len(on_target) < 100
    short_of_60 = {code for code in values if values[code] < 60 and values[code] >= baselines[code] + 5}
    assert short_of_60
