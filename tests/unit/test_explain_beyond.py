"""What `nof explain` says beyond the score, on a small release made by hand."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_beyond import REGISTER, beyond
from harness_explain import QUARTER, joined, printed, walked, write

from nof.errors import UsageRefused
from nof.explain import Explanation, Unsegmented, explain

Change = Callable[..., Path]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("beyond"), beyond())


@pytest.fixture(scope="module")
def alder(database: Path) -> Explanation:
    return walked(database, "AAA")


@pytest.fixture
def changed(database: Path, tmp_path: Path) -> Change:
    """The release after statements, or with other columns in the trust's row of fct_segment."""

    def change_it(*statements: str, **columns: Any) -> Path:
        copy = tmp_path / "nof.duckdb"
        shutil.copyfile(database, copy)
        with duckdb.connect(str(copy)) as connection:
            for statement in statements:
                connection.execute(statement)
            for column, value in columns.items():
                update = f"update publication.fct_segment set {column} = ? where trust_code = 'AAA'"
                connection.execute(update, [value])
        return copy

    return change_it


DECISION: Mapping[str, Any] = {
    "final_segment_basis": "decision", "final_segment": 5, "is_in_improvement_programme": True,
    "programme_status": "in", "programme_from_date": date(2025, 4, 1),
    "programme_decided_by_role": "National team", "programme_measure_id": None,
    "programme_file_id": REGISTER, "programme_row_number": 4,
}  # fmt: skip


def texts(lines: Any) -> list[str]:
    return [line.text for line in lines]


def test_a_decided_segment_5_names_date_role_row_and_where_its_reason_stands(changed: Change) -> None:
    final = walked(changed(**DECISION), "AAA").final
    assert (final.result, final.basis) == ("5", "decision")
    assert texts(final.lines) == [
        'Register entry [F1] row 4: "In the programme" from 2025-04-01, decided by: National team.',
        "The reason and the source stand in [F1] row 4, which stays with the landed files.",
        "A trust in the programme is in segment 5, whatever its scores.",
    ]
    assert final.lines[2].holds


def test_an_entry_for_all_says_that_it_is_one_and_leaves_the_adjusted_segment(changed: Change) -> None:
    columns = DECISION | {
        "programme_status": "not_in", "is_in_improvement_programme": False, "final_segment": 3,
        "programme_from_date": date(2025, 1, 1), "programme_row_number": 5,
    }  # fmt: skip
    final = walked(changed(**columns), "AAA").final
    assert texts(final.lines) == [
        'Register entry [F1] row 5: "Not in the programme" from 2025-01-01 (an entry for all that have '
        "none of their own), decided by: National team.",
        "No reason is given; the source stands in [F1] row 5, which stays with the landed files.",
        "So the final segment is the adjusted segment, 3.",
    ]


def test_a_published_flag_comes_first_and_the_register_beside_it_agrees_or_not(changed: Change) -> None:
    beside = {key: value for key, value in DECISION.items() if key.startswith("programme_")}
    published = beside | {
        "programme_measure_id": "OF5007", "programme_file_id": "f-one", "programme_row_number": 15
    }  # fmt: skip
    final = walked(changed(**published), "AAA").final
    assert "is not in the Provider Improvement Programme" in final.lines[0].text
    assert final.lines[1].text.startswith("Register entry [F2] row 4")
    assert final.lines[3].text == "The register DISAGREES; what is published comes first."
    agreeing = published | {"is_in_improvement_programme": True, "final_segment": 5}
    assert walked(changed(**agreeing), "AAA").final.lines[3].text == "The register agrees."


def test_an_unknown_programme_names_the_register_that_would_say_it(changed: Change) -> None:
    columns = {"final_segment": None, "is_in_improvement_programme": None, "final_segment_basis": "unknown"}
    assert (
        'the programme flag (OF5007) or an entry of the register "Improvement programme". The adjusted'
        in walked(changed(**columns), "AAA").final.lines[0].text
    )


def test_a_decided_segment_that_is_not_5_is_pointed_out(changed: Change) -> None:
    final = walked(changed(**DECISION | {"final_segment": 4}), "AAA").final
    assert [line.holds for line in final.lines] == [None, None, False]


