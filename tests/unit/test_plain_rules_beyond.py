"""Small cases worked by hand of ICBs, registers, fixed thresholds and systems (rules 3 and 7)."""

from fractions import Fraction

import pytest
from harness_by_hand import ACUTE, DRAFT, ICB, MENTAL, QUARTER, SEEDS, rows_of, scores, small_method

from plain_rules import Entry, Method, work_out
from plain_rules.method import Tables

NOTHING = (None, None)


def support(code: str, value: str = "Received", first: str = "2025-04-01", **more: str) -> Entry:
    return Entry("deficit_support", code, "deficit_support", value, first, **more)


def programme(code: str, value: str, first: str = "2025-04-01", **more: str) -> Entry:
    return Entry("improvement_programme", code, "programme", value, first, **more)


def excluded(code: str, metric_id: str) -> Entry:
    return Entry("exclusion", code, metric_id, "Excluded", "2025-04-01")


def fixed_thresholds(base: Method, partition: str, *thresholds: str) -> Tables:
    """Seeds that cut every score at the same thresholds."""
    segmentation = [
        {**row, "cut_method": "fixed_threshold", "estimator": ""} for row in base.rows("segmentation")
    ]
    return {
        "segmentation": segmentation,
        "segment_thresholds": [
            {
                "framework_id": base.framework_id,
                "score_id": row["score_id"],
                "cut_partition_id": partition,
                "boundary": f"{segment}/{segment + 1}",
                "segment": str(segment),
                "threshold": threshold,
            }
            for row in segmentation
            for segment, threshold in enumerate(thresholds, start=1)
        ],
    }


def test_an_icb_that_is_not_segmented_reaches_no_pool_and_no_cut_point() -> None:
    # Sickness of two trusts: 1 and 4. The ICB's 3 would be the best of three.
    rows = rows_of(ACUTE, "OF0082", {"A": "4", "B": "5"}) + rows_of(ICB, "OF0082", {"Z": "3"})
    made = work_out(small_method(), rows)
    assert scores(made, "OF0082") == {"A": 1, "B": 4}
    assert made.is_segmented == {(QUARTER, "A"): True, (QUARTER, "B"): True, (QUARTER, "Z"): False}
    assert {trust for _, trust in made.trusts} == {"A", "B"}
    assert made.cut_points[QUARTER, "OF5002", "all", "1/2"].value == Fraction("1.75")


def test_the_draft_ranks_and_cuts_icbs_among_themselves() -> None:
    # 18 weeks, higher is better. Trusts 60 and 50: 1 and 4; ICBs 70, 65 and 40: 1, 1 + 3 x 1/2 = 2.5, 4.
    rows = rows_of(ACUTE, "OF0023", {"A": "60", "B": "50"})
    rows += rows_of(ICB, "OF0023", {"X": "70", "Y": "65", "Z": "40"})
    made = work_out(small_method(base=DRAFT), rows)
    assert scores(made, "OF0023") == {"A": 1, "B": 4, "X": 1, "Y": Fraction(5, 2), "Z": 4}
    # Trusts: 1 + 0.5 x (4 - 1). ICBs: the middle one of three.
    points = {key[2]: point.value for key, point in made.cut_points.items() if key[1::2] == ("ND5002", "2/3")}
    assert points == {"all": Fraction(5, 2), "icb": Fraction(5, 2)}
    assert [made.trusts[QUARTER, code].unadjusted for code in "ABXYZ"] == [1, 4, 1, 2, 4]


def test_a_fixed_threshold_does_not_ask_who_is_in_hand() -> None:
    # Averages 1, 2, 3, 4; quartiles would give segments 1 to 4. A score on a threshold is inside.
    rows = rows_of(MENTAL, "OF0082", {"A": "1", "B": "2", "C": "3", "D": "4"})
    seeds = fixed_thresholds(SEEDS, "all", "2.00", "2.50", "3.25")
    made = work_out(small_method(seeds=seeds), rows)
    assert [made.trusts[QUARTER, code].unadjusted for code in "ABCD"] == [1, 1, 3, 4]
    assert {point.basis for point in made.cut_points.values()} == {"fixed"}


