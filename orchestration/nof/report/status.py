"""What `nof status` prints: what is in hand and awaited, and which releases wait to be signed off."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.home import Home
from nof.project import read_seed
from nof.release.states import ReleaseState
from nof.report.publications import late_publications, publications_table, unused_line
from nof.status import Awaited, Standing, quarters_without_a_day

_KINDS = {"oversight_data": "Data file", "league_table": "League table"}


def for_people(
    standing: Standing, provisional: Sequence[ReleaseState], home: Home, inbox: Path, on: date
) -> None:
    """Print what is in hand, what is awaited, and the next thing to do."""
    found, publications, unused = standing
    console = Console(soft_wrap=True)
    labels = {row["trust_type_id"]: row["trust_type_label"] for row in read_seed("reference", "trust_types")}
    console.print(_table(found, labels, on))
    undated = quarters_without_a_day(on)
    if undated:
        console.print(
            f"No day of publication is known of {', '.join(undated)}, so nothing of it is awaited. Add it to "
            "seeds/reference/publication_calendar.csv."
        )
    if publications:
        console.print(publications_table(publications, f"Source publications on {on}"))
    if unused:
        console.print(escape(unused_line(unused, is_any_used=bool(publications))))
    late = sorted(
        (each for each in (*found, *publications) if each.state == "late"), key=lambda each: each.asked_role
    )
    for role, asked in groupby(late, key=lambda each: each.asked_role):
        console.print(f"\n[bold]Late, ask: {escape(role)}[/bold]")
        of_role = list(asked)
        for line in (
            *_late([each for each in of_role if not each.period], labels, on),
            *late_publications([each for each in of_role if each.period]),
        ):
            console.print(escape(line))
    newest = max((each.quarter_id for each in found if each.is_open), default=None)
    if newest:
        console.print(f"\nTo get them: nof fetch {newest} --home {escape(str(home.root))}, or by hand, and")
        console.print(f"  nof run --home {escape(str(home.root))} --landing {escape(str(inbox))}")
    if any(each.is_open for each in publications):
        console.print("\nSource publications come by hand into the inbox, from where they are published:")
        console.print(f"  nof run --home {escape(str(home.root))} --landing {escape(str(inbox))}")
    for state in provisional:
        console.print(
            f"\nNot signed off: {state.release}, provisional since {state.released.at[:10]}. Once agreed:\n"
            f'  nof finalise {state.release} --role ROLE --reason "…" --home {escape(str(home.root))}'
        )
    if not newest and not provisional and not any(each.is_open for each in publications):
        console.print("\nNothing is awaited, and nothing waits to be signed off.")


def for_programs(standing: Standing, layout: str) -> None:
    """The same as CSV or JSON, every column; a publication that the home does not use is one row."""
    names = [each.name for each in fields(Awaited)]
    rows = [{name: _text(getattr(each, name)) for name in names} for each in standing.awaited]
    rows += [
        dict.fromkeys(names, "")
        | {"file_kind": each.file_kind, "state": "not_used", "without_it": each.without_it}
        for each in standing.unused
    ]
    if layout == "json":
        print(json.dumps(rows, indent=2))  # noqa: T201 - rich would wrap it
        return
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    print(text.getvalue(), end="")  # noqa: T201


def _late(found: Sequence[Awaited], labels: dict[str, str], on: date) -> Iterator[str]:
    """One line for each file that is asked for, with all its quarters: a later file often brings several."""
    by_file = defaultdict(list)
    for each in found:
        by_file[each.file_kind, each.trust_type_id, each.without_it].append(each)
    for (kind, trust_type_id, without_it), quarters in by_file.items():
        since = ", ".join(f"{each.quarter_id} ({(on - each.due_date).days} days)" for each in quarters)
        yield f"- {_KINDS[kind]}, {labels[trust_type_id]}: {since}. Without it: {without_it}"


def _table(found: Sequence[Awaited], labels: dict[str, str], on: date) -> Table:
    table = Table(title=f"Inputs on {on}", title_justify="left")
    for name in ("Quarter", "Due", "Trust type", *_KINDS.values()):
        table.add_column(name, no_wrap=name in ("Quarter", "Due"))
    cells = {
        (each.quarter_id, each.due_date, each.trust_type_id, each.file_kind): _cell(each) for each in found
    }
    for quarter_id, due, trust_type_id in dict.fromkeys(key[:3] for key in cells):
        kinds = (cells.get((quarter_id, due, trust_type_id, kind), "") for kind in _KINDS)
        table.add_row(quarter_id, str(due), labels[trust_type_id], *kinds)
    return table


def _cell(each: Awaited) -> str:
    if each.restated_date is not None:
        return f"restated {each.restated_date}"
    if each.landed_date is not None:
        return f"in hand {each.landed_date}"
    return {"late": f"[bold]late[/bold] since {each.late_date}", "due": "due"}.get(each.state, "not due")


def _text(value: object) -> str:
    return "" if value is None else str(value)
