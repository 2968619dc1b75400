"""What must survive a power cut: files written whole or not at all, and folders flushed to the disk."""

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Write beside the place, flush to the disk, and put into place in one step.

    Args:
        path: the file; its folder is made if need be. A leftover of a killed run is overwritten.
        content: all of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the entries of one folder durable (a rename is not on the disk before its folder is)."""
    if os.name == "nt":  # Windows gives no handle on a folder; the rename there is journalled
        return
    sync(folder, os.O_RDONLY)


def sync(path: Path, flags: int) -> None:
    """Flush one file or folder, opened with `flags`, to the disk."""
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