def test_a_framework_may_leave_published_scores_alone() -> None:
    rows = rows_of(MENTAL, "OF0082", {"A": "4", "B": "5"}) + rows_of(MENTAL, "OF1082", {"A": "2.00"})
    rows += rows_of(MENTAL, "OF1035", {"A": "3"})
    sizes = {("OF0082", "all"): 4}
    adopting = work_out(small_method(sizes), rows)
    assert scores(adopting, "OF0082") == {"A": 2, "B": 4}
    assert scores(adopting, "OF0035") == {"A": 3, "B": None}
    alone = {"frameworks": [{**SEEDS.framework, "adopts_published_scores": "false"}]}
    made = work_out(small_method(sizes, seeds=alone), rows)
    # Two of the four in hand: 1 and 4, and nothing for the survey, which has no value row.
    assert scores(made, "OF0082") == {"A": 1, "B": 4}
    assert made.cells[QUARTER, "A", "OF0082"].basis == "computed_partial_pool"
    assert scores(made, "OF0035") == {"A": None, "B": None}


@pytest.mark.parametrize(
    ("plan", "variance", "entries", "flag", "basis", "limb"),
    [
        ("0.5", "-0.4", [], False, "derived", None),
        ("0.5", "-0.6", [], True, "derived", "deficit"),
        ("0.5", "-0.4", [support("A")], True, "derived", "deficit_support"),
        ("0.5", "-0.6", [support("A")], True, "derived", "deficit_and_deficit_support"),
        ("0.5", None, [support("A")], True, "derived", "deficit_support"),
        ("0.5", None, [support("A", "Not received")], None, "unknown", None),
        ("0.5", "-0.6", [support("A", "Not received")], True, "derived", "deficit"),
    ],
)
def test_deficit_support_is_a_limb_of_the_override_by_itself(
    plan: str, variance: str | None, entries: list[Entry], flag: bool | None, basis: str, limb: str | None
) -> None:
    rows = rows_of(ACUTE, "OF0079", {"A": plan})
    rows += rows_of(ACUTE, "OF0081", {"A": variance}) if variance else []
    override = work_out(small_method(), rows, entries).trusts[QUARTER, "A"].override
    assert (override.is_set, override.basis, override.limb) == (flag, basis, limb)


def test_a_published_flag_outranks_both_limbs_which_still_show_why() -> None:
    rows = rows_of(ACUTE, "OF0079", {"A": "1", "B": "1", "C": "1"})
    rows += rows_of(ACUTE, "OF0081", {"A": "0", "B": "0", "C": "-3"})
    rows += rows_of(ACUTE, "OF5004", {"A": "1", "B": "1", "C": "0"})
    made = work_out(small_method(), rows, [support("B"), support("C")])
    found = {code: made.trusts[QUARTER, code].override for code in "ABC"}
    assert {code: (each.is_set, each.limb) for code, each in found.items()} == {
        "A": (True, "not_shown"),
        "B": (True, "deficit_support"),
        "C": (False, None),
    }


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([support("A")], ("received", False)),
        ([support("ALL")], ("received", True)),
        ([support("ALL"), support("A", "Not received", "2025-01-01")], ("not_received", False)),
        ([support("A"), support("A", "Not received", "2025-07-01")], ("not_received", False)),
        # The last day of the quarter is 2025-09-30.
        ([support("A", first="2025-09-30")], ("received", False)),
        ([support("A", first="2025-10-01")], NOTHING),
        ([support("A", to_date="2025-09-30")], ("received", False)),
        ([support("A", to_date="2025-09-29")], NOTHING),
        ([support("A", entry_status="Withdrawn")], NOTHING),
        ([support("ALL"), support("A", "Not received", to_date="2025-06-30")], ("received", True)),
        ([support("B")], NOTHING),
    ],
)
def test_what_is_in_force_is_own_before_all_and_late_before_early(
    entries: list[Entry], said: tuple[str | None, bool | None]
) -> None:
    made = work_out(small_method(), rows_of(ACUTE, "OF0082", {"A": "4"}), entries)
    found = made.in_force.get((QUARTER, "A", "deficit_support", "deficit_support"))
    assert ((found.value_id, found.is_for_all) if found else NOTHING) == said


def test_an_entry_for_all_is_for_the_organisations_of_the_registers_kind() -> None:
    rows = rows_of(ACUTE, "OF0082", {"A": "4"}) + rows_of(ICB, "OF0082", {"Z": "4"})
    # Deficit support is of any organisation, the programme here of providers alone.
    registers = [
        {**row, "organisation_kind": "provider"} if row["register_id"] == "improvement_programme" else row
        for row in DRAFT.rows("registers")
    ]
    method = small_method(base=DRAFT, seeds={"registers": registers})
    made = work_out(method, rows, [support("ALL"), programme("ALL", "Not in the programme")])
    assert {key[1:3] for key in made.in_force} == {
        ("A", "deficit_support"),
        ("Z", "deficit_support"),
        ("A", "improvement_programme"),
    }


