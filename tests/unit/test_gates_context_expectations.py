"""Every expectation about the context room is shown a good build, which passes, and a bad one, which fails."""

import json
import shutil
from pathlib import Path

import pytest
from harness_gates import build_scored, execute
from harness_gates_context import add_context

from nof.gates import GateResult, run_gate
from nof.project import project_root

VALUES = "context.context_values"
CHANGES = "context.organisation_changes"
LIKE = "context.like_for_like"
SCORED = project_root() / "expectations" / "scored"


def _set(relation: str, change: str, where: str) -> str:
    return f"update {relation} set {change} where {where}"


def _twice(relation: str, where: str) -> str:
    return f"insert into {relation} select * from {relation} where {where}"


# suite -> builds gone wrong: statements, and the expectations that must then fail
BAD: dict[str, list[tuple[list[str], set[str]]]] = {
    "context_values": [
        (
            [_twice(VALUES, "trust_code = 'ZZ1' and metric_id = 'UN0009'")],
            {"one_contextual_value_per_organisation_metric_and_quarter"},
        ),
        (
            [_set(VALUES, "context_status = 'scored'", "trust_code = 'ZZ1' and metric_id = 'UN0009'")],
            {"every_contextual_status_is_known_and_none_is_scored"},
        ),
        (
            [_set(VALUES, "context_status = 'lost'", "trust_code = 'ZZ1' and metric_id = 'UN0010'")],
            {"every_contextual_status_is_known_and_none_is_scored"},
        ),
        *(
            ([_set(VALUES, change, where)], {"every_contextual_cell_without_a_value_says_why"})
            for change, where in (
                ("missing_reason_id = null", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'hearsay'", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'service_not_run'", "trust_code = 'ZZ1' and metric_id = 'UN0004'"),
                ("missing_reason_id = 'no_row'", "trust_code = 'ZZ1' and metric_id = 'UN0009'"),
                ("value_number = null", "trust_code = 'ZZ1' and metric_id = 'UN0009'"),
            )
        ),
        (
            [_set(VALUES, "file_id = null", "trust_code = 'ZZ1'")],
            {"every_contextual_value_says_where_it_came_from"},
        ),
        (
            [_set(VALUES, "row_number = null", "trust_code = 'ZZ2'")],
            {"every_contextual_value_says_where_it_came_from"},
        ),
    ],
    "context_spine": [
        (
            [f"delete from {VALUES} where trust_code = 'ZZ1' and metric_id = 'UN0004'"],
            {"one_contextual_cell_per_organisation_and_contextual_metric"},
        ),
        (
            [f"delete from {VALUES} where trust_type_id = 'icb'"],
            {"one_contextual_cell_per_organisation_and_contextual_metric"},
        ),
        (
            [_set("scoring.metric_scores", "metric_id = 'UN0009'", "trust_code = 'ZZ1'")],
            {"no_contextual_metric_is_scored"},
        ),
        (
            [_set("scoring.metric_scores", "trust_code = 'ZQ1'", "trust_code = 'ZZ1'")],
            {"no_contextual_metric_is_scored"},
        ),
    ],
    "context_benchmarks": [
        (
            [_twice("context.context_benchmarks", "true")],
            {"one_contextual_benchmark_per_trust_type_metric_and_quarter"},
        ),
        (
            [_set("context.context_benchmarks", "median_value = 3.26", "true")],
            {"contextual_medians_lie_between_their_quartiles"},
        ),
        (
            [_set("context.context_benchmarks", "lower_quartile_value = null", "true")],
            {"contextual_medians_lie_between_their_quartiles"},
        ),
        (
            [_set("context.context_benchmarks", "benchmark_basis = 'guess'", "true")],
            {
                "every_contextual_benchmark_says_what_it_stands_on",
                "contextual_ranks_are_of_a_whole_trust_type",
            },
        ),
        (
            [_set("context.context_benchmarks", "benchmark_basis = 'computed_partial_pool'", "true")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
        (
            [_set("context.context_ranks", "value_rank = 5", "trust_code = 'ZZ4V5'")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
        (
            [_set("context.context_ranks", "value_rank = 2", "trust_code = 'ZZ1'")],
            {"contextual_ranks_are_of_a_whole_trust_type"},
        ),
    ],
    "organisations": [
        ([_twice("context.organisations", "organisation_code = 'ZZ1'")], {"one_row_per_organisation"}),
        (
            ["delete from context.organisations where organisation_code = 'ZZ1'"],
            {"organisations_in_scope_are_those_of_the_oversight_files"},
        ),
        (
            [_set("context.organisations", "is_in_scope = true", "organisation_code = 'ZQ0'")],
            {"organisations_in_scope_are_those_of_the_oversight_files"},
        ),
        (
            [_set("context.organisations", "closed_date = date '1990-01-01'", "organisation_code = 'ZZ1'")],
            {"no_organisation_closed_before_it_opened"},
        ),
    ],
    "organisation_icbs": [
        (
            [_twice("context.organisation_icbs", "icb_code = 'ZQ0'")],
            {"one_membership_per_provider_icb_and_quarter"},
        ),
        ([_set("context.organisation_icbs", "is_lead = true", "true")], {"no_provider_has_two_lead_icbs"}),
        (
            [_set("context.organisation_icbs", "icb_code = 'ZZ1'", "trust_code = 'ZZ2'")],
            {"every_icb_of_a_provider_is_an_icb"},
        ),
        (
            ["delete from context.organisations where organisation_code = 'ZQ0'"],
            {"every_icb_of_a_provider_is_an_icb"},
        ),
    ],
    "organisation_changes": [
        ([_twice(CHANGES, "organisation_code = 'ZZ1'")], {"one_row_per_change_of_an_organisation"}),
        (
            [_set(CHANGES, "organisation_code = 'ZZX'", "organisation_code = 'ZZ3'")],
            {"every_change_is_of_a_known_organisation"},
        ),
        *(
            (
                [_set(CHANGES, change, "organisation_code = 'ZZ1'")],
                {"every_change_leads_to_another_known_organisation"},
            )
            for change in ("other_code = 'ZZX'", "other_code = 'ZZ1'", "other_code = ''")
        ),
        *(
            ([_set(CHANGES, change, where)], {"every_inferred_change_says_of_how_many_trusts"})
            for change, where in (
                ("moved_trust_count = null", "change_basis = 'inferred'"),
                ("moved_trust_count = 5", "change_basis = 'inferred'"),
                ("moved_trust_count = 0", "change_basis = 'inferred'"),
                ("moved_trust_count = 1, of_trust_count = 1", "organisation_code = 'ZZ3'"),
            )
        ),
    ],
    "like_for_like": [
        (
            [_twice(LIKE, "reported_trust_code = 'ZZ1'")],
            {
                "every_reported_organisation_stands_for_one_organisation_now",
                "every_merged_organisation_counts_its_members",
            },
        ),
        (
            [f"delete from {LIKE} where reported_trust_code = 'ZZ3'"],
            {"no_reported_organisation_is_lost_in_a_merger"},
        ),
        (
            [_set(LIKE, "is_chain_ended = false", "reported_trust_code = 'ZZ1'")],
            {"every_chain_of_changes_comes_to_an_end"},
        ),
        (
            [_set(LIKE, "reported_count = 2", "reported_trust_code = 'ZZ1'")],
            {"every_merged_organisation_counts_its_members"},
        ),
        *(
            (
                [_set(LIKE, change, f"reported_trust_code = '{code}'")],
                {"like_for_like_shows_each_member_as_reported"},
            )
            for change, code in (
                ("average_metric_score = 2.33", "ZZ1"),
                ("average_metric_score = null", "ZZ1"),
                ("average_metric_score = 2.33", "ZQ1"),
                ("lowest_average_metric_score = 1.01", "ZZ1"),
                ("highest_average_metric_score = 3.99", "ZZ4V5"),
            )
        ),
    ],
}


def _suite_ids(suite: str) -> set[str]:
    content = json.loads((SCORED / f"{suite}.json").read_text(encoding="utf-8"))
    return {expectation["id"] for expectation in content["expectations"]}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("good") / "scored.duckdb"
    build_scored(database)
    add_context(database)
    return database


def _judge(suites: list[str], database: Path, folder: Path) -> GateResult:
    """Judge by some suites of the project's own."""
    target = folder / "expectations" / "scored"
    target.mkdir(parents=True)
    for suite in suites:
        shutil.copy(SCORED / f"{suite}.json", target)
    return run_gate(
        "scored",
        database,
        results_directory=folder / "results",
        expectations_directory=folder / "expectations",
    )


def test_a_good_context_passes_every_expectation(good: Path, tmp_path: Path) -> None:
    result = _judge(list(BAD), good, tmp_path)
    assert [
        (row.expectation_id, row.outcome, row.observed) for row in result.rows if row.outcome != "passed"
    ] == []
    assert result.is_passed


@pytest.mark.parametrize(
    "suite", ["context_values", "context_benchmarks", "organisation_icbs", "organisation_changes"]
)
def test_a_context_without_rows_passes_where_files_may_say_nothing(
    suite: str, good: Path, tmp_path: Path
) -> None:
    """The real oversight files alone: no contextual row, no trust file, no register."""
    database = tmp_path / "empty.duckdb"
    shutil.copy(good, database)
    execute(database, f"delete from context.{suite}")
    # A gate that checked nothing at all does not pass, so another suite stands beside the empty one.
    result = _judge([suite, "organisations"], database, tmp_path)
    outcomes = {row.outcome for row in result.rows if row.expectation_id in _suite_ids(suite)}
    assert outcomes == {"nothing_to_check_allowed"}
    assert result.is_passed


CASES = [
    pytest.param(suite, statements, failing, id=f"{suite}-{number}")
    for suite, cases in BAD.items()
    for number, (statements, failing) in enumerate(cases)
]


@pytest.mark.parametrize(("suite", "statements", "failing"), CASES)
def test_a_bad_context_fails_the_expectation_about_it(
    suite: str, statements: list[str], failing: set[str], good: Path, tmp_path: Path
) -> None:
    database = tmp_path / "bad.duckdb"
    shutil.copy(good, database)
    execute(database, *statements)
    result = _judge([suite], database, tmp_path)
    assert {row.expectation_id for row in result.rows if row.outcome == "failed"} == failing
    assert not result.is_passed


@pytest.mark.parametrize("suite", BAD)
def test_every_expectation_about_the_context_is_shown_a_bad_case(suite: str) -> None:
    assert _suite_ids(suite) == set().union(*(failing for _, failing in BAD[suite]))
