"""What the command prints while it works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape


@contextmanager
def shown_progress() -> Iterator[Callable[[str], None]]:
    """Say what is being done: one moving line in a terminal, one line a step elsewhere.

    A step begins with a capital; what happens within it (a model's name) does not, and is shown only where
    the line moves.
    """
    console = Console(stderr=True)
    step = ""
    with console.status("") as status:

        def tell(text: str) -> None:
            nonlocal step
            if text[:1].isupper():
                step = text
                console.print(f"[bold]{escape(text)}[/bold]" if console.is_terminal else escape(text))
            status.update(escape(f"{step}: {text}" if text != step else step))

        yield tell
