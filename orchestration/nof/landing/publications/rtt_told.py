"""Problems of a table of millions of cells: the first of each kind are told, the others counted."""

from collections import Counter

from nof.errors import Problem

# So many of one kind say where the fault lies; a million would hide the other kinds.
MOST_TOLD = 100


class Told:
    """Problems in the order in which they are found, by kind."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, problem: Problem) -> None:
        """Take one more problem; `kind` is what it is counted as, in the plural."""
        self._counts[kind] += 1
        if self._counts[kind] <= MOST_TOLD:
            self._found.append(problem)

    @property
    def problems(self) -> list[Problem]:
        """Those told, and one more for each kind of which there are more."""
        more = [
            Problem(
                self._file,
                f"there are {count - MOST_TOLD:,} more {kind} beside the {MOST_TOLD} that are told.",
                "Correct these first: they may share a cause.",
            )
            for kind, count in self._counts.items()
            if count > MOST_TOLD
        ]
        return [*self._found, *more]
