"""Manifests of dbt kept on disk, because parsing the project costs as much as building it.

A manifest is used again only for exactly the project it was parsed from: its name is a hash over every file
that dbt reads, the folder, the target, the database's name and dbt's version. One that was damaged is parsed
anew.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nof.durable import write_durably
from nof.files import files_under, sha256_of
from nof.project import kept_between_runs, project_root

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
else:
    Manifest = Any

READ_BY_DBT = ("models", "macros", "seeds", "tests/dbt")
FILES_READ_BY_DBT = ("dbt_project.yml", "selectors.yml", "profiles.yml")
KEPT = 4


def manifest_key(database_name: str, target: str = "duckdb") -> str:
    """What a manifest depends on, as one hash."""
    root = project_root()
    paths = [path for folder in READ_BY_DBT for path in files_under(root / folder)]
    paths += [root / name for name in FILES_READ_BY_DBT if (root / name).is_file()]
    lines = [f"{path.relative_to(root).as_posix()} {sha256_of(path)}" for path in paths]
    lines += [str(root.resolve()), target, database_name, version("dbt-core"), version(f"dbt-{target}")]
    return sha256("\n".join(lines).encode()).hexdigest()


@contextmanager
def uncounted() -> Iterator[None]:
    """Keep what is loaded within out of the search for garbage, as long as the process lives.

    A manifest is some hundred thousand objects that all stay: looking through them again and again is a tenth
    of the time of a build, and more of that of reading them.
    """
    was_searched = gc.isenabled()
    gc.unfreeze()
    gc.collect()  # what was kept before may be garbage by now
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_searched:
            gc.enable()


def read_manifest(key: str) -> Manifest | None:
    """The manifest with this key, or None where there is none or its file is not what was written."""
    from dbt.contracts.graph.manifest import Manifest as Kept  # noqa: PLC0415 - seconds to load

    path = _path(key)
    if not path.is_file():
        return None
    content = path.read_bytes()
    digest, body = content[:64], content[64:]
    if sha256(body).hexdigest().encode() != digest:
        return None
    manifest: Manifest = Kept.from_msgpack(body)
    return manifest


def keep_manifest(key: str, manifest: Manifest) -> None:
    """Keep a manifest, and the few newest others; where that cannot be written, the next run parses too."""
    body: bytes = manifest.to_msgpack()
    path = _path(key)
    try:
        write_durably(path, sha256(body).hexdigest().encode() + body)
        kept = sorted(path.parent.glob("*.msgpack"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in kept[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def forget_manifest(database_name: str) -> None:
    """Take away the manifest that the next run would find, so that it parses the project."""
    _path(manifest_key(database_name)).unlink(missing_ok=True)


def _path(key: str) -> Path:
    return kept_between_runs() / "manifests" / f"{key}.msgpack"
