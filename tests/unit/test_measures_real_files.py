"""Metric values made from the real source publications, beside those that NHS England published."""

import csv
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project

from harness_session import Counts
from nof.home import Home
from nof.landing import land

SURVEY_METRICS = ("OF0061", "OF0084")


@pytest.fixture(scope="module")
def project(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    """Every real file landed together, and the models down to what is set beside the framework's files."""
    folders = [data_dir / "nof_2025_26", *sorted((data_dir / "sources").iterdir())]
    home = Home(tmp_path_factory.mktemp("measures") / "home")
    project = compiled_project(tmp_path_factory)
    project.land(land(home, folders, today=date(2026, 7, 1)))
    project.build("source_agreement", "source_periods")
    return project


def ask(project: CompiledProject, query: str) -> list[tuple[Any, ...]]:
    return project.connection.execute(query).fetchall()


def value_of(project: CompiledProject, trust: str, measure: str, quarter: str) -> tuple[Any, ...]:
    (row,) = ask(
        project,
        "select cast(numerator as double), cast(denominator as double), "
        "round(cast(value_number as double), 4), value_status from measures.source_values "
        f"where trust_code = '{trust}' and measure_id = '{measure}' and quarter_id = '{quarter}'",
    )
    return row


@pytest.mark.parametrize("metric", SURVEY_METRICS)
def test_the_survey_gives_every_published_value(
    project: CompiledProject, counts: Counts, metric: str
) -> None:
    """61 trusts in each of three quarters, and the 129 acute trusts of the partial file in the third."""
    found = ask(
        project,
        "select quarter_id, trust_type_id, agreement, count(*) from insight.source_agreement "
        f"where measure_id = '{metric}' and is_in_framework_file group by all order by all",
    )
    assert found == [
        ("2025-26-Q1", "mental_health_and_community", "equal", 61),
        ("2025-26-Q2", "mental_health_and_community", "equal", 61),
        ("2025-26-Q3", "acute", "equal", 129),
        ("2025-26-Q3", "acute", "only_in_source", 5),
        ("2025-26-Q3", "mental_health_and_community", "equal", 61),
    ]
    published = [count for *_, agreement, count in found if agreement != "only_in_source"]
    equal = [count for *_, agreement, count in found if agreement == "equal"]
    counts.append(f"From the staff survey: {metric} {sum(equal)} of {sum(published)} values equal")


@pytest.mark.parametrize("metric", SURVEY_METRICS)
def test_the_unrounded_values_give_every_published_rank(project: CompiledProject, metric: str) -> None:
    """Without the published rank, in all three quarters; what rounds the values first does not."""
    ranked = (
        "select quarter_id, trust_code, "
        "rank() over (partition by quarter_id order by {value} desc) as made_rank "
        f"from insight.source_agreement where measure_id = '{metric}' "
        "and trust_type_id = 'mental_health_and_community'"
    )
    compared = (
        "select made.quarter_id, count(*), count(*) filter (made.made_rank = published.published_rank) "
        "from ({ranked}) as made inner join staging.stg_nhse__oversight_data as published "
        f"using (quarter_id, trust_code) where published.measure_id = '{metric}' group by all order by all"
    )
    unrounded = ask(project, compared.format(ranked=ranked.format(value="source_value")))
    assert unrounded == [(f"2025-26-Q{number}", 61, 61) for number in (1, 2, 3)]
    rounded = ask(project, compared.format(ranked=ranked.format(value="source_value_rounded")))
    assert all(same < 61 for _, _, same in rounded)


def test_community_waits_give_every_published_value_of_the_quarter(project: CompiledProject) -> None:
    """All 41 values; and who has no row in the publication has no published value either."""
    assert ask(
        project,
        "select agreement, count(*) from insight.source_agreement where measure_id = 'OF0005' "
        "and quarter_id = '2025-26-Q1' and is_in_framework_file group by all order by all",
    ) == [("equal", 41), ("neither", 20)]
    # July is no figure of the second quarter, and not compared with it.
    assert ask(
        project,
        "select distinct agreement, value_status, period_end_date from insight.source_agreement "
        "where measure_id = 'OF0005' and quarter_id = '2025-26-Q2' "
        "and agreement not in ('neither', 'only_in_source')",
    ) == [("part_of_the_period", "part_period", date(2025, 7, 31))]


def test_three_community_values_need_more_than_one_rounding(project: CompiledProject) -> None:
    """Rounded at once 38 of 41 agree. The other three are rounded half-up to 4, 3 and then 2 places."""
    rows = ask(
        project,
        "select organisation_code, cast(numerator as integer), cast(denominator as integer), "
        "cast(round(cast(source_value as decimal(28, 10)), 2) as double), cast(file_value as double) "
        "from insight.source_agreement where measure_id = 'OF0005' and agreement = 'equal' "
        "and round(cast(source_value as decimal(28, 10)), 2) <> file_value order by 1",
    )
    assert rows == [
        ("RKL", 36, 20575, 0.17, 0.18),  # 0.174970 %: 0.1750, 0.175, 0.18
        ("RNU", 1611, 8037, 20.04, 20.05),  # 20.044793 %: 20.0448, 20.045, 20.05
        ("RW4", 1, 22243, 0.0, 0.01),  # 0.004496 %: 0.0045, 0.005, 0.01
    ]


@pytest.mark.parametrize(
    ("trust", "measure", "quarter", "expected"),
    [
        # April to June 2025, added up by hand from three monthly files: docs/methodology/sources-….md.
        ("RHW", "OF0013", "2025-26-Q1", (36965.0, 50933.0, 72.5757, "whole_period")),
        ("RHW", "SM0001", "2025-26-Q1", (61.0, 6653.0, 61.0, "whole_period")),
        ("RA7", "OF0010", "2025-26-Q1", (4963.0, 6331.0, 78.3920, "whole_period")),
        ("RX9", "OF0017", "2025-26-Q1", (215914304.0, 110279.0, 32.6315, "whole_period")),
        ("R1A", "OF0005", "2025-26-Q1", (1101.0, 12198.0, 9.0261, "whole_period")),
        # One month of a quarter's three, and the latest month's forerunner.
        ("R0A", "OF0003", "2026-27-Q1", (1480.0, 167994.0, 0.8810, "part_period")),
        ("R0A", "OF0023", "2026-27-Q1", (105760.0, 167994.0, 62.9546, "part_period")),
        # No row in April: nobody was counted then, and the quarter is whole.
        ("RBS", "OF0010", "2025-26-Q1", (52.0, 52.0, 100.0, "whole_period")),
        # A department that is only in the file for its admissions.
        ("RBQ", "OF0013", "2025-26-Q1", (0.0, 0.0, None, "nothing_counted")),
    ],
)
def test_values_worked_out_by_hand(
    project: CompiledProject, trust: str, measure: str, quarter: str, expected: tuple[Any, ...]
) -> None:
    assert value_of(project, trust, measure, quarter) == expected


def test_all_providers_together_are_england(project: CompiledProject) -> None:
    """England's 4-hour figure of June 2025's quarter by its own rows, Category 2 by England's three rows."""
    assert ask(
        project,
        "select measure_id, cast(sum(numerator) as double), cast(sum(denominator) as double) "
        "from measures.source_values where (measure_id, quarter_id) in "
        "(('OF0017', '2025-26-Q1'), ('OF0003', '2026-27-Q1'), ('OF0023', '2026-27-Q1')) "
        "group by 1 order by 1",
    ) == [
        ("OF0003", 97388.0, 7093502.0),
        *ask(
            project,
            "select 'OF0017', cast(sum(indicator_value) filter (indicator_id = 'A30') as double), "
            "cast(sum(indicator_value) filter (indicator_id = 'A10') as double) "
            "from staging.stg_nhse__ambulance_responses where area_kind = 'england' "
            "and period_start_date between '2025-04-01' and '2025-06-01'",
        ),
        ("OF0023", 4607182.0, 7093502.0),
    ]


def test_every_figure_leads_to_a_row_of_its_file(project: CompiledProject, data_dir: Path) -> None:
    """The three rows behind a quarter's value, read again in the files as published."""
    rows = ask(
        project,
        "select files.file_name, parts.row_number, cast(parts.denominator as integer) "
        "from measures.source_parts as parts inner join landing.files as files using (file_id) "
        "where parts.trust_code = 'RHW' and parts.measure_id = 'OF0013' and parts.quarter_id = '2025-26-Q1' "
        "order by parts.month_number",
    )
    assert [attendances for _, _, attendances in rows] == [16083, 17318, 17532]
    for name, number, attendances in rows:
        with (data_dir / "sources" / "accident_and_emergency" / name).open(encoding="utf-8-sig") as file:
            lines = list(csv.reader(file))
        cells = dict(zip(lines[0], lines[number - 1], strict=True))
        assert cells["Org Code"] == "RHW"
        assert sum(
            int(cell) for head, cell in cells.items() if "ttendances" in head and "over" not in head.lower()
        ) == (attendances)


def test_what_is_in_hand_is_said_of_every_measure_and_quarter(project: CompiledProject) -> None:
    """Eleven measures in each quarter; diagnostics has no reader, and says so."""
    rows = ask(
        project,
        "select quarter_id, coverage, string_agg(measure_id, ' ' order by measure_id) "
        "from measures.source_periods where quarter_id between '2025-26-Q1' and '2025-26-Q2' "
        "group by all order by all",
    )
    assert rows == [
        ("2025-26-Q1", "none", "OF0003 OF0023"),
        ("2025-26-Q1", "not_read", "UN0009"),
        ("2025-26-Q1", "whole_period", "OF0005 OF0010 OF0011 OF0013 OF0017 OF0061 OF0084 SM0001"),
        ("2025-26-Q2", "none", "OF0003 OF0023"),
        ("2025-26-Q2", "not_read", "UN0009"),
        ("2025-26-Q2", "part_period", "OF0005 OF0010 OF0011 OF0013 OF0017 SM0001"),
        ("2025-26-Q2", "whole_period", "OF0061 OF0084"),
    ]


def test_community_scores_come_out_over_every_trust_of_the_country(
    project: CompiledProject, data_dir: Path, counts: Counts
) -> None:
    """OF1005 of Q1: 121 trusts have waits, acute ones included, and rank among each other by unrounded value.

    No acute file of the quarter is in hand: who is a trust is taken from the list of trusts. All 41 published
    scores come out; by values rounded first those tied by it would not.
    """
    with (data_dir / "reference" / "trusts_2025_26.csv").open(encoding="utf-8") as file:
        trusts = {row["trust_code"] for row in csv.DictReader(file)}
    waits = ask(
        project,
        "select trust_code, value_number, value_rounded from measures.source_values "
        "where measure_id = 'OF0005' and quarter_id = '2025-26-Q1' and value_number is not null",
    )
    published = dict(
        ask(
            project,
            "select trust_code, value_number from staging.stg_nhse__oversight_data "
            "where measure_id = 'OF1005' and quarter_id = '2025-26-Q1'",
        )
    )

    def agreeing(place: int) -> list[int]:
        values = {row[0]: row[place] for row in waits if row[0] in trusts}
        made = {
            trust: 1 + Fraction(3 * sum(other < value for other in values.values()), len(values) - 1)
            for trust, value in values.items()
        }
        same = sum(
            floor(made[trust] * 100 + Fraction(1, 2)) == score * 100 for trust, score in published.items()
        )
        return [len(values), len(published), same]

    assert agreeing(1) == [121, 41, 41]
    counts.append(
        "From community waits: OF1005 of Q1 {2} of {1} scores equal, among {0} trusts".format(*agreeing(1))
    )
    assert agreeing(2) == [121, 41, 40]


def test_a_month_of_the_next_quarter_tells_more_of_it_than_the_quarter_before(
    project: CompiledProject,
) -> None:
    """OF1005 of Q2, published later: ranks by July's waits are nearer to it than the scores of Q1."""
    rows = ask(
        project,
        """
        with published as (
            select quarter_id, trust_code, value_number as score from staging.stg_nhse__oversight_data
            where measure_id = 'OF1005'
        ),
        july as (
            select
                trust_code,
                1 + 3 * (rank() over (order by source_value) - 1) / (count(*) over () - 1) as score
            from insight.source_agreement
            inner join (select distinct trust_code from published) using (trust_code)
            where measure_id = 'OF0005' and quarter_id = '2025-26-Q2' and source_value is not null
        )
        select
            count(*),
            round(avg(abs(july.score - second.score)), 2),
            round(avg(abs(first.score - second.score)), 2)
        from published as second
        inner join published as first
            on first.trust_code = second.trust_code and first.quarter_id = '2025-26-Q1'
        inner join july on july.trust_code = second.trust_code
        where second.quarter_id = '2025-26-Q2'
        """,
    )
    assert rows == [(41, 0.27, 0.35)]
