"""How large a file, a name, a line, a cell and a header may be: beyond, reading takes too long or never ends.

Far above every CSV in hand (at most 783 bytes a line and 28 columns), so that no real one meets them.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nof.errors import Problem

# As much as `nof fetch` takes by default.
LARGEST_BYTES = 200_000_000
# What an archive may hold unpacked: five times the largest in hand, the referral to treatment extract.
LARGEST_UNPACKED_BYTES = 400_000_000
LONGEST_LINE_BYTES = 1_000_000
LONGEST_CELL_LETTERS = 100_000
MOST_COLUMNS = 1_000
# Half of what a sheet of a spreadsheet holds; every quarter of a year of every trust is a tenth of it.
MOST_ROWS = 500_000
# On most systems a name has at most 255 bytes, and a copy that is being written needs some for itself.
LONGEST_NAME_BYTES = 200

_LOOK = (
    "See what the file is before it is landed; a published file that is so large is a matter for whoever "
    "looks after this warehouse."
)
_DAMAGED = "Fetch it again from where it is published: it is damaged, or no table of figures."


@contextmanager
def cells_bounded() -> Iterator[None]:
    """Let the csv module give up on a cell as long as no cell is, whatever others have told it to read.

    Its limit is one for the whole process, and libraries that come with dbt take it away.
    """
    before = csv.field_size_limit(LONGEST_CELL_LETTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)


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
    """Whether a line, the header or the number of lines is beyond any table's; repeats nothing of it."""
    # Without a line feed lines end in a carriage return, as on old Macintoshes.
    end_of_line = b"\n" if b"\n" in content else b"\r"
    first = content.find(end_of_line)
    columns = content.count(b",", 0, len(content) if first < 0 else first) + 1
    if columns > MOST_COLUMNS:
        return Problem(
            file, f"the header has {columns:,} cells, and {MOST_COLUMNS:,} are the most.", _DAMAGED, row=1
        )
    lines = content.count(end_of_line)
    if lines > MOST_ROWS:
        return Problem(file, f"the file has {lines:,} lines, and {MOST_ROWS:,} are the most.", _LOOK)
    start, line = 0, 1
    while len(content) - start > LONGEST_LINE_BYTES:
        end = content.find(end_of_line, start, start + LONGEST_LINE_BYTES + 1)
        if end < 0:
            return Problem(file, f"a line is longer than {LONGEST_LINE_BYTES:,} bytes.", _DAMAGED, row=line)
        # Most lines are short: on to the last end of line that one look can reach.
        last = content.rfind(end_of_line, start, start + LONGEST_LINE_BYTES + 1)
        line += content.count(end_of_line, start, last + 1)
        start = last + 1
    return None
