"""How large a file, a line and a header may be: beyond, nobody has published figures, or reading never ends.

Far above every CSV in hand (at most 783 bytes a line and 28 columns), so that no real one meets them.
"""

from pathlib import Path

from nof.errors import Problem

LARGEST_BYTES = 500_000_000
LONGEST_LINE_BYTES = 1_000_000
MOST_COLUMNS = 1_000

_LOOK = (
    "See what the file is before it is landed; a published file that is so large is a matter for whoever "
    "looks after this warehouse."
)
_DAMAGED = "Fetch it again from where it is published: it is damaged, or no table of figures."


def find_too_large(file: str, path: Path) -> Problem | None:
    """Whether a file is larger than any that is read; looked up, not read.

    Args:
        file: what to call the file in a problem.
        path: the file.

    Raises:
        OSError: it cannot be looked at.
    """
    size = path.stat().st_size
    if size <= LARGEST_BYTES:
        return None
    return Problem(file, f"the file has {size:,} bytes, and {LARGEST_BYTES:,} are the most.", _LOOK)


def find_out_of_bounds(file: str, content: bytes) -> Problem | None:
    """Whether a line or the header is longer than any of a table; the problem repeats nothing of it."""
    columns = content[: content.find(b"\n") + 1 or None].count(b",") + 1
    if columns > MOST_COLUMNS:
        return Problem(
            file, f"the header has {columns:,} cells, and {MOST_COLUMNS:,} are the most.", _DAMAGED, row=1
        )
    start, line = 0, 1
    while len(content) - start > LONGEST_LINE_BYTES:
        end = content.find(b"\n", start, start + LONGEST_LINE_BYTES + 1)
        if end < 0:
            return Problem(file, f"a line is longer than {LONGEST_LINE_BYTES:,} bytes.", _DAMAGED, row=line)
        # Most lines are short: on to the last end of line that one look can reach.
        last = content.rfind(b"\n", start, start + LONGEST_LINE_BYTES + 1)
        line += content.count(b"\n", start, last + 1)
        start = last + 1
    return None
