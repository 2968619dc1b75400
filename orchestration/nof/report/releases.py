"""What the command prints about releases that are out: the list, and what was done to one of them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.home import Home
from nof.release.events import Event
from nof.release.life import Withdrawal, said
from nof.release.listing import COLUMNS, Row, as_csv
from nof.release.prune import Verdict
from nof.release.states import ReleaseState, read_states
from nof.release.verify import Verification

if TYPE_CHECKING:
    from nof.rebuild import Rebuilt

_MOST_FINDINGS = 50


def release_list(rows: Sequence[Row], home: Path) -> None:
    """The releases of a home and their states, for people."""
    console = Console()
    if not rows:
        console.print(f"No release in {escape(str(home))}. Make one with: nof run --home {escape(str(home))}")
        return
    table = Table(title=f"Releases in {escape(str(home))}", title_justify="left", show_lines=True)
    for name in ("Release", "State", "Since, by and why", "Released"):
        table.add_column(name, no_wrap=name in ("Release", "State"))
    for row in rows:
        table.add_row(_named(row), _state(row), _why(row), _released(row))
    console.print(table)


def release_rows(rows: Sequence[Row], layout: str) -> None:
    """The same list for programs, every column of it: CSV as in releases.csv, or JSON."""
    if layout == "csv":
        print(as_csv(list(rows)), end="")  # noqa: T201 - rich would wrap it
    else:
        print(json.dumps([{name: row[name] for name in COLUMNS} for row in rows], indent=2))  # noqa: T201


def standing(state: ReleaseState) -> None:
    """Say of a release that is about to be read what a reader must know of it; nothing of a final one."""
    console = Console(soft_wrap=True)
    if state.is_forecast:
        console.print(
            f"[bold]Forecast[/bold] of {state.quarter_id}: NHS England had not published it, and values that "
            "were not in hand are the quarter before's.\n"
        )
    if state.withdrawn is not None:
        console.print(
            f"[bold]Withdrawn[/bold] {escape(said(state.withdrawn))}\nIts figures are not to be used.\n"
        )
    elif state.superseded_by is not None:
        console.print(f"[bold]Superseded[/bold] by {state.superseded_by}: read that one, or say why not.\n")
    elif state.finalised is None:
        console.print(f"Provisional since {state.released.at[:10]}: nobody has signed it off.\n")


def takes_the_place_of(home: Home, release: str) -> None:
    """Say which releases a new one has superseded."""
    console = Console(soft_wrap=True)
    for state in read_states(home):
        if state.superseded_by == release:
            final = ", which was final" if state.finalised else ""
            console.print(f"It takes the place of {state.release}{final}.")


def finalised(event: Event, found: Verification) -> None:
    """That a release is final, and on what proof."""
    console = Console(soft_wrap=True)
    _checked(console, found)
    console.print(f"[bold]Final:[/bold] {event.release}, {escape(said(event))}")
    console.print("No prune takes it. If a figure in it turns out wrong: nof withdraw.")


def withdrawn(done: Withdrawal, home: Path) -> None:
    """That a release is withdrawn, what `current` names now, and what to do next."""
    console = Console(soft_wrap=True)
    console.print(f"[bold]Withdrawn:[/bold] {done.event.release}, {escape(said(done.event))}")
    if done.standing_again:
        names = ", ".join(f"{state.release} ({state.state})" for state in done.standing_again)
        console.print(f"No longer superseded: {names}")
    if not done.was_current and done.current is not None:
        console.print(f"`current` still names {done.current.release}.")
    elif done.current is not None:
        console.print(f"`current` went back to {done.current.release} ({done.current.state}).")
    else:
        console.print(
            "[bold]There is no current release any more:[/bold] no other good one under the framework in "
            f"force is left in {escape(str(home))}. Whoever reads `current` finds nothing, and not a wrong "
            "figure."
        )
    console.print(
        "Tell who has its figures. Land a corrected file to release again: nof run --landing FOLDER"
    )


def verifications(found: Sequence[Verification], passed_over: Sequence[ReleaseState]) -> None:
    """What was checked of each, every finding, and the sum."""
    console = Console(soft_wrap=True, highlight=False)
    for each in found:
        console.print(f"\n[bold]{escape(each.subject)}[/bold]")
        _checked(console, each)
        for finding in each.findings[:_MOST_FINDINGS]:
            console.print(f"  [bold]Found:[/bold] {escape(str(finding))}")
        if len(each.findings) > _MOST_FINDINGS:
            console.print(f"  and {len(each.findings) - _MOST_FINDINGS:,} findings more")
    for state in passed_over:
        console.print(f"\n[bold]{state.release}[/bold]\n  Nothing to check: pruned on {_day(state.event.at)}")
    count = sum(len(each.findings) for each in found)
    what = found[0].subject
    if len(found) > 1:
        what = f"{len(found) - 1:,} release{'' if len(found) == 2 else 's'} and the home"
    result = f"{count:,} finding{'' if count == 1 else 's'}" if count else "nothing found"
    console.print(f"\nChecked {what}: {result}.")


def pruned(verdicts: Sequence[Verdict], *, is_done: bool) -> None:
    """What the retention rule keeps and lets go, and whether anything was removed."""
    console = Console()
    going = [verdict for verdict in verdicts if not verdict.is_kept]
    table = Table(title="Retention rule", title_justify="left")
    for name in ("Release", "", "Why", "MB"):
        table.add_column(name, no_wrap=name == "Release", justify="right" if name == "MB" else "left")
    for verdict in verdicts:
        goes = "gone" if is_done else "goes"
        table.add_row(
            verdict.state.release,
            "stays" if verdict.is_kept else goes,
            verdict.why,
            f"{verdict.byte_count / 1e6:,.1f}",
        )
    console.print(table)
    size = f"{sum(verdict.byte_count for verdict in going) / 1e6:,.1f} MB"
    if not going:
        console.print("Nothing to prune.")
    elif is_done:
        console.print(f"Pruned {len(going)}, {size}. Landed files stay, and so do the events.")
    else:
        console.print(f"Nothing was removed. To remove {len(going)} ({size}): the same command with --yes")


def _checked(console: Console, found: Verification) -> None:
    for line in found.checked:
        console.print(f"  {escape(line)}")


def _named(row: Row) -> str:
    current = "\n[bold]current[/bold]" if row["is_current"] == "true" else ""
    return f"{row['release']}\n{row['framework_id']}{current}"


def _state(row: Row) -> str:
    also = []
    if row["is_forecast"] == "true":
        also.append("[bold]forecast[/bold]")
    if row["was_finalised"] == "true" and row["state"] != "final":
        also.append("was final")
    if row["state"] == "superseded":  # by one of the same quarter
        also.append(f"by\n{row['superseded_by'].rpartition('/')[2]}")
    if row["has_folder"] == "false" and row["state"] != "pruned":
        also.append("folder gone")
    return "\n".join([f"[bold]{row['state']}[/bold]", *also])


def _why(row: Row) -> str:
    who = f"{_day(row['since'])}, {escape(row['by_role'])}\n" if row["since"] else ""
    return f"{who}{escape(row['reason'])}"


def _released(row: Row) -> str:
    count = row["input_count"]
    made_from = f"{count} file{'' if count == '1' else 's'}" if count not in {"", "0"} else ""
    if row["is_bundled"] == "true":
        made_from = "bundled (invented)"
    trusts = f"{row['trust_count']} trusts" if row["trust_count"] else ""
    return "\n".join(part for part in (row["released_date"], made_from, trusts) if part)


def rebuilt(step: "Rebuilt") -> None:
    """One release that is there again, or what was said of it."""
    before = f" (it was {step.before})" if step.before else ""
    Console(soft_wrap=True).print(f"{step.release}: {step.what}{before}")


def after_rebuild(source: Home, home: Home) -> None:
    """What is to be done with the new home, and what could not be known."""
    console = Console(soft_wrap=True)
    if not source.events.is_dir():
        console.print(
            "There were no events: releases of other frameworks and of earlier quarters that were asked for, "
            "two of one day, and who finalised or withdrew what, could not be known. Say it again with nof "
            "run --quarter or --framework, nof finalise, nof withdraw."
        )
    console.print(
        f"Prove it with: nof verify --all --home {escape(str(home.root))}\n"
        f"Then move it to where {escape(str(source.root))} was."
    )


def _day(at: str) -> str:
    return at[:10]
