"""An ICB under a draft that segments ICBs: the system adjustment, the fixed thresholds, what it rests on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from harness_draft import DRAFT, draft_release
from harness_explain import joined, printed, walked, write

from nof.explain import Explanation


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("draft"), draft_release())


@pytest.fixture(scope="module")
def ash(database: Path) -> Explanation:
    return walked(database, "ash")


@pytest.fixture
def changed(database: Path, tmp_path: Path) -> Callable[[str], Explanation]:
    def change(statement: str) -> Explanation:
        copy = tmp_path / "nof.duckdb"
        shutil.copyfile(database, copy)
        with duckdb.connect(str(copy)) as connection:
            connection.execute(statement)
        return walked(copy, "QAA")

    return change


def test_the_system_adjustment_is_worked_out_area_by_area(ash: Explanation) -> None:
    assert [line.text for line in ash.adjusted.lines[4:]] == [
        "System area Urgent care: mean of OF1013 3.4 and OF1014 2.8 = 3.10 >= 3.00, challenged",
        "System area Elective care: OF1003 2 < 3.00, not challenged",
        "System area Primary care: no score, so not challenged (no metric of it is in the framework).",
        "System area Cancer: no score, so not challenged (none of its metrics has a score).",
        "1 of 2 scored areas challenged, at least 1: 1 segment down (assumption)",
        "adjusted = max(unadjusted 2, floor 3) + 1 for the system = 4",
    ]
    assert [line.text for line in ash.workings if not line.holds] == []
    assert ash.adjusted.basis == "override set, derived; system adjustment 1"


def test_it_is_never_worse_than_the_worst_segment(changed: Callable[[str], Explanation]) -> None:
    told = changed("update publication.fct_segment set unadjusted_segment = 4, adjusted_segment = 4")
    assert told.adjusted.lines[-1].text == (
        "adjusted = max(unadjusted 4, floor 3) + 1 for the system, no worse than 4 = 4"
    )
    assert told.adjusted.lines[-1].holds


@pytest.mark.parametrize(
    "wrong",
    [
        "fct_system_area set area_score = 3.2 where area_id = 'urgent'",
        "fct_system_area set is_challenged = true where area_id = 'elective'",
        "fct_segment set system_segment_steps = 0",
        "fct_segment set system_challenged_area_count = 2",
        "fct_segment set adjusted_segment = 3",
        "method_system_rules set challenged_area_count_at_least = 2",
    ],
)
def test_an_adjustment_that_does_not_follow_is_pointed_out(
    changed: Callable[[str], Explanation], wrong: str
) -> None:
    told = changed(f"update publication.{wrong}")
    assert [line for line in told.adjusted.lines if line.holds is False]


def test_the_cut_points_are_those_of_icbs_and_fixed(ash: Explanation) -> None:
    assert ash.unadjusted is not None
    assert [str(point.cut_point.normalize()) for point in ash.unadjusted.cut_points] == ["2.5", "3", "3.5"]
    assert ash.unadjusted.cut_points[0].came_about == "a fixed threshold of the framework, whoever is in hand"
    assert ash.unadjusted.comparison.text == "2.73 is above 2.50 and not above 3.00, so segment 2"


def test_the_page_says_that_it_is_a_draft_and_calls_an_icb_one(ash: Explanation) -> None:
    page = joined(printed(ash, width=80))
    assert (
        "Scored under the NHS Performance Assessment Framework 2025/26 (consultation draft), which is NOT in "
        "force and rests on 15 assumptions (in notes.md of the release)." in page
    )
    assert "for at least 42 of 42 expected ICBs" in page
    assert "Among 1 ICB of the type" in page
    # The register is about providers: only a published flag would say it of an ICB.
    assert "It would take a row of the quarter with the programme flag (OF5007). The adjusted" in page
    assert max(len(line) for line in printed(ash, width=80).splitlines()) <= 80


def test_the_framework_may_be_named(ash: Explanation, database: Path) -> None:
    assert walked(database, "QAA", framework_id=DRAFT) == ash
