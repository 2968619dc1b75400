"""The runner is shown stale guides, and must fail each; and one that is true, which it must pass."""

import re
import sys
from pathlib import Path

import pytest

from clients import check
from clients.blocks import Block, read_guide
from clients.check import GuideStale, check_outputs, check_setup
from clients.figures import Figures, Row
from clients.running import GuideFailed, at_bench, run_page

HERE = Path(sys.executable).parent
OPEN = """
from pathlib import Path
import duckdb
con = duckdb.connect(Path("warehouse/releases/current").resolve() / "nof.duckdb", read_only=True)
"""
LEAGUE = (
    OPEN
    + """
for row in con.sql('''
    select rank, trust_code, average_score
    from publication.league_table
    where trust_type_id = 'ambulance' and quarter_id = (select max(quarter_id) from publication.dim_quarter)
    order by rank, trust_code
''').fetchall():
    print(*row)
"""
)


def _top(figures: Figures) -> list[Row]:
    return [
        (row["Rank"], row["Trust_code"], row["Average_score"]) for row in figures.league("ambulance-trust")
    ]


@pytest.fixture(autouse=True)
def _figures_of_bad_guides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "EXPECTED", {("bad.md", "top"): _top})


def run_and_check(text: str, workspace: Path, figures: Figures) -> None:
    """What test_guides_run.py does with a page of docs/guides."""
    page = workspace / "bad.md"
    page.write_text(text, encoding="utf-8")
    blocks: list[Block] = read_guide(page)
    check_setup(blocks, HERE)
    with at_bench(workspace, [HERE]) as bench:
        check_outputs(blocks, run_page(blocks, bench), figures)


def fenced(text: str, info: str = "python run=top") -> str:
    return f"A step.\n\n```{info}\n{text.strip()}\n```\n"


def test_a_guide_that_is_true_passes(workspace: Path, figures: Figures) -> None:
    run_and_check(fenced(LEAGUE), workspace, figures)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (fenced(LEAGUE.replace("average_score\n", "average_score + 0.01\n")), "line 1 shows"),
        (fenced(LEAGUE.replace("print(*row)", "print(*reversed(row))")), "line 1 shows"),
        (
            fenced(LEAGUE.replace("order by rank, trust_code", "order by rank offset 1")),
            "9 lines of figures are printed, not 10",
        ),
        (
            fenced(LEAGUE.replace("= 'ambulance'", "in ('ambulance', 'acute')")),
            "144 lines of figures are printed, not 10",
        ),
        (fenced(LEAGUE.replace("print(*row)", "pass")), "0 lines of figures are printed, not 10"),
        (fenced(LEAGUE, "python run"), "mark it run=NAME"),
        (fenced(LEAGUE, "python run=other"), "no figures are known for 'other'"),
        (
            fenced(LEAGUE) + fenced("1 ZZZ 9.99", "text output=top"),
            "shows other output than its block prints",
        ),
        (fenced(LEAGUE) + fenced("1 ZZZ 9.99", "text output=end"), "no block that was run has that name"),
        (fenced("pip install 'duckdb<1'", "bash setup"), "duckdb<1 (here: "),
        (fenced("pip install no-such-package-here", "bash setup"), "(here: None)"),
    ],
)
def test_a_stale_guide_fails(text: str, said: str, workspace: Path, figures: Figures) -> None:
    with pytest.raises(GuideStale, match=re.escape(said)):
        run_and_check(text, workspace, figures)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (fenced(LEAGUE.replace("average_score\n", "mean_score\n")), "bad.md, line 3: ended with status 1"),
        (fenced(OPEN.replace("nof.duckdb", "other.duckdb")), 'File "bad.md", line 6'),
        (fenced("x = 1", "python run") + fenced("print(y)"), "bad.md, line 8: ended with status 1"),
        (fenced("true\nls no-such-file | cat\ntrue", "bash run"), "bad.md, line 3: ended with status"),
        (fenced("raise SystemExit(0)", "python run") + fenced(LEAGUE), "bad.md, line 3: ended with status 0"),
    ],
)
def test_a_guide_that_does_not_run_fails_and_names_its_line(
    text: str, said: str, workspace: Path, figures: Figures
) -> None:
    with pytest.raises(GuideFailed, match=re.escape(said)):
        run_and_check(text, workspace, figures)
