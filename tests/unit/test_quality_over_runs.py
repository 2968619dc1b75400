"""What the gates found is kept of every run, refused ones too, and told over time with its denominators."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harness_session import Nof
from nof.errors import NofError
from nof.gates import ExpectationResult, GateName, GateResult
from nof.home import Home
from nof.quality.page import cell, over_time_page, share
from nof.quality.results import Result, Run
from nof.quality.runs import keep_results, read_results, refused_page
from nof.quality.trend import came_and_went, claims, run_lines, runs_of
from nof.release.terms import Terms

FIRST, SECOND = (Run(1, "2026-06-21", "2025-26-Q3", "a" * 16), Run(2, "2026-06-28", "2025-26-Q4", "b" * 16))


def said(run: Run, name: str, checked: int, unexpected: int | None, **changes: object) -> Result:
    is_passed = not unexpected
    sound = Result(
        run=run,
        gate="landed",
        expectation_id=name,
        severity="critical",
        outcome="passed" if is_passed else "failed",
        is_passed=is_passed,
        checked_count=checked,
        unexpected_count=unexpected,
        first_unexpected="",
        meaning=f"Claim {name}.",
        remedy="Mend it.",
        owner_role="data supplier",
    )
    return replace(sound, **changes)  # type: ignore[arg-type]


RESULTS = [
    said(FIRST, "whole", 100, 0),
    said(FIRST, "loose", 50, 2, severity="warning"),
    said(FIRST, "old", 10, 0),
    said(SECOND, "whole", 120, 3),
    said(SECOND, "loose", 60, 0, severity="warning"),
    said(SECOND, "new", 0, None, outcome="nothing_to_check_allowed"),
]


def gate_result(gate: GateName, *, is_good: bool) -> GateResult:
    row = ExpectationResult(
        gate=gate,
        suite="things",
        relation="staging.things",
        expectation_id=f"{gate}_claim",
        expectation_type="expect_column_values_to_be_between",
        column="value_number",
        severity="critical",
        is_passed=is_good,
        outcome="passed" if is_good else "failed",
        checked_count=8,
        unexpected_count=0 if is_good else 3,
        first_unexpected="" if is_good else "file a.csv, row 7: value_number = 140",
        observed="",
        meaning="Values lie between 0 and 100.",
        remedy="Correct the value.",
        owner_role="data supplier",
    )
    return GateResult.of(gate, [row], 1)


def keep(home: Home, gate: GateName, *, is_good: bool = True, day: int = 1) -> Path:
    page = home.root / "build" / "quality.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"what the {gate} gate found", encoding="utf-8")
    return keep_results(
        home,
        gate_result(gate, is_good=is_good),
        gate,
        page=page,
        today=date(2026, 7, day),
        framework_id="nof-2025-26",
        quarter_id="2025-26-Q4",
        release_id="c" * 16,
    )


def test_each_run_is_told_in_a_line_with_what_it_stands_on() -> None:
    first, second = run_lines(RESULTS)
    assert (first.run, first.verdict, first.expectation_count) == (FIRST, "passed", 3)
    assert (first.warning_count, first.checked_count, first.unexpected_count) == (1, 160, 2)
    assert (second.verdict, second.refusal_count, second.empty_count) == ("landed gate refused", 1, 1)
    assert (second.checked_count, second.unexpected_count) == (180, 3)
    assert (share(3, 180), share(0, 0)) == ("1.667 %", "-")


def test_a_claim_that_did_not_always_hold_is_told_for_each_run_the_critical_ones_first() -> None:
    whole, loose = claims(RESULTS, [FIRST, SECOND])
    assert (whole.last.expectation_id, loose.last.expectation_id) == ("whole", "loose")
    assert [cell(each) for each in whole.by_run] == ["0 of 100", "3 of 120"]
    assert [cell(each) for each in loose.by_run] == ["2 of 50", "0 of 60"]
    assert [each.last.expectation_id for each in claims(RESULTS, [SECOND])] == ["whole"]


def test_what_could_not_be_said_is_not_said_to_hold() -> None:
    assert cell(None) == "not made"
    assert cell(said(FIRST, "a", 0, None, outcome="nothing_to_check_allowed")) == "nothing to check"
    broken = said(FIRST, "a", 0, None, outcome="could_not_be_run", is_passed=False)
    assert cell(broken) == "could not be checked"
    assert (cell(said(FIRST, "a", 9, None)), cell(said(FIRST, "a", 9, None, is_passed=False))) == (
        "holds",
        "does not hold",
    )


def test_claims_that_came_and_went_are_named() -> None:
    came, went = came_and_went(RESULTS, runs_of(RESULTS))
    assert ([each.expectation_id for each in came], [each.expectation_id for each in went]) == (
        ["new"],
        ["old"],
    )
    assert came_and_went(RESULTS, [FIRST]) == ([], [])


def test_the_page_shows_words_and_never_runs_them() -> None:
    hostile = said(SECOND, "whole", 120, 3, meaning="<script>alert(1)</script> & more")
    page = over_time_page(
        [*RESULTS[:3], hostile, *RESULTS[4:]],
        Terms(
            "Open Government Licence v3.0", "https://example.org", "Source.", "Not an NHS England publication"
        ),
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert "<script" not in page
    assert page.index("2025-26-Q4/bbbb") < page.index("2025-26-Q3/aaaa")
    for part in ("3 of 120", "0 of 100", "New: Claim new.", "Gone: Claim old.", 'lang="en-GB"', "<caption"):
        assert part in page


def test_the_two_gates_of_a_run_have_one_number_and_a_refused_run_one_of_its_own(tmp_path: Path) -> None:
    home = Home(tmp_path)
    names = [keep(home, "landed").name, keep(home, "scored").name, keep(home, "landed", is_good=False).name]
    assert names == ["000001-landed.csv", "000001-scored.csv", "000002-landed.csv"]
    # The page of a refused run is kept; that of one that passed is in its release.
    assert refused_page(home) == tmp_path / "quality" / "000002-refused.html"
    assert refused_page(home).read_text(encoding="utf-8") == "what the landed gate found"
    assert not refused_page(home, 1).exists()
    lines = run_lines(read_results(home))
    assert [(line.run.order, line.verdict, line.checked_count) for line in lines] == [
        (1, "passed", 16),
        (2, "landed gate refused", 8),
    ]


def test_the_command_shows_all_runs_and_gives_every_row(tmp_path: Path, nof: Nof) -> None:
    home = Home(tmp_path)
    for is_good in (True, False):
        keep(home, "landed", is_good=is_good)
    status, out, _ = nof("quality", "--home", tmp_path)
    assert status == 0
    for part in ("landed gate refused", "3 of 8", "0 of 8", "Correct the value. (data supplier)"):
        assert part in " ".join(out.split())
    rows = list(csv.DictReader(nof("quality", "--home", tmp_path, "--format", "csv")[1].splitlines()))
    assert [(row["run_number"], row["gate_verdict"], row["checked_count"]) for row in rows] == [
        ("1", "passed", "8"),
        ("2", "refused", "8"),
    ]
    assert json.loads(nof("quality", "--home", tmp_path, "--format", "json")[1]) == rows


def test_a_home_without_runs_says_how_to_make_one(tmp_path: Path, nof: Nof) -> None:
    status, out, _ = nof("quality", "--home", tmp_path)
    assert status == 0
    assert "Make one with: nof run" in out


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = keep(Home(tmp_path), "landed")
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(NofError, match=r"000001-landed.csv has other columns .* Take the file out"):
        read_results(Home(tmp_path))