SUPPORTED: Mapping[str, Any] = {
    "has_deficit_support": True, "deficit_support_file_id": REGISTER, "deficit_support_row_number": 6
}  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "limb"),
    [
        ({}, "Limb: the deficit."),
        (
            SUPPORTED | {"override_limb": "deficit_and_deficit_support"},
            "Limbs: the deficit and the deficit support.",
        ),
    ],
)
def test_the_limb_that_fired_is_named(changed: Change, columns: dict[str, Any], limb: str) -> None:
    lines = walked(changed(**columns), "AAA").adjusted.lines
    assert lines[3].text == limb
    assert lines[3].holds
    support = (
        "Deficit support: received; [F1] row 6"
        if columns
        else "Deficit support: not in hand (no register entry)"
    )
    assert lines[2].text.replace("[F2]", "[F1]") == support


PLAN_IN_BALANCE = ("update publication.fct_metric set value = 0 where metric_id in ('OF0079', 'OF0081')",)


def test_without_a_deficit_the_limb_is_the_support_or_is_not_shown(changed: Change) -> None:
    balance = {"plan_and_variance": 0, "is_in_deficit": False}
    lines = walked(
        changed(*PLAN_IN_BALANCE, **balance, **SUPPORTED, override_limb="deficit_support"), "AAA"
    ).adjusted.lines
    assert lines[1].text == (
        "Plan 0 (OF0079) + year-to-date variance to plan 0 (OF0081) = 0 % of turnover, not below 0: "
        "no deficit"
    )
    assert lines[3].text == "Limb: the deficit support."
    lines = walked(changed(*PLAN_IN_BALANCE, **balance, override_limb="not_shown"), "AAA").adjusted.lines
    assert lines[3].text.startswith("Limb: not shown; the flag is published")
    assert all(line.holds is not False for line in lines)


def test_of_a_confidential_register_only_that_it_is_one_is_told(changed: Change) -> None:
    confidential = {"is_deficit_support_confidential": True}
    lines = walked(changed(**confidential), "AAA").adjusted.lines
    assert lines[2].text == "Deficit support: confidential: it stays with the landed files"
    assert (lines[3].text, lines[3].holds) == ("Limb: the deficit.", True)
    balance = {"plan_and_variance": 0, "is_in_deficit": False, "override_limb": "confidential"}
    lines = walked(changed(*PLAN_IN_BALANCE, **confidential, **balance), "AAA").adjusted.lines
    assert lines[3].text == (
        "Limb: not the deficit; the other one rests on an input that is confidential, so it is not said "
        "whether it applies."
    )
    assert all(line.holds is not False for line in lines)


def test_a_role_that_no_list_has_is_told_as_withheld(changed: Change) -> None:
    statement = "update publication.fct_register_entry set role_status = 'withheld', decided_by_role = null"
    final = walked(changed(statement, **DECISION | {"programme_decided_by_role": None}), "AAA").final
    assert final.lines[0].text.endswith("decided by: a role that stays with the landed files.")
    given = walked(
        changed(statement.replace("withheld", "not_given"), **DECISION | {"programme_decided_by_role": None}),
        "AAA",
    )
    assert given.final.lines[0].text.endswith("decided by: not given.")


def test_a_plan_and_a_target_that_are_withheld_are_told_without_a_figure(changed: Change) -> None:
    told = walked(
        changed(
            "update publication.fct_target set target_status = 'withheld', target_value = null, "
            "gap_to_target = null, is_on_target = null, plan_file_id = null, plan_row_number = null"
        ),
        "AAA",
    )
    lines = {metric.metric_id: dict(metric.lines) for metric in told.metrics}
    assert lines["OF0005"]["plan"].text == "its own; confidential: it stays with the landed files"
    assert lines["OF0057"]["target"].text == (
        "By March 2026, which rests on its own baseline; confidential: it stays with the landed files"
    )
    assert not [line for line in told.workings if line.holds is False]


def test_a_rating_a_group_and_a_winter_value_that_are_withheld_say_so(changed: Change) -> None:
    told = walked(
        changed(
            "update publication.fct_capability set rating_status = 'withheld', rating_label = null, "
            "from_date = null, file_id = null, row_number = null where subject_id = 'overall'",
            "update publication.dim_organisation_group set group_label = null",
            "insert into publication.fct_winter_assurance by name select framework_id, quarter_id, "
            "trust_code, 'director' as subject_id, 'Director' as subject_label, "
            f"'withheld' as assurance_status, '{REGISTER}' as file_id, 41 as row_number "
            "from publication.fct_segment "
            "where trust_code = 'AAA'",
        ),
        "AAA",
    )
    page = joined(printed(told, width=80))
    assert "Overall: withheld confidential: it stays with the landed files" in page
    kept = "as named in [F2] row 41, which stays with the landed files"
    assert told.beside.organisation[1] == f"Group: {kept} (a label: each member is scored by itself)"
    assert told.beside.winter == (("Director", kept),)


