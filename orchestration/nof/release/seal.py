"""The seal of a release: a manifest of every file, SUCCESS over the manifest, and the proof of both."""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nof.files import files_under, sha256_of, write_json, write_text
from nof.frameworks import is_forecast, value_origin
from nof.release.candidate import Candidate
from nof.release.database import OLDEST_CLIENT, STORAGE_VERSION
from nof.release.errors import ReleaseRefused
from nof.release.identity import code_hash, method_hash, seed_hashes

MANIFEST = "manifest.json"
SUCCESS = "SUCCESS"


def write_seal(candidate: Candidate, *, row_counts: Mapping[str, int], trust_count: int) -> None:
    """Write manifest.json, then SUCCESS, last of all: a folder without it is not a release.

    Args:
        candidate: the release, with everything else in its folder.
        row_counts: rows of each table.
        trust_count: trusts in the newest quarter.
    """
    write_json(
        candidate.folder / MANIFEST,
        {
            "release_id": candidate.release_id,
            "framework_id": candidate.framework_id,
            "quarter_id": candidate.quarter_id,
            "is_forecast": is_forecast(candidate.framework_id),
            "value_origin": value_origin(candidate.framework_id),
            "released_date": candidate.released_date.isoformat() if candidate.released_date else None,
            "is_bundled": candidate.is_bundled,
            "previous_release": named(candidate.previous) if candidate.previous else None,
            "trust_count": trust_count,
            "inputs": [entry.as_text() for entry in candidate.inputs],
            "code": {
                "package": "nof",
                "version": version("nof"),
                "sha256": code_hash(),
                "method_sha256": method_hash(),
            },
            "duckdb_version": version("duckdb"),
            "duckdb_storage_version": STORAGE_VERSION,
            "oldest_duckdb_client": OLDEST_CLIENT,
            "seeds": seed_hashes(),
            "tables": dict(row_counts),
            "outputs": _outputs(candidate.folder),
        },
    )
    write_text(candidate.folder / SUCCESS, _success(candidate.folder, candidate.release_id))


def named(folder: Path) -> str:
    """A release as `current` names it: quarter and id."""
    return f"{folder.parent.name}/{folder.name}"


def is_release(folder: Path) -> bool:
    """Whether a folder is a finished release."""
    return (folder / SUCCESS).is_file() and (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a release; of the first layout, with what follows from the rest.

    Raises:
        ReleaseRefused: it cannot be read.
    """
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise ReleaseRefused(
            f"{folder / MANIFEST} cannot be read ({error}): the release was damaged after it was sealed. "
            "Restore it from a copy, or remove its folder and run again."
        ) from error
    return _as_now(content)


def _as_now(manifest: dict[str, Any]) -> dict[str, Any]:
    """What releases of the first layout did not say of themselves: a home outlives the code it began with."""
    days = [entry["landed_date"] for entry in manifest.get("inputs", [])]
    earlier = {
        "released_date": max(days, default=None),
        "is_bundled": not days,
        "previous_release": None,
        # No hash is empty: whatever comes next is taken to have another method.
        "code": {"method_sha256": ""} | manifest.get("code", {}),
    }
    return earlier | manifest | {"code": earlier["code"]}


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


def success_text(release_id: str, manifest_sha256: str) -> str:
    """What SUCCESS says."""
    return f"release_id: {release_id}\nmanifest_sha256: {manifest_sha256}\n"


def _success(folder: Path, release_id: str) -> str:
    return success_text(release_id, sha256_of(folder / MANIFEST))
