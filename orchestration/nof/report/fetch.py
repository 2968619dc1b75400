"""What `nof fetch` says: each file, whether it is new, and the command that lands them."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nof.fetch import Fetched
from nof.home import Home

_OUTCOMES = {
    "new": "new",
    "changed": "changed since it was fetched before",
    "as_before": "as before, not put there again",
}


def fetched(found: Sequence[Fetched], home: Home, inbox: Path) -> None:
    """Print one line for each file, and what to do next."""
    console = Console(soft_wrap=True)
    table = Table(title=f"Files of {found[0].file.quarter}", title_justify="left")
    for name in ("File", "Bytes", "SHA-256", "What"):
        table.add_column(name, justify="right" if name == "Bytes" else "left", overflow="fold")
    for each in found:
        table.add_row(
            escape(each.file.name), f"{each.byte_count:,}", each.sha256[:12], _OUTCOMES[each.outcome]
        )
    console.print(table)
    if any(each.outcome != "as_before" for each in found):
        console.print(f"In {escape(str(inbox))}. Land and score them with:")
        console.print(f"  nof run --home {escape(str(home.root))} --landing {escape(str(inbox))}")
    else:
        console.print("Nothing new: nothing to land.")
