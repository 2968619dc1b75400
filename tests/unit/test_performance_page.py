"""The page of the benchmark is what its results give, and no result says whose machine it was."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fresh import ChildFailed, child, command
from benchmarks.measured import Figure, Part, Table, Target, at_least, at_most
from benchmarks.page import PAGE, NotTold, number, render, results
from benchmarks.parts import PARTS
from benchmarks.results_kept import RESULTS, Result, keep, read

# Parts (a) to (f) of the issue, the record-level scale, and the engines.
ASKED_FOR = {"run", "scoring", "likely_ranges", "readers", "landing", "records", "engines"}
MACHINES_OWN = re.compile(r"/(?:home|root|tmp|work|Users|var)/|\\\\|[\w.-]+@[\w.-]+|https?://")
A_PART = Part("readers", "Readers", "What.", (Figure("one", 1.5, "s"),))


def result(*targets: Target, tables: tuple[Table, ...] = ()) -> Result:
    return Result(replace(A_PART, targets=targets, tables=tables), "2026-01-01", {"Cores": "2"})


def test_the_page_is_what_the_results_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(results(RESULTS))


def test_every_part_that_was_asked_for_is_in_the_table() -> None:
    assert {part.key for part in PARTS} == ASKED_FOR


def test_no_result_names_a_path_or_a_machine() -> None:
    paths = sorted(RESULTS.glob("*.json"))
    assert paths
    assert [path.name for path in paths if MACHINES_OWN.search(path.read_text(encoding="utf-8"))] == []


def test_a_path_of_a_machine_is_found() -> None:
    assert MACHINES_OWN.search("read from /home/anna/nof.duckdb")


def test_a_target_is_judged_by_its_numbers() -> None:
    assert at_most("a", 2.0, 2.0, "s").is_met and not at_most("a", 2.1, 2.0, "s").is_met
    assert at_least("a", 6.0, 6.0, "times").is_met and not at_least("a", 5.9, 6.0, "times").is_met
    with pytest.raises(ValueError, match="at_most or at_least"):
        Target("a", 3.0, 2.0, "s", is_met=True)


def test_a_target_that_is_not_met_says_why_and_what_next() -> None:
    reason = {"reason": "The window.", "next_step": "Another."}
    assert "**not met.** The window. Next: Another." in render([result(at_most("a", 3, 2, "s", **reason))])
    for silent in ({}, {"reason": "Why."}, {"next_step": "What."}, {"reason": " ", "next_step": "What."}):
        with pytest.raises(NotTold, match="readers: 'a' is not met"):
            render([result(at_most("a", 3, 2, "s", **silent))])


def test_a_part_that_was_never_measured_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotTold, match="ever measured"):
        results(tmp_path)
    keep(result(), tmp_path)
    page = render(results(tmp_path))
    assert "**Not measured yet:** run, scoring, likely_ranges, landing, records, engines (" in page


def test_a_result_is_read_as_it_was_kept(tmp_path: Path) -> None:
    kept = result(at_most("a", 1, 2, "s"), tables=(Table("T", ("a", "b"), (("x", 1.5), ("y", 2))),))
    keep(kept, tmp_path)
    assert read("readers", tmp_path) == kept and read("run", tmp_path) is None


def test_a_row_has_as_many_cells_as_its_table() -> None:
    with pytest.raises(ValueError, match="'T' has 2 columns"):
        Table("T", ("a", "b"), ((1,),))


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1,234"), (12.34, "12.3"), (1.234, "1.23"), (0.01234, "0.0123"), (7, "7")]
)
def test_a_number_has_three_figures(value: float, text: str) -> None:
    assert number(value) == text


def test_a_fresh_process_gives_its_result_and_what_it_cost() -> None:
    spent = child("os.path:join", "a", "b")
    assert spent.result == "a/b"
    assert spent.cpu_seconds > 0 and spent.seconds > 0 and 5 < spent.peak_mib < 1000


def test_work_that_is_left_to_another_process_is_counted() -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-I', '-S', '-c', {work!r}])"
    spent = command([sys.executable, "-I", "-S", "-c", leave])
    # Only Linux hands over what a process left behind.
    assert (spent.cpu_seconds > 0.3) == (sys.platform == "linux")


def test_a_fresh_process_that_fails_is_an_error() -> None:
    with pytest.raises(ChildFailed, match="ZeroDivisionError"):
        child("operator:truediv", 1, 0)
