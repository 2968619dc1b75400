"""The seal of a release: a manifest of every file, SUCCESS over the manifest, and the proof of both."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nof.release.errors import ReleaseRefused
from nof.release.files import files_under, sha256_of, write_json, write_text
from nof.release.identity import InputEntry, code_hash, seed_hashes

MANIFEST = "manifest.json"
SUCCESS = "SUCCESS"


def write_seal(
    candidate: Path,
    *,
    release_id: str,
    framework_id: str,
    quarter_id: str,
    inputs: Sequence[InputEntry],
    row_counts: Mapping[str, int],
    trust_count: int,
) -> None:
    """Write manifest.json, then SUCCESS, last of all: a folder without it is not a release.

    Args:
        candidate: the folder with everything else in it.
        release_id: the id that inputs, seeds, code, framework and quarter give.
        framework_id: the framework that the release scores.
        quarter_id: its newest quarter.
        inputs: the landed files, in the register's order; none where the bundled seeds were scored.
        row_counts: rows of each table.
        trust_count: trusts in the newest quarter.
    """
    write_json(
        candidate / MANIFEST,
        {
            "release_id": release_id,
            "framework_id": framework_id,
            "quarter_id": quarter_id,
            "trust_count": trust_count,
            "inputs": [entry.as_text() for entry in inputs],
            "code": {"package": "nof", "version": version("nof"), "sha256": code_hash()},
            "duckdb_version": version("duckdb"),
            "seeds": seed_hashes(),
            "tables": dict(row_counts),
            "outputs": _outputs(candidate),
        },
    )
    write_text(candidate / SUCCESS, _success(candidate, release_id))


def is_release(folder: Path) -> bool:
    """Whether a folder is a finished release."""
    return (folder / SUCCESS).is_file() and (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release.

    Raises:
        ReleaseRefused: it cannot be read.
    """
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseRefused(
            f"{folder / MANIFEST} cannot be read ({error}): the release was damaged after it was sealed. "
            "Restore it from a copy, or remove its folder and run again."
        ) from error
    return content


def verify_seal(folder: Path, *, release_id: str, quarter_id: str) -> None:
    """Prove that every file is what the manifest says, and the manifest what SUCCESS says.

    Raises:
        ReleaseRefused: a file is missing, was added or was changed, or this is another release.
    """
    if not is_release(folder):
        raise ReleaseRefused(f"{folder} has no {SUCCESS} or no {MANIFEST}: it is not a finished release.")
    manifest = read_manifest(folder)
    named = (manifest["quarter_id"], manifest["release_id"])
    if named != (quarter_id, release_id):
        raise ReleaseRefused(f"{folder} is release {'/'.join(named)}, not {quarter_id}/{release_id}.")
    if (folder / SUCCESS).read_text(encoding="utf-8") != _success(folder, release_id):
        raise ReleaseRefused(f"{folder / MANIFEST} is not the one that {SUCCESS} was written for.")
    wanted = {output["path"]: output for output in manifest["outputs"]}
    found = {output["path"]: output for output in _outputs(folder)}
    changed = sorted(path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path))
    if changed:
        raise ReleaseRefused(f"{folder} differs from its manifest in {', '.join(changed)}.")


def _outputs(folder: Path) -> list[dict[str, Any]]:
    """Every file but the seal itself: path, size in bytes and hash."""
    return [
        {"path": name, "bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in files_under(folder)
        if (name := path.relative_to(folder).as_posix()) not in {MANIFEST, SUCCESS}
    ]


def _success(folder: Path, release_id: str) -> str:
    return f"release_id: {release_id}\nmanifest_sha256: {sha256_of(folder / MANIFEST)}\n"
