"""What `nof what-if` does, once the command line is read."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rich.console import Console

from nof.durable import write_durably
from nof.errors import UsageRefused
from nof.home import Home
from nof.report.progress import shown_progress
from nof.whatif.asked import read_changes
from nof.whatif.changes_file import read_changes_file
from nof.whatif.model import Answer, Change
from nof.whatif.render import render
from nof.whatif.session import what_if_session
from nof.whatif.write import as_csv, as_json

Form = Literal["table", "csv", "json"]
_HOW = "Write `nof what-if TRUST OF0013=80`, or name a file of changes with --file."


def what_if(
    home: Home,
    trust: str | None,
    words: Sequence[str],
    *,
    file: Path | None,
    quarter: str | None,
    release: str | None,
    form: Form,
    out: Path | None,
) -> None:
    """Ask a release what would move, and print or write the answer.

    Raises:
        UsageRefused: there is no such release, no change, or one that cannot be asked.
        NofError: what the release was made from is damaged.
    """
    changes = _changes(trust, words, file, quarter)
    if out is not None:
        _refuse_place(home, out)
    with shown_progress() as tell, what_if_session(home, release=release, progress=tell) as nation:
        tell("Asking")
        answer, name = nation.ask(changes), nation.release
    if out is None and form == "table":
        render(answer, Console())
        return
    text = _text(answer, name, form)
    if out is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
        return
    try:
        write_durably(out, text.encode())
    except OSError as error:
        raise UsageRefused(f"{out} cannot be written ({error.strerror}). Name another file.") from error
    print(f"Written to {out}", file=sys.stderr)  # noqa: T201


def _changes(trust: str | None, words: Sequence[str], file: Path | None, quarter: str | None) -> list[Change]:
    if trust is not None and "=" in trust:
        raise UsageRefused(f"{trust!r} is no trust: the trust comes first. {_HOW}")
    if trust is not None and not words:
        raise UsageRefused(f"No change of {trust!r} was asked for. {_HOW}")
    found = read_changes(trust, words, quarter) if trust is not None else []
    if file is not None:
        found += read_changes_file(file, quarter)
    if not found:
        raise UsageRefused(f"No change was asked for. {_HOW}")
    return found


def _refuse_place(home: Home, out: Path) -> None:
    """A question writes nothing into the home, an answer neither."""
    if out.is_dir():
        raise UsageRefused(f"{out} is a folder. Name a file to write the answer to.")
    if out.resolve().is_relative_to(home.root.resolve()):
        raise UsageRefused(f"{out} is in the home, and an answer is no part of it. Name a file elsewhere.")


def _text(answer: Answer, release: str, form: Form) -> str:
    if form == "csv":
        return as_csv(answer)
    if form == "json":
        return as_json(answer, release)
    text = io.StringIO()
    render(answer, Console(file=text, width=110))
    return text.getvalue()
