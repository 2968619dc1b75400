"""What `nof quality` and `nof refused` print."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.landing.returned import RefusedFile
from nof.quality.page import cell
from nof.quality.results import Result
from nof.quality.runs import HEADER
from nof.quality.trend import claims, run_lines, runs_of

# Columns that fit beside each other in a terminal; --format csv has every run.
_CLAIM_RUNS = 3
_RUNS = 20
_PROBLEMS = 50


def over_runs(results: Sequence[Result], home: Path) -> None:
    """The newest runs of a home, each in a line, and the claims that did not hold in them."""
    console = Console()
    if not results:
        console.print(f"No run of {escape(str(home))} has come to a gate. Make one with: nof run")
        return
    lines = run_lines(results)[::-1]
    table = Table(title=f"Runs in {escape(str(home))}, the newest first", title_justify="left")
    table.add_column("Run", no_wrap=True)
    table.add_column("Release", no_wrap=True)
    table.add_column("Gates")
    table.add_column("Rows checked", justify="right")
    table.add_column("Against it", justify="right")
    for line in lines[:_RUNS]:
        warnings = f", {line.warning_count} warnings" if line.warning_count else ""
        table.add_row(
            f"{line.run.order}\n{line.run.day}",
            f"{line.run.quarter_id}\n{line.run.release_id}",
            f"{line.verdict}\n{line.expectation_count} claims{warnings}",
            f"{line.checked_count:,}",
            f"{line.unexpected_count:,}",
            style="bold" if line.refusal_count else None,
        )
    console.print(table)
    if len(lines) > _RUNS:
        console.print(f"{len(lines) - _RUNS} earlier runs: nof quality --format csv")
    _claims(console, results)


def for_programs(rows: Sequence[dict[str, str]], layout: str) -> None:
    """Every result of every run, as CSV or JSON."""
    if layout == "json":
        print(json.dumps(rows, indent=2, ensure_ascii=False))  # noqa: T201 - rich would wrap it
        return
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    print(text.getvalue(), end="")  # noqa: T201


def refused_list(found: Sequence[RefusedFile], home: Path) -> None:
    """The refused files of a home: no table, because names and reasons are long."""
    console = Console(soft_wrap=True)
    if not found:
        console.print(f"No file was refused in {escape(str(home))}.")
        return
    console.print(f"Refused files in {escape(str(home))}")
    for each in found:
        kept = "" if each.is_kept else ", not kept"
        count = len(each.problems)
        console.print(
            f"\n[bold]{escape(each.file_name)}[/bold] ({each.folder.name}), {each.refused_date}{kept}: "
            f"{count:,} problem{'' if count == 1 else 's'}, the first of them\n"
            f"  {escape(str(each.problems[0]))}"
        )
    console.print("What is wrong with one: nof refused NAME. To send the rows back: nof refused --out FOLDER")


def refused_file(each: RefusedFile) -> None:
    """What is wrong with one."""
    console = Console(soft_wrap=True)
    for problem in each.problems[:_PROBLEMS]:
        console.print(escape(str(problem)))
    if len(each.problems) > _PROBLEMS:
        rest = len(each.problems) - _PROBLEMS
        console.print(f"and {rest:,} more in {escape(str(each.folder / 'reasons.txt'))}")
    console.print(f"\nTo send the rows back: nof refused {each.folder.name} --out FOLDER")


def _claims(console: Console, results: Sequence[Result]) -> None:
    shown = runs_of(results)[-_CLAIM_RUNS:]
    found = claims(results, shown)
    if not found:
        console.print("Every claim held of every row that it was checked on.")
        return
    table = Table(title="Rows not as expected, of those checked", title_justify="left", show_lines=True)
    table.add_column("Claim")
    for run in shown[::-1]:
        table.add_column(f"Run {run.order}", justify="right", no_wrap=True)
    table.add_column("What to do, and who")
    for each in found:
        table.add_row(
            escape(each.last.meaning) + f"\n{each.last.expectation_id}, {each.last.severity}",
            *(cell(said) for said in each.by_run[::-1]),
            escape(f"{each.last.remedy} ({each.last.owner_role})"),
        )
    console.print(table)
