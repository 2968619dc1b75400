"""A release in the making: its folder, and what every file in it may need to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nof.release.identity import InputEntry


@dataclass(frozen=True)
class Candidate:
    """One release before it is sealed.

    Attributes:
        folder: inside the home's `build/`; everything in it will be in the release.
        release_id: what the release will be called.
        framework_id: the framework scored.
        quarter_id: its newest quarter.
        inputs: the landed files in the register's order; none where the bundled seeds were scored.
        previous: the folder of the release it is compared with; None for the first one.
        released_date: the day from which its figures are known; a run always says it.
    """

    folder: Path
    release_id: str
    framework_id: str
    quarter_id: str
    inputs: Sequence[InputEntry]
    previous: Path | None = None
    released_date: date | None = None

    @property
    def database(self) -> Path:
        """The DuckDB file of the release."""
        return self.folder / "nof.duckdb"

    @property
    def is_bundled(self) -> bool:
        """Whether the figures are the invented nation's."""
        return not self.inputs
