"""History on NHS England's own files: what later files leave as it was, and one value that is restated.

No two files in hand supply the same quarter of a trust type, so the restated one is made here, in a temporary
folder: NHS England's file for Q1 to Q3 with the value and the rank of one row changed.
"""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from harness_compiled import compiled_project
from harness_history import History, ask

QUARTERS_1_TO_3 = "*mental-health-and-community-trust-data-q1-q3-2025-26.csv"
METRIC, QUARTER, LABEL = "OF0061", "2025-26-Q3", "Q3 2025/26"
POOL = 61
DAYS = (date(2026, 3, 31), date(2026, 6, 21), date(2026, 7, 1))


@pytest.fixture(scope="module")
def published(data_dir: Path) -> dict[str, dict[str, str]]:
    """The rows of the staff survey metric in Q3 by trust, each with its row in the file."""
    (path,) = (data_dir / "nof_2025_26").glob(QUARTERS_1_TO_3)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["Trust_code"]: row | {"row": str(number)}
            for number, row in enumerate(csv.DictReader(file), start=2)
            if (row["Metric_ID"], row["Quarter"]) == (METRIC, LABEL)
        }


@pytest.fixture(scope="module")
def third(published: dict[str, dict[str, str]]) -> dict[str, str]:
    """The row of the third best trust, whose score is 1 + 3 x 2/60 = 1.10."""
    return next(row for row in published.values() if row["Rank"] == "3.0")


@pytest.fixture(scope="module")
def releases(
    tmp_path_factory: pytest.TempPathFactory,
    data_dir: Path,
    published: dict[str, dict[str, str]],
    third: dict[str, str],
) -> list[Path]:
    """1 the file for Q1 to Q3; 2 with all other files; 3 with the third best trust restated to 40th."""
    folder = tmp_path_factory.mktemp("real-history")
    inboxes = [folder / name for name in ("first", "rest", "restated")]
    for inbox in inboxes:
        inbox.mkdir()
    (source,) = (data_dir / "nof_2025_26").glob(QUARTERS_1_TO_3)
    for path in sorted((data_dir / "nof_2025_26").glob("*.csv")):
        shutil.copy(path, inboxes[0 if path == source else 1])
    lines = source.read_bytes().decode("utf-8-sig").split("\r\n")
    place = int(third["row"]) - 1
    fortieth = next(row for row in published.values() if row["Rank"] == "40.0")
    cells = next(csv.reader([lines[place]]))
    cells[12], cells[16] = fortieth["Value"], fortieth["Rank"]
    assert lines[place].count('"') == 0
    lines[place] = ",".join(cells)
    restated = inboxes[2] / f"{source.stem}-v2.csv"
    restated.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    history = History(compiled_project(tmp_path_factory), folder / "releases")
    for inbox, day in zip(inboxes, DAYS, strict=True):
        history.release(inbox, day=day)
    return history.releases


def test_files_for_other_quarters_and_types_change_nothing_that_was_released(releases: list[Path]) -> None:
    """The acute trusts' file is incomplete and Q4 is a quarter of its own: no pool and no cut point moves."""
    assert ask(releases[1], "select count(*) from fct_revision") == [(0,)]
    assert ask(
        releases[1],
        "select count(*) > 7000, min(from_date), max(from_date) from fct_figure_version "
        "where quarter_id < '2025-26-Q4' and trust_type_id = 'mental_health_and_community'",
    ) == [(True, DAYS[0], DAYS[0])]
    assert ask(
        releases[1], "select distinct from_date from fct_figure_version where quarter_id = '2025-26-Q4'"
    ) == [(DAYS[1],)]


def test_a_restated_value_and_rank_lead_back_to_both_files(
    releases: list[Path], third: dict[str, str]
) -> None:
    found = ask(
        releases[2],
        "select figure_kind, old_figure_text, new_figure_text, revision_reason, trust_code, old_row_number, "
        "new_row_number, old.file_name = replace(new.file_name, '-v2', '') from fct_revision "
        "inner join dim_file as old on old_file_id = old.file_id "
        "inner join dim_file as new on new_file_id = new.file_id "
        "where revision_source = 'published' order by 1",
    )
    place, trust_code = int(third["row"]), third["Trust_code"]
    assert [row[0] for row in found] == ["published_rank", "published_text"]
    assert found[0][1:3] == ("3", "40") and found[1][1] == third["Value"]
    assert {row[3:] for row in found} == {("restated_input", trust_code, place, place, True)}


def test_its_score_is_restated_and_those_it_passed_moved_with_the_pool(
    releases: list[Path], published: dict[str, dict[str, str]], third: dict[str, str]
) -> None:
    """38 of 60 others are better now, so it scores 1 + 3 x 38/60 = 2.90; ranks 4 to 40 gain a place."""
    found = ask(
        releases[2],
        "select trust_code, old_figure_text, new_figure_text, revision_reason, cause_trust_code "
        "from fct_revision where figure_kind = 'metric_score'",
    )
    moved = {code: (old, new, reason) for code, old, new, reason, _ in found}
    assert moved.pop(third["Trust_code"]) == ("1.10", "2.90", "restated_input")
    passed = {code: float(row["Rank"]) for code, row in published.items() if 4 <= float(row["Rank"]) <= 40}
    assert moved.keys() == passed.keys() and len(moved) == 37
    for code, rank in passed.items():
        before, after = (1 + 3 * (place - 1) / (POOL - 1) for place in (rank, rank - 1))
        assert moved[code] == (f"{before + 1e-9:.2f}", f"{after + 1e-9:.2f}", "changed_pool")
    assert {cause for *_, cause in found} == {third["Trust_code"]}


def test_averages_segments_and_ranks_follow_and_nothing_else(
    releases: list[Path], third: dict[str, str]
) -> None:
    own = f"trust_code = '{third['Trust_code']}'"
    reasons = ask(
        releases[2],
        f"select distinct {own}, revision_reason from fct_revision "
        "where revision_source = 'recomputed' order by 1",
    )
    assert reasons == [(False, "changed_pool"), (True, "restated_input")]
    assert ask(
        releases[2],
        "select count(*), min(quarter_id), max(quarter_id) from fct_figure_version "
        "where not is_first_published and figure_kind in ('value', 'metric_score')",
    ) == [(39, QUARTER, QUARTER)]
    figures = ask(releases[2], "select distinct quarter_id, measure_id from fct_revision order by all")
    made_from_it = ("OF0061", "OF1061", "OF4002", "OF4102", "OF5000", "OF5002", "OF5003")
    assert figures == [(QUARTER, measure_id) for measure_id in made_from_it]