def test_a_decision_makes_the_final_segment_where_nothing_is_published() -> None:
    # Averages 1, 2, 3, 4: segments 1 to 4. D's published flag outranks the entry.
    values = {"A": "1", "B": "2", "C": "3", "D": "4"}
    rows = rows_of(MENTAL, "OF0082", values) + rows_of(MENTAL, "OF5007", {"D": "1"})
    rows += rows_of(MENTAL, "OF5004", dict.fromkeys(values, "0"))
    entries = [
        programme("B", "In the programme"),
        programme("C", "In the programme"),
        programme("C", "Left the programme", "2025-09-01"),
        programme("D", "Not in the programme"),
    ]
    made = work_out(small_method(), rows, entries)
    assert {code: (each.final, each.final_basis) for (_, code), each in made.trusts.items()} == {
        "A": (None, "unknown"),
        "B": (5, "decision"),
        "C": (3, "decision"),
        "D": (5, "published"),
    }
    # The programme moves no other segment.
    assert [made.trusts[QUARTER, code].adjusted for code in "ABCD"] == [1, 2, 3, 4]


def test_an_excluded_metric_leaves_its_pool_and_the_average() -> None:
    # Sickness 4, 5, 6 without C's: 1 and 4. C keeps its staff survey, alone: 1.
    rows = rows_of(ACUTE, "OF0082", {"A": "4", "B": "5", "C": "6"}) + rows_of(ACUTE, "OF0061", {"C": "7"})
    made = work_out(small_method(), rows, [excluded("C", "OF0082")])
    assert scores(made, "OF0082") == {"A": 1, "B": 4, "C": None}
    cell = made.cells[QUARTER, "C", "OF0082"]
    assert (cell.status, cell.missing_reason) == ("excluded", "excluded_by_register")
    average = made.trusts[QUARTER, "C"].average
    assert average is not None
    assert (average.exact, average.metrics_counted) == (1, 1)


def test_who_is_excluded_is_not_missing_from_a_pool_of_a_recorded_size() -> None:
    # Three are recorded and in hand, C is taken out: the other two are ranked as the whole pool, 1 and 4.
    rows = rows_of(ACUTE, "OF0082", {"A": "4", "B": "5", "C": "6"}) + rows_of(ACUTE, "OF1082", {"B": "2.50"})
    method = small_method({("OF0082", "all"): 3})
    made = work_out(method, rows, [excluded("C", "OF0082")])
    assert scores(made, "OF0082") == {"A": 1, "B": 4, "C": None}
    assert made.cells[QUARTER, "B", "OF0082"].basis == "computed"
    # Without a row C is missing, whatever the register says: B's published score is adopted.
    fewer = [row for row in rows if row.trust_code != "C"] + rows_of(ACUTE, "OF0061", {"C": "7"})
    without = work_out(method, fewer, [excluded("C", "OF0082")])
    assert without.cells[QUARTER, "B", "OF0082"].basis == "published"


def test_the_matrix_goes_with_an_excluded_part_and_the_deficit_stays() -> None:
    rows = rows_of(ACUTE, "OF0079", {"A": "1"}) + rows_of(ACUTE, "OF0081", {"A": "-5"})
    rows += rows_of(ACUTE, "OF1080", {"A": "3"})
    made = work_out(small_method(), rows, [excluded("A", "OF0079")])
    cell = made.cells[QUARTER, "A", "OF0080"]
    assert (cell.status, cell.missing_reason, cell.score) == ("excluded", "excluded_by_register", None)
    # 1 - 5 is below 0 all the same: the register takes the metric out of the score, not out of the accounts.
    assert made.trusts[QUARTER, "A"].override.limb == "deficit"


def test_an_excluded_core_metric_is_in_hand_all_the_same() -> None:
    core = SEEDS.core_metrics[MENTAL]
    rows = [row for metric_id in core for row in rows_of(MENTAL, metric_id, {"A": "4"})]
    method = small_method(**{MENTAL: 1})
    assert work_out(method, rows, [excluded("A", "OF0082")]).complete[QUARTER, MENTAL]
    fewer = [row for row in rows if row.measure_id != "OF0082"]
    assert not work_out(method, fewer).complete[QUARTER, MENTAL]


