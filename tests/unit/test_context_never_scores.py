"""What stands beside the scores can reach none of them: not in the graph, not in the rows, by no value."""

from collections.abc import Mapping
from typing import Any

import pytest
from harness_compiled import CompiledProject, ancestors, compiled_project

from harness_some import some

# The rooms that make the figures, and the published tables that are the figures.
SCORING_ROOMS = ("staging", "measures", "scoring", "insight")
FIGURES = ("fct_metric", "fct_domain", "fct_segment", "league_table")
SHOWN_TABLES = ("fct_context", "dim_organisation")
DATA_FILE = "data_file_values"
Rows = dict[str, list[tuple[Any, ...]]]
CONTEXT_READS = {"staging", "measures", "scoring", "context"}

# Rows of landed files that are only shown: whatever a board has, and what its trust type's treatment says.
SHOWN = """
    rowid in (
        select data.rowid
        from landing.oversight_data as data
        inner join reference.trust_type_labels as labels
            on lower(labels.trust_type_label) = lower(data.trust_type)
        inner join framework.metric_applicability as applicability
            on applicability.framework_id = 'nof-2025-26'
            and applicability.metric_id = data.metric_id
            and applicability.trust_type_id = labels.trust_type_id
        where applicability.treatment = 'contextual'
    )
"""
# Registers and files about where an organisation belongs and what it has gone into.
PLACES = (
    "delete from landing.ods_trusts",
    "delete from landing.register_entries"
    " where register in ('icb_membership', 'group', 'organisation_change')",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    return compiled_project(tmp_path_factory)


@pytest.fixture
def bundled(project: CompiledProject) -> CompiledProject:
    project.land_bundled(few_draws=True)
    return project


@pytest.fixture(scope="module")
def before(project: CompiledProject) -> Rows:
    """The bundled nation's tables as they are."""
    project.land_bundled(few_draws=True)
    return build(project)


def build(project: CompiledProject) -> Rows:
    """Build the figures and what stands beside them: every row by table."""
    project.build(*FIGURES, *SHOWN_TABLES)
    return {table: project.rows(f"publication.{table}") for table in (*FIGURES, *SHOWN_TABLES)}


def reaches(parents: Mapping[str, set[str]], rooms: Mapping[str, str], *, from_: str, to: str) -> set[str]:
    """Models of one room that read a model of another, directly or by way of others."""
    return {
        name
        for name, room in rooms.items()
        if room == from_ and any(rooms.get(each) == to for each in ancestors(parents, [name]))
    }


@pytest.mark.parametrize("room", SCORING_ROOMS)
def test_no_model_that_makes_a_figure_reads_the_context_room(project: CompiledProject, room: str) -> None:
    found = reaches(project.parents, project.rooms, from_=room, to="context")
    # Peers are grouped by ICB, list and context, and a position among them is no figure of the framework.
    # The data file shows contextual values among the others, and nothing is made of its rows but the file.
    assert {name for name in found if not name.startswith("peer_")} <= {DATA_FILE}


def test_of_the_rows_of_the_data_file_nothing_is_made_but_the_file(project: CompiledProject) -> None:
    assert {name for name, read in project.parents.items() if DATA_FILE in read} == {"oversight_data"}


@pytest.mark.parametrize("table", FIGURES)
def test_no_published_figure_comes_by_way_of_the_context_room(project: CompiledProject, table: str) -> None:
    behind = some(ancestors(project.parents, [table]))
    assert [each for each in behind if project.rooms[each] == "context"] == []


def test_the_context_room_reads_only_what_comes_before_it(project: CompiledProject) -> None:
    read = {
        project.rooms[parent]
        for name, room in project.rooms.items()
        if room == "context"
        for parent in project.parents[name]
    }
    assert {"staging", "scoring"} <= read <= CONTEXT_READS


def test_a_model_that_reads_the_context_room_is_found_however_far_away_it_is() -> None:
    rooms = {"values": "context", "between": "insight", "average": "scoring", "pools": "scoring"}
    parents = {"average": {"pools", "between"}, "between": {"values"}, "pools": set(), "values": set()}
    assert reaches(parents, rooms, from_="scoring", to="context") == {"average"}


def test_no_contextual_metric_enters_an_average(bundled: CompiledProject) -> None:
    bundled.build("metric_scores", "context_values")
    entering = bundled.rows(
        "framework.metrics",
        "metric_role in ('contextual', 'listed') and (enters_average or score_id is not null)",
    )
    assert entering == []
    both = """
        select count(*) from scoring.metric_scores as scores
        inner join context.context_values as shown
            using (framework_id, quarter_id, trust_code, metric_id)
    """
    assert bundled.value(both) == 0
    assert bundled.value("select count(*) from scoring.metric_scores") == 205 * 30 * 4
    # 205 trusts with seven such metrics and 42 boards with twenty-two, in four quarters.
    assert bundled.value("select count(*) from context.context_values") == (205 * 7 + 42 * 22) * 4
    boards = "trust_code in (select trust_code from scoring.organisation_quarters where not is_segmented)"
    assert bundled.rows("scoring.metric_scores", boards) == []


WILD = {
    "taken away": [f"delete from landing.oversight_data where {SHOWN}"],
    "changed wildly": [
        "update landing.oversight_data set rank = '1.0', value = case row_number::int % 3 "
        f"when 0 then '-99999.5' when 1 then '0.0' else '1000000.0' end where {SHOWN}"
    ],
    "held back": [f"update landing.oversight_data set value = '*' where {SHOWN}"],
    "without trust files and memberships": list(PLACES),
}


@pytest.mark.parametrize("change", WILD)
def test_every_figure_stays_the_same_whatever_happens_to_what_is_only_shown(
    before: Rows, bundled: CompiledProject, change: str
) -> None:
    for statement in WILD[change]:
        assert bundled.value(statement) > 1, "changed nothing"
    after = build(bundled)
    assert all(before[table] for table in before)
    assert [table for table in FIGURES if before[table] != after[table]] == []
    # The change did arrive: what is only shown is not what it was.
    assert [table for table in SHOWN_TABLES if before[table] != after[table]] != []


def test_a_scored_value_that_changes_is_noticed(before: Rows, bundled: CompiledProject) -> None:
    bundled.value(
        "update landing.oversight_data set value = '99.0'"
        " where metric_id = 'OF0082' and trust_code = 'ZY3' and quarter = 'Q3 2025/26'"
    )
    after = build(bundled)
    assert [table for table in FIGURES if before[table] != after[table]] == list(FIGURES)
