"""Every refusal is pinned word for word: docs/runbooks/refusals.md says what each bad input is told."""

import os
import re
from pathlib import Path

import pytest
from gallery import Bad, landing, sound_rows
from gallery_cells import CELLS
from gallery_folders import FOLDERS
from gallery_gate import CLAIMS, PART, judged
from gallery_page import PAGE, RENEW, page, write
from gallery_registers import REGISTERS
from gallery_tables import TABLES
from harness_compiled import compiled_project
from harness_inputs import published

from harness_session import Counts
from harness_some import some
from nof.errors import InputRefused, NofError, Problem, printable

CASES: dict[str, list[Bad]] = {**TABLES, **CELLS, **REGISTERS, **FOLDERS}
Told = dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("gallery")
    refused = judged(compiled_project(tmp_path_factory), folder / "gate")
    assert set(refused) == set(CLAIMS), set(refused) ^ set(CLAIMS)
    content = [(wrong, refused[claim]) for claim, wrong in CLAIMS.items()]
    landed = {
        part: [(bad.wrong, bad.told(folder / f"{place}-{number}")) for number, bad in enumerate(cases)]
        for place, (part, cases) in enumerate(CASES.items())
    }
    # Input comes before the ways to ask for it.
    return dict([*list(landed.items())[:-2], (PART, content), *list(landed.items())[-2:]])


def test_every_bad_input_is_refused_in_the_words_of_the_page(told: Told, counts: Counts) -> None:
    text = page(told)
    if os.environ.get("NOF_WRITE_REFUSALS"):
        write(text)
    assert PAGE.read_text(encoding="utf-8") == text, f"where the new words are better: {RENEW}"
    said = {line for cases in told.values() for _, lines in cases for line in lines.splitlines()}
    # A message is the same one whatever file, row, column and value it is about.
    messages = {re.sub(r"^.*?: |[0-9]+", "", line) for line in said}
    inputs = [wrong for cases in told.values() for wrong, _ in cases]
    counts.append(f"refusals: {len(inputs)} bad inputs refused, {len(messages)} distinct messages pinned")
    assert len(set(inputs)) == len(inputs) >= 60
    assert len(messages) >= 60


def test_every_message_says_where_what_and_what_to_do(told: Told) -> None:
    for cases in some(told.values()):
        for wrong, lines in some(cases):
            for line in some(lines.splitlines()):
                place = line.partition(": ")[0]
                assert place, wrong
                # At least two sentences: what is wrong, and the remedy.
                assert len(re.findall(r"[.)]( |$)", line)) >= 2, (wrong, line)
                assert line.endswith((".", ".)")), (wrong, line)
                assert line.isprintable() or "\u00a0" in line, (wrong, line)


def test_no_secret_of_a_bad_input_is_repeated(told: Told) -> None:
    text = page(told)
    for secret in ("secret", "Nobody", "nobody@", "943 476", "7946"):
        assert secret not in text


def test_an_input_that_is_not_refused_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="sound: was not refused"):
        Bad("sound", landing(data_csv=published(*sound_rows()))).told(tmp_path)


def test_a_problem_is_one_line_that_a_terminal_obeys_nothing_of() -> None:
    problem = Problem("a\x1b[2J.csv", "two\nlines \u202e", "Mend \x9b it.", column="\x07", value="\x1b")
    said = str(InputRefused([problem]))
    assert said.isprintable()
    assert said == (r"a\x1b[2J.csv, column \x07, value '\x1b': two\nlines \u202e Mend \x9b it.")
    assert printable("Guy’s – 5 % é") == "Guy’s – 5 % é"


def test_usage_that_is_refused_says_so(tmp_path: Path) -> None:
    """Inputs are refused with exit status 3; a use that cannot be meant with 2."""
    for part, status in (("Rows", 3), ("Settings of a home (`nof.toml`)", 2)):
        bad = CASES[part][0]
        folder = tmp_path / str(status)
        (folder / "inbox").mkdir(parents=True)
        from nof.home import Home

        with pytest.raises(NofError) as refused:
            bad.show(folder / "inbox", Home(folder / "home"))
        assert refused.value.exit_status == status
