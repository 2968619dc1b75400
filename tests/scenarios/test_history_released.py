"""Versions and revisions in whole releases, and the command that shows them to a person."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from harness_history import ask

from harness_session import LANDED_ON, Nof

Q2 = "quarter_id = '2025-26-Q2'"
AS_OF = "from_date <= date '{day}' and (until_date is null or date '{day}' < until_date)"


def one_line(answer: tuple[int, str, str]) -> tuple[int, str]:
    """Exit status and all that was said, line ends and repeated spaces folded."""
    status, out, err = answer
    return status, " ".join((out + err).split())


def test_the_first_bundled_release_shows_the_restated_file(bundled_release: Path) -> None:
    """Five values and a flag were restated; two ranks moved with none of their own for each that did."""
    assert ask(
        bundled_release,
        "select figure_kind, revision_reason, count(*) from fct_revision group by all order by all",
    ) == [
        ("published_rank", "changed_pool", 11),
        ("published_rank", "restated_input", 5),
        ("published_text", "restated_input", 6),
    ]
    assert ask(
        bundled_release,
        "select old_figure_text, new_figure_text, old_from_date, revised_date, old_row_number, "
        "old.file_name, new.file_name from fct_revision "
        "inner join dim_file as old on old_file_id = old.file_id "
        "inner join dim_file as new on new_file_id = new.file_id "
        "where trust_code = 'ZY8' and measure_id = 'OF0017' and figure_kind = 'published_text'",
    ) == [
        (
            "41.07",
            "26.25",
            date(2025, 12, 11),
            date(2026, 1, 22),
            10,
            "nhs-oversight-framework-ambulance-trust-data-q2-2025-26.csv",
            "nhs-oversight-framework-ambulance-trust-data-q2-2025-26-v2.csv",
        )
    ]
    assert ask(bundled_release, "select distinct version_number from fct_figure_version") == [(1,)]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2025-12-10", []),
        ("2025-12-11", [("41.07", 10)]),
        ("2026-01-21", [("41.07", 10)]),
        ("2026-01-22", [("26.25", 3)]),
        ("2030-01-01", [("26.25", 3)]),
    ],
)
def test_what_was_known_on_a_day_is_one_filter_away(
    bundled_release: Path, day: str, known: list[object]
) -> None:
    figure = f"{Q2} and trust_code = 'ZY8' and measure_id = 'OF0017'"
    query = f"select figure_text, published_rank from fct_published_version where {figure} and "
    assert ask(bundled_release, query + AS_OF.format(day=day)) == known
    assert ask(bundled_release, query + "is_first_published") == [("41.07", 10)]
    assert ask(bundled_release, query + "is_latest") == [("26.25", 3)]


def test_the_latest_versions_are_the_figures_of_the_release(restated_releases: tuple[Path, Path]) -> None:
    second = restated_releases[1]
    for kind, table, column, measure in (
        ("value", "fct_metric", "coalesce(value_label, cast(value as varchar))", "metric_id"),
        ("metric_score", "fct_metric", "cast(metric_score as varchar)", "score_id"),
        (
            "domain_segment",
            "fct_domain inner join dim_domain using (framework_id, domain_id)",
            "cast(domain_segment as varchar)",
            "domain_segment_id",
        ),
        ("final_segment", "fct_segment", "cast(final_segment as varchar)", "'OF5005'"),
        ("league_rank", "fct_segment", "cast(league_rank as varchar)", "'OF5000'"),
    ):
        latest = ask(
            second,
            "select quarter_id, trust_code, measure_id, figure_text from fct_figure_version "
            f"where is_latest and not is_gone and figure_kind = '{kind}'",
        )
        shown = ask(
            second,
            f"select quarter_id, trust_code, {measure}, {column} from {table} where {column} is not null",
        )
        assert set(latest) == set(shown) and len(latest) == len(shown) > 800


def test_a_restatement_is_told_from_what_moved_with_it(restated_releases: tuple[Path, Path]) -> None:
    first, second = restated_releases
    assert ask(first, "select count(*) from fct_revision") == [(0,)]
    found = ask(
        second,
        "select figure_kind, revision_reason, count(*), count(distinct trust_code) from fct_revision "
        "where revision_source = 'recomputed' group by all order by all",
    )
    assert {(kind, reason): (count, trusts) for kind, reason, count, trusts in found} == {
        ("value", "restated_input"): (5, 5),
        ("metric_score", "restated_input"): (5, 4),
        ("metric_score", "changed_pool"): (4, 3),
        ("domain_score", "restated_input"): (4, 4),
        ("domain_score", "changed_pool"): (3, 3),
        ("domain_score_rank", "restated_input"): (3, 3),
        ("domain_score_rank", "changed_pool"): (8, 7),
        ("domain_segment", "restated_input"): (3, 3),
        ("domain_segment", "changed_pool"): (5, 5),
        ("average_metric_score", "restated_input"): (4, 4),
        ("average_metric_score", "changed_pool"): (2, 2),
        ("average_score_rank", "restated_input"): (3, 3),
        ("average_score_rank", "changed_pool"): (4, 4),
        ("unadjusted_segment", "restated_input"): (1, 1),
        ("unadjusted_segment", "changed_pool"): (1, 1),
        ("financial_override", "restated_input"): (1, 1),
        ("adjusted_segment", "restated_input"): (2, 2),
        ("final_segment", "restated_input"): (2, 2),
        ("league_rank", "restated_input"): (3, 3),
        ("league_rank", "changed_pool"): (4, 4),
    }


def test_a_release_is_known_from_its_newest_file_on(restated_releases: tuple[Path, Path]) -> None:
    first, second = restated_releases
    ids = [
        json.loads((each / "manifest.json").read_text(encoding="utf-8"))["release_id"]
        for each in (first, second)
    ]
    assert ask(
        second,
        "select figure_text, from_release_id, from_date, until_release_id, until_date "
        f"from fct_figure_version where {Q2} and trust_code = 'ZY8' and measure_id = 'OF1017' "
        "order by version_number",
    ) == [
        ("4.00", ids[0], LANDED_ON, ids[1], LANDED_ON + timedelta(days=7)),
        ("1.00", ids[1], LANDED_ON + timedelta(days=7), None, None),
    ]


def test_a_person_sees_versions_with_days_files_rows_and_reasons(
    restated_releases: tuple[Path, Path], nof: Nof
) -> None:
    home = restated_releases[1].parents[2]
    status, said = one_line(
        nof("history", "ZY8", "--home", home, "--quarter", "2025-26-Q2", "--metric", "OF1017")
    )
    assert status == 0
    assert "OF0017 Average Category 2 ambulance response time, minutes" in said
    assert "1 41.07 (rank 10) from 2026-07-01 to 2026-07-08 [F1] row 10" in said
    assert "2 26.25 (rank 3) from 2026-07-08 [F2] row 10" in said
    assert "restated input: its own OF0017, [F1] row 10 -> [F2] row 10" in said
    assert "1 4.00 from 2026-07-01 to 2026-07-08 release" in said
    assert "[F2] nhs-oversight-framework-ambulance-trust-data-q2-2025-26-v2.csv" in said


def test_a_person_sees_what_was_known_on_a_day(restated_releases: tuple[Path, Path], nof: Nof) -> None:
    home = restated_releases[1].parents[2]
    status, said = one_line(nof("history", "ZY7", "--home", home, "--as-known-on", "2026-07-05"))
    assert status == 0
    assert "As known on 2026-07-05, beside what is known now." in said
    assert "OF1017 Average Category 2 ambulance response time, metric score 2.80 3.50" in said
    assert "0 not known yet on that day." in said
    status, said = one_line(nof("history", "ZY7", "--home", home, "--as-known-on", "2025-01-01"))
    assert (status, "0 figures known as now; 156 not known yet on that day." in said) == (0, True)


def test_a_figure_that_never_changed_is_counted(restated_releases: tuple[Path, Path], nof: Nof) -> None:
    status, said = one_line(nof("history", "ZA0", "--home", restated_releases[1].parents[2]))
    assert status == 0
    assert said.count("figures of one version only.") == 2 and "known where" not in said


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("QQ9",), "The release holds no trust or ICB with code or name 'QQ9'."),
        (("ZY8", "--quarter", "2019-20-Q1"), "no quarter"),
        (("ZY8", "--metric", "OF9999"), "There is no metric 'OF9999'."),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    bundled_release: Path, nof: Nof, arguments: tuple[str, ...], answer: str
) -> None:
    status, said = one_line(nof("history", *arguments, "--home", bundled_release.parents[2]))
    assert (status, answer in said) == (2, True)
