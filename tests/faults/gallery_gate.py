"""Files that can be read and whose content cannot be used: each spoils one claim of the landed gate.

All of them are one landing, which the gate judges once: a refusal names the first row against each claim.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
from harness_compiled import CompiledProject
from harness_inputs import TODAY, league_row, published, row

from harness_registers import ods_row, ods_text
from nof.errors import InputRefused
from nof.gates import GateResult, run_gate
from nof.gates.refusal import raise_if_refused
from nof.home import Home
from nof.landing import land
from nof.project import project_root

PART = "Content that cannot be used (the landed gate)"
_STAGED = (
    "stg_nhse__oversight_data",
    "stg_nhse__league_table",
    "stg_nhse__files",
    "stg_ods__trusts",
    "stg_register__entries",
)


@dataclass(frozen=True)
class Spoiled:
    """What breaks one claim.

    Attributes:
        wrong: what is wrong, as the page has it.
        claim: the expectation that must refuse it.
        rows: of the data file, about a trust that no other case is about.
    """

    wrong: str
    claim: str
    rows: tuple[dict[str, str], ...]


def _value(wrong: str, claim: str, metric: str, unit: str, value: str, **more: str) -> Spoiled:
    return Spoiled(wrong, claim, (row(Metric_ID=metric, Units=unit, Value=value, Rank="") | more,))


DATA = (
    _value("a percentage above 100", "percentages_of_patients_lie_within_0_and_100", "OF0082", "%", "140"),
    _value(
        "a deficit above the whole turnover",
        "finance_lies_within_100_percent_of_turnover",
        "OF0079",
        "%",
        "-412.5",
    ),
    _value(
        "a productivity of twice the year before",
        "implied_productivity_lies_within_100_percent",
        "OF0085",
        "%",
        "200",
    ),
    _value("an index of costs as a share", "relative_costs_are_an_index_around_100", "OF0086", "%", "1.02"),
    _value(
        "a fall by more than there was",
        "percentage_points_do_not_fall_below_minus_100",
        "OF0041",
        "percentage points",
        "-101",
    ),
    _value("a survey score out of 100", "survey_scores_lie_within_0_and_10", "OF0061", "out of 10", "65"),
    _value("a response in no time", "response_times_are_above_0_minutes", "OF0017", "minutes", "0"),
    _value("a delay below 0 days", "discharge_delays_are_not_below_0_days", "OF0025", "days", "-0.5"),
    _value("a rate below 0", "rates_are_not_below_0", "OF0048", "rate", "-0.1"),
    _value("a count below 0", "counts_are_not_below_0", "OF0020", "count", "-1"),
    _value("a count in halves", "counts_are_whole_numbers", "OF0020", "count", "2.5"),
    _value("a score below 1", "published_scores_lie_within_1_and_4", "OF1061", "score", "0.99"),
    _value(
        "a published segment of 5 before adjustment",
        "published_segments_are_1_to_4",
        "OF5000",
        "segment",
        "5",
    ),
    _value("half a published segment", "published_segments_are_whole_numbers", "OF5000", "segment", "1.5"),
    _value("a published final segment of 6", "published_final_segments_are_1_to_5", "OF5005", "segment", "6"),
    _value("half a final segment", "published_final_segments_are_whole_numbers", "OF5005", "segment", "1.5"),
    _value("a flag of 2", "published_flags_are_0_or_1", "OF5004", "flag", "2"),
    _value("half a flag", "published_flags_are_whole_numbers", "OF5004", "flag", "0.5"),
    _value(
        "a unit that the metric is not published in",
        "every_unit_is_that_of_its_measure",
        "OF0005",
        "furlongs",
        "9",
    ),
    _value("a domain that there is none of", "every_domain_is_known", "OF0005", "%", "9", Domain="Astronomy"),
    _value("a region that there is none of", "every_region_is_known", "OF0005", "%", "9", Region="Atlantis"),
    _value(
        "a quarter before the framework began",
        "every_quarter_lies_in_a_framework",
        "OF0005",
        "%",
        "9",
        Quarter="Q1 2024/25",
    ),
    _value(
        "a lower quartile above the median",
        "no_lower_quartile_is_above_the_median",
        "OF0005",
        "%",
        "9",
        Median_value="5",
        Lower_quartile="6",
    ),
    _value(
        "a median above the upper quartile",
        "no_median_is_above_the_upper_quartile",
        "OF0005",
        "%",
        "9",
        Median_value="5",
        Upper_quartile="4",
    ),
    _value(
        "a rank beyond the number of trusts",
        "no_published_rank_is_above_the_number_of_trusts",
        "OF0005",
        "%",
        "9",
        Rank="400",
    ),
    Spoiled(
        "a trust in two regions",
        "a_trust_has_one_region_in_a_quarter",
        (row(), row(Metric_ID="OF0010", Region="Midlands")),
    ),
    Spoiled(
        "a trust without any metric",
        "every_trust_of_a_file_has_a_value",
        (row(Metric_ID="OF4000", Units="score", Value="2.5"),),
    ),
)

# What the other files of the landing spoil, with the claim.
BESIDE = (
    ("a trust that is of another type in another file", "a_trust_has_one_type_in_a_quarter"),
    ("one trust in two files", "the_rows_of_a_trust_come_from_one_file_in_a_quarter"),
    ("more trusts of a type than there are", "no_file_has_more_trusts_than_there_are"),
    ("an average score above 4", "league_table_averages_lie_within_1_and_4"),
    ("a league table row without an average", "every_league_table_row_has_an_average"),
    ("a league table row without a segment", "every_league_table_row_has_a_segment"),
    ("a league table row without a rank", "every_league_table_row_has_a_rank"),
    ("a segment of 5 in a league table", "league_table_segments_are_1_to_4"),
    ("an organisation that closes before it opens", "no_ods_organisation_closes_before_it_opens"),
)


CLAIMS = {bad.claim: bad.wrong for bad in DATA} | {claim: wrong for wrong, claim in BESIDE}


def _code(number: int) -> str:
    return f"Z{number // 10}{number % 10}"


def judged(project: CompiledProject, folder: Path) -> dict[str, str]:
    """What the landed gate says of each claim that it refuses, by the claim."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    rows = [each | {"Trust_code": _code(place)} for place, bad in enumerate(DATA) for each in bad.rows]
    ambulances = [
        row(Trust_type="Ambulance trust", Trust_code=_code(place), Rank="") for place in range(80, 95)
    ]
    league = [
        league_row(Trust_code="Z60", Average_score="4.2"),
        league_row(Trust_code="Z61", Average_score="*"),
        league_row(Trust_code="Z62", Segment=""),
        league_row(Trust_code="Z63", Rank=""),
        league_row(Trust_code="Z64", Segment="5"),
    ]
    files = {
        "acute.csv": published(*rows, row(Trust_code="Z80")),
        "ambulance.csv": published(*ambulances),
        "league.csv": published(*league),
        "ods-trusts-2026-07.csv": ods_text(ods_row("ZZ1", opened="20260401", closed="20260331")).encode(),
    }
    for name, content in files.items():
        (inbox / name).write_bytes(content)
    project.land(land(Home(folder / "home"), [inbox], today=TODAY))
    project.build(*_STAGED)
    database = folder / "build.duckdb"
    _copy(project.connection, database)
    suites = folder / "expectations" / "landed"
    suites.mkdir(parents=True)
    for path in (project_root() / "expectations" / "landed").glob("*.json"):
        # The others could not refuse any of it, and cost a third of a second each.
        if any(f'"{claim}"' in path.read_text(encoding="utf-8") for claim in CLAIMS):
            shutil.copy(path, suites)
    result = run_gate(
        "landed", database, results_directory=folder / "quality", expectations_directory=suites.parent
    )
    assert isinstance(result, GateResult)
    try:
        raise_if_refused(result)
    except InputRefused as refused:
        said = [(problem.message, str(problem)) for problem in refused.problems]
        refusals = {row.expectation_id for row in result.refusals}
        return {claim: text for message, text in said for claim in refusals if f"{claim}:" in message}
    raise AssertionError("the gate passed")


def _copy(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """The tables that the suites read, in a file of their own."""
    connection.execute(f"attach '{database}' as judged")
    for schema in ("framework", "reference", "staging"):
        connection.execute(f"create schema judged.{schema}")
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() "
            "where database_name = current_database() and schema_name = ?",
            [schema],
        ).fetchall():
            connection.execute(f"create table judged.{schema}.{table} as from {schema}.{table}")
    connection.execute("detach judged")
