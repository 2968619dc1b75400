"""Files and rows in short: each file gets a label when it is first named, and the legend says which it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from nof.explain.model import Place, SourceFile


class Places:
    """Labels files in the order in which the lines name them."""

    def __init__(self, files: Iterable[Mapping[str, Any]]) -> None:
        self._known = {row["file_id"]: row for row in files}
        self._labels: dict[str, str] = {}

    def at(self, file_id: str | None, row: int | None) -> str:
        """`[F1] row 2105`; empty where nothing is named."""
        if file_id is None or row is None:
            return ""
        label = self._labels.setdefault(file_id, f"F{len(self._labels) + 1}")
        return str(Place(label, row))

    def named(self) -> tuple[SourceFile, ...]:
        """The files named so far, in the order of their labels."""
        return tuple(self._source(file_id, label) for file_id, label in self._labels.items())

    def _source(self, file_id: str, label: str) -> SourceFile:
        row = self._known.get(file_id)
        if row is None:
            return SourceFile(label, file_id, f"not among the files of the release ({file_id})", "", "")
        return SourceFile(label, file_id, row["file_name"], row["file_kind"], row["sha256"])
