"""What every source publication brings: how it is known, and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nof.errors import Problem
from nof.landing.lookups import Lookups
from nof.landing.model import FileKind, Readable
from nof.landing.opened import Opened


@dataclass(frozen=True)
class Publication:
    """One source publication.

    Attributes:
        file_kind: also the name of its landing table.
        is_it: whether a file is of this publication, by its shape: told by what will still be there when a
            heading moves or a column is renamed, so that a new layout is refused by the reader, by name, and
            not taken for an unknown file.
        read: the rows of the file with a Period for each, cells as text in the order of the columns of
            columns.py, or all that is wrong with it. The row number is that of the sheet or file that the
            row is from, counted as a spreadsheet does. What of it is method is asked of the lookups.
        texts: the published heading of each landing column that holds names or labels, which no rule of the
            reader bounds: there a person could stand.
    """

    file_kind: FileKind
    is_it: Callable[[Opened], bool]
    read: Callable[[str, Opened, Lookups], Readable | list[Problem]]
    texts: Mapping[str, str]
