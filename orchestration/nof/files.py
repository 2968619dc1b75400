"""What is done with whole files and folders: hash, write, flush to the disk, make read-only, remove."""

import hashlib
import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

from nof.durable import sync, sync_folder

READ_ONLY_FILE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
READ_ONLY_FOLDER = READ_ONLY_FILE | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_under(folder: Path) -> list[Path]:
    """Every file in `folder` at any depth, in the order of its relative path."""
    return sorted(
        (path for path in folder.rglob("*") if path.is_file()),
        key=lambda path: path.relative_to(folder).as_posix(),
    )


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with plain line feeds on every platform, so that the same text is the same bytes."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON for people and machines: keys in order, two spaces, no escapes for letters."""
    write_text(path, json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def sync_tree(folder: Path) -> None:
    """Make every file and folder under `folder`, and `folder` itself, durable."""
    for path in files_under(folder):
        sync(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    for path in [*_folders_under(folder), folder]:
        sync_folder(path)


def make_read_only(folder: Path) -> None:
    """Take the write permission from everything under `folder`, not from `folder` itself.

    A folder that may not be written to cannot be moved to another parent, so whoever moves it seals it there
    with `seal_folder`.
    """
    for path in files_under(folder):
        path.chmod(READ_ONLY_FILE)
    for path in _folders_under(folder):
        path.chmod(READ_ONLY_FOLDER)


def seal_folder(folder: Path) -> None:
    """Take the write permission from one folder: nothing is added to it or taken away from it any more."""
    folder.chmod(READ_ONLY_FOLDER)


def unseal_folder(folder: Path) -> None:
    """Give the owner back the permission that moving a folder to another parent needs."""
    folder.chmod(READ_ONLY_FOLDER | stat.S_IWUSR)


def writable_under(folder: Path) -> list[Path]:
    """What somebody could write to: files and folders under `folder`, and `folder` itself first."""
    write = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
    found = [folder, *files_under(folder), *sorted(_folders_under(folder))]
    return [path for path in found if not path.is_symlink() and path.stat().st_mode & write]


def remove_tree(folder: Path) -> None:
    """Remove a folder and all in it, read-only or not."""
    for path in [folder, *reversed(_folders_under(folder))]:
        path.chmod(stat.S_IRWXU)
    for path in files_under(folder):
        if not path.is_symlink():
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows does not remove a read-only file
    shutil.rmtree(folder)


def _folders_under(folder: Path) -> list[Path]:
    """Every folder below `folder`, the deepest first."""
    found = [path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()]
    return sorted(found, key=lambda path: len(path.parts), reverse=True)
