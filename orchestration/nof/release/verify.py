"""Proof that a release is what was released: every file, the seal, the rows, and what it was made from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nof.errors import NofError
from nof.files import sha256_of, writable_under
from nof.home import Home
from nof.landing.register import landed_path, read_register
from nof.release.seal import MANIFEST, SUCCESS, success_text
from nof.release.states import ReleaseState
from nof.release.verify_rows import verify_rows

RESTORE = "Restore it from a copy, or make the release again (docs/runbooks/releases.md)."


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was released: which file, what, and what to do."""

    file: str
    what: str
    remedy: str = RESTORE

    def __str__(self) -> str:
        """One line."""
        return f"{self.file}: {self.what} {self.remedy}"


@dataclass
class Verification:
    """What was checked of one thing, in words with counts, and everything that was found.

    Attributes:
        subject: the release ("quarter/id"), or the home.
        checked: what was compared with what, and how many of them agree.
        findings: all that is wrong, not only the first.
    """

    subject: str
    checked: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, file: str, what: str, remedy: str = RESTORE) -> None:
        """Add a finding."""
        self.findings.append(Finding(file, what, remedy))


def verify_release(home: Home, state: ReleaseState) -> Verification:
    """Compare a release with its manifest, its manifest with the event, and its rows and inputs with both.

    Nothing is written and no lock is held.

    Args:
        home: the home.
        state: the release; not a pruned one.
    """
    found = Verification(state.release)
    folder = home.releases / state.release
    if not folder.is_dir():
        found.find(state.release, "its folder is gone, and no prune took it.")
        return found
    manifest = _seal(folder, state, found)
    if manifest is None:
        return found
    try:
        _files(folder, manifest, found)
        verify_rows(folder, manifest, found)
        _inputs(home, manifest, found)
    except (KeyError, TypeError, AttributeError) as error:
        found.find(MANIFEST, f"is not laid out as a manifest is (at {error}).")
    _modes(folder, found)
    return found


def _seal(folder: Path, state: ReleaseState, found: Verification) -> dict[str, Any] | None:
    """The manifest and SUCCESS against the event, which nobody can change together with them unseen."""
    digest = state.released.details["manifest_sha256"]
    release_id = state.released.release_id
    before = len(found.findings)
    manifest: dict[str, Any] | None = None
    if not (folder / MANIFEST).is_file():
        found.find(MANIFEST, "is missing, so that no file can be compared with it.")
    else:
        if sha256_of(folder / MANIFEST) != digest:
            found.find(MANIFEST, f"was changed: it is not the one released on {state.released.at[:10]}.")
        try:
            content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except ValueError:
            found.find(MANIFEST, "cannot be read, so that no file can be compared with it.")
        else:
            manifest = content if isinstance(content, dict) else {}
            named = f"{manifest.get('quarter_id')}/{manifest.get('release_id')}"
            if named != state.release:
                found.find(MANIFEST, f"is of release {named}.")
    if not (folder / SUCCESS).is_file():
        found.find(SUCCESS, "is missing: without it the folder is no release.")
    elif (folder / SUCCESS).read_bytes() != success_text(release_id, digest).encode():
        found.find(SUCCESS, "was changed: it does not name the manifest that was released.")
    if len(found.findings) == before:
        found.checked.append(f"{MANIFEST} and {SUCCESS}: as the event of {state.released.at[:10]} says")
    return manifest


def _files(folder: Path, manifest: Mapping[str, Any], found: Verification) -> None:
    """Every file by size and hash; what is missing, and what is there besides."""
    wanted = {output["path"]: output for output in manifest["outputs"]}
    good = byte_count = 0
    for name, output in sorted(wanted.items()):
        path = folder / name
        if path.is_symlink():
            found.find(name, "is a link, and a release holds its own files.")
        elif not path.is_file():
            found.find(name, "is missing.")
        elif path.stat().st_size != output["bytes"]:
            found.find(name, f"has {path.stat().st_size:,} bytes, and the manifest says {output['bytes']:,}.")
        elif sha256_of(path) != output["sha256"]:
            found.find(name, "was changed: its SHA-256 is not the manifest's.")
        else:
            good += 1
            byte_count += output["bytes"]
    folders = {parent.as_posix() for name in wanted for parent in Path(name).parents}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    for name in sorted(there - wanted.keys() - folders - {MANIFEST, SUCCESS}):
        found.find(name, "was added: it is not in the manifest.", "Take it out of the release's folder.")
    found.checked.append(
        f"Files: {good:,} of {len(wanted):,} have the manifest's SHA-256 ({byte_count / 1e6:,.1f} MB)"
    )


def _inputs(home: Home, manifest: Mapping[str, Any], found: Verification) -> None:
    """The landed files that it was made from: there, unchanged, and in the register."""
    inputs = manifest["inputs"]
    if not inputs:
        found.checked.append("Landed files: none, it is made from the bundled nation")
        return
    try:
        registered = {entry["sha256"] for entry in read_register(home)}
    except NofError as error:
        found.find(home.register.relative_to(home.root).as_posix(), str(error), "")
        registered = {entry["sha256"] for entry in inputs}
    good = 0
    for entry in inputs:
        path = landed_path(home, entry["sha256"], entry["name"])
        name = path.relative_to(home.root).as_posix()
        remedy = f"Put back the file whose SHA-256 is {entry['sha256']}, from a copy."
        if not path.is_file():
            found.find(name, "is missing, and the release was made from it.", remedy)
        elif sha256_of(path) != entry["sha256"]:
            found.find(name, "was changed, and the release was made from it.", remedy)
        elif entry["sha256"] not in registered:
            found.find(name, "is not in the register of landed files.", "Put landed/register.csv back.")
        else:
            good += 1
    found.checked.append(f"Landed files: {good:,} of {len(inputs):,} are there with the manifest's SHA-256")


def _modes(folder: Path, found: Verification) -> None:
    """Nobody can write to it by mistake."""
    writable = writable_under(folder)
    if not writable:
        found.checked.append("On disk: nothing in it can be written to")
        return
    first = writable[0].relative_to(folder).as_posix()
    more = f" and {len(writable) - 1:,} more" if len(writable) > 1 else ""
    found.find(
        "the whole folder" if first == "." else f"{first}{more}",
        "can be written to, and a release is read-only.",
        f"Take the permission away: chmod -R a-w {folder}",
    )
