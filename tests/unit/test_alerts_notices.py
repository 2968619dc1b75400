"""What each event says, whole: the one thing to do next, what happened, and where to look."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from harness_home import ONE, Q1, put_out
from nof.alerts.notice import Notice, from_fields
from nof.alerts.of_error import may_be_quoted, notice_of_error
from nof.alerts.of_outcome import notice_of_outcome
from nof.alerts.of_status import notices_of_late_inputs, notices_of_sign_off
from nof.alerts.text import body, title
from nof.errors import BuildFailed, HomeBusy, InputRefused, Problem, ScoredGateRefused, UsageRefused
from nof.files import remove_tree
from nof.gates.results import ExpectationResult, GateResult
from nof.home import Home
from nof.landing.model import SetAside
from nof.landing.refused import record_refusal
from nof.release.errors import ReleaseRefused
from nof.release.states import read_states
from nof.run import Outcome
from nof.status import awaited_inputs

FILE = "nhs-oversight-framework-acute-trust-data.csv"
FIRST = Problem(
    FILE, "is text where a number belongs.", "Write a number, or a shorthand.", 12, "Value", "n/a"
)
SECOND = Problem(FILE, "is no metric.", "Correct it.", 30, "Metric_ID", "OF9999")
DAY = date(2026, 4, 9)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.chdir(tmp_path)  # so that a home named as `warehouse` shows with its whole path
    yield Home(Path("warehouse"))
    if (tmp_path / "warehouse").exists():
        remove_tree(tmp_path / "warehouse")


def told(notice: Notice | None, home: Home) -> str:
    """The whole message, with HERE for the folder of the test."""
    assert notice is not None
    # It comes out of the ledger as it went in.
    assert from_fields(notice.as_fields()) == notice
    text = f"{title(notice)}\n--\n{body(notice)}"
    return text.replace(str(home.root.absolute().parent), "HERE")


def test_a_refused_file(home: Home) -> None:
    folder = record_refusal(home, FILE, b"Quarter,Trust_code,Value\n", [FIRST, SECOND], today=DAY)
    error = InputRefused([FIRST, SECOND])
    notice = notice_of_error(home, error, quarter_id="2025-26-Q3", landing=[home.root / "in box"])
    assert told(notice, home) == (
        f"nof, input refused: Refused: {FILE}. Nothing was published; the last release is untouched.\n"
        "--\n"
        "Do next:\n"
        "  Write a number, or a shorthand.\n"
        "\n"
        f"Refused: {FILE}. Nothing was published; the last release is untouched.\n"
        f"- {FILE}, row 12, column Value, value 'n/a': is text where a number belongs.\n"
        "- and 1 more problem, each with what to do.\n"
        "- When that is done: nof run --landing 'HERE/warehouse/in box' --home HERE/warehouse\n"
        "\n"
        f"Where to look: HERE/{folder}\n"
        "Quarter: 2025-26-Q3\n"
        "Home: HERE/warehouse\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_cell_of_a_register_is_not_sent(home: Home, encoding: str) -> None:
    name = "plan-register.csv"
    content = "Register,Organisation_code,Subject,Value\nplan,RXX,OF0079,-1234567\n".encode(encoding)
    problem = Problem(name, "-1234567 is not one of these.", "Write a number.", 2, "Value", "-1234567")
    record_refusal(home, name, content, [problem], today=DAY)
    notice = notice_of_error(home, InputRefused([problem]))
    assert notice is not None
    assert "1234567" not in str(notice.as_fields())
    assert notice.details[0] == (
        f"{name}, row 2, column Value: what stands there is not sent; it is where the run printed it."
    )
    assert notice.next_step == "Write a number."


@pytest.mark.parametrize(
    ("header", "may"),
    [
        ("Quarter,Trust_code,Metric_ID,Value", True),
        ('"Quarter","Trust_code","Value"', True),
        ("Register,Organisation_code,Value", False),
        ("REGISTER;Trust_code;Value", False),
        ('"No",\n"te",Register,Value', False),
        ("", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_only_a_file_about_trusts_may_be_quoted(
    tmp_path: Path, header: str, may: bool, encoding: str
) -> None:
    (tmp_path / "a.CSV").write_text(f"{header}\nRegister,trust_code\n", encoding=encoding)
    (tmp_path / "reasons.json").write_text("{}")
    assert may_be_quoted(tmp_path) is may
    assert not may_be_quoted(None)


def test_a_cell_of_a_file_that_nobody_kept_is_not_sent(home: Home) -> None:
    notice = notice_of_error(home, InputRefused([FIRST]))
    assert notice is not None
    assert "n/a" not in str(notice.as_fields())
    assert notice.details[0].startswith(f"{FILE}, row 12, column Value: what stands there is not sent")


def test_a_refusal_is_the_same_by_content_and_reason(home: Home) -> None:
    def key(content: bytes, *problems: Problem) -> str:
        record_refusal(home, FILE, content, problems, today=DAY)
        notice = notice_of_error(home, InputRefused(problems))
        assert notice is not None and notice.again_days is None
        return notice.key

    first = key(b"one", FIRST)
    assert key(b"one", FIRST) == first
    assert key(b"one", FIRST, SECOND) != first
    assert key(b"two", FIRST) != first
    assert key(b"one", FIRST) == first


def test_a_refusal_that_is_of_no_file(home: Home) -> None:
    error = InputRefused([Problem("Release 2025-26-Q3/1", "withdrawn on 2 April.", "Land a corrected file.")])
    assert told(notice_of_error(home, error), home) == (
        "nof, input refused: Refused: Release 2025-26-Q3/1. "
        "Nothing was published; the last release is untouched.\n"
        "--\n"
        "Do next:\n"
        "  Land a corrected file.\n"
        "\n"
        "Refused: Release 2025-26-Q3/1. Nothing was published; the last release is untouched.\n"
        "- Release 2025-26-Q3/1: withdrawn on 2 April.\n"
        "- When that is done: nof run --home HERE/warehouse\n"
        "\n"
        "Home: HERE/warehouse\n"
    )


def test_a_gate_that_refused(home: Home) -> None:
    page = home.root / "quality" / "000003-refused.html"
    page.parent.mkdir(parents=True)
    page.write_text("<html></html>")
    (page.parent / "000003-scored.csv").touch()
    lines = [
        "The scored gate refused: 1 of 90 expectations do not hold.",
        "- scores_are_in_range (metric_scores): Scores lie from 1 to 4. Not so for 1 of 6,150 rows. See why.",
        "  First: quarter 2025-26-Q3, trust RXX, metric OF0005: score = 5",
    ]
    error = ScoredGateRefused("\n".join(lines), owner_role="Warehouse engineer", remedy="See why.")
    assert told(notice_of_error(home, error), home) == (
        "nof, gate refused: The scored gate refused: 1 of 90 expectations do not hold. "
        "Nothing was published; the last release is untouched.\n"
        "--\n"
        "Do next:\n"
        "  Ask the Warehouse engineer: See why.\n"
        "\n"
        "The scored gate refused: 1 of 90 expectations do not hold. "
        "Nothing was published; the last release is untouched.\n"
        f"- {lines[1].removeprefix('- ')}\n"
        "- When that is done: nof run --home HERE/warehouse\n"
        "\n"
        f"Where to look: HERE/{page}\n"
        "Home: HERE/warehouse\n"
    )


def test_a_build_that_failed(home: Home) -> None:
    failed = [f"- model_{number}: error. Conversion Error: 's3cr3t'" for number in range(9)]
    error = BuildFailed("\n".join(["Building scoring failed; nothing was published.", *failed]))
    assert told(notice_of_error(home, error), home) == (
        "nof, run failed: The run failed: Building scoring failed; nothing was published.\n"
        "--\n"
        "Do next:\n"
        "  Mend what it names, then run again: nof run --home HERE/warehouse\n"
        "\n"
        "The run failed: Building scoring failed; nothing was published.\n"
        "- model_0: error.\n"
        "- model_1: error.\n"
        "- model_2: error.\n"
        "- model_3: error.\n"
        "- model_4: error.\n"
        "- model_5: error.\n"
        "- and 3 lines more.\n"
        "- Nothing was published; the last release is untouched.\n"
        "\n"
        "Home: HERE/warehouse\n"
    )
    refused = notice_of_error(home, ReleaseRefused("The candidate holds a person's name."))
    assert refused is not None and refused.event == "failed"


def test_an_error_that_nobody_foresaw_is_told_without_its_words(home: Home) -> None:
    try:
        read_states(Home(None))  # type: ignore[arg-type]
    except TypeError as error:
        error.args = ("postgresql://nof:hunter2@db/nof and ZZ1's figures",)
        notice = notice_of_error(home, error)
    text = told(notice, home)
    assert "hunter2" not in text and "ZZ1" not in text
    lines = text.splitlines()
    assert lines[:9] == [
        "nof, run failed: The run broke off: TypeError.",
        "--",
        "Do next:",
        "  Run again: nof run --home HERE/warehouse",
        "",
        "The run broke off: TypeError.",
        lines[6],
        "- Its own words are not sent, as they may hold anything; they are where the run printed them.",
        "- If it breaks off again, send what it printed to those who maintain the warehouse's code.",
    ]
    assert lines[6].startswith("- It broke off in home.py, line ") and lines[6].endswith(", in events.")
    full = notice_of_error(home, OSError(28, "No space left on device", "/secret/place"))
    assert full is not None
    assert full.headline == "The run broke off: OSError (No space left on device)."
    assert "secret" not in body(full)


@pytest.mark.parametrize(
    "error", [UsageRefused("wrong"), HomeBusy("Another run is working"), KeyboardInterrupt(), SystemExit(1)]
)
def test_what_is_nobodys_to_mend_is_not_told(home: Home, error: BaseException) -> None:
    assert notice_of_error(home, error) is None


def outcome(home: Home, *, is_new: bool = True, is_bundled: bool = False, warns: bool = False) -> Outcome:
    release = put_out(home, Q1, ONE, rows=205)
    row = ExpectationResult(
        gate="scored",
        suite="reconciliation",
        relation="fct_reconciliation",
        expectation_id="figures_agree",
        expectation_type="",
        column="",
        severity="warning",
        is_passed=False,
        outcome="failed",
        checked_count=10,
        unexpected_count=1,
        first_unexpected="trust RXX, metric OF0005.",
        observed="",
        meaning="Figures agree with the published ones.",
        remedy="Look at them.",
        owner_role="Head of performance analysis",
    )
    gates = (GateResult.of("scored", [row], 1),) if warns else ()
    aside = (SetAside(home.root / "inbox" / "old.csv", "0" * 64, (FIRST,)),) if warns else ()
    return Outcome(release, is_new, gates, aside, is_bundled)


def test_a_release(home: Home) -> None:
    notice = notice_of_outcome(home, outcome(home, warns=True), roles=["Chief Analyst"])
    assert told(notice, home) == (
        f"nof, released: Released: {Q1}/{ONE}. It is provisional until it is signed off.\n"
        "--\n"
        "Do next:\n"
        f"  Ask the Chief Analyst to look it over and sign it off: nof finalise {Q1}/{ONE} "
        "--role 'Chief Analyst' --reason REASON --home HERE/warehouse\n"
        "\n"
        f"Released: {Q1}/{ONE}. It is provisional until it is signed off.\n"
        "- 205 trusts under nof-2025-26.\n"
        "- Left out, because it was refused before and still is: old.csv\n"
        "- Warning of gate scored, does not hold: Figures agree with the published ones. "
        "(1 of 10 rows). Look at them.\n"
        f"- What moved: nof diff previous {Q1}/{ONE} --home HERE/warehouse\n"
        "\n"
        f"Where to look: HERE/warehouse/releases/{Q1}/{ONE}/quality/quality.html\n"
        f"Release: {Q1}/{ONE}\n"
        f"Quarter: {Q1}\n"
        "Home: HERE/warehouse\n"
    )


def test_nothing_new_and_the_bundled_nation_are_not_told_unless_asked_for(home: Home) -> None:
    made = outcome(home, is_bundled=True)
    assert notice_of_outcome(home, made) is None
    asked = notice_of_outcome(home, made, bundled_too=True)
    assert asked is not None and "no figure is a real trust's" in body(asked)
    assert "Sign it off: nof finalise" in asked.next_step and "--role ROLE" in asked.next_step
    again = Outcome(made.release, False, (), (), False)
    assert notice_of_outcome(home, again) is None


def test_late_inputs(home: Home) -> None:
    # 2025-26-Q1 was to be out by 9 September: data files are late from the 17th, league tables from the 24th.
    on = date(2025, 9, 20)
    notices = notices_of_late_inputs(home, awaited_inputs(home, on=on), on=on, again_days=7)
    (notice,) = notices
    assert notice.again_days == 7
    assert notice.keys == (
        "late 2025-26-Q1 oversight_data acute",
        "late 2025-26-Q1 oversight_data mental_health_and_community",
        "late 2025-26-Q1 oversight_data ambulance",
    )
    without = (
        "pools that cross trust types are partial, so their scores and the cut points "
        "are adopted as published."
    )
    assert told(notice, home) == (
        "nof, late: Late: 3 inputs, the newest of 2025-26-Q1.\n"
        "--\n"
        "Do next:\n"
        "  Ask the head of performance analysis for the files below.\n"
        "\n"
        "Late: 3 inputs, the newest of 2025-26-Q1.\n"
        "- Data file, acute trust: 2025-26-Q1 (11 days). "
        f"Without it: No average, segment or rank of acute trusts; {without}\n"
        "- Data file, mental health and community trust: 2025-26-Q1 (11 days). "
        f"Without it: No average, segment or rank of mental health and community trusts; {without}\n"
        "- Data file, ambulance trust: 2025-26-Q1 (11 days). "
        f"Without it: No average, segment or rank of ambulance trusts; {without}\n"
        "- Once they are published: nof fetch 2025-26-Q1 --home HERE/warehouse\n"
        "- A run without them is right, and says what it has not got.\n"
        "\n"
        "Quarter: 2025-26-Q1\n"
        "Home: HERE/warehouse\n"
    )
    before = date(2025, 9, 16)
    assert notices_of_late_inputs(home, awaited_inputs(home, on=before), on=before, again_days=7) == []


def test_a_release_that_nobody_signs_off(home: Home) -> None:
    put_out(home, Q1, ONE)
    today = datetime.now(UTC).date()
    later = date.fromordinal(today.toordinal() + 14)
    for on, count in ((date.fromordinal(today.toordinal() + 13), 0), (later, 1)):
        notices = notices_of_sign_off(
            home,
            read_states(home),
            on=on,
            after_days=14,
            roles=["Chief Analyst", "Head of Performance Analysis"],
            again_days=7,
            bundled_too=True,
        )
        assert len(notices) == count
    assert told(notices[0], home) == (
        f"nof, late: Not signed off: {Q1}/{ONE}, provisional for 14 days.\n"
        "--\n"
        "Do next:\n"
        "  Ask the Chief Analyst or the Head of Performance Analysis whether it is agreed; once it is: "
        f"nof finalise {Q1}/{ONE} --role ROLE --reason REASON --home HERE/warehouse\n"
        "\n"
        f"Not signed off: {Q1}/{ONE}, provisional for 14 days.\n"
        "- Until then every output says that it is provisional, and a prune may take it.\n"
        f"- What moved: nof diff previous {Q1}/{ONE} --home HERE/warehouse\n"
        "\n"
        f"Where to look: HERE/warehouse/releases/{Q1}/{ONE}/quality/quality.html\n"
        f"Release: {Q1}/{ONE}\n"
        f"Quarter: {Q1}\n"
        "Home: HERE/warehouse\n"
    )
    bundled_not = notices_of_sign_off(
        home, read_states(home), on=later, after_days=14, roles=(), again_days=7, bundled_too=False
    )
    assert bundled_not == []  # small releases have no inputs, so they count as the bundled nation's


def test_no_sign_that_is_not_seen_gets_into_a_message(home: Home) -> None:
    evil = "a\u202egnp\x1b[31m\x00.csv\nBcc: x"
    notice = notice_of_error(home, InputRefused([Problem(evil, evil, evil, 1, evil, evil)]))
    assert notice is not None
    assert all(sign.isprintable() or sign == "\n" for sign in body(notice) + title(notice))
    assert notice.next_step == "a\ufffdgnp\ufffd[31m\ufffd.csv Bcc: x"
