"""Data age: texts of reporting periods to days worked out by hand, and how old the real files say they are.

The texts are those of NHS England's files of Q1 to Q4 2025/26, the partial acute file and the bundled nation.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project

from harness_some import some
from nof.home import Home
from nof.landing import land
from nof.project import read_seed

# Text -> form, first and last day; and of the months it is compared with, where it says some. By hand.
READ: dict[str, tuple[str, ...]] = {
    "Jun-25": ("month", "2025-06-01", "2025-06-30"),
    "Sep-25": ("month", "2025-09-01", "2025-09-30"),
    "Dec-25": ("month", "2025-12-01", "2025-12-31"),
    "Mar-26": ("month", "2026-03-01", "2026-03-31"),
    "Q4 2024-25": ("quarter", "2025-01-01", "2025-03-31"),
    "Q1 2025/26": ("quarter", "2025-04-01", "2025-06-30"),
    "Q2 2025/26": ("quarter", "2025-07-01", "2025-09-30"),
    "Q3 2025/26": ("quarter", "2025-10-01", "2025-12-31"),
    "Q4 2025/26": ("quarter", "2026-01-01", "2026-03-31"),
    "2024": ("calendar_year", "2024-01-01", "2024-12-31"),
    "2025": ("calendar_year", "2025-01-01", "2025-12-31"),
    "2023/24": ("financial_year", "2023-04-01", "2024-03-31"),
    "2024/25": ("financial_year", "2024-04-01", "2025-03-31"),
    "2025/26": ("financial_year", "2025-04-01", "2026-03-31"),
    "2025/26 plan": ("financial_year_plan", "2025-04-01", "2026-03-31"),
    "Month 3 2025": ("year_to_month", "2025-04-01", "2025-06-30"),
    "Month 6 2025": ("year_to_month", "2025-04-01", "2025-09-30"),
    "Month 9 2025": ("year_to_month", "2025-04-01", "2025-12-31"),
    "Month 12 2025/26": ("year_to_month_of_year", "2025-04-01", "2026-03-31"),
    # Thirteen months against thirteen, as written: June 2024 is in both.
    "Jun 24 - Jun 25 vs Jun 23 - Jun 24": (
        *("months_against_months", "2024-06-01", "2025-06-30"), "2023-06-01", "2024-06-30",
    ),
    "Oct 24 - Sep 25 vs Oct 23 - Sep 24": (
        *("months_against_months", "2024-10-01", "2025-09-30"), "2023-10-01", "2024-09-30",
    ),
    "Jan 25 - Dec 25 vs Jan 24 - Dec 24": (
        *("months_against_months", "2025-01-01", "2025-12-31"), "2024-01-01", "2024-12-31",
    ),
    "Apr 25 - Mar 26 vs Apr 24 - Mar 25": (
        *("months_against_months", "2025-04-01", "2026-03-31"), "2024-04-01", "2025-03-31",
    ),
    "Latest published if awarded post August 2023": ("awarded_after", "2023-09-01"),
    "Latest published if awarded post September 2023": ("awarded_after", "2023-10-01"),
    "Latest published if awarded between 13 Feb 24 and 12 Feb 26": (
        "awarded_between", "2024-02-13", "2026-02-12",
    ),
}  # fmt: skip
# Only the bundled nation says this one.
BUNDLED_READ: dict[str, tuple[str, ...]] = {
    "Latest published if awarded between 13 May 24 and 12 May 26": (
        "awarded_between", "2024-05-13", "2026-05-12",
    ),
}  # fmt: skip
# Nearly right: none may be read as something else.
NOT_KNOWN = (
    *("Jun-13x", "Jun-2", "Jun-2025", "xJun-25", "Jum-25", "June", "13-25", "Jun -25", "Jun-25 ", " Jun-25"),
    *("Q5 2025/26", "Q0 2025/26", "Q1 2025/27", "Q1 2025/2026", "Q1 2025", "Q1 25/26"),
    "q1 2025/26 (provisional)",
    *("20245", "1024", "'24", "2024 survey", "2024.0"),
    *("2025/27", "2025/25", "2025-12", "2025//26", "2025/26 plans", "2025/27 plan", "plan 2025/26"),
    *("Month 13 2025", "Month 0 2025", "Month 3", "Month 3 25", "Month 13 2025/26", "Month 00 2025/26"),
    # From January on one year alone could be the one that opens the financial year or the calendar's.
    *("Month 10 2025", "Month 12 2025", "Month 12 2025/27"),
    *("31 Feb 26", "Latest published if awarded between 31 Feb 24 and 12 Feb 26"),
    *("Latest published if awarded between 13 Feb 26 and 12 Feb 24", "Latest published if awarded post 2023"),
    "Latest published if awarded between 0 Feb 24 and 12 Feb 26",
    "Latest published if awarded post Augst 2023",
    *("Jun 24 - Jun 25", "Jun 25 - Jun 24 vs Jun 23 - Jun 22", "Jun 24 - Jun 25 vs Jun 24 - Jun 25"),
    *("Jun 24 - Jun 25 vs Jum 23 - Jun 24", "not yet known", "-"),
)  # fmt: skip
PERIODS = "context.reporting_periods"
MODELS = ("reporting_periods", "latest_possible_periods", "fct_data_age", "fct_latest_period")


def rows(project: CompiledProject, query: str) -> list[tuple[Any, ...]]:
    return project.connection.execute(query).fetchall()


def read_texts(project: CompiledProject, texts: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """What the model makes of some texts that no file holds."""
    project.connection.execute("create schema if not exists staging; create schema if not exists scoring")
    relation = "(reporting_period_label varchar, file_id varchar, row_number bigint)"
    for name in ("staging.stg_nhse__oversight_data", "scoring.metric_values"):
        project.connection.execute(f"create or replace table {name} {relation}")
    project.connection.executemany(
        "insert into staging.stg_nhse__oversight_data values (?, 'f', 2)", [(text,) for text in texts]
    )
    made, query = project.queries["reporting_periods"]
    project.connection.execute(f"create or replace table {made} as {query}")
    return read_back(project)


def read_back(project: CompiledProject) -> dict[str, tuple[Any, ...]]:
    """Status, form and days of each text."""
    found = rows(
        project,
        "select reporting_period_label, parse_status, form_id, period_start_date, period_end_date,"
        f" comparison_start_date, comparison_end_date from {PERIODS}",
    )
    return {text: tuple(rest) for text, *rest in found}


def by_hand(text: str) -> tuple[Any, ...]:
    """The same, from the table above."""
    form, *days = (READ | BUNDLED_READ)[text]
    dates = [date.fromisoformat(day) for day in days]
    status = "open_ended" if len(dates) == 1 else "parsed"
    return (status, form, *dates, *[None] * (4 - len(dates)))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> CompiledProject:
    """The real oversight files."""
    home = Home(tmp_path_factory.mktemp("home"))
    project = compiled_project(tmp_path_factory)
    project.land(land(home, [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
    project.build(*MODELS)
    return project


class TestTheRealFiles:
    def test_every_text_is_read_as_by_hand(self, real: CompiledProject) -> None:
        assert read_back(real) == {text: by_hand(text) for text in READ}

    def test_the_staff_survey_is_new_in_the_last_quarter_only(self, real: CompiledProject) -> None:
        """2024 in Q1 to Q3, 2025 in Q4: from 31 December 2024 to 30 June 2025 are 181 days."""
        for metric in ("OF0061", "OF0084"):
            assert rows(
                real,
                "select quarter_id, period_end_date, age_days_at_quarter_end,"
                " is_same_period_as_previous_quarter, is_unchanged_since_previous_quarter,"
                " is_revised_since_previous_quarter, count(*) from publication.fct_data_age"
                f" where metric_id = '{metric}' and trust_type_id = 'mental_health_and_community'"
                " group by all order by 1",
            ) == [
                ("2025-26-Q1", date(2024, 12, 31), 181, None, None, None, 61),
                ("2025-26-Q2", date(2024, 12, 31), 273, True, True, False, 61),
                ("2025-26-Q3", date(2024, 12, 31), 365, True, True, False, 61),
                ("2025-26-Q4", date(2025, 12, 31), 90, False, False, False, 61),
            ]

    def test_sickness_is_a_quarter_old_and_always_new(self, real: CompiledProject) -> None:
        assert rows(
            real,
            "select quarter_id, period_basis, period_start_date, period_end_date, age_days_at_quarter_end,"
            " is_same_period_as_previous_quarter, count(*) from publication.fct_data_age"
            " where metric_id = 'OF0082' and trust_type_id = 'mental_health_and_community'"
            " group by all order by 1",
        ) == [
            ("2025-26-Q1", "quarter", date(2025, 1, 1), date(2025, 3, 31), 91, None, 61),
            ("2025-26-Q2", "quarter", date(2025, 4, 1), date(2025, 6, 30), 92, False, 61),
            ("2025-26-Q3", "quarter", date(2025, 7, 1), date(2025, 9, 30), 92, False, 61),
            ("2025-26-Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31), 90, False, 61),
        ]

    def test_a_plan_runs_beyond_its_quarter_and_one_was_revised(self, real: CompiledProject) -> None:
        """The year ends on 31 March 2026. `2025/26` and `2025/26 plan` are one year: nothing new in Q4."""
        assert rows(
            real,
            "select quarter_id, age_status, age_days_at_quarter_end, is_unchanged_since_previous_quarter,"
            " is_revised_since_previous_quarter, count(*) from publication.fct_data_age"
            " where metric_id = 'OF0079' and trust_type_id = 'mental_health_and_community'"
            " group by all order by all",
        ) == [
            ("2025-26-Q1", "not_over", -274, None, None, 61),
            ("2025-26-Q2", "not_over", -182, False, True, 1),
            ("2025-26-Q2", "not_over", -182, True, False, 60),
            ("2025-26-Q3", "not_over", -90, True, False, 61),
            ("2025-26-Q4", "aged", 0, True, False, 61),
        ]

    def test_the_revised_plan_is_the_one_of_the_files(self, real: CompiledProject) -> None:
        revised = rows(
            real,
            "select trust_code from publication.fct_data_age"
            " where metric_id = 'OF0079' and is_revised_since_previous_quarter",
        )
        moved = rows(
            real,
            "select now.trust_code from staging.stg_nhse__oversight_data as now"
            " inner join staging.stg_nhse__oversight_data as before using (trust_code, measure_id)"
            " where measure_id = 'OF0079' and now.quarter_id = '2025-26-Q2'"
            " and before.quarter_id = '2025-26-Q1' and now.value_text <> before.value_text",
        )
        assert revised == moved
        assert len(moved) == 1

    def test_costs_are_of_a_year_that_ended_up_to_456_days_before(self, real: CompiledProject) -> None:
        """From 31 March 2024 to 30 June 2025 are 365 + 91 days."""
        assert rows(
            real,
            "select quarter_id, period_basis, period_end_date, age_days_at_quarter_end,"
            " count(case when is_unchanged_since_previous_quarter then 1 end), count(*)"
            " from publication.fct_data_age where metric_id = 'OF0086' and period_end_date is not null"
            " group by all order by 1",
        ) == [
            ("2025-26-Q1", "cost_year", date(2024, 3, 31), 456, 0, 60),
            ("2025-26-Q2", "cost_year", date(2025, 3, 31), 183, 0, 61),
            ("2025-26-Q3", "cost_year", date(2025, 3, 31), 275, 61, 61),
            ("2025-26-Q4", "cost_year", date(2025, 3, 31), 365, 61, 61),
        ]

    def test_the_partial_acute_file_says_the_quarter_and_not_the_period(self, real: CompiledProject) -> None:
        """Where the metric is counted by quarter, with no lag, the same text is its period."""
        found = rows(
            real,
            "select metric_id, age_status, age_days_at_quarter_end, period_end_date, count(*)"
            " from publication.fct_data_age"
            " where trust_type_id = 'acute' and reporting_period_label is not null group by all order by all",
        )
        said = {"OF0020": 129, "OF0048": 126, "OF0061": 129, "OF0079": 134, "OF0081": 129, "OF0084": 129}
        said |= {"OF0085": 134, "OF0088": 125}
        assert found == [
            *((metric, "aged", 0, date(2025, 12, 31), 118) for metric in ("OF0010", "OF0011")),
            *((metric, "quarter_only", None, None, count) for metric, count in sorted(said.items())),
        ]

    def test_a_rating_window_has_no_age(self, real: CompiledProject) -> None:
        assert rows(
            real,
            "select quarter_id, age_status, age_days_at_quarter_end, period_start_date, period_end_date,"
            " is_same_period_as_previous_quarter, count(*) from publication.fct_data_age"
            " where metric_id = 'OF0067' and reporting_period_label is not null group by all order by 1",
        ) == [
            ("2025-26-Q1", "rating_window", None, date(2023, 9, 1), None, None, 6),
            ("2025-26-Q2", "rating_window", None, date(2023, 10, 1), None, False, 6),
            ("2025-26-Q3", "rating_window", None, date(2024, 2, 13), date(2026, 2, 12), False, 1),
        ]

    def test_every_published_period_that_is_said_is_the_latest_possible(self, real: CompiledProject) -> None:
        """Four quarters of 14 metrics, but three windows and two without a text. The lags are from here."""
        assert rows(
            real,
            "select latest_status, count(*) from publication.fct_latest_period"
            " where trust_type_id = 'mental_health_and_community' group by all order by all",
        ) == [("latest", 51), ("no_text", 2), ("not_by_calendar", 3)]
        assert rows(
            real,
            "select max(period_count), min(months_behind), max(months_behind)"
            " from publication.fct_latest_period",
        ) == [(1, 0, 0)]

    def test_the_calendar_by_hand(self, real: CompiledProject) -> None:
        """Sickness is a quarter late, a survey three months; a plan is that of its year."""
        found = {
            (metric, quarter[-2:]): (str(start), str(end))
            for metric, quarter, start, end in rows(
                real,
                "select distinct metric_id, quarter_id, latest_start_date, latest_end_date"
                " from publication.fct_latest_period",
            )
        }
        assert found["OF0082", "Q1"] == ("2025-01-01", "2025-03-31")
        assert found["OF0061", "Q3"] == ("2024-01-01", "2024-12-31")
        assert found["OF0061", "Q4"] == ("2025-01-01", "2025-12-31")
        assert found["OF0086", "Q1"] == ("2023-04-01", "2024-03-31")
        assert found["OF0086", "Q2"] == ("2024-04-01", "2025-03-31")
        assert found["OF0081", "Q4"] == ("2025-04-01", "2026-03-31")
        assert found["OF0081", "Q1"] == ("2025-04-01", "2025-06-30")
        assert found["OF0041", "Q2"] == ("2024-10-01", "2025-09-30")
        assert {found["OF0079", f"Q{number}"] for number in range(1, 5)} == {("2025-04-01", "2026-03-31")}
        assert found["OF0067", "Q1"] == ("None", "None")

    def test_no_metric_has_two_periods_in_a_trust_type(self, real: CompiledProject) -> None:
        """So the grain of a trust is for what is unchanged or revised, not for the period."""
        assert (
            rows(
                real,
                "select quarter_id, trust_type_id, metric_id from publication.fct_data_age"
                " where reporting_period_label is not null group by all"
                " having count(distinct reporting_period_label) > 1",
            )
            == []
        )


def test_the_bundled_nation_is_read_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = compiled_project(tmp_path_factory)
    project.land_bundled(few_draws=True)
    project.build("latest_possible_periods")
    found = read_back(project)
    assert found == {text: by_hand(text) for text in READ | BUNDLED_READ}
    assert rows(
        project,
        "select count(*) from context.data_ages where age_status in"
        " ('after_quarter', 'other_form', 'not_known', 'ambiguous')",
    ) == [(0,)]
    assert rows(
        project,
        "select count(*) from context.latest_possible_periods where latest_status in ('ahead', 'behind')"
        " or period_count > 1",
    ) == [(0,)]


class TestTexts:
    @pytest.fixture(scope="class")
    def project(self, tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
        return compiled_project(tmp_path_factory)

    def test_what_is_nearly_of_a_form_is_not_known(self, project: CompiledProject) -> None:
        found = read_texts(project, NOT_KNOWN)
        assert set(found) == set(NOT_KNOWN)
        assert {text: row for text, row in found.items() if row[0] != "not_known"} == {}
        assert Counter(row[1:] for row in found.values()) == {(None,) * 5: len(NOT_KNOWN)}

    def test_the_examples_of_the_seed_are_read_as_it_says(self, project: CompiledProject) -> None:
        forms = read_seed("reference", "reporting_period_forms")
        found = read_texts(project, [form["example"] for form in forms])
        names = ("start", "end", "comparison_start", "comparison_end")
        for form in some(forms):
            days = [form[f"example_{name}_date"] for name in names]
            assert [str(day or "") for day in found[form["example"]][2:]] == days
            assert found[form["example"]][1] == form["form_id"]

    def test_a_text_that_two_forms_read_is_ambiguous_and_has_no_days(self, project: CompiledProject) -> None:
        project.connection.execute("begin")
        for seed in ("reporting_period_forms", "reporting_period_boundaries"):
            project.connection.execute(
                f"insert into reference.{seed} by name"
                f" select * replace ('month_again' as form_id) from reference.{seed} where form_id = 'month'"
            )
        found = read_texts(project, ["Jun-25", "2024"])
        project.connection.execute("rollback")
        assert found == {"Jun-25": ("ambiguous", *[None] * 5), "2024": by_hand("2024")}

    def test_other_ways_to_write_the_same(self, project: CompiledProject) -> None:
        found = read_texts(
            project, ["SEPT-25", "june-25", "Feb-28", "Feb-27", "Q4 2027-28", "2099-00", "Month 1 2025/26"]
        )
        days = {text: tuple(str(day) for day in row[2:4]) for text, row in found.items()}
        assert days == {
            "SEPT-25": ("2025-09-01", "2025-09-30"),
            "june-25": ("2025-06-01", "2025-06-30"),
            "Feb-28": ("2028-02-01", "2028-02-29"),
            "Feb-27": ("2027-02-01", "2027-02-28"),
            "Q4 2027-28": ("2028-01-01", "2028-03-31"),
            "2099-00": ("2099-04-01", "2100-03-31"),
            "Month 1 2025/26": ("2025-04-01", "2025-04-30"),
        }
