"""The release that is pushed: found in its home, proved to be what was sealed, with its state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from nof.files import sha256_of
from nof.home import Home
from nof.postgres.target import PushRefused
from nof.release.life import said
from nof.release.pick import pick_to_read
from nof.release.seal import MANIFEST, read_manifest, verify_seal
from nof.release.states import ReleaseState, find_state, read_states


@dataclass(frozen=True)
class Source:
    """One sealed release of one home.

    Attributes:
        folder: the release.
        release_id: its id.
        quarter_id: its newest quarter.
        framework_id: the framework it was made under.
        is_bundled: whether its figures are the invented nation's.
        released_date: the day from which its figures are known; None for the bundled nation.
        manifest_sha256: the hash of its manifest, and so of everything in it.
        row_counts: rows of each table, as the manifest has them.
        home_key: the same for every release of one home, and for no other home.
        order: number of the event that first released it.
        event_number: number of the last event that was read.
        states: what the events say about every release of the home.
    """

    folder: Path
    release_id: str
    quarter_id: str
    framework_id: str
    is_bundled: bool
    released_date: date | None
    manifest_sha256: str
    row_counts: Mapping[str, int]
    home_key: str
    order: int
    event_number: int
    states: tuple[ReleaseState, ...]

    @property
    def release(self) -> str:
        """The release as `current` names it: quarter and id."""
        return f"{self.quarter_id}/{self.release_id}"

    @property
    def database(self) -> Path:
        """Its DuckDB file."""
        return self.folder / "nof.duckdb"

    @property
    def state(self) -> str:
        """What the events say of it: provisional, final, superseded."""
        return self.state_of(self.release) or ""

    def state_of(self, release: str) -> str | None:
        """The state of a release of the same home; None where the home never made it."""
        found = find_state(self.states, release)
        return found.state if found else None


def find_source(home: Home, wanted: str | None) -> Source:
    """The release to push: the current one, or the one with an id (also as quarter/id).

    Raises:
        UsageRefused: there is no such release.
        PushRefused: it was withdrawn, or sealed anew by something else.
        ReleaseRefused: it is not what was sealed.
        NofError: the log of events is damaged.
    """
    state = pick_to_read(home, wanted)
    if state.withdrawn is not None:
        raise PushRefused(f"{state.release} was withdrawn {said(state.withdrawn)}. Push another release.")
    folder = home.releases / state.release
    verify_seal(folder, release_id=folder.name, quarter_id=folder.parent.name)
    manifest_sha256 = sha256_of(folder / MANIFEST)
    if manifest_sha256 != state.released.details["manifest_sha256"]:
        raise PushRefused(
            f"{folder / MANIFEST} is not the one with which {state.release} was released: it was sealed anew "
            "by something else. Restore the release from a copy of the home."
        )
    manifest = read_manifest(folder)
    return Source(
        folder=folder,
        release_id=manifest["release_id"],
        quarter_id=manifest["quarter_id"],
        framework_id=manifest["framework_id"],
        is_bundled=manifest["is_bundled"],
        released_date=date.fromisoformat(manifest["released_date"]) if manifest["released_date"] else None,
        manifest_sha256=manifest_sha256,
        row_counts=manifest["tables"],
        home_key=_home_key(home),
        order=state.order,
        event_number=len(list(home.events.glob("*.json"))),
        states=tuple(read_states(home)),
    )


def _home_key(home: Home) -> str:
    """What only copies of one home have in common: its first event, which carries its second."""
    first = min(home.events.glob("*.json"))
    return sha256(first.read_bytes()).hexdigest()[:16]