@pytest.mark.parametrize(
    ("value", "expected", "is_complete"),
    [
        ("Runs it", ("not_reported", "service_run_no_row"), True),
        ("Does not run it", ("not_applicable", "service_not_run"), True),
        ("Runs it", ("absent", "no_row"), False),
        ("Does not run it", ("not_applicable", "service_not_run"), False),
    ],
)
def test_a_service_tells_why_a_row_is_missing(
    value: str, expected: tuple[str, str], is_complete: bool
) -> None:
    entries = [Entry("service", "A", "crisis_response", value, "2025-04-01")]
    method = small_method(**({} if is_complete else {MENTAL: 9}))
    made = work_out(method, rows_of(MENTAL, "OF0082", {"A": "4"}), entries)
    cell = made.cells[QUARTER, "A", "OF0016"]
    assert (cell.status, cell.missing_reason) == expected
    # Of the others nothing is known; a value in hand is scored whatever the register says.
    assert made.cells[QUARTER, "A", "OF0041"].missing_reason == "no_row"
    with_value = rows_of(MENTAL, "OF0016", {"A": "50"})
    assert work_out(method, with_value, entries).cells[QUARTER, "A", "OF0016"].status == "scored"


def test_a_metric_about_two_services_is_about_whoever_runs_one_of_them() -> None:
    both = [
        {"framework_id": SEEDS.framework_id, "metric_id": "OF0016", "service_id": service_id}
        for service_id in ("crisis_response", "community")
    ]
    method = small_method(seeds={"metric_services": both})
    rows = rows_of(MENTAL, "OF0082", {"A": "4", "B": "5", "C": "6"})
    entries = [
        Entry("service", code, service_id, value, "2025-04-01")
        for code, service_id, value in (
            ("A", "crisis_response", "Does not run it"),
            ("A", "community", "Runs it"),
            ("B", "crisis_response", "Does not run it"),
            ("B", "community", "Does not run it"),
            ("C", "crisis_response", "Does not run it"),
        )
    ]
    made = work_out(method, rows, entries)
    assert {code: runs for (_, code, _), runs in made.runs_service.items()} == {"A": True, "B": False}
    reasons = [made.cells[QUARTER, code, "OF0016"].missing_reason for code in "ABC"]
    assert reasons == ["service_run_no_row", "service_not_run", "no_row"]


def test_challenged_areas_move_a_system_after_the_deficit_and_never_past_the_worst_segment() -> None:
    # Of two ICBs Z is last in 4 hours, 28 days and 18 weeks: 4 each, three challenged areas; finance 1.
    # Average (4 + 4 + 4 + 1)/4 = 3.25, inside 3.30: segment 2. Y: (2 + 2 + 1 + 1)/4 = 1.50, segment 1.
    rows = rows_of(ICB, "OF0013", {"Y": "70", "Z": "60"}) + rows_of(ICB, "OF0010", {"Y": "70", "Z": "60"})
    rows += rows_of(ICB, "OF0023", {"Y": "70", "Z": "60"})
    rows += rows_of(ICB, "OF0079", {"Y": "1", "Z": "1"}) + rows_of(ICB, "OF0081", {"Y": "1", "Z": "1"})
    method = small_method(base=DRAFT, seeds=fixed_thresholds(DRAFT, "icb", "1.50", "3.30", "3.90"))
    made = work_out(method, rows)
    system = made.trusts[QUARTER, "Z"].system
    assert system is not None
    assert {area_id: area.score for area_id, area in system.areas.items()} == {
        "urgent_and_emergency_care": 4,
        "cancer": 4,
        "elective": 4,
        "finance": 1,
    }
    assert (system.challenged_count, system.steps) == (3, 1)
    results = {code: made.trusts[QUARTER, code] for code in "YZ"}
    assert {code: (each.unadjusted, each.adjusted) for code, each in results.items()} == {
        "Y": (1, 1),
        "Z": (2, 3),
    }
    # With deficit support both are limited to 3 first, and then Z moves on to 4.
    limited = work_out(method, rows, [support("ALL")])
    assert [limited.trusts[QUARTER, code].adjusted for code in "YZ"] == [3, 4]
    # Z at 4 by its average alone stays there.
    worst = small_method(base=DRAFT, seeds=fixed_thresholds(DRAFT, "icb", "1.50", "2.00", "3.00"))
    assert work_out(worst, rows).trusts[QUARTER, "Z"].adjusted == 4