def test_a_flag_that_is_not_set_against_the_figures_stands_and_says_so(changed: Change) -> None:
    columns = {"has_financial_override": False, "override_limb": None, "adjusted_segment": 3}
    lines = walked(changed(**columns), "AAA").adjusted.lines
    assert lines[3].text == "The published flag stands all the same."


def test_a_derived_override_says_that_no_flag_is_published(changed: Change) -> None:
    columns = {"override_basis": "derived", "override_file_id": None, "override_reason": "long words"}
    assert walked(changed(**columns), "AAA").adjusted.lines[0].text == (
        "Financial override: set (derived: no flag is published)"
    )


@pytest.mark.parametrize(
    "wrong",
    [{"plan_and_variance": "-1.4"}, {"is_in_deficit": False}, {"override_limb": "not_shown"}],
)
def test_a_sum_or_a_limb_that_does_not_follow_is_pointed_out(changed: Change, wrong: dict[str, Any]) -> None:
    assert [line for line in walked(changed(**wrong), "AAA").adjusted.lines if line.holds is False]


def test_a_metric_that_a_register_takes_out_names_the_entry(changed: Change) -> None:
    statement = (
        "update publication.fct_metric set cell_status = 'not_applicable', metric_score = null, "
        "metric_score_unrounded = null, score_basis = null, value = null, file_id = null, "
        "missing_reason_id = 'service_not_run', missing_reason = 'none of its services is run', "
        f"status_file_id = '{REGISTER}', status_row_number = 7 where metric_id = 'OF0057'"
    )
    told = walked(changed(statement), "AAA")
    metric = next(item for item in told.metrics if item.metric_id == "OF0057")
    assert metric.reason == "none of its services is run"
    assert dict(metric.lines)["because"].text == (
        'register Service: "Does not run it" (urgent response) from 2025-04-01, decided by: Regional team; '
        "the reason stands in [F2] row 7, which stays with the landed files"
    )
    page = joined(printed(told, width=80))
    assert "not_applicable (1): none of its services is run OF0057 Urgent response because register" in page


def test_targets_stand_beside_the_value_and_are_worked_out(alder: Explanation) -> None:
    lines = {metric.metric_id: dict(metric.lines) for metric in alder.metrics}
    assert lines["OF0057"]["target"].text == (
        "By March 2026: at least 75 (national); 64.2 is 10.8 off it: not on target"
    )
    assert lines["OF0005"]["plan"].text == "its own, at most 13; [F2] row 50; 12.5 is on target, by 0.5"
    assert lines["OF0061"]["target"].text == (
        "By March 2026: at least 6.2 (the least asked of each trust); 6.5 is 0.3 inside it; open all the "
        "same, as its baseline is not in hand"
    )
    assert all(
        line.holds for metric in alder.metrics for name, line in metric.lines if name in {"target", "plan"}
    )


@pytest.mark.parametrize("wrong", ["gap_to_target = 10.8", "is_on_target = true"])
def test_a_target_that_does_not_work_out_is_pointed_out(changed: Change, wrong: str) -> None:
    told = walked(changed(f"update publication.fct_target set {wrong} where metric_id = 'OF0057'"), "AAA")
    assert [line.text[:13] for line in told.workings if line.holds is False] == ["By March 2026"]


def test_what_follows_is_told_with_its_rule_and_worked_out(alder: Explanation) -> None:
    told = {item.label: (item.outcome, dict(item.lines)) for item in alder.beside.consequences}
    assert [item.outcome for item in alder.beside.consequences] == [
        "applies", "applies", "applies", "unknown", "does_not_apply"
    ]  # fmt: skip
    outcome, lines = told["support finance"]
    assert outcome == "applies"
    assert lines["because"].text == "Finance: mean metric score of at least 3.00: it is 3.00 (published)"
    assert lines["because"].holds
    assert told["pay award withheld"][1]["because"].text == "final segment 5: it is 3"
    assert told["pay award withheld"][1]["because"].holds
    assert told["support elective"][1]["because"].text.endswith("no metric of the area has a score")
    assert told["diagnostic review"][1]["review"].text == "under way, from 2025-05-01; [F2] row 30"
    page = joined(printed(alder, width=80))
    assert "What follows: applies 3, does not 1, open 1" in page
    assert "Does not apply: pay award withheld (final segment 5: it is 3)" in page


