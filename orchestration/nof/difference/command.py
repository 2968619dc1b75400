"""What `nof diff` does, once the command line is read."""

import sys
from pathlib import Path
from typing import Literal

from nof.difference.choose import choose
from nof.difference.files import write_difference
from nof.difference.show import refuse_unknown, show_tables, write_changes, write_json
from nof.difference.side import sealed_side
from nof.difference.whole import compare
from nof.errors import UsageRefused
from nof.home import Home
from nof.release.seal import named

Form = Literal["table", "csv", "json"]


def diff(
    home: Home,
    before: str,
    now: str,
    *,
    table: str | None = None,
    trust: str | None = None,
    form: Form = "table",
    out: Path | None = None,
) -> None:
    """Compare two releases of a home and print what differs.

    Args:
        home: the home.
        before: the release to start from: an id, quarter/id, `current` or `previous`.
        now: the release to end at, in the same words.
        table: print changes of this table only.
        trust: print what is about this trust only, by its code.
        form: `table` for people, in words and counts; `csv` the changes; `json` all of it.
        out: a folder to write the files of a release's difference to, whole.

    Raises:
        UsageRefused: there is no such release, table or trust, or the two are of different frameworks.
        ReleaseRefused: one of them is damaged.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise UsageRefused(f"{out} is a file. Name a folder to write the files of the difference to.")
    old_folder, new_folder = choose(home, before, now)
    if old_folder == new_folder:
        said = f"No difference: both are {named(new_folder)}, and a release is not compared with itself."
        print(said, file=sys.stdout if form == "table" else sys.stderr)
        if form == "csv":
            write_changes(())
        return
    with compare(sealed_side(old_folder), sealed_side(new_folder), is_next=False) as difference:
        refuse_unknown(difference, table=table, trust=trust)
        if out is not None:
            write_difference(difference, out)
            print(f"Written to {out}", file=sys.stderr)  # noqa: T201
        if form == "table":
            show_tables(difference, table=table, trust=trust)
        elif form == "csv":
            write_changes(difference.changes(table=table, trust=trust))
        else:
            write_json(difference, table=table, trust=trust)
