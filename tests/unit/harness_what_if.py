"""Sessions of questions that tests share: one of the bundled nation, one of NHS England's own files."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from harness_compiled import CompiledProject

from nof.home import Home
from nof.landing import land
from nof.landing.model import Landed
from nof.whatif import Answer, Change, WhatIf
from nof.whatif.asked import read_change
from nof.whatif.facts import Facts, read_facts
from nof.whatif.figures import read_figures
from nof.whatif.model import Cell, Figures
from nof.whatif.source import Source

FRAMEWORK, Q3, Q4 = "nof-2025-26", "2025-26-Q3", "2025-26-Q4"
LABELS = {Q3: "Q3 2025/26", Q4: "Q4 2025/26"}
TODAY = date(2026, 7, 1)


def bundled_nation(factory: pytest.TempPathFactory) -> WhatIf:
    """The invented nation; opened once by a worker of a test session."""
    return _open(_base(factory), None)


def real_files(factory: pytest.TempPathFactory, data_dir: Path) -> WhatIf:
    """The mental health and community trusts of NHS England's files, and acute trusts of Q3 in part."""
    return _open(_base(factory), data_dir / "nof_2025_26")


def _base(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp()


@cache
def _open(base: Path, landing: Path | None) -> WhatIf:
    folder = base / f"what-if-{'files' if landing else 'bundled'}"
    landed = land(Home(folder / "home"), [landing], today=TODAY) if landing else Landed((), {})
    return WhatIf(Source(f"{Q4}/of-a-test", FRAMEWORK, Q4, landed, is_same_method=True), folder / "session")


def asked(nation: WhatIf, trust: str, *words: str, quarter: str | None = None) -> Answer:
    """The answer for changes of one trust, as a person would type them."""
    return nation.ask([read_change(trust, word, quarter) for word in words])


def moved(answer: Answer, trust: str, figure: str, measure: str) -> tuple[Cell, Cell]:
    """A figure before and after; it must be among those that move."""
    (found,) = (
        each
        for each in answer.only("moved", figure)
        if (each.trust_code, each.measure_id) == (trust, measure)
    )
    return found.before, found.after


def reasons(answer: Answer, trust: str) -> dict[tuple[str, str], str]:
    """Why figures of a trust cannot be told, by kind and measure."""
    return {
        (each.figure, each.measure_id): each.reason
        for each in answer.only("cannot_be_told")
        if each.trust_code == trust
    }


def rebuilt(
    project: CompiledProject, quarter: str, changes: list[Change], *, voided: list[tuple[str, list[str]]]
) -> tuple[Facts, Figures]:
    """A quarter of the bundled nation built whole, out of landing rows that this function changes itself.

    Args:
        project: the compiled project, whose landing tables are filled here.
        quarter: the quarter.
        changes: cells that are in hand, and their values; None takes the row away.
        voided: metrics whose published ranks are void, each with the trusts.
    """
    project.land_bundled()
    run = project.connection.execute
    run("delete from landing.oversight_data where quarter <> ?", [LABELS[quarter]])
    for metric, trusts in voided:
        run(
            "update landing.oversight_data set rank = '' "
            "where metric_id = ? and list_contains(?, trust_code)",
            [metric, trusts],
        )
    for each in changes:
        cell = [each.trust, each.metric]
        if each.value is None:
            run("delete from landing.oversight_data where trust_code = ? and metric_id = ?", cell)
        else:
            run(
                "update landing.oversight_data set value = ? where trust_code = ? and metric_id = ?",
                [each.value, *cell],
            )
        if each.metric in ("OF0079", "OF0081"):
            flag = [each.trust]
            run("delete from landing.oversight_data where trust_code = ? and metric_id = 'OF5004'", flag)
    project.build("segments", "benchmarks", "value_ranks")
    facts = read_facts(
        project.connection, framework_id=FRAMEWORK, quarter_id=quarter, quarter_label=LABELS[quarter]
    )
    return facts, read_figures(project.connection, facts, facts.metrics)
