"""One of the two releases that are compared: where it lies, and what its seal says it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nof.release.candidate import Candidate
from nof.release.errors import ReleaseRefused
from nof.release.identity import method_hash
from nof.release.seal import named, read_manifest, verify_seal


@dataclass(frozen=True)
class Side:
    """A release as the comparison needs it.

    Attributes:
        folder: its folder.
        release_id: its id.
        quarter_id: its newest quarter.
        framework_id: the framework scored.
        released_date: the day from which its figures are known, as ISO writes it; None without one.
        is_bundled: whether its figures are the invented nation's.
        inputs: its landed files as the manifest has them: sha256, name, kind, landed_date.
        method_sha256: what decided its figures, as one hash.
    """

    folder: Path
    release_id: str
    quarter_id: str
    framework_id: str
    released_date: str | None
    is_bundled: bool
    inputs: tuple[Mapping[str, str], ...]
    method_sha256: str

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / "nof.duckdb"

    @property
    def name(self) -> str:
        """Quarter and id, as `current` names a release."""
        return f"{self.quarter_id}/{self.release_id}"


def sealed_side(folder: Path) -> Side:
    """A finished release, its seal proved before a figure in it is read.

    Raises:
        ReleaseRefused: it is not what was sealed.
    """
    try:
        verify_seal(folder, release_id=folder.name, quarter_id=folder.parent.name)
        manifest = read_manifest(folder)
        return Side(
            folder=folder,
            release_id=manifest["release_id"],
            quarter_id=manifest["quarter_id"],
            framework_id=manifest["framework_id"],
            released_date=manifest["released_date"],
            is_bundled=manifest["is_bundled"],
            inputs=tuple(manifest["inputs"]),
            method_sha256=manifest["code"]["method_sha256"],
        )
    except (ReleaseRefused, OSError, KeyError, TypeError) as error:
        raise ReleaseRefused(
            f"No difference can be made from release {named(folder)}, because it is damaged: {error!s} "
            "Restore its folder from a copy, or withdraw it (`nof withdraw`), so that the last good release "
            "before it is compared."
        ) from error


def candidate_side(candidate: Candidate) -> Side:
    """A release in the making: it has no manifest yet, and will get this one's facts."""
    return Side(
        folder=candidate.folder,
        release_id=candidate.release_id,
        quarter_id=candidate.quarter_id,
        framework_id=candidate.framework_id,
        released_date=candidate.released_date.isoformat() if candidate.released_date else None,
        is_bundled=candidate.is_bundled,
        inputs=tuple(entry.as_text() for entry in candidate.inputs),
        method_sha256=method_hash(),
    )