@pytest.mark.parametrize(
    "wrong",
    [
        "trigger_value = 2.99 where consequence_id = 'support_finance'",
        "trigger_value = 5 where consequence_id = 'pay_award_withheld'",
        "outcome = 'does_not_apply' where consequence_id = 'diagnostic_review'",
    ],
)
def test_a_consequence_that_does_not_follow_is_pointed_out(changed: Change, wrong: str) -> None:
    told = walked(changed(f"update publication.fct_response set {wrong}"), "AAA")
    assert [line for item in told.beside.consequences for _, line in item.lines if line.holds is False]


def test_ratings_are_told_with_who_gave_them_and_that_they_move_nothing(alder: Explanation) -> None:
    page = joined(printed(alder, width=80))
    assert (
        "Overall: Amber-red; [F2] row 21 from 2025-06-30, by: Regional team; reason and source stay with the "
        "landed file" in page
    )
    # Two areas by the same board on the same day share their line.
    assert (
        "Quality: Confirmed; [F2] row 22 People: Confirmed; [F2] row 23 from 2025-06-30, by: Trust board; "
        "the source stays with the landed file Not in hand: Finance." in page
    )
    assert "A capability rating never moves segments 1 to 4; it informs entry to segment 5" in page


def test_without_any_rating_one_sentence_says_so(changed: Change) -> None:
    path = changed("update publication.fct_capability set rating_status = 'not_in_hand'")
    assert "Not in hand: no register entry covers the quarter." in joined(printed(walked(path, "AAA")))


def test_contextual_metrics_stand_beside_and_enter_nothing(alder: Explanation) -> None:
    page = joined(printed(alder, width=80))
    assert "Contextual metrics, beside the score: 1 of 2" in page
    assert "UN0009 Diagnostic waits 36.06 % 20.00 [F3] row 7" in page
    assert "No value (absent: there is no row and nothing in hand says why): UN0010." in page
    assert not {"UN0009", "UN0010"} & {metric.metric_id for metric in alder.metrics}
    one = joined(printed(alder, metric="un0009"))
    assert "a contextual metric: it has no score and enters no average" in one
    assert "value rank 3" in one


def test_it_says_where_the_trust_belongs_and_what_became_of_it(alder: Explanation) -> None:
    assert alder.beside.organisation == (
        "ICBs: QAA Ash ICB (lead, ods); QBB Beech ICB (member, register; [F2] row 40)",
        "Group: East Group (a label: each member is scored by itself)",
        "History: 2026-04-01 merged into NEW Newly Merged Trust (register; [F2] row 42)",
    )


def test_an_icb_without_a_segment_says_so_and_shows_what_is_beside(database: Path) -> None:
    told = explain(database, "qaa", QUARTER)
    assert isinstance(told, Unsegmented)
    page = joined(printed(told, width=80))
    assert "QAA Ash ICB, Q1 2025/26" in page
    assert "NHS Oversight Framework 2025/26 does not segment organisations of this type" in page
    assert "UN0009 Diagnostic waits 17.4 % 20.00 [F1] row 8" in page
    assert (
        "No value (suppressed: the source holds the value back (a symbol in the row says so)): UN0010."
        in page
    )
    assert "Final segment" not in page
    assert max(len(line) for line in printed(told, width=80).splitlines()) <= 80
    assert "(42 ICBs of the type; computed)" in joined(printed(told, metric="UN0009"))


def test_an_organisation_without_rows_is_refused_with_what_is_known_of_it(database: Path) -> None:
    with pytest.raises(UsageRefused) as refused:
        explain(database, "NEW", QUARTER)
    assert str(refused.value) == (
        "NEW Newly Merged Trust has no rows in 2025-26-Q1. 2026-04-01 AAA Alder Trust merged into NEW Newly "
        "Merged Trust. 2026-04-01 opened."
    )
    with pytest.raises(UsageRefused, match="QBB Beech ICB has no rows"):
        explain(database, "beech", QUARTER)
