"""What a run is asked for, and what it is decided to stand on."""

from dataclasses import dataclass
from pathlib import Path

from nof import landing, release
from nof.engines.engine import DUCKDB, Choice
from nof.home import Home


@dataclass(frozen=True)
class Request:
    """What a run is asked for.

    Attributes:
        home: the warehouse.
        landing: folders with files to land; none stands on what is landed.
        quarter_id: the newest quarter of the release; None for the newest in hand.
        framework_id: the framework to score under; None for the one in force.
        is_mended: whether the fault of a withdrawn release with the same inputs and method lay in other code,
            and is mended.
        engine: what makes the figures, and where it is; DuckDB, in this process, where nothing is said.
    """

    home: Home
    landing: tuple[Path, ...] = ()
    quarter_id: str | None = None
    framework_id: str | None = None
    is_mended: bool = False
    engine: Choice = DUCKDB


@dataclass(frozen=True)
class Prepared:
    """What a run stands on, decided before anything is built."""

    request: Request
    landed: landing.Landed
    framework_id: str
    is_framework_in_force: bool
    quarter_id: str
    inputs: tuple[release.InputEntry, ...]
    release_id: str
    lineage: release.Lineage

    @property
    def clock_warning(self) -> str:
        """What to tell where the clock was set back; empty where it was not."""
        newest = self.landed.clock_behind
        if newest is None:
            return ""
        return (
            f"The clock says a day before {newest}, on which a file was landed: new files count as landed on "
            "that day. Set the clock right."
        )

    @property
    def folder(self) -> Path:
        """The private folder of this build."""
        return self.request.home.build / self.release_id

    @property
    def database(self) -> Path:
        """The build database."""
        return self.folder / "build.duckdb"

    @property
    def gate_results(self) -> Path:
        """What the gates found."""
        return self.folder / "quality"

    @property
    def candidate(self) -> release.Candidate:
        """The release in the making."""
        return release.Candidate(
            folder=self.folder / "candidate",
            release_id=self.release_id,
            framework_id=self.framework_id,
            quarter_id=self.quarter_id,
            inputs=self.inputs,
            previous=self.lineage.previous,
            released_date=self.lineage.released_date,
        )

    @property
    def released(self) -> Path:
        """Where the release of this run is, once it is published."""
        return self.request.home.releases / self.quarter_id / self.release_id

    @property
    def is_released(self) -> bool:
        """Whether exactly this release was made before."""
        found = release.find_release(self.request.home, self.quarter_id, self.release_id)
        return found is not None
