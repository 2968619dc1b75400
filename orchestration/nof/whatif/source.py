"""What a release was made from, read again out of its home without holding the home."""

from collections.abc import Sequence
from dataclasses import dataclass

from nof.errors import NofError, UsageRefused
from nof.frameworks import derived_framework
from nof.frameworks import framework as find_framework
from nof.home import Home
from nof.landing.lookups import read_lookups
from nof.landing.model import Landed
from nof.landing.register import read_landed_files
from nof.landing.vintages import current_vintages
from nof.project import read_seed
from nof.release.identity import method_hash
from nof.release.pick import pick_to_read
from nof.release.seal import read_manifest
from nof.release.states import ReleaseState


@dataclass(frozen=True)
class Source:
    """A release and all that its figures follow from.

    Attributes:
        release: its quarter and id.
        framework_id: that it was made under.
        quarter_id: its newest quarter.
        landed: its files; none at all where it is of the bundled nation.
        is_same_method: whether this version scores by the method that made it.
    """

    release: str
    framework_id: str
    quarter_id: str
    landed: Landed
    is_same_method: bool

    @property
    def is_bundled(self) -> bool:
        """Whether it is of the invented nation."""
        return self.landed.is_empty


def read_source(home: Home, release: str | None) -> Source:
    """The release that is meant, and its landed files, each verified against its hash.

    No lock is taken: a run only ever adds to what is landed, and puts its register into place in one step.

    Raises:
        UsageRefused: there is no such release.
        NofError: what is landed is damaged, or a file of the release is not there.
    """
    state = pick_to_read(home, release)
    if derived_framework(state.framework_id):
        raise UsageRefused(
            f"{state.release} scores values that are no cells of a data file ({state.framework_id}): changed "
            "cells would not reach its figures. Ask a release of the framework that it is derived from."
        )
    manifest = read_manifest(home.releases / state.release)
    hashes = [entry["sha256"] for entry in manifest["inputs"]]
    return Source(
        release=state.release,
        framework_id=state.framework_id,
        quarter_id=state.quarter_id,
        landed=_landed(home, state, hashes),
        is_same_method=manifest["code"]["method_sha256"] == method_hash(),
    )


def _landed(home: Home, state: ReleaseState, hashes: Sequence[str]) -> Landed:
    """The files of the release and no others: what was landed later is no part of it."""
    if not hashes:
        return Landed((), {})
    found = {file.sha256: file for file in read_landed_files(home, read_lookups())}
    gone = [digest for digest in hashes if digest not in found]
    if gone:
        raise NofError(
            f"{state.release} was made from a file that {home.register} does not name (SHA-256 {gone[0]}). "
            "Put landed/ back from a copy of the home."
        )
    files = tuple(found[digest] for digest in hashes)
    return Landed(files, current_vintages(files)).up_to(state.quarter_id)


def quarters_of(source: Source) -> dict[str, str]:
    """The quarters that the release scores: labels by quarter_id."""
    labels = {row["quarter_label"]: row["quarter_id"] for row in read_seed("reference", "quarters")}
    if source.is_bundled:
        in_hand = {labels[row["quarter"]] for row in read_seed("sample", "sample_oversight_data")}
    else:
        in_hand = set(source.landed.quarters)
    framework = find_framework(source.framework_id)
    last = source.quarter_id
    first = ""
    # Rules 7: the framework in force is for its own quarters; another method may be tried on any.
    if framework["is_in_force"] == "true":
        first = framework["first_quarter_id"]
        last = min(last, framework["last_quarter_id"] or last)
    return {
        quarter: label for label, quarter in labels.items() if quarter in in_hand and first <= quarter <= last
    }
